// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Observation} from "../types/Observation.sol";
import {PairState, PriceHistory} from "../types/PriceHistory.sol";
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

  /// @notice Adds an observation of now and stores the state with it. The caller sees to it that one is due.
  /// @param self The pair's history
  /// @param state Its state, as loaded; brought up to date
  /// @param observation Of now
  function push(PriceHistory storage self, PairState memory state, Observation observation) internal {
    uint256 index = (uint256(state.newestIndex) + 1) % CARDINALITY;
    self.observations[index] = observation;

    state.newestTimestamp = observation.timestamp();
    // Fits: an index is below CARDINALITY.
    state.newestIndex = uint8(index);
    if (state.count < CARDINALITY) ++state.count;
    self.state = state;
  }

  /// @notice One observation
  /// @param self The pair's history
  /// @param state Its state, as loaded
  /// @param back Counted from the newest; below the number of observations held
  function read(PriceHistory storage self, PairState memory state, uint256 back) internal view returns (Observation) {
    // CARDINALITY divides 2^256, so the remainder is right even where the difference wraps.
    unchecked {
      return self.observations[(uint256(state.newestIndex) - back) % CARDINALITY];
    }
  }

  /// @notice The newest observation that a span begins with which is long enough
  /// @dev Observations are at least PERIOD_SIZE apart, so the one k back begins a span of at least the newest's and
  /// k * PERIOD_SIZE. With k = ceil((window - newest's span) / PERIOD_SIZE) that is `window` or more: the one k back is old
  /// enough, and if the ring ends before it then the oldest is, if any is. When its span isn't a whole period longer than
  /// `window`, as while updates come regularly, the next newer one is too young; otherwise the search goes on by halves.
  /// @param self The pair's history
  /// @param state Its state, as loaded; at least one observation
  /// @param end When the span ends, seconds modulo 2^32; the newest observation's time or later
  /// @param window Seconds that the span takes at the least
  /// @return base The observation; when none is old enough, the oldest
  /// @return span Seconds from it to the end; less than `window` when none is old enough
  function findBase(
    PriceHistory storage self,
    PairState memory state,
    uint32 end,
    uint256 window
  ) internal view returns (Observation base, uint256 span) {
    uint256 back;
    uint256 newestSpan = TwapMath.elapsed(state.newestTimestamp, end);
    if (newestSpan < window) back = Math.min(Math.ceilDiv(window - newestSpan, PERIOD_SIZE), state.count - 1);

    base = read(self, state, back);
    span = TwapMath.elapsed(base.timestamp(), end);

    if (back == 0 || span < window || span - window < PERIOD_SIZE) return (base, span);

    // From here on the observation at `back` is old enough and the one at `young` isn't. Both stay below CARDINALITY and
    // `back` above `young`, so nothing can overflow.
    unchecked {
      uint256 young;
      uint256 probe = back - 1;
      while (probe != young) {
        Observation probed = read(self, state, probe);
        uint256 probedSpan = TwapMath.elapsed(probed.timestamp(), end);
        if (probedSpan < window) {
          young = probe;
        } else {
          (back, base, span) = (probe, probed, probedSpan);
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
