// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Observation, PairState, PriceHistory} from "../types/PriceHistory.sol";
import {TwapMath} from "./TwapMath.sol";

/// @title Ring of observations
/// @notice The observations of one pair, at least a period apart; the newest replaces the oldest once the ring is full.
/// "Back" counts from the newest, which is 0.
/// @dev Ages are modulo 2^32: an observation reads as young again 136 years after it was made.
library ObservationRing {
  /// @dev Seconds between two observations, at the least.
  uint256 internal constant PERIOD_SIZE = 30 minutes;

  /// @dev The observations a ring holds; a power of two.
  uint256 internal constant CARDINALITY = 128;

  /// @notice Whether the newest observation is at least a period old, or there is none
  function isDue(PairState memory state) internal view returns (bool) {
    return state.count == 0 || ageOf(state.newestTimestamp) >= PERIOD_SIZE;
  }

  /// @notice Adds an observation of now. The caller sees to it that one is due.
  /// @param self The pair's history
  /// @param price0Cumulative token0's price accumulator, modulo 2^224
  /// @param price1Cumulative token1's price accumulator, modulo 2^224
  function push(PriceHistory storage self, uint224 price0Cumulative, uint224 price1Cumulative) internal {
    PairState memory state = self.state;

    uint256 index = (uint256(state.newestIndex) + 1) % CARDINALITY;
    // Timestamps are kept modulo 2^32.
    uint32 timestamp = uint32(block.timestamp);

    self.observations[0][index] = Observation(price0Cumulative, timestamp);
    self.observations[1][index] = Observation(price1Cumulative, timestamp);

    state.newestTimestamp = timestamp;
    // Fits: an index is below CARDINALITY.
    state.newestIndex = uint8(index);
    if (state.count < CARDINALITY) ++state.count;
    self.state = state;
  }

  /// @notice One observation of a direction
  /// @param self The pair's history
  /// @param state Its state, as loaded
  /// @param direction 0 for token0 in, 1 for token1 in
  /// @param back Counted from the newest; below the number of observations held
  function read(
    PriceHistory storage self,
    PairState memory state,
    uint256 direction,
    uint256 back
  ) internal view returns (Observation storage) {
    // CARDINALITY divides 2^256, so the remainder is right even where the difference wraps.
    unchecked {
      return self.observations[direction][(uint256(state.newestIndex) - back) % CARDINALITY];
    }
  }

  /// @notice The newest observation that is at least `window` old
  /// @dev Observations are at least PERIOD_SIZE apart, so the one k back is at least `newest's age + k * PERIOD_SIZE`
  /// old. With k = ceil((window - newest's age) / PERIOD_SIZE) that is `window` or more: the one k back is old enough,
  /// and if the ring ends before it then the oldest is, if any is. While updates come regularly the next newer one is
  /// too young and the search is over after two reads; otherwise it goes on by halves.
  /// @param self The pair's history
  /// @param state Its state, as loaded; at least one observation
  /// @param direction 0 for token0 in, 1 for token1 in
  /// @param window Seconds
  /// @return base The observation; when none is old enough, the oldest
  /// @return age Its age in seconds; less than `window` when none is old enough
  function findOlder(
    PriceHistory storage self,
    PairState memory state,
    uint256 direction,
    uint256 window
  ) internal view returns (Observation storage base, uint256 age) {
    uint256 back;
    uint256 newestAge = ageOf(state.newestTimestamp);
    if (newestAge < window) back = Math.min(Math.ceilDiv(window - newestAge, PERIOD_SIZE), state.count - 1);

    base = read(self, state, direction, back);
    age = ageOf(base.timestamp);
    if (back == 0 || age < window) return (base, age);

    // From here on the observation at `back` is old enough and the one at `young` isn't. Both stay below CARDINALITY and
    // `back` above `young`, so nothing can overflow.
    unchecked {
      uint256 young;
      uint256 probe = back - 1;
      while (probe != young) {
        Observation storage probed = read(self, state, direction, probe);
        uint256 probedAge = ageOf(probed.timestamp);
        if (probedAge < window) {
          young = probe;
        } else {
          (back, base, age) = (probe, probed, probedAge);
        }
        probe = (back + young) / 2;
      }
    }
  }

  /// @notice Seconds since a timestamp that is kept modulo 2^32
  function ageOf(uint32 timestamp) internal view returns (uint256) {
    // Truncation is meant: timestamps are kept modulo 2^32.
    return TwapMath.elapsed(timestamp, uint32(block.timestamp));
  }
}
