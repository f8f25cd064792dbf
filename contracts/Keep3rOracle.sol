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
import {Observation} from "./types/Observation.sol";
import {PairState, PriceHistory} from "./types/PriceHistory.sol";

/// @title Keep3rOracle
/// @notice Uniswap V2 TWAP oracle of the network, itself one of its jobs
contract Keep3rOracle is IKeep3rOracle, OraclePairs, WorkableJob {
  using ObservationRing for PriceHistory;
  using ObservationRing for PairState;

  /// @dev The highest product of points and window: as many spans as there are between the observations of a full ring.
  uint256 private constant MAX_SPANS = ObservationRing.CARDINALITY - 1;

  /// @dev Gas that decoding the name of a pair takes, and going on to the next.
  uint256 private constant NAMING_GAS = 170;

  /// @dev Of the work in progress: how many pairs it observes, and the gas that looking them up took before the meter opened.
  uint256 private transient _dueCount;
  uint256 private transient _lookupGas;

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
    bool isToken0 = _isToken0(pair, state, tokenIn);
    _checkDeep(pair, state);

    window = Math.max(window, ObservationRing.PERIOD_SIZE);
    Observation end = _endOf(pair, history, state);
    Observation base;
    (base, span) = history.findBase(state, end.timestamp(), window);
    if (span < window) revert InsufficientHistory(pair, window, span);
    if (span > maxAge) revert StalePrice(pair, span, maxAge);

    averageX112 = _mean(state, isToken0, base, end);
  }

  /// @inheritdoc IKeep3rOracle
  function current(address tokenIn, uint256 amountIn, address tokenOut) external view override returns (uint256) {
    address pair = pairFor(tokenIn, tokenOut);
    (uint256 averageX112, ) = averagePrice(pair, tokenIn, ObservationRing.PERIOD_SIZE, type(uint256).max);
    return TwapMath.amountOutDown(amountIn, averageX112);
  }

  /// @inheritdoc IKeep3rOracle
  function quote(
    address tokenIn,
    uint256 amountIn,
    address tokenOut,
    uint256 granularity
  ) external view override returns (uint256) {
    if (granularity == 0 || granularity > MAX_SPANS) revert GranularityOutOfBounds(granularity, MAX_SPANS);

    (address pair, PriceHistory storage history, PairState memory state) = _readable(tokenIn, tokenOut, granularity);
    Observation end = _endOf(pair, history, state);
    uint256 averageX112 = _mean(state, _isToken0(pair, state, tokenIn), history.read(state, granularity), end);
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

    uint256 spans = points * window;
    (address pair, PriceHistory storage history, PairState memory state) = _readable(tokenIn, tokenOut, spans);
    bool isToken0 = _isToken0(pair, state, tokenIn);

    amountsOut = new uint256[](points);
    Observation from = history.read(state, spans);
    for (uint256 i; i < points; ++i) {
      Observation to = history.read(state, spans - (i + 1) * window);
      amountsOut[i] = TwapMath.amountOutDown(amountIn, _mean(state, isToken0, from, to));
      from = to;
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

  /// @dev The mean price between two observations, UQ112.112.
  function _mean(
    PairState memory state,
    bool isToken0,
    Observation from,
    Observation to
  ) private pure returns (uint256) {
    uint256 span = TwapMath.elapsed(from.timestamp(), to.timestamp());
    return
      isToken0
        ? TwapMath.averageDown(from.steady0(), to.steady0(), state.shift0, span)
        : TwapMath.averageDown(from.steady1(), to.steady1(), _shift1(state), span);
  }

  // Work

  /// @inheritdoc IKeep3rOracle
  function work() external override validateAndPayKeeper(msg.sender) {
    _updateSome(pairs());
  }

  /// @inheritdoc IKeep3rWorkable
  /// @dev What the keeper names in vain is looked at before the meter opens, at its own expense.
  function work(bytes calldata data) external override {
    address[] memory due;
    (due, _lookupGas) = _dueAmong(abi.decode(data, (address[])));
    _dueCount = due.length;

    _work(due);

    (_dueCount, _lookupGas) = (0, 0);
  }

  function _work(address[] memory due) private validateAndPayKeeper(msg.sender) {
    _updateSome(due);
  }

  function _updateSome(address[] memory candidates) private {
    if (!_updateEach(candidates)) revert NothingToUpdate();
  }

  /// @inheritdoc IKeep3rWorkable
  function workable() external view override returns (bool canWork, bytes memory data) {
    (address[] memory due, ) = _dueAmong(pairs());
    return due.length == 0 ? (false, bytes("")) : (true, abi.encode(due));
  }

  /// @dev Those of the candidates that are listed and due, each once, in the candidates' memory.
  /// @return due The pairs
  /// @return lookupGas Gas that it took to look at these, and not at the others
  function _dueAmong(address[] memory candidates) private view returns (address[] memory due, uint256 lookupGas) {
    uint256 count;
    for (uint256 i; i < candidates.length; ++i) {
      uint256 gasBefore = gasleft();
      if (!_isDueBeside(candidates, count, candidates[i])) continue;

      candidates[count] = candidates[i];
      // Counts no further than the loop, and gas only falls
      unchecked {
        ++count;
        lookupGas += gasBefore - gasleft() + NAMING_GAS;
      }
    }

    due = candidates;
    // Shortens the list to those that were moved to its front
    assembly ("memory-safe") {
      mstore(due, count)
    }
  }

  /// @dev Whether a pair is listed, due, and none of the first `count` of a list.
  function _isDueBeside(address[] memory list, uint256 count, address pair) private view returns (bool) {
    PairState memory state = _histories[pair].state;
    if (!state.listed || !state.isDue()) return false;

    for (uint256 i; i < count; ++i) {
      if (list[i] == pair) return false;
    }
    return true;
  }

  /// @dev The bytes of an ABI-encoded `address[]` of the pairs that are observed: its offset, its length, and a word for
  /// each; before them a selector, and the offset and length of the data. `work()` has a selector only.
  function _paidCalldata() internal view override returns (uint256) {
    return _dueCount == 0 ? 4 : 4 + 32 * (2 + 2 + _dueCount);
  }

  function _gasAfterPayment() internal view override returns (uint256) {
    return super._gasAfterPayment() + _lookupGas;
  }

  // Checks

  /// @dev The listed pair of two tokens, which is deep enough and has seen so many spans.
  function _readable(
    address tokenIn,
    address tokenOut,
    uint256 spans
  ) private view returns (address pair, PriceHistory storage history, PairState memory state) {
    pair = pairFor(tokenIn, tokenOut);
    history = _histories[pair];
    state = history.state;
    _checkDeep(pair, state);
    if (state.count <= spans) revert InsufficientHistory(pair, spans + 1, state.count);
  }

  function _isToken0(address pair, PairState memory state, address token) private view returns (bool) {
    if (token == kp3r) return state.kp3rIsToken0;
    if (token == state.pairedToken) return !state.kp3rIsToken0;

    revert TokenNotInPair(pair, token);
  }
}
