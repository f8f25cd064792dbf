// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IKeep3rOracle} from "../../../contracts/interfaces/IKeep3rOracle.sol";
import {IOracleObservations} from "../../../contracts/interfaces/IOracleObservations.sol";
import {IOraclePairs} from "../../../contracts/interfaces/IOraclePairs.sol";

/// @notice The oracle as it is documented. It follows the reserves themselves and sums up every price that stood, so that
/// nothing of it ever wraps; directions are numbered as the pair's tokens. Its reads are named as the oracle's and answer, or
/// refuse, the same.
contract OracleModel {
  struct Observed {
    uint256 time;
    /// @dev The pair's accumulators, scaled.
    uint256[2] raw;
    /// @dev The steady prices of the span that ended here, and the sums of all such by their seconds.
    uint256[2] price;
    uint256[2] steady;
  }

  struct Market {
    address[2] tokens;
    uint256[2] shift;
    /// @dev What the pair's accumulators had below the scale's last bit when it was listed, and what they grew by since.
    uint256[2] below;
    uint256[2] grown;
    uint256[2] reserves;
    uint256 since;
    bool listed;
    /// @dev How many observations in a row have found it thin.
    uint256 thinFor;
    Observed[] observations;
  }

  uint256 internal constant PERIOD = 30 minutes;
  uint256 internal constant BPS = 10_000;
  /// @dev The highest steady price, scaled.
  uint256 internal constant HIGHEST = 2 ** 80 - 1;
  uint256 private constant RING = 128;
  uint256 private constant ONE = 2 ** 80;
  uint256 private constant Q112 = 2 ** 112;

  address private immutable _kp3r;

  uint256 public minKp3rReserve = 100e18;
  uint256 public maxChange = 5_000;

  mapping(address pair => Market) internal _markets;
  mapping(address pairedToken => address pair) private _pairOf;

  constructor(address kp3r_) {
    _kp3r = kp3r_;
  }

  // What is done to the oracle and its pairs

  function setMinKp3rReserve(uint256 minKp3rReserve_) external {
    minKp3rReserve = minKp3rReserve_;
  }

  function setMaxChange(uint256 maxChange_) external {
    maxChange = maxChange_;
  }

  /// @dev The first time, the pair was touched this second: what it had accumulated by then is in its books.
  function addPair(address pair) external {
    Market storage market = _markets[pair];
    if (market.listed) revert IOraclePairs.PairAlreadyListed(pair);
    if (market.observations.length == 0) _begin(market, IUniswapV2Pair(pair));
    watch(pair);
    uint256 reserve = market.reserves[_sideOf(market, _kp3r)];
    if (reserve < minKp3rReserve) revert IOracleObservations.Kp3rReserveTooLow(pair, reserve, minKp3rReserve);
    if (market.reserves[0] == 0 || market.reserves[1] == 0) revert IOraclePairs.PriceOutOfRange(pair);

    market.listed = true;
    _pairOf[market.tokens[1 - _sideOf(market, _kp3r)]] = pair;
    update(pair);
  }

  function removePair(address pair) external {
    if (!_markets[pair].listed) revert IOracleObservations.PairNotListed(pair);

    _markets[pair].listed = false;
    delete _pairOf[_markets[pair].tokens[1 - _sideOf(_markets[pair], _kp3r)]];
  }

  /// @notice To be called whenever reserves have changed: the price before has stood until now
  function watch(address pair) public {
    Market storage market = _markets[pair];
    uint256 duration = block.timestamp - market.since;
    if (duration != 0) {
      uint256[2] memory prices = [_marketPrice(market, 0), _marketPrice(market, 1)];
      for (uint256 i; i < 2; ++i) market.grown[i] += prices[i] * duration;
      _stood(pair, prices, duration);
    }
    (market.reserves[0], market.reserves[1], ) = IUniswapV2Pair(pair).getReserves();
    market.since = block.timestamp;
  }

  /// @return Whether it was observed
  function update(address pair) public returns (bool) {
    Market storage market = _markets[pair];
    if (!market.listed) revert IOracleObservations.PairNotListed(pair);
    watch(pair);

    uint256 count = market.observations.length;
    if (count == 0) {
      Observed memory first;
      (first.time, first.raw) = (block.timestamp, _rawOf(market));
      market.observations.push(first);
      _extended(pair, first, first, false);
      return true;
    }
    Observed memory last = market.observations[count - 1];
    if (block.timestamp - last.time < PERIOD) return false;

    uint256[2] memory price = _steadyPrice(market, last);
    bool thin = _isThin(market, last, price);
    market.thinFor = thin ? market.thinFor + 1 : 0;
    bool held = thin && count > 1;
    if (held) price = last.price;
    Observed memory next = _next(market, last, price);
    market.observations.push(next);
    _extended(pair, last, next, held);
    return true;
  }

  // Reads

  function averagePrice(
    address pair,
    address tokenIn,
    uint256 window,
    uint256 maxAge
  ) public view returns (uint256 averageX112, uint256 span) {
    Market storage market = _markets[pair];
    if (!market.listed) revert IOracleObservations.PairNotListed(pair);
    if (tokenIn != market.tokens[0] && tokenIn != market.tokens[1]) {
      revert IKeep3rOracle.TokenNotInPair(pair, tokenIn);
    }
    _checkDeep(pair, market.thinFor == 0 && !_isThinAtTheEnd(market));
    Observed memory end = _endOf(market);
    uint256 base = _baseOf(market, end.time, Math.max(window, PERIOD));
    span = end.time - market.observations[base].time;
    if (span < Math.max(window, PERIOD)) {
      revert IKeep3rOracle.InsufficientHistory(pair, Math.max(window, PERIOD), span);
    }
    if (span > maxAge) revert IKeep3rOracle.StalePrice(pair, span, maxAge);

    averageX112 = _mean(market, _sideOf(market, tokenIn), market.observations[base], end);
  }

  function current(address tokenIn, uint256 amountIn, address tokenOut) external view returns (uint256) {
    (uint256 averageX112, ) = averagePrice(pairFor(tokenIn, tokenOut), tokenIn, 0, type(uint256).max);
    return Math.mulDiv(amountIn, averageX112, Q112);
  }

  function quote(address tokenIn, uint256 amountIn, address tokenOut, uint256 spans) external view returns (uint256) {
    if (spans == 0 || spans >= RING) revert IKeep3rOracle.GranularityOutOfBounds(spans, RING - 1);

    address pair = pairFor(tokenIn, tokenOut);
    Market storage market = _markets[pair];
    _checkReadable(pair, market, spans);
    _checkDeep(pair, !_isThinAtTheEnd(market));
    Observed memory base = market.observations[market.observations.length - 1 - spans];
    return Math.mulDiv(amountIn, _mean(market, _sideOf(market, tokenIn), base, _endOf(market)), Q112);
  }

  function sample(
    address tokenIn,
    uint256 amountIn,
    address tokenOut,
    uint256 points,
    uint256 window
  ) external view returns (uint256[] memory amountsOut) {
    if (points * window == 0 || points * window >= RING) {
      revert IKeep3rOracle.SampleOutOfBounds(points, window, RING - 1);
    }

    address pair = pairFor(tokenIn, tokenOut);
    Market storage market = _markets[pair];
    _checkReadable(pair, market, points * window);
    amountsOut = new uint256[](points);
    uint256 newest = market.observations.length - 1;
    uint256 side = _sideOf(market, tokenIn);
    for (uint256 i; i < points; ++i) {
      Observed memory from = market.observations[newest - (points - i) * window];
      Observed memory to = market.observations[newest - (points - i - 1) * window];
      amountsOut[i] = Math.mulDiv(amountIn, _mean(market, side, from, to), Q112);
    }
  }

  function pairFor(address tokenA, address tokenB) public view returns (address pair) {
    pair = _pairOf[tokenA == _kp3r ? tokenB : tokenA];
    if (pair == address(0)) revert IOraclePairs.NoListedPair(tokenA, tokenB);
  }

  /// @notice Whether a pair is listed, deep when it was last observed and, if reads end now, deep now
  function isReadable(address pair) external view returns (bool) {
    Market storage market = _markets[pair];
    return market.listed && market.thinFor == 0 && !_isThinAtTheEnd(market);
  }

  function isThin(address pair) external view returns (bool) {
    return _markets[pair].thinFor != 0;
  }

  function isListed(address pair) external view returns (bool) {
    return _markets[pair].listed;
  }

  function observationCount(address pair) external view returns (uint256) {
    return Math.min(_markets[pair].observations.length, RING);
  }

  function historyOf(address pair) external view returns (uint256 oldestAge, uint256 newestAge) {
    Market storage market = _markets[pair];
    uint256 count = market.observations.length;
    if (count == 0) return (0, 0);

    return (
      block.timestamp - market.observations[_oldest(market)].time,
      block.timestamp - market.observations[count - 1].time
    );
  }

  /// @notice The steady prices of the span between two observations, scaled
  /// @param back The later one's place, from the newest
  function steadyPriceOf(address pair, uint256 back) external view returns (uint256[2] memory) {
    Observed[] storage observations = _markets[pair].observations;
    return observations[observations.length - 1 - back].price;
  }

  // Where what is known of a market is to be added to

  function _stood(address pair, uint256[2] memory prices, uint256 duration) internal virtual {}

  /// @param held Whether the prices were held, since the pair is thin
  function _extended(address pair, Observed memory last, Observed memory next, bool held) internal virtual {}

  // The rule

  /// @dev The steady prices of the span that ends now.
  function _steadyPrice(Market storage market, Observed memory last) internal view returns (uint256[2] memory price) {
    uint256 span = block.timestamp - last.time;
    uint256[2] memory mean = _scaledMeans(market, last);
    bool first = market.observations.length == 1;
    for (uint256 i; i < 2; ++i) {
      if (first) price[i] = mean[i];
      else if (mean[0] == 0 || mean[1] == 0) price[i] = last.price[i];
      else price[i] = _step(last.price[i], mean[i], ONE / mean[1 - i], span);
      price[i] = Math.max(1, Math.min(price[i], HIGHEST));
    }
  }

  /// @dev The arithmetic means of the span that ends now.
  function _scaledMeans(Market storage market, Observed memory last) internal view returns (uint256[2] memory mean) {
    uint256[2] memory raw = _rawOf(market);
    for (uint256 i; i < 2; ++i) mean[i] = ((raw[i] - last.raw[i]) % 2 ** 128) / (block.timestamp - last.time);
  }

  /// @dev x, and then clamp(x, p / f, p * f): f is over a period of a whole `maxChange`.
  function _step(uint256 p, uint256 a, uint256 h, uint256 span) private view returns (uint256) {
    uint256 x = a;
    if (a > p) x = Math.min(a, Math.max(h, _aFifthAbove(p)));
    return Math.max(_mostBelow(p, span), Math.min(x, _mostAbove(p, span)));
  }

  /// @dev Whether an observation of now finds the pair thin.
  function _isThin(Market storage market, Observed memory last, uint256[2] memory price) internal view returns (bool) {
    uint256 side = _sideOf(market, _kp3r);
    uint256[2] memory mean = _scaledMeans(market, last);
    uint256 judgedAt = price[side];
    if (mean[0] != 0 && mean[1] != 0) judgedAt = _judgedAt(judgedAt, mean[side], market.thinFor);
    uint256 needed = Math.mulDiv(minKp3rReserve * minKp3rReserve * judgedAt, 2 ** market.shift[side], Q112);
    return market.reserves[0] * market.reserves[1] < needed;
  }

  /// @dev A pair that has been thin for a while is judged at the market's price, but as far below its own only as that takes.
  function _judgedAt(uint256 price, uint256 mean, uint256 thinFor) private pure returns (uint256) {
    for (; thinFor > 0 && price / 2 > mean; --thinFor) price /= 2;
    return thinFor > 0 && price > mean ? mean : price;
  }

  function _aFifthAbove(uint256 p) internal view returns (uint256) {
    return Math.ceilDiv(p * (5 * BPS + maxChange), 5 * BPS);
  }

  function _mostAbove(uint256 p, uint256 span) internal view returns (uint256) {
    return Math.ceilDiv(p * (BPS * PERIOD + maxChange * span), BPS * PERIOD);
  }

  function _mostBelow(uint256 p, uint256 span) internal view returns (uint256) {
    return Math.ceilDiv(p * BPS * PERIOD, BPS * PERIOD + maxChange * span);
  }

  /// @dev Where reads end.
  function _endOf(Market storage market) internal view returns (Observed memory) {
    Observed memory newest = market.observations[market.observations.length - 1];
    if (block.timestamp - newest.time <= 2 * PERIOD) return newest;

    return _next(market, newest, _steadyPrice(market, newest));
  }

  /// @dev The place of the newest observation that is so old; of the oldest if none is.
  function _baseOf(Market storage market, uint256 end, uint256 window) internal view returns (uint256 base) {
    base = market.observations.length - 1;
    while (base > _oldest(market) && end - market.observations[base].time < window) --base;
  }

  function _next(
    Market storage market,
    Observed memory last,
    uint256[2] memory price
  ) private view returns (Observed memory next) {
    (next.time, next.raw, next.price) = (block.timestamp, _rawOf(market), price);
    for (uint256 i; i < 2; ++i) next.steady[i] = last.steady[i] + price[i] * (next.time - last.time);
  }

  function _mean(
    Market storage market,
    uint256 side,
    Observed memory from,
    Observed memory to
  ) private view returns (uint256) {
    return ((to.steady[side] - from.steady[side]) * 2 ** market.shift[side]) / (to.time - from.time);
  }

  function _rawOf(Market storage market) private view returns (uint256[2] memory raw) {
    uint256 duration = block.timestamp - market.since;
    for (uint256 i; i < 2; ++i) {
      uint256 grown = market.grown[i] + _marketPrice(market, i) * duration;
      raw[i] = (market.below[i] + grown) / 2 ** market.shift[i];
    }
  }

  /// @dev UQ112.112, rounded down as the pair does; a pair without reserves has none.
  function _marketPrice(Market storage market, uint256 side) internal view returns (uint256) {
    uint256 reserve = market.reserves[side];
    return reserve == 0 ? 0 : (market.reserves[1 - side] * Q112) / reserve;
  }

  function _begin(Market storage market, IUniswapV2Pair pair) private {
    uint32 touchedAt;
    (market.reserves[0], market.reserves[1], touchedAt) = pair.getReserves();
    require(touchedAt == uint32(block.timestamp), "touch the pair before it is listed");
    market.since = block.timestamp;
    market.tokens = [pair.token0(), pair.token1()];

    // 41 bits of the price are kept
    uint256 price = _marketPrice(market, 0);
    while (price >= 2 ** 41) {
      price /= 2;
      ++market.shift[0];
    }
    market.shift[1] = 144 - market.shift[0];
    market.below = [
      pair.price0CumulativeLast() % 2 ** market.shift[0],
      pair.price1CumulativeLast() % 2 ** market.shift[1]
    ];
  }

  function _checkReadable(address pair, Market storage market, uint256 spans) private view {
    _checkDeep(pair, market.thinFor == 0);
    uint256 held = Math.min(market.observations.length, RING);
    if (held <= spans) revert IKeep3rOracle.InsufficientHistory(pair, spans + 1, held);
  }

  function _checkDeep(address pair, bool deep) private view {
    (uint256 reserve0, uint256 reserve1, ) = IUniswapV2Pair(pair).getReserves();
    uint256 reserve = _markets[pair].tokens[0] == _kp3r ? reserve0 : reserve1;
    if (!deep) revert IOracleObservations.Kp3rReserveTooLow(pair, reserve, minKp3rReserve);
  }

  /// @dev Whether a read ends now, and an observation of now would find the pair thin.
  function _isThinAtTheEnd(Market storage market) private view returns (bool) {
    Observed memory newest = market.observations[market.observations.length - 1];
    return _endOf(market).time != newest.time && _isThin(market, newest, _steadyPrice(market, newest));
  }

  function _oldest(Market storage market) private view returns (uint256) {
    return market.observations.length - Math.min(market.observations.length, RING);
  }

  function _sideOf(Market storage market, address token) internal view returns (uint256) {
    return token == market.tokens[0] ? 0 : 1;
  }
}
