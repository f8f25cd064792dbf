// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Steady prices
/// @notice How a price follows the market that short pushes can't move it far; pure functions only.
///
/// Prices are scaled: a pair's UQ112.112 price of token0 without its last `shift0` bits, that of token1 without its last
/// SHIFTS - shift0. The scale is chosen at the first listing so that a price then has 41 bits, and the product of both
/// directions stays near 2^80.
library SteadyMath {
  /// @dev shift0 + shift1.
  uint256 internal constant SHIFTS = 144;

  /// @dev The highest scaled price: 2^32 seconds of it fit an accumulator of 112 bits.
  uint256 internal constant MAX_PRICE = 2 ** 80 - 1;

  /// @dev One, as the product of both directions is scaled: 2^224 less SHIFTS bits.
  uint256 private constant ONE = 2 ** 80;

  /// @dev The bits behind the binary point of UQ112.112.
  uint256 private constant FRACTION_BITS = 112;

  /// @dev The highest bit of a price, as log2: where prices that can be scaled have it, and where scaled ones do.
  uint256 private constant MIN_BITS = 56;
  uint256 private constant MAX_BITS = 168;
  uint256 private constant SCALED_BITS = 40;

  /// @dev `maxChange` is in BPS for so many seconds.
  uint256 private constant PERIOD = 30 minutes;
  uint256 private constant BPS = 10_000;

  /// @dev A rise that only the arithmetic mean tells of counts up to this fraction of `maxChange`.
  uint256 private constant UNCONFIRMED_DIVISOR = 5;

  /// @notice The scale for a pair at its first listing
  /// @param reserve0 Of token0; not zero
  /// @param reserve1 Of token1
  /// @return inRange Whether the price of token0 has 57 to 169 bits: else there is no scale for it
  /// @return shift0 The bits to take off the price of token0, 16 to 128
  function shiftFor(uint256 reserve0, uint256 reserve1) internal pure returns (bool inRange, uint256 shift0) {
    uint256 bits = Math.log2((reserve1 << FRACTION_BITS) / reserve0);
    inRange = bits >= MIN_BITS && bits <= MAX_BITS;
    if (inRange) shift0 = bits - SCALED_BITS;
  }

  /// @notice The steady price of a span, of one direction
  /// @dev A high push moves the arithmetic mean for as long as it lasts and a low one the harmonic mean, which is the
  /// inverse of the opposite direction's arithmetic mean. So a rise counts in full only as far as the harmonic mean
  /// confirms it, and at a fifth of `maxChange` beyond; a fall counts by the arithmetic mean. Either is bounded by
  /// `maxChange` for each period of the span.
  /// @param last The steady price of the span before, below 2^80; 0 when there is none: then the mean is taken as it is
  /// @param mean The arithmetic mean over the span, scaled, below 2^128
  /// @param opposite That of the other direction
  /// @param span Seconds, below 2^32
  /// @param maxChange BPS for a period, at most 10_000
  /// @return price From 1 to MAX_PRICE
  function step(
    uint256 last,
    uint256 mean,
    uint256 opposite,
    uint256 span,
    uint256 maxChange
  ) internal pure returns (uint256 price) {
    // Below 2^(80 + 14 + 32), and sums of two such
    unchecked {
      if (last == 0) {
        price = mean;
      } else if (mean == 0 || opposite == 0) {
        price = last;
      } else if (mean > last) {
        uint256 unconfirmed = last + Math.ceilDiv(last * maxChange, BPS * UNCONFIRMED_DIVISOR);
        uint256 highest = last + Math.ceilDiv(last * maxChange * span, BPS * PERIOD);
        price = Math.min(Math.min(mean, Math.max(ONE / opposite, unconfirmed)), highest);
      } else {
        uint256 lowest = Math.ceilDiv(last * BPS * PERIOD, BPS * PERIOD + maxChange * span);
        price = Math.max(mean, lowest);
      }
    }
    return Math.max(Math.min(price, MAX_PRICE), 1);
  }

  /// @notice The price of KP3R that a pair's depth is judged at: its steady price; but after the pair was found thin, and its
  /// price held for that, the market's if that is lower, down to half of the steady one for each time
  /// @dev Without that a pair whose price fell too far before it was found thin would be judged at the old price for ever.
  /// Who holds an emptied pool at a false price gets one observation by it, and waits for the next as long again.
  /// @param price The steady price of the span
  /// @param mean The arithmetic mean over the span
  /// @param opposite That of the other direction; when either is 0, both tell nothing
  /// @param thinFor How many observations in a row have found the pair thin before this one
  function depthPrice(uint256 price, uint256 mean, uint256 opposite, uint256 thinFor) internal pure returns (uint256) {
    if (mean == 0 || opposite == 0) return price;

    return Math.max(Math.min(mean, price), price >> thinFor);
  }

  /// @notice Whether a pair would hold less KP3R than it should, if it stood at a price: whether sqrt(k / price) is less
  /// than the minimum. A swap doesn't change that but for its fee.
  /// @param k The product of the reserves
  /// @param minKp3rReserve KP3R, at most 100,000
  /// @param price That of KP3R, scaled, at most MAX_PRICE
  /// @param shift The bits that scaling took off it, at most 128
  function isThin(uint256 k, uint256 minKp3rReserve, uint256 price, uint256 shift) internal pure returns (bool) {
    // The minimum is below 2^77: all is below 2^(2 * 77 + 80 + 16)
    unchecked {
      uint256 needed = minKp3rReserve * minKp3rReserve * price;
      needed = shift < FRACTION_BITS ? needed >> (FRACTION_BITS - shift) : needed << (shift - FRACTION_BITS);
      return k < needed;
    }
  }
}
