// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What jobs ask of a Hegic v888 liquidity pool: HegicETHPool or HegicERCPool on mainnet
interface IHegicPool {
  /// @notice What belongs to the liquidity providers, in the pool's token: all it holds but the premiums of options that
  /// haven't ended
  /// @return balance In the pool's own unit
  function totalBalance() external view returns (uint256 balance);

  /// @notice The part of it that no option has locked, in the pool's token
  /// @return balance In the pool's own unit
  function availableBalance() external view returns (uint256 balance);
}
