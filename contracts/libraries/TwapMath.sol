// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Time-weighted average mathematics
/// @notice Uniswap V2's price accumulators, and means of steady prices; pure functions only. Prices are UQ112.112: 2^112 is
/// one.
library TwapMath {
  /// @dev One, in UQ112.112.
  uint256 internal constant Q112 = 2 ** 112;

  /// @dev The bits behind the binary point of UQ112.112.
  uint256 private constant FRACTION_BITS = 112;

  /// @notice Seconds between two timestamps that are kept modulo 2^32
  /// @param from The earlier one
  /// @param to The later one, less than 2^32 seconds after
  function elapsed(uint32 from, uint32 to) internal pure returns (uint32) {
    // A difference modulo 2^32 is right whether or not the clock wrapped in between.
    unchecked {
      return to - from;
    }
  }

  /// @notice A pair's accumulator as it will stand once the pair is touched, at the reserves that it has
  /// @dev As Uniswap V2: the price is rounded down, and a pair without reserves accumulates nothing.
  /// @param cumulative The accumulator when the pair was last touched, modulo 2^256
  /// @param reserveIn The reserve of the token that is priced, below 2^112
  /// @param reserveOut The reserve of the token that it is priced in, below 2^112
  /// @param duration Seconds since the pair was last touched, below 2^32
  /// @return Modulo 2^256
  function extend(
    uint256 cumulative,
    uint256 reserveIn,
    uint256 reserveOut,
    uint256 duration
  ) internal pure returns (uint256) {
    if (reserveIn == 0 || reserveOut == 0) return cumulative;

    // The price is below 2^224 and the duration below 2^32, so their product fits; the sum wraps as the pair's does.
    unchecked {
      return cumulative + ((reserveOut << FRACTION_BITS) / reserveIn) * duration;
    }
  }

  /// @notice The arithmetic mean of a steady price over a span, weighted by time, rounded down
  /// @param from The accumulator when the span began, modulo 2^112
  /// @param to The accumulator when it ended, grown by less than 2^112
  /// @param shift The bits that scaling took off the price, at most 144
  /// @param span Seconds; not zero
  /// @return UQ112.112
  function averageDown(uint112 from, uint112 to, uint256 shift, uint256 span) internal pure returns (uint256) {
    // A difference modulo 2^112 is right whether or not the accumulator wrapped in between.
    unchecked {
      return (uint256(to - from) << shift) / span;
    }
  }

  /// @notice What an amount is worth at an average price, rounded down once from the full 512-bit product
  /// @param amountIn In the unit of the token that is priced
  /// @param averageX112 UQ112.112
  /// @return In the unit of the token that it is priced in; panics where that takes more than 256 bits
  function amountOutDown(uint256 amountIn, uint256 averageX112) internal pure returns (uint256) {
    return Math.mulDiv(amountIn, averageX112, Q112);
  }

  /// @notice The sample standard deviation (n - 1), rounded down from its exact value
  /// @dev With m the mean rounded down and r = sum - n * m what that left over, the sum of squared distances from the
  /// exact mean is sum((x - m)^2) - r^2 / n: nothing is lost before the root.
  /// @param samples Two at the least; panics where n times the sum of squared distances takes more than 256 bits
  function standardDeviationDown(uint256[] memory samples) internal pure returns (uint256) {
    uint256 count = samples.length;

    uint256 sum;
    for (uint256 i; i < count; ++i) {
      sum += samples[i];
    }
    uint256 mean = sum / count;
    uint256 remainder = sum % count;

    uint256 squares;
    for (uint256 i; i < count; ++i) {
      uint256 distance = samples[i] > mean ? samples[i] - mean : mean - samples[i];
      squares += distance * distance;
    }

    return Math.sqrt((count * squares - remainder * remainder) / (count * (count - 1)));
  }
}
