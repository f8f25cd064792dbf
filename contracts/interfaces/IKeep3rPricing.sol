// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What Keep3r asks of its helper
interface IKeep3rPricing {
  /// @notice What a unit of gas earns now, refreshing the cached quote when it is due. Anyone may call.
  /// @dev Reverts with `StaleQuote` when there is no quote young enough, with `QuoteOutOfGas` when a quote fails for want
  /// of gas.
  /// @param bond KP3R bonded by the keeper
  /// @return rate KP3R per gas, times `PaymentMath.RATE_SCALE`: gas price * boost * KP3R per ETH
  /// @return firstWorkGas Gas that the meter can't see in the first work of a transaction
  /// @return laterWorkGas Gas that the meter can't see in the others; for a job that was paid for in the same block before,
  /// 61 % of it, since the job is warm when a transaction works it again
  function workRate(uint256 bond) external returns (uint256 rate, uint256 firstWorkGas, uint256 laterWorkGas);

  /// @notice What an LP token is worth, without regard to the pair's spot price
  /// @dev Reverts with one of the oracle's errors, such as `PairNotListed`
  /// @param liquidity A pair with KP3R that the oracle lists
  /// @return KP3R per LP token, WAD
  function quoteLiquidity(address liquidity) external view returns (uint256);

  /// @notice Reverts with `LiquidityPairInvalid` unless the liquidity is a pair with KP3R that the oracle lists
  /// @param liquidity Any address
  function checkLiquidity(address liquidity) external view;
}
