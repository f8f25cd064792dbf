// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What a keeper calls of a strategy of Yearn v2, from BaseStrategy of yearn-vaults
interface IYearnStrategy {
  /// @notice Realises profit or loss and reports it to the vault. For the strategy's keeper and those above it.
  function harvest() external;

  /// @notice Tends to the position without a report. For the strategy's keeper and those above it.
  function tend() external;

  /// @notice Whether a harvest is worth what it costs, or overdue
  /// @param callCostInWei What the call costs, wei of ether
  function harvestTrigger(uint256 callCostInWei) external view returns (bool);

  /// @notice Whether a tend is worth what it costs. Yearn asks that it be false when `harvestTrigger` is true.
  /// @param callCostInWei What the call costs, wei of ether
  function tendTrigger(uint256 callCostInWei) external view returns (bool);
}
