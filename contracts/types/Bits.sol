// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @dev A word with one of its fields replaced. The value must fit the mask.
/// @param offset The field's lowest bit
/// @param mask The field's bits, as if it were the lowest
function replaceBits(uint256 word, uint256 offset, uint256 mask, uint256 value) pure returns (uint256) {
  return (word & ~(mask << offset)) | (value << offset);
}
