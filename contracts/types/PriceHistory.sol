// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Observation} from "./Observation.sol";
import {RawReading} from "./RawReading.sol";

/// @dev All else that the oracle knows of a pair. One slot, 30 bytes used.
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
  /// @dev The bits that scaling takes off token0's price, 16 to 128; token1's has the rest of 144; 1 byte
  uint8 shift0;
  /// @dev How many observations in a row, up to the newest, have found the pair thin; stays at 255; 1 byte
  uint8 thinFor;
}

/// @dev A pair's state, its last raw reading, and its ring of observations. 130 slots.
struct PriceHistory {
  /// @dev Slot 0
  PairState state;
  /// @dev Slot 1
  RawReading raw;
  /// @dev Slots 2 to 129
  Observation[128] observations;
}
