// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @dev What OpenZeppelin's Math promises, in place of how it does it: that is assembly, which the checker can't read.
library Math {
  /// @notice The root rounded down: the only number whose square is at most x while its successor's square isn't
  function sqrt(uint256 x) internal pure returns (uint256 root) {
    root = _any();
    require(root <= type(uint128).max && root * root <= x && x - root * root <= 2 * root);
  }

  /// @notice x * y / denominator, rounded down
  /// @dev Without OpenZeppelin's 512 bits: where the product takes more than 256 bits the checker reports an overflow, so
  /// what is proved is proved for smaller ones.
  function mulDiv(uint256 x, uint256 y, uint256 denominator) internal pure returns (uint256) {
    return (x * y) / denominator;
  }

  /// @dev The checker takes what assembly assigns for any number at all.
  function _any() private pure returns (uint256 chosen) {
    assembly ("memory-safe") {
      chosen := 0
    }
  }
}
