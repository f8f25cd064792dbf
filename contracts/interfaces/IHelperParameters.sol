// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IKeep3r} from "./IKeep3r.sol";
import {IParameterBounds} from "./IParameterBounds.sol";

/// @title The helper's parameters
/// @notice What governance can tune of payments, within bounds. A change acts on the next payment: one that touches the
/// quote makes the cached one due for a refresh. BPS are ten thousandths: 10_000 is one.
interface IHelperParameters is IParameterBounds {
  /// @notice Emitted when the network whose bonds are read changes
  /// @param keep3rV2 The network
  event Keep3rV2Change(IKeep3r keep3rV2);

  /// @notice Emitted when the boost for no bond changes
  /// @param minBoost BPS
  event MinBoostChange(uint256 minBoost);

  /// @notice Emitted when the boost for the target bond changes
  /// @param maxBoost BPS
  event MaxBoostChange(uint256 maxBoost);

  /// @notice Emitted when the target bond changes
  /// @param targetBond KP3R, 18 decimals
  event TargetBondChange(uint256 targetBond);

  /// @notice Emitted when the ceiling of the reference gas price changes
  /// @param gasPriceCeiling BPS of the base fee
  event GasPriceCeilingChange(uint256 gasPriceCeiling);

  /// @notice Emitted when the least priority fee changes
  /// @param minPriorityFee Wei per gas
  event MinPriorityFeeChange(uint256 minPriorityFee);

  /// @notice Emitted when the gas added to a transaction's first work changes
  /// @param workExtraGas Gas
  event WorkExtraGasChange(uint256 workExtraGas);

  /// @notice Emitted when the gas added to a transaction's other works changes
  /// @param laterWorkGas Gas
  event LaterWorkGasChange(uint256 laterWorkGas);

  /// @notice Emitted when the window of the payment's quote changes
  /// @param quoteTwapTime Seconds
  event QuoteTwapTimeChange(uint32 quoteTwapTime);

  /// @notice Emitted when the time that a quote is cached for changes
  /// @param quoteLifetime Seconds
  event QuoteLifetimeChange(uint256 quoteLifetime);

  /// @notice Emitted when the time that a quote may serve for without the oracle changes
  /// @param maxQuoteAge Seconds
  event MaxQuoteAgeChange(uint256 maxQuoteAge);

  /// @notice Emitted when the quote of the bootstrap changes
  /// @param kp3rPerEth KP3R per ETH, WAD
  event BootstrapKp3rPerEthChange(uint256 kp3rPerEth);

  /// @notice Emitted when the feed of gas prices changes
  /// @param feed The feed; zero for none
  /// @param maxAge How old its answer may be, seconds
  event FastGasFeedChange(address feed, uint256 maxAge);

  /// @notice Thrown when a contract is expected and the address has no code
  /// @param account The address
  /// @custom:remedy Check the address and the network: a contract has to be there.
  error WithoutCode(address account);

  /// @notice Thrown when the network or the oracle has another KP3R than this helper
  /// @param account The network or the oracle
  /// @param token The token that it counts in
  /// @param kp3r The token of this helper
  /// @custom:remedy Use a network and an oracle that have the same KP3R as the helper.
  error AnotherToken(address account, address token, address kp3r);

  /// @notice Thrown when the bootstrap's quote is set after the oracle has taken over
  /// @custom:remedy There is nothing to set: the oracle makes the quotes now.
  error BootstrapOver();

  /// @notice The network whose bonds the views read
  function keep3rV2() external view returns (IKeep3r);

  /// @notice The boost for no bond, BPS; 10_000 to `maxBoost`
  function minBoost() external view returns (uint256);

  /// @notice The boost from `targetBond` on, BPS; `minBoost` to 50_000
  function maxBoost() external view returns (uint256);

  /// @notice The bond that earns `maxBoost`, KP3R; 1 wei to 2^88 - 1
  function targetBond() external view returns (uint256);

  /// @notice What the feed can raise the reference gas price to, BPS of the base fee, the least priority fee apart;
  /// 10_000 to 50_000
  function gasPriceCeiling() external view returns (uint256);

  /// @notice The priority fee that the reference gas price always allows for, wei per gas; 10 gwei at the most
  function minPriorityFee() external view returns (uint256);

  /// @notice Gas that the meter can't see in the first work of a transaction; 100_000 at the most
  function firstWorkGas() external view returns (uint256);

