// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What a vault implements to be kept in balance by a `RebalanceJob`
/// @notice The vault holds two tokens and says how much of its value is to be in the first. The job says when to trade,
/// how much, and for how much at the least; the vault trades, wherever it likes.
///
/// Beware: the job only ever checks what it ordered, after the fact. The vault itself has to refuse everyone but its job
/// and whatever yields less than it was told.
interface IRebalanceVault {
  /// @notice The pair's token0
  function token0() external view returns (address);

  /// @notice The pair's token1
  function token1() external view returns (address);

  /// @notice What the vault holds and may trade: the job reckons with these amounts before and after a trade
  /// @return amount0 In token0's own unit
  /// @return amount1 In token1's own unit
  function holdings() external view returns (uint256 amount0, uint256 amount1);

  /// @notice The share of the vault's value that is to be held in token0, BPS; 10_000 at the most
  function targetWeight() external view returns (uint256);

  /// @notice Sells one of the tokens for the other. For the vault's job only.
  /// @dev Has to revert unless the vault's holding of the other token grows by `minAmountOut` or more
  /// @param tokenIn The token to sell, one of the two
  /// @param amountIn How much of it, all told; in its own unit
  /// @param minAmountOut The least that it has to yield, in the other token's own unit; never zero
  function rebalance(address tokenIn, uint256 amountIn, uint256 minAmountOut) external;
}
