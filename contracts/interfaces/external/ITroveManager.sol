// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What a liquidator calls of Liquity V1's TroveManager
interface ITroveManager {
  /// @notice Liquidates from the riskiest trove upwards until one is safe; reverts when none is liquidated
  /// @dev Pays the caller 200 LUSD and 0.5 % of the collateral a trove, the ether by a plain call from the active pool.
  /// @param n The most troves to look at
  function liquidateTroves(uint256 n) external;

  /// @notice Liquidates those of a list that can be, and skips the others; reverts when none is liquidated
  /// @param borrowers Their owners
  function batchLiquidateTroves(address[] calldata borrowers) external;

  /// @notice How many troves are open
  function getTroveOwnersCount() external view returns (uint256);

  /// @notice LUSD, 18 decimals
  function lusdToken() external view returns (address);

  /// @notice The pool that pays out ether
  function activePool() external view returns (address);
}
