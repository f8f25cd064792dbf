// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Bounds of parameters
interface IParameterBounds {
  /// @notice Thrown when a parameter is out of its bounds
  /// @param value What was asked for
  /// @param min The least that is allowed
  /// @param max The most that is allowed
  /// @custom:remedy Set it to a value from `min` to `max`.
  error ParameterOutOfBounds(uint256 value, uint256 min, uint256 max);
}
