// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

using {raw0, raw1} for RawReading global;

/// @notice A pair's own accumulators at its newest observation: one slot, from the lowest bit
/// raw0 128 | raw1 128
/// raw0, raw1: UQ112.112 times seconds, scaled, modulo 2^128
/// @dev Packed by hand, as PackedJob is.
type RawReading is uint256;

uint256 constant RAW1_SHIFT = 128;

/// @dev Keeps of each what its field holds: accumulators are modulo a power of two.
function rawReadingOf(uint256 raw0_, uint256 raw1_) pure returns (RawReading) {
  return RawReading.wrap(uint128(raw0_) | (raw1_ << RAW1_SHIFT));
}

function raw0(RawReading reading) pure returns (uint128) {
  return uint128(RawReading.unwrap(reading));
}

function raw1(RawReading reading) pure returns (uint128) {
  return uint128(RawReading.unwrap(reading) >> RAW1_SHIFT);
}
