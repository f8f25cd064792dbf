// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IParameterBounds} from "./IParameterBounds.sol";

/// @title Parameters
/// @notice What governance can tune. Stored credits never change with a parameter; time that isn't settled yet follows
/// the parameters of the moment it is settled at, and anyone may settle any job before a change.
interface IParameters is IParameterBounds {
  /// @notice Emitted when the helper changes
  /// @param keep3rHelper The contract that prices gas and liquidity from now on
  event Keep3rHelperChange(address keep3rHelper);

  /// @notice Emitted when the minter of KP3R changes
  /// @param keep3rV1Proxy The contract that mints KP3R from now on
  event Keep3rV1ProxyChange(address keep3rV1Proxy);

  /// @notice Emitted when the bond time changes
  /// @param bondTime Seconds
  event BondTimeChange(uint256 bondTime);

  /// @notice Emitted when the unbond time changes
  /// @param unbondTime Seconds
  event UnbondTimeChange(uint256 unbondTime);

  /// @notice Emitted when the least worth of a job's liquidity changes
  /// @param liquidityMinimum KP3R, 18 decimals
  event LiquidityMinimumChange(uint256 liquidityMinimum);

  /// @notice Emitted when the reward period changes
  /// @param rewardPeriodTime Seconds
  event RewardPeriodTimeChange(uint256 rewardPeriodTime);

  /// @notice Emitted when the inflation period changes
  /// @param inflationPeriod Seconds
  event InflationPeriodChange(uint256 inflationPeriod);

  /// @notice Emitted when the fee on token credits changes
  /// @param fee BPS
  event FeeChange(uint256 fee);

  /// @notice Emitted when the most gas paid for a work changes
  /// @param maxGasPerWork Gas
  event MaxGasPerWorkChange(uint256 maxGasPerWork);

  /// @notice Thrown when a reward period is shorter than a day
  /// @custom:remedy Set it to 1 to 30 days.
  error MinRewardPeriod();

  /// @notice Thrown when a contract is expected and the address has no code
  /// @param account The address
  /// @custom:remedy Check the address and the network: a contract has to be there.
  error WithoutCode(address account);

  /// @notice Thrown when an address is zero that must not be zero
  /// @custom:remedy Name an address. If the call takes none, the network has no helper yet: have governance call
  /// `setKeep3rHelper`.
  error ZeroAddress();

  /// @notice Thrown when the amount is zero, which would do nothing
  /// @custom:remedy Name an amount above zero. If the call takes none, there is nothing to send.
  error ZeroAmount();

  /// @notice KP3R, the token that bonds and credits are counted in. Never changes.
  function keep3rV1() external view returns (address);

  /// @notice The minter of KP3R: its `mint(uint256)` mints to the caller
  function keep3rV1Proxy() external view returns (address);

  /// @notice The contract that prices gas and liquidity; zero until governance sets it
  function keep3rHelper() external view returns (address);

  /// @notice Seconds between bonding and activation, 0 to 90 days
  function bondTime() external view returns (uint256);

  /// @notice Seconds between unbonding and withdrawal, 1 to 90 days
  function unbondTime() external view returns (uint256);

  /// @notice The least KP3R that a job's liquidity of one kind must be worth, 0 to 1_000e18
  function liquidityMinimum() external view returns (uint256);

  /// @notice Seconds of mining that fill a job's credits, 1 to 30 days; also how long a price stays in force
  function rewardPeriodTime() external view returns (uint256);

  /// @notice Seconds in which liquidity earns the KP3R that underlies it, from rewardPeriodTime to 365 days
  function inflationPeriod() external view returns (uint256);

  /// @notice What governance keeps of token credits, in BPS, 0 to 1_000
  function fee() external view returns (uint256);

  /// @notice The most gas that a work is paid for, 1M to 16M
  function maxGasPerWork() external view returns (uint256);

  /// @notice A word of storage. What has no getter of its own is read through it; see Keep3rLens.
  /// @param slot As Keep3rStorage numbers them
  /// @return value The word
  function extsload(bytes32 slot) external view returns (bytes32 value);

  /// @notice Sets the helper. Only governance may call.
  /// @dev A replaced helper can price future work badly, within maxGasPerWork and a job's credits: this is trust.
  /// @param keep3rHelper A contract
  function setKeep3rHelper(address keep3rHelper) external;

  /// @notice Sets the minter of KP3R. Only governance may call.
  /// @param keep3rV1Proxy A contract that may mint KP3R
  function setKeep3rV1Proxy(address keep3rV1Proxy) external;

  /// @notice Sets the bond time. Only governance may call.
  /// @param bondTime Seconds; 0 to 90 days
  function setBondTime(uint256 bondTime) external;

  /// @notice Sets the unbond time. Only governance may call.
  /// @param unbondTime Seconds; 1 to 90 days
  function setUnbondTime(uint256 unbondTime) external;

  /// @notice Sets the least worth of a job's liquidity. Only governance may call.
  /// @param liquidityMinimum KP3R, 18 decimals; 0 to 1_000e18
  function setLiquidityMinimum(uint256 liquidityMinimum) external;

  /// @notice Sets the reward period. Only governance may call. Every job is re-valued when it is next touched.
  /// @param rewardPeriodTime Seconds; 1 to 30 days, and no more than `inflationPeriod`
  function setRewardPeriodTime(uint256 rewardPeriodTime) external;

  /// @notice Sets the inflation period. Only governance may call.
  /// @param inflationPeriod Seconds; `rewardPeriodTime` to 365 days
  function setInflationPeriod(uint256 inflationPeriod) external;

  /// @notice Sets the fee on token credits. Only governance may call.
  /// @param fee BPS; 0 to 1_000
  function setFee(uint256 fee) external;

  /// @notice Sets the most gas paid for a work. Only governance may call.
  /// @param maxGasPerWork Gas; 1M to 16M
  function setMaxGasPerWork(uint256 maxGasPerWork) external;
}
