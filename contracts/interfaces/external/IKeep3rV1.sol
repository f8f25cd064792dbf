// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What the network asks of the KP3R token beyond ERC-20; KP3R on mainnet has it as well
interface IKeep3rV1 {
  /// @notice Destroys tokens of the caller
  /// @param amount KP3R, 18 decimals
  function burn(uint256 amount) external;
}
