// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {OracleModel} from "./OracleModel.sol";

/// @notice What steady prices may be whatever those do who push the market: bounds that depend on the prices in between, on
/// how long it was pushed, and not on how far
contract HonestMarket is OracleModel {
  /// @dev The market since the newest observation: between which prices it was, UQ112.112, but for how many seconds.
  struct Span {
    uint256[2] low;
    uint256[2] high;
    uint256 pushed;
  }

  /// @dev Bounds of the steady prices of a span, and the sums of all such by their seconds.
  struct Range {
    uint256[2] least;
    uint256[2] most;
    uint256[2] leastSum;
    uint256[2] mostSum;
  }

  mapping(address pair => bool) public isPushed;
  mapping(address pair => Span) private _spans;
  mapping(address pair => Range[]) private _ranges;

  constructor(address kp3r_) OracleModel(kp3r_) {}

  /// @notice From now on the market is where somebody has pushed it to, or no longer
  function setPushed(address pair, bool pushed) external {
    watch(pair);
    isPushed[pair] = pushed;
  }

  /// @notice From now on bounds begin at the newest steady price itself
  function beginAnew(address pair) external {
    Market storage market = _markets[pair];
    Range storage newest = _ranges[pair][_ranges[pair].length - 1];
    newest.least = market.observations[market.observations.length - 1].price;
    newest.most = newest.least;
  }

  /// @notice Bounds of what `averagePrice` may be, UQ112.112, where it answers
  function rangeOf(
    address pair,
    address tokenIn,
    uint256 window
  ) external view returns (uint256 leastX112, uint256 mostX112) {
    Market storage market = _markets[pair];
    (Range memory end, uint256 endTime) = _endRange(pair);
    uint256 base = _baseOf(market, endTime, Math.max(window, PERIOD));
    uint256 span = endTime - market.observations[base].time;
    uint256 side = _sideOf(market, tokenIn);
    uint256 unit = 2 ** market.shift[side];
    leastX112 = ((end.leastSum[side] - _ranges[pair][base].leastSum[side]) * unit) / span;
    mostX112 = ((end.mostSum[side] - _ranges[pair][base].mostSum[side]) * unit) / span;
  }

  /// @notice Bounds of the steady price of the span between the newest two observations, scaled
  function newestRange(address pair) external view returns (uint256[2] memory least, uint256[2] memory most) {
    Range memory range = _ranges[pair][_ranges[pair].length - 1];
    return (range.least, range.most);
  }

  function _stood(address pair, uint256[2] memory prices, uint256 duration) internal override {
    Span memory span = _spans[pair];
    _include(span, prices, isPushed[pair], duration);
    _spans[pair] = span;
  }

  function _extended(address pair, Observed memory last, Observed memory next, bool held) internal override {
    Range memory range;
    uint256 count = _ranges[pair].length;
    // The first span has no price before it: its mean counts as it is
    if (count < 2) (range.least, range.most) = (next.price, next.price);
    else if (held) range = _ranges[pair][count - 1];
    else range = _rangeOf(pair, last, _spans[pair]);
    if (count != 0) _sumUp(range, _ranges[pair][count - 1], next.time - last.time);

    _ranges[pair].push(range);
    Span memory span;
    span.low = [type(uint256).max, type(uint256).max];
    _spans[pair] = span;
  }

  /// @dev Where reads end.
  function _endRange(address pair) private view returns (Range memory range, uint256 time) {
    Market storage market = _markets[pair];
    Observed memory newest = market.observations[market.observations.length - 1];
    time = _endOf(market).time;
    range = time == newest.time ? _ranges[pair][_ranges[pair].length - 1] : _openRange(pair, newest);
  }

  /// @dev As if the pair was observed now.
  function _openRange(address pair, Observed memory last) private view returns (Range memory range) {
    Market storage market = _markets[pair];
    Span memory span = _spans[pair];
    uint256 duration = block.timestamp - market.since;
    if (duration != 0) {
      _include(span, [_marketPrice(market, 0), _marketPrice(market, 1)], isPushed[pair], duration);
    }

    uint256 count = _ranges[pair].length;
    if (count < 2) {
      uint256[2] memory price = _steadyPrice(market, last);
      (range.least, range.most) = (price, price);
    } else {
      range = _rangeOf(pair, last, span);
    }
    _sumUp(range, _ranges[pair][count - 1], block.timestamp - last.time);
  }

  /// @dev max(min(p, low * (1 - t / dt)), p / f) and min(max(p * (1 + u), high * dt / (dt - t)), p * f): both grow with p.
  function _rangeOf(address pair, Observed memory last, Span memory span) private view returns (Range memory range) {
    Market storage market = _markets[pair];
    Range memory before = _ranges[pair][_ranges[pair].length - 1];
    uint256 duration = block.timestamp - last.time;
    uint256[2] memory mean = _scaledMeans(market, last);
    for (uint256 i; i < 2; ++i) {
      uint256 share = _shareOfLow(span, i, duration) >> market.shift[i];
      uint256 least = Math.min(before.least[i], Math.saturatingSub(share, 2));
      range.least[i] = Math.max(least, _mostBelow(before.least[i], duration));

      uint256 most = _aFifthAbove(before.most[i]);
      uint256 highest = _mostAbove(before.most[i], duration);
      // Without an honest second all that bounds a price is how fast it may follow
      if (span.pushed == duration || mean[1 - i] == 0) most = highest;
      else most = Math.max(most, _confirmed(span, i, duration, market.shift[i], mean[1 - i]));
      range.most[i] = Math.min(Math.min(most, highest), HIGHEST);
    }
  }

  function _shareOfLow(Span memory span, uint256 side, uint256 duration) private pure returns (uint256) {
    return span.pushed == duration ? 0 : (span.low[side] * (duration - span.pushed)) / duration;
  }

  /// @dev Up to two units of rounding, and what a unit of the other direction's mean makes in this one.
  function _confirmed(
    Span memory span,
    uint256 side,
    uint256 duration,
    uint256 shift,
    uint256 opposite
  ) private pure returns (uint256) {
    uint256 price = ((span.high[side] + 1) * duration) / (duration - span.pushed);
    price = (price >> shift) + 1;
    return price + Math.ceilDiv(price, opposite) + price / (opposite * duration) + 2;
  }

  function _include(Span memory span, uint256[2] memory prices, bool pushed, uint256 duration) private pure {
    if (pushed) {
      span.pushed += duration;
      return;
    }
    for (uint256 i; i < 2; ++i) {
      span.low[i] = Math.min(span.low[i], prices[i]);
      span.high[i] = Math.max(span.high[i], prices[i]);
    }
  }

  function _sumUp(Range memory range, Range memory before, uint256 duration) private pure {
    for (uint256 i; i < 2; ++i) {
      range.leastSum[i] = before.leastSum[i] + range.least[i] * duration;
      range.mostSum[i] = before.mostSum[i] + range.most[i] * duration;
    }
  }
}
