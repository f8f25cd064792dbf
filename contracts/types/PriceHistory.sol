// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev A price accumulator of Uniswap V2 at a moment. One slot, 32 bytes.
struct Observation {
  /// @dev UQ112.112 times seconds, modulo 2^224; 28 bytes
  uint224 priceCumulative;
  /// @dev Seconds, modulo 2^32; 4 bytes
  uint32 timestamp;
}

/// @dev All that the oracle knows of a pair but its observations. One slot, 28 bytes used.
struct PairState {
  /// @dev The pair's token that isn't KP3R; 20 bytes
  address pairedToken;
  /// @dev When the newest observation was made, seconds modulo 2^32; 4 bytes
  uint32 newestTimestamp;
  /// @dev Where in the ring the newest observation stands; 1 byte
  uint8 newestIndex;
  /// @dev How many observations are held, 128 at the most; 1 byte
  uint8 count;
  /// @dev Whether governance lists the pair; 1 byte
  bool listed;
  /// @dev Whether KP3R is the pair's token0; 1 byte
  bool kp3rIsToken0;
}

/// @dev A pair's state and its ring of observations. 257 slots.
struct PriceHistory {
  /// @dev Slot 0
  PairState state;
  /// @dev By direction, 0 for token0 in and 1 for token1 in: slots 1 to 128 and 129 to 256
  Observation[128][2] observations;
}
