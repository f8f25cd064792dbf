// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IParameterBounds} from "./IParameterBounds.sol";

/// @title Parameters
/// @notice What governance can tune. Stored credits never change with a parameter; time that isn't settled yet follows
/// the parameters of the moment it is settled at, and anyone may settle any job before a change.
interface IParameters is IParameterBounds {
  /// @notice Emitted when the helper changes
  event Keep3rHelperChange(address keep3rHelper);

  /// @notice Emitted when the minter of KP3R changes
  event Keep3rV1ProxyChange(address keep3rV1Proxy);

  /// @notice Emitted when the bond time changes
  event BondTimeChange(uint256 bondTime);

  /// @notice Emitted when the unbond time changes
  event UnbondTimeChange(uint256 unbondTime);

  /// @notice Emitted when the least worth of a job's liquidity changes
  event LiquidityMinimumChange(uint256 liquidityMinimum);

  /// @notice Emitted when the reward period changes
  event RewardPeriodTimeChange(uint256 rewardPeriodTime);

  /// @notice Emitted when the inflation period changes
  event InflationPeriodChange(uint256 inflationPeriod);

  /// @notice Emitted when the fee on token credits changes
  event FeeChange(uint256 fee);

  /// @notice Emitted when the most gas paid for a work changes
  event MaxGasPerWorkChange(uint256 maxGasPerWork);

  /// @notice Thrown when a reward period is shorter than a day
  error MinRewardPeriod();

  /// @notice Thrown when a contract is expected and the address has no code
  error WithoutCode(address account);

  /// @notice Thrown when an address is zero that must not be
  error ZeroAddress();

  /// @notice Thrown when an amount is zero that would do nothing
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
  function extsload(bytes32 slot) external view returns (bytes32 value);

  /// @notice Sets the helper. Only governance may call.
  /// @dev A replaced helper can price future work badly, within maxGasPerWork and a job's credits: this is trust.
  function setKeep3rHelper(address keep3rHelper) external;

  /// @notice Sets the minter of KP3R. Only governance may call.
  function setKeep3rV1Proxy(address keep3rV1Proxy) external;

  /// @notice Sets the bond time. Only governance may call.
  function setBondTime(uint256 bondTime) external;

  /// @notice Sets the unbond time. Only governance may call.
  function setUnbondTime(uint256 unbondTime) external;

  /// @notice Sets the least worth of a job's liquidity. Only governance may call.
  function setLiquidityMinimum(uint256 liquidityMinimum) external;

  /// @notice Sets the reward period. Only governance may call. Every job is re-valued when it is next touched.
  function setRewardPeriodTime(uint256 rewardPeriodTime) external;

  /// @notice Sets the inflation period. Only governance may call.
  function setInflationPeriod(uint256 inflationPeriod) external;

  /// @notice Sets the fee on token credits. Only governance may call.
  function setFee(uint256 fee) external;

  /// @notice Sets the most gas paid for a work. Only governance may call.
  function setMaxGasPerWork(uint256 maxGasPerWork) external;
}
