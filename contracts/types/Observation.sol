// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

using {timestamp, steady0, steady1} for Observation global;

/// @notice The steady accumulators of a pair at a moment: one slot, from the lowest bit
/// steady0 112 | steady1 112 | timestamp 32
/// steady0, steady1: scaled steady prices times seconds, modulo 2^112. timestamp: seconds, modulo 2^32
/// @dev Packed by hand, as PackedJob is.
type Observation is uint256;

uint256 constant STEADY1_SHIFT = 112;
uint256 constant TIMESTAMP_SHIFT = 224;

/// @dev Keeps of each what its field holds: accumulators and times are modulo a power of two.
function observationOf(uint256 steady0_, uint256 steady1_, uint256 timestamp_) pure returns (Observation) {
  return
    Observation.wrap(
      uint112(steady0_) | (uint256(uint112(steady1_)) << STEADY1_SHIFT) | (timestamp_ << TIMESTAMP_SHIFT)
    );
}

function steady0(Observation observation) pure returns (uint112) {
  return uint112(Observation.unwrap(observation));
}

function steady1(Observation observation) pure returns (uint112) {
  return uint112(Observation.unwrap(observation) >> STEADY1_SHIFT);
}

function timestamp(Observation observation) pure returns (uint32) {
  return uint32(Observation.unwrap(observation) >> TIMESTAMP_SHIFT);
}