  /// @notice V2's name of `firstWorkGas`
  function workExtraGas() external view returns (uint256);

  /// @notice Gas that the meter can't see in the other works of a transaction; 100_000 at the most. 61 % of it are paid
  /// for a job that was paid for in the same block before.
  function laterWorkGas() external view returns (uint256);

  /// @notice The least span of the payment's mean price, seconds; 30 minutes to a day. Its base may be twice as old.
  function quoteTwapTime() external view returns (uint32);

  /// @notice How long a quote is cached, seconds; an hour at the most, 0 for not at all
  function quoteLifetime() external view returns (uint256);

  /// @notice How long a quote may serve while the oracle can't answer, seconds; an hour to 7 days
  function maxQuoteAge() external view returns (uint256);

  /// @notice KP3R per ETH before the oracle takes over, WAD; 1 to 2^112 - 1
  function bootstrapKp3rPerEth() external view returns (uint256);

  /// @notice Chainlink's feed of fast gas prices, wei per gas; zero for none
  function fastGasFeed() external view returns (address);

  /// @notice How old the feed's answer may be, seconds; 10 minutes to a day
  function fastGasMaxAge() external view returns (uint256);

  /// @notice Sets the network whose bonds the views read. Payments don't depend on it. Only governance may call.
  /// @dev Reverts with `WithoutCode` or `AnotherToken`
  /// @param keep3rV2 The network; a contract of the same KP3R
  function setKeep3rV2(IKeep3r keep3rV2) external;

  /// @notice Sets the boost for no bond. Only governance may call.
  /// @dev Reverts with `ParameterOutOfBounds`, as all setters of numbers do
  /// @param minBoost BPS; 10_000 to `maxBoost`
  function setMinBoost(uint256 minBoost) external;

  /// @notice Sets the boost for the target bond. Only governance may call.
  /// @param maxBoost BPS; `minBoost` to 50_000
  function setMaxBoost(uint256 maxBoost) external;

  /// @notice Sets the target bond. Only governance may call.
  /// @param targetBond KP3R, 18 decimals; 1 wei to 2^88 - 1
  function setTargetBond(uint256 targetBond) external;

  /// @notice Sets the ceiling of the reference gas price. Only governance may call.
  /// @param gasPriceCeiling BPS of the base fee; 10_000 to 50_000
  function setGasPriceCeiling(uint256 gasPriceCeiling) external;

  /// @notice Sets the least priority fee. Only governance may call.
  /// @param minPriorityFee Wei per gas; 10 gwei at the most
  function setMinPriorityFee(uint256 minPriorityFee) external;

  /// @notice Sets `firstWorkGas`, under its name of V2. Only governance may call.
  /// @param workExtraGas Gas; 100_000 at the most
  function setWorkExtraGas(uint256 workExtraGas) external;

  /// @notice Sets the gas added to a transaction's other works. Only governance may call.
  /// @param laterWorkGas Gas; 100_000 at the most
  function setLaterWorkGas(uint256 laterWorkGas) external;

  /// @notice Sets the window of the payment's quote. Only governance may call.
  /// @param quoteTwapTime Seconds; 30 minutes to a day
  function setQuoteTwapTime(uint32 quoteTwapTime) external;

  /// @notice Sets the time that a quote is cached for. Only governance may call.
  /// @param quoteLifetime Seconds; an hour at the most, 0 for not at all
  function setQuoteLifetime(uint256 quoteLifetime) external;

  /// @notice Sets the time that a quote may serve for without the oracle, the present one included. Only governance may
  /// call.
  /// @param maxQuoteAge Seconds; an hour to 7 days
  function setMaxQuoteAge(uint256 maxQuoteAge) external;

  /// @notice Sets the quote of the bootstrap. Only governance may call.
  /// @dev Reverts with `BootstrapOver` once the oracle has taken over
  /// @param kp3rPerEth KP3R per ETH, WAD; 1 to 2^112 - 1
  function setBootstrapKp3rPerEth(uint256 kp3rPerEth) external;

  /// @notice Sets the feed of gas prices. Only governance may call.
  /// @dev Reverts with `WithoutCode` or `ParameterOutOfBounds`. Beware: its answer is taken for wei per gas (mainnet's fast
  /// gas feed has no decimals), and a wrong feed costs jobs up to `gasPriceCeiling`.
  /// @param feed A Chainlink feed, or zero for none
  /// @param maxAge Seconds
  function setFastGasFeed(address feed, uint32 maxAge) external;
}
