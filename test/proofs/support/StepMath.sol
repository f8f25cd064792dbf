// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @dev As Math.sol, what OpenZeppelin's Math promises of the functions that SteadyMath uses. They stand apart, since the
/// steps that the solver needs for roots and products depend on all that stands beside them.
library Math {
  function min(uint256 a, uint256 b) internal pure returns (uint256) {
    return a < b ? a : b;
  }

  function max(uint256 a, uint256 b) internal pure returns (uint256) {
    return a > b ? a : b;
  }

  /// @notice a / b, rounded up
  function ceilDiv(uint256 a, uint256 b) internal pure returns (uint256) {
    return a == 0 ? 0 : (a - 1) / b + 1;
  }

  /// @notice The highest bit that is set; 0 when there is none
  function log2(uint256 x) internal pure returns (uint256 bit) {
    bit = _any();
    require(x == 0 ? bit == 0 : x >> bit == 1);
  }

  /// @dev The checker takes what assembly assigns for any number at all.
  function _any() private pure returns (uint256 chosen) {
    assembly ("memory-safe") {
      chosen := 0
    }
  }
}
