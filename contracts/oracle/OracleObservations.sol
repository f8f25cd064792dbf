// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IOracleObservations} from "../interfaces/IOracleObservations.sol";
import {ObservationRing} from "../libraries/ObservationRing.sol";
import {SteadyMath} from "../libraries/SteadyMath.sol";
import {TwapMath} from "../libraries/TwapMath.sol";
import {Observation, observationOf} from "../types/Observation.sol";
import {PairState, PriceHistory} from "../types/PriceHistory.sol";
import {RawReading, rawReadingOf} from "../types/RawReading.sol";
import {OracleTerms} from "./OracleTerms.sol";

/// @title OracleObservations
/// @notice What the oracle has observed of its pairs: steady prices, one slot an observation
abstract contract OracleObservations is IOracleObservations, OracleTerms {
  using ObservationRing for PriceHistory;
  using ObservationRing for PairState;

  /// @dev Up to this age the newest observation is where reads end. A pair that is looked after has a younger one.
  uint256 private constant OPEN_SPAN_AGE = 2 * ObservationRing.PERIOD_SIZE;

  mapping(address pair => PriceHistory) internal _histories;

  /// @dev Scaled prices of a pair, by direction.
  struct Prices {
    uint256 price0;
    uint256 price1;
  }

  // Observations

  /// @inheritdoc IOracleObservations
  function update(address pair) external override returns (bool) {
    if (!_histories[pair].state.listed) revert PairNotListed(pair);

    return _updateIfDue(pair);
  }

  /// @dev Passes over pairs that aren't listed or due.
  function _updateIfDue(address pair) internal returns (bool) {
    PriceHistory storage history = _histories[pair];
    PairState memory state = history.state;
    if (!state.listed || !state.isDue()) return false;

    (RawReading raw, uint256 k) = _readPair(pair, state.shift0);
    Observation observation = observationOf(0, 0, block.timestamp);
    Prices memory prices;
    if (state.count != 0) {
      Observation newest = history.read(state, 0);
      Prices memory last = _lastPrices(history, state, newest);
      Prices memory means = _means(history.raw, raw, newest);
      prices = _stepped(last, means, newest);
      bool thin = _isThin(state, k, prices, means);
      state.thinFor = thin ? _oneMore(state.thinFor) : 0;
      // The first span has no price before it that could hold on
      if (thin && state.count > 1) prices = last;
      observation = _extended(newest, prices);
    }
    history.raw = raw;
    history.push(state, observation);

    emit PairUpdate(pair, prices.price0 << state.shift0, prices.price1 << _shift1(state), state.thinFor != 0);
    return true;
  }

  /// @dev Where reads end: at the newest observation while it is young, else now, as if the pair was observed: what is thin
  /// by now isn't read either, or a pool that was emptied in a silence could be.
  function _endOf(
    address pair,
    PriceHistory storage history,
    PairState memory state
  ) internal view returns (Observation) {
    Observation newest = history.read(state, 0);
    uint256 age = ObservationRing.ageOf(newest.timestamp());
    if (age <= OPEN_SPAN_AGE) return newest;

    (RawReading raw, uint256 k) = _readPair(pair, state.shift0);
    Prices memory means = _means(history.raw, raw, newest);
    Prices memory prices = _stepped(_lastPrices(history, state, newest), means, newest);
    if (_isThin(state, k, prices, means)) _refuseThin(pair, state);
    return _extended(newest, prices);
  }

  /// @dev The steady prices of the span between the two newest observations; zeros when there is only one.
  function _lastPrices(
    PriceHistory storage history,
    PairState memory state,
    Observation newest
  ) private view returns (Prices memory last) {
    if (state.count < 2) return last;

    Observation before = history.read(state, 1);
    // Differences are right across the wraps; observations are a period apart at the least.
    unchecked {
      uint256 span = TwapMath.elapsed(before.timestamp(), newest.timestamp());
      last.price0 = uint256(newest.steady0() - before.steady0()) / span;
      last.price1 = uint256(newest.steady1() - before.steady1()) / span;
    }
  }

  /// @dev The arithmetic means since the newest observation.
  function _means(RawReading from, RawReading to, Observation newest) private view returns (Prices memory means) {
    // Differences are right across the wraps; the span isn't zero.
    unchecked {
      uint256 span = ObservationRing.ageOf(newest.timestamp());
      means.price0 = uint256(to.raw0() - from.raw0()) / span;
      means.price1 = uint256(to.raw1() - from.raw1()) / span;
    }
  }

  /// @dev The steady prices since the newest observation.
  function _stepped(
    Prices memory last,
    Prices memory means,
    Observation newest
  ) private view returns (Prices memory prices) {
    uint256 span = ObservationRing.ageOf(newest.timestamp());
    uint256 change = maxChange();
    prices.price0 = SteadyMath.step(last.price0, means.price0, means.price1, span, change);
    prices.price1 = SteadyMath.step(last.price1, means.price1, means.price0, span, change);
  }

  /// @dev An observation of now, since when the prices have stood at these.
  function _extended(Observation newest, Prices memory prices) private view returns (Observation) {
    // A price is below 2^80 and a span below 2^32, so their product fits; the sums wrap, as all truncation here is meant to.
    unchecked {
      uint256 span = ObservationRing.ageOf(newest.timestamp());
      return
        observationOf(
          newest.steady0() + prices.price0 * span,
          newest.steady1() + prices.price1 * span,
          block.timestamp
        );
    }
  }

  function _isThin(
    PairState memory state,
    uint256 k,
    Prices memory prices,
    Prices memory means
  ) private view returns (bool) {
    (uint256 price, uint256 shift) = state.kp3rIsToken0
      ? (SteadyMath.depthPrice(prices.price0, means.price0, means.price1, state.thinFor), state.shift0)
      : (SteadyMath.depthPrice(prices.price1, means.price1, means.price0, state.thinFor), _shift1(state));
    return SteadyMath.isThin(k, minKp3rReserve(), price, shift);
  }

  function _checkDeep(address pair, PairState memory state) internal view {
    if (state.thinFor != 0) _refuseThin(pair, state);
  }

  function _refuseThin(address pair, PairState memory state) private view {
    (uint256 reserve0, uint256 reserve1, ) = IUniswapV2Pair(pair).getReserves();
    revert Kp3rReserveTooLow(pair, state.kp3rIsToken0 ? reserve0 : reserve1, minKp3rReserve());
  }

  function _oneMore(uint8 count) private pure returns (uint8) {
    return count == type(uint8).max ? count : count + 1;
  }

  /// @dev The pair's accumulators extended to now, scaled, and the product of its reserves.
  function _readPair(address pair, uint256 shift0) private view returns (RawReading raw, uint256 k) {
    IUniswapV2Pair pool = IUniswapV2Pair(pair);
    (uint256 reserve0, uint256 reserve1, uint32 touchedAt) = pool.getReserves();
    // Truncation is meant: the pair keeps its timestamps modulo 2^32.
    uint256 duration = TwapMath.elapsed(touchedAt, uint32(block.timestamp));
    uint256 cumulative0 = TwapMath.extend(pool.price0CumulativeLast(), reserve0, reserve1, duration);
    uint256 cumulative1 = TwapMath.extend(pool.price1CumulativeLast(), reserve1, reserve0, duration);

    // Truncation is meant: 2^128 divides 2^256 less the scale's bits, so differences of truncated readings stay right.
    raw = rawReadingOf(cumulative0 >> shift0, cumulative1 >> (SteadyMath.SHIFTS - shift0));
    // Reserves are below 2^112
    unchecked {
      k = reserve0 * reserve1;
    }
  }

  function _shift1(PairState memory state) internal pure returns (uint256) {
    return SteadyMath.SHIFTS - state.shift0;
  }

  // Reads

  /// @inheritdoc IOracleObservations
  function periodSize() external pure override returns (uint256) {
    return ObservationRing.PERIOD_SIZE;
  }

  /// @inheritdoc IOracleObservations
  function isThin(address pair) external view override returns (bool) {
    return _histories[pair].state.thinFor != 0;
  }

  /// @inheritdoc IOracleObservations
  function scaleOf(address pair) external view override returns (uint8 shift0, uint8 shift1) {
    PairState memory state = _histories[pair].state;
    if (state.count == 0) return (0, 0);

    // Fits: the sum of both does
    return (state.shift0, uint8(_shift1(state)));
  }

  /// @inheritdoc IOracleObservations
  function observationCount(address pair) external view override returns (uint256) {
    return _histories[pair].state.count;
  }

  /// @inheritdoc IOracleObservations
  function observationAt(
    address pair,
    uint256 back
  ) external view override returns (uint32 timestamp, uint112 steady0, uint112 steady1) {
    PriceHistory storage history = _histories[pair];
    PairState memory state = history.state;
    if (back >= state.count) revert ObservationNotHeld(pair, back, state.count);

    Observation observation = history.read(state, back);
    return (observation.timestamp(), observation.steady0(), observation.steady1());
  }

  /// @inheritdoc IOracleObservations
  function historyOf(address pair) external view override returns (uint256 oldestAge, uint256 newestAge) {
    PriceHistory storage history = _histories[pair];
    PairState memory state = history.state;
    if (state.count == 0) return (0, 0);

    uint32 oldest = history.read(state, state.count - 1).timestamp();
    return (ObservationRing.ageOf(oldest), ObservationRing.ageOf(state.newestTimestamp));
  }
}
