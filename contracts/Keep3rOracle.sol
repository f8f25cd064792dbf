// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {Governable} from "./governance/Governable.sol";
import {IKeep3r} from "./interfaces/IKeep3r.sol";
import {IKeep3rOracle} from "./interfaces/IKeep3rOracle.sol";
import {IKeep3rWorkable} from "./interfaces/IKeep3rWorkable.sol";
import {WorkableJob} from "./jobs/WorkableJob.sol";
import {ObservationRing} from "./libraries/ObservationRing.sol";
import {TwapMath} from "./libraries/TwapMath.sol";
import {OraclePairs} from "./oracle/OraclePairs.sol";
import {Observation, PairState, PriceHistory} from "./types/PriceHistory.sol";

/// @title Keep3rOracle
/// @notice Uniswap V2 TWAP oracle of the network, itself one of its jobs
contract Keep3rOracle is IKeep3rOracle, OraclePairs, WorkableJob {
  using ObservationRing for PriceHistory;
  using ObservationRing for PairState;

  /// @inheritdoc IKeep3rOracle
  uint256 public constant override MAX_SPAN = 2 ** 18;

  /// @inheritdoc IKeep3rOracle
  uint256 public constant override MAX_AGE = 2 days;

  /// @dev The highest product of points and window: as many spans as there are between the observations of a full ring.
  uint256 private constant MAX_SPANS = ObservationRing.CARDINALITY - 1;

  /// @param keep3r_ The network that the oracle is a job of
  /// @param governance_ Who lists pairs
  /// @param factory_ Uniswap V2's, or one that makes such pairs
  /// @param kp3r_ The token that every listed pair has
  /// @param jobOwner_ Who is to own the job; zero leaves the registration to a later `addJob`
  constructor(
    IKeep3r keep3r_,
    address governance_,
    IUniswapV2Factory factory_,
    address kp3r_,
    address jobOwner_
  ) Governable(governance_) OraclePairs(factory_, kp3r_) WorkableJob(keep3r_, jobOwner_) {}

  // Prices

  /// @inheritdoc IKeep3rOracle
  function averagePrice(
    address pair,
    address tokenIn,
    uint256 window,
    uint256 maxAge
  ) public view override returns (uint256 averageX112, uint256 span) {
    PriceHistory storage history = _histories[pair];
    PairState memory state = history.state;
    if (!state.listed) revert PairNotListed(pair);

    uint256 direction = _directionOf(pair, state, tokenIn);
    window = Math.max(window, ObservationRing.PERIOD_SIZE);

    Observation storage base;
    (base, span) = history.findOlder(state, direction, window);
    if (span < window) revert InsufficientHistory(pair, window, span);
    _checkAge(pair, span, Math.min(maxAge, MAX_SPAN));

    averageX112 = TwapMath.averageDown(base.priceCumulative, _cumulativeNow(pair, direction), span);
  }

  /// @inheritdoc IKeep3rOracle
  function current(address tokenIn, uint256 amountIn, address tokenOut) external view override returns (uint256) {
    address pair = pairFor(tokenIn, tokenOut);
    (uint256 averageX112, ) = averagePrice(pair, tokenIn, ObservationRing.PERIOD_SIZE, MAX_AGE);
    return TwapMath.amountOutDown(amountIn, averageX112);
  }

  /// @inheritdoc IKeep3rOracle
  function quote(
    address tokenIn,
    uint256 amountIn,
    address tokenOut,
    uint256 granularity
  ) external view override returns (uint256) {
    if (granularity == 0 || granularity > ObservationRing.CARDINALITY) {
      revert GranularityOutOfBounds(granularity, ObservationRing.CARDINALITY);
    }

    address pair = pairFor(tokenIn, tokenOut);
    PriceHistory storage history = _histories[pair];
    PairState memory state = history.state;
    uint256 direction = _directionOf(pair, state, tokenIn);

    uint256 firstUsable = _firstUsable(state);
    uint256 usable = state.count - firstUsable;
    if (granularity > usable) revert InsufficientHistory(pair, granularity, usable);
    _checkFresh(pair, history, state, firstUsable);

    Observation storage base = history.read(state, direction, firstUsable + granularity - 1);
    uint256 span = ObservationRing.ageOf(base.timestamp);
    _checkAge(pair, span, MAX_SPAN);

    uint256 averageX112 = TwapMath.averageDown(base.priceCumulative, _cumulativeNow(pair, direction), span);
    return TwapMath.amountOutDown(amountIn, averageX112);
  }

  /// @inheritdoc IKeep3rOracle
  function sample(
    address tokenIn,
    uint256 amountIn,
    address tokenOut,
    uint256 points,
    uint256 window
  ) public view override returns (uint256[] memory amountsOut) {
    // Bounded one by one first, so that their product can't overflow.
    if (points == 0 || window == 0 || points > MAX_SPANS || window > MAX_SPANS || points * window > MAX_SPANS) {
      revert SampleOutOfBounds(points, window, MAX_SPANS);
    }

    amountsOut = _averages(pairFor(tokenIn, tokenOut), tokenIn, points, window);
    for (uint256 i; i < points; ++i) {
      amountsOut[i] = TwapMath.amountOutDown(amountIn, amountsOut[i]);
    }
  }

  /// @inheritdoc IKeep3rOracle
  function standardDeviation(uint256[] memory samples) public pure override returns (uint256) {
    if (samples.length < 2) revert TooFewSamples(samples.length);

    return TwapMath.standardDeviationDown(samples);
  }

  /// @inheritdoc IKeep3rOracle
  function volatility(
    address tokenIn,
    uint256 amountIn,
    address tokenOut,
    uint256 points,
    uint256 window
  ) external view override returns (uint256) {
    return standardDeviation(sample(tokenIn, amountIn, tokenOut, points, window));
  }

  /// @dev The mean price of each of `points` spans that end at the newest observation, UQ112.112, oldest first.
  function _averages(
    address pair,
    address tokenIn,
    uint256 points,
    uint256 window
  ) private view returns (uint256[] memory averagesX112) {
    PriceHistory storage history = _histories[pair];
    PairState memory state = history.state;
    if (state.count <= points * window) revert InsufficientHistory(pair, points * window + 1, state.count);
    _checkFresh(pair, history, state, _firstUsable(state));

    averagesX112 = new uint256[](points);
    uint256 direction = _directionOf(pair, state, tokenIn);
    Observation storage from = history.read(state, direction, points * window);
    for (uint256 i; i < points; ++i) {
      Observation storage to = history.read(state, direction, (points - i - 1) * window);
      uint256 span = TwapMath.elapsed(from.timestamp, to.timestamp);
      _checkAge(pair, span, MAX_SPAN);

      averagesX112[i] = TwapMath.averageDown(from.priceCumulative, to.priceCumulative, span);
      from = to;
    }
  }

  // Work

  /// @inheritdoc IKeep3rOracle
  function work() external override validateAndPayKeeper(msg.sender) {
    _updateAll(pairs());
  }

  /// @inheritdoc IKeep3rWorkable
  function work(bytes calldata data) external override validateAndPayKeeper(msg.sender) {
    uint256 maximum = _workDataLength();
    if (data.length > maximum) revert WorkDataTooLong(data.length, maximum);

    _updateAll(abi.decode(data, (address[])));
  }

  /// @inheritdoc IKeep3rWorkable
  function workable() external view override returns (bool canWork, bytes memory data) {
    address[] memory due = pairs();
    uint256 count;
    for (uint256 i; i < due.length; ++i) {
      // The place is the count before.
      // solhint-disable-next-line gas-increment-by-one
      if (_histories[due[i]].state.isDue()) due[count++] = due[i];
    }
    if (count == 0) return (false, "");

    // Shortens the list to the pairs that are due, which were moved to its front.
    assembly ("memory-safe") {
      mstore(due, count)
    }
    return (true, abi.encode(due));
  }

  function _updateAll(address[] memory candidates) private {
    bool updated;
    for (uint256 i; i < candidates.length; ++i) {
      if (_updateIfDue(candidates[i])) updated = true;
    }
    if (!updated) revert NothingToUpdate();
  }

  /// @dev The bytes of an ABI-encoded `address[]` of all pairs: its offset, its length, and a word for each.
  function _workDataLength() private view returns (uint256) {
    return 32 * (2 + _pairCount());
  }

  /// @dev A selector; `work(bytes)` has the offset and length of its data, and the data.
  function _paidCalldata() internal view override returns (uint256) {
    return msg.sig == IKeep3rWorkable.work.selector ? 4 + 2 * 32 + _workDataLength() : 4;
  }

  // Checks

  /// @dev 0 for token0 in, 1 for token1 in.
  function _directionOf(address pair, PairState memory state, address tokenIn) private view returns (uint256) {
    if (tokenIn == kp3r) return state.kp3rIsToken0 ? 0 : 1;
    if (tokenIn == state.pairedToken) return state.kp3rIsToken0 ? 1 : 0;

    revert TokenNotInPair(pair, tokenIn);
  }

  /// @dev Of the newest observation that is at least a period old. The newest but one always is.
  function _firstUsable(PairState memory state) private view returns (uint256 back) {
    return state.isDue() ? 0 : 1;
  }

  function _checkFresh(
    address pair,
    PriceHistory storage history,
    PairState memory state,
    uint256 firstUsable
  ) private view {
    uint256 age = ObservationRing.ageOf(history.read(state, 0, firstUsable).timestamp);
    _checkAge(pair, age, MAX_AGE);
  }

  function _checkAge(address pair, uint256 age, uint256 maximum) private pure {
    if (age > maximum) revert StalePrice(pair, age, maximum);
  }
}
