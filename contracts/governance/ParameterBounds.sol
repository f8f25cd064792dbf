// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IParameterBounds} from "../interfaces/IParameterBounds.sol";

/// @title ParameterBounds
/// @notice Refuses what is out of bounds
abstract contract ParameterBounds is IParameterBounds {
  function _checkBounds(uint256 value, uint256 min, uint256 max) internal pure {
    if (value < min || value > max) revert ParameterOutOfBounds(value, min, max);
  }
}
