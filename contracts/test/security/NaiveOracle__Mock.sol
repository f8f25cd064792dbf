// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {IKeep3rOracle} from "../../interfaces/IKeep3rOracle.sol";
import {IOracleObservations} from "../../interfaces/IOracleObservations.sol";
import {Keep3rJob} from "../../jobs/Keep3rJob.sol";
import {TwapMath} from "../../libraries/TwapMath.sol";

/// @notice Prices by the plain mean of a pair's own accumulators, from the newest observation that is at least a window old
/// to now; it refuses a mean over more than two windows, and asks nothing of the pool's depth. Anyone lists pairs
contract NaiveOracle__Mock is Keep3rJob {
  struct Reading {
    uint256 price0Cumulative;
    uint256 price1Cumulative;
    uint256 observedAt;
  }

  uint256 private constant PERIOD = 30 minutes;

  IUniswapV2Factory public immutable factory;
  address public immutable kp3r;

  mapping(address pair => bool) public isListed;
  mapping(address pair => Reading[]) private _readings;
  address private _workedPair;

  constructor(IKeep3r keep3r_, IUniswapV2Factory factory_, address kp3r_) Keep3rJob(keep3r_, address(0)) {
    (factory, kp3r) = (factory_, kp3r_);
  }

  function addPair(address pair) external {
    (isListed[pair], _workedPair) = (true, pair);
    update(pair);
  }

  function removePair(address pair) external {
    isListed[pair] = false;
  }

  function work() external validateAndPayKeeper(msg.sender) {
    if (!update(_workedPair)) revert IKeep3rOracle.NothingToUpdate();
  }

  function update(address pair) public returns (bool) {
    if (!isListed[pair]) revert IOracleObservations.PairNotListed(pair);

    Reading[] storage readings = _readings[pair];
    if (readings.length != 0 && _ageOf(readings[readings.length - 1]) < PERIOD) return false;

    readings.push(_readingNow(IUniswapV2Pair(pair)));
    return true;
  }

  function averagePrice(
    address pair,
    address tokenIn,
    uint256 window,
    uint256
  ) public view returns (uint256 averageX112, uint256 span) {
    if (!isListed[pair]) revert IOracleObservations.PairNotListed(pair);
    if (window < PERIOD) window = PERIOD;

    Reading[] storage readings = _readings[pair];
    uint256 index = readings.length;
    while (index != 0 && span < window) span = _ageOf(readings[--index]);
    if (span < window) revert IKeep3rOracle.InsufficientHistory(pair, window, span);
    if (span > 2 * window) revert IKeep3rOracle.StalePrice(pair, span, 2 * window);

    (Reading memory from, Reading memory to) = (readings[index], _readingNow(IUniswapV2Pair(pair)));
    // Accumulators wrap
    unchecked {
      averageX112 =
        tokenIn == IUniswapV2Pair(pair).token0()
          ? (to.price0Cumulative - from.price0Cumulative) / span
          : (to.price1Cumulative - from.price1Cumulative) / span;
    }
  }

  function current(address tokenIn, uint256 amountIn, address tokenOut) external view returns (uint256) {
    (uint256 averageX112, ) = averagePrice(factory.getPair(tokenIn, tokenOut), tokenIn, PERIOD, type(uint256).max);
    return TwapMath.amountOutDown(amountIn, averageX112);
  }

  function historyOf(address pair) external view returns (uint256 oldestAge, uint256 newestAge) {
    Reading[] storage readings = _readings[pair];
    if (readings.length != 0) (oldestAge, newestAge) = (_ageOf(readings[0]), _ageOf(readings[readings.length - 1]));
  }

  function _readingNow(IUniswapV2Pair pair) private view returns (Reading memory) {
    (uint256 reserve0, uint256 reserve1, uint256 touchedAt) = pair.getReserves();
    uint256 duration = block.timestamp - touchedAt;
    return
      Reading(
        TwapMath.extend(pair.price0CumulativeLast(), reserve0, reserve1, duration),
        TwapMath.extend(pair.price1CumulativeLast(), reserve1, reserve0, duration),
        block.timestamp
      );
  }

  function _ageOf(Reading storage reading) private view returns (uint256) {
    return block.timestamp - reading.observedAt;
  }
}
