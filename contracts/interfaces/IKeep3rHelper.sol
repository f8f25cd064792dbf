// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHelperParameters} from "./IHelperParameters.sol";
import {IHelperQuote} from "./IHelperQuote.sol";
import {IKeep3rPricing} from "./IKeep3rPricing.sol";

/// @title The helper of the keeper network
/// @notice What a unit of gas and what an LP token are worth in KP3R. A payment is
///
///   gas * min(gas price, reference) * boost * KP3R per ETH
///
/// where the reference is the fast gas feed's answer, bounded by the block's base fee; the boost grows with the keeper's
/// bond; and KP3R per ETH is the inverse of the oracle's mean price of KP3R: holding the pool at any price for dt of the
/// mean's span raises it by at most dt / (span - dt).
///
/// Views answer as a payment at the reference gas price would, for exactly the gas that they are given, a refresh that
/// is due included. Only those that need KP3R per ETH revert, and only where the payment would.
///
/// Beware: governance is trusted with the quote while it lasts to bootstrap, with the feed up to the ceiling, and with
/// which pairs the oracle lists.
interface IKeep3rHelper is IKeep3rPricing, IHelperQuote, IHelperParameters {
  /// @notice Thrown when a liquidity isn't a pair with KP3R that the oracle lists
  /// @custom:remedy Use a pair with KP3R that the oracle lists, or have its governance list the pair.
  error LiquidityPairInvalid();

  /// @notice Thrown when the mean price of a pair's KP3R is zero
  /// @param liquidity The pair
  /// @custom:remedy Wait until the oracle has observed the pair at a price that isn't zero.
  error LiquidityWithoutPrice(address liquidity);

  /// @notice Thrown when there are no LP tokens of a pair
  /// @param liquidity The pair
  /// @custom:remedy Add liquidity to the pair first.
  error LiquidityWithoutSupply(address liquidity);

  /// @notice What boosts are relative to: 10_000
  function BOOST_BASE() external view returns (uint256);

  /// @notice The token that keepers are paid in
  function KP3R() external view returns (address);

  /// @notice What a keeper has bonded in KP3R
  /// @param keeper Any address
  /// @return amountBonded KP3R, 18 decimals
  function bonds(address keeper) external view returns (uint256 amountBonded);

  /// @notice What an amount of ETH is worth in KP3R, rounded down
  /// @dev Reverts with `StaleQuote`, as the views below do that answer in KP3R
  /// @param eth Wei
  /// @return amountOut KP3R, 18 decimals
  function quote(uint256 eth) external view returns (uint256 amountOut);

  /// @notice The reference gas price, wei per gas
  function getFastGas() external view returns (uint256);

  /// @notice What gas costs at the reference gas price, wei
  /// @param gas Gas
  function quoteGas(uint256 gas) external view returns (uint256);

  /// @notice The boost for a bond times the reference gas price: BPS of wei per gas
  /// @param bonds KP3R
  /// @return rewardBoost BPS of wei per gas
  function getRewardBoostFor(uint256 bonds) external view returns (uint256 rewardBoost);

  /// @notice What a job needs to compute payments by itself
  /// @param bonds KP3R
  /// @return boost As `getRewardBoostFor`
  /// @return oneEthQuote KP3R per ETH, WAD
  /// @return extra `firstWorkGas`
  function getPaymentParams(uint256 bonds) external view returns (uint256 boost, uint256 oneEthQuote, uint256 extra);

  /// @notice `getRewardAmountFor` the transaction's origin
  /// @param gasUsed All the gas that is paid for
  /// @return amount KP3R, 18 decimals
  function getRewardAmount(uint256 gasUsed) external view returns (uint256 amount);

  /// @notice What a keeper earns for gas at the reference gas price, KP3R, rounded down
  /// @param keeper Any address
  /// @param gasUsed All the gas that is paid for: nothing is added, and no limit applies
  /// @return kp3r KP3R, 18 decimals
  function getRewardAmountFor(address keeper, uint256 gasUsed) external view returns (uint256 kp3r);

  /// @notice V1's name of `getRewardAmount`
  /// @param gas All the gas that is paid for
  function getQuoteLimit(uint256 gas) external view returns (uint256);

  /// @notice V1's name of `getRewardAmountFor`
  /// @param origin Any address
  /// @param gas All the gas that is paid for
  function getQuoteLimitFor(address origin, uint256 gas) external view returns (uint256);
}
