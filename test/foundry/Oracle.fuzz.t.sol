// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";
import {IKeep3rOracle} from "../../contracts/interfaces/IKeep3rOracle.sol";
import {IOracleObservations} from "../../contracts/interfaces/IOracleObservations.sol";
import {PlainJob__Mock} from "../../contracts/test/Jobs__Mock.sol";
import {DrivenMarket} from "./support/DrivenMarket.sol";

/// @notice The oracle over a pair that goes anywhere, beside its model
contract OracleFuzz is Test, DrivenMarket {
  uint256 private constant PERIOD = 30 minutes;
  uint256 private constant STEPS = 40;
  /// @dev More observations than the ring holds.
  uint256 private constant FULL = 140;

  function setUp() external {
    _deployNetwork();
  }

  function testFuzz_ORC_1_noReadSpansLessThanAPeriod(
    uint256 seed,
    bool wraps,
    uint256 window,
    uint256 maxAge
  ) external {
    _open(seed, wraps);
    for (uint256 i; i < STEPS; ++i) {
      _live();
      try oracle.averagePrice(address(market), address(kp3r), _bound(window, 0, 2 days), maxAge) returns (
        uint256,
        uint256 span
      ) {
        assertGe(span, PERIOD, "span");
      } catch (bytes memory reason) {
        bytes4 selector = bytes4(reason);
        bool known =
          selector == IKeep3rOracle.StalePrice.selector ||
            selector == IKeep3rOracle.InsufficientHistory.selector ||
            selector == IOracleObservations.Kp3rReserveTooLow.selector;
        assertTrue(known, "another error");
      }
    }
  }

  /// @dev The shortest reads there are, of a market that stood at one price but for the last seconds before an observation.
  function testFuzz_ORC_1_aReadRightAfterAnObservationIsNotOfTheLastSeconds(uint256 seed, uint256 held) external {
    _open(seed, false);
    for (uint256 i; i < 4; ++i) _observeAfter(PERIOD);
    uint256 before = oracle.current(address(kp3r), WAD, address(weth));
    held = _bound(held, 1, 12);

    _wait(PERIOD - held);
    _push(held);
    _observeAfter(held);
    if (oracle.isThin(address(market))) return;

    // What the least change is in full, since a span is a period; both are rounded
    uint256 change = oracle.maxChange();
    uint256 current = oracle.current(address(kp3r), WAD, address(weth));
    assertLe(current, before + (before * change) / 50_000 + before / 1e9 + 2, "rise");
    assertGe(current + before / 1e9 + 2, before - (before * held) / PERIOD, "fall");
  }

  function testFuzz_ORC_2_readsEqualTheModel(uint256 seed) external {
    _open(seed, false);
    _liveAndCompare();
  }

  function testFuzz_ORC_2_readsEqualTheModelAcrossAllWraps(uint256 seed) external {
    _open(seed, true);
    _liveAndCompare();
  }

  /// @dev A fill takes most of the time of a case, and differs little from the next.
  /// forge-config: default.fuzz.runs = 12
  /// forge-config: deep.fuzz.runs = 300
  function testFuzz_ORC_2_readsEqualTheModelOnceTheRingIsFull(uint256 seed, bool wraps) external {
    _open(seed, wraps);
    for (uint256 i; i < FULL; ++i) {
      _drift();
      _observeAfter(_draw(PERIOD, PERIOD + 90));
    }
    _liveAndCompare();
  }

  function testFuzz_ORC_3_pushesMoveASteadyPriceByTheirShareOfTheSpan(uint256 seed) external {
    _open(seed, false);
    _checkStep();
  }

  function testFuzz_ORC_3_pushesMoveASteadyPriceByTheirShareOfTheSpanAcrossAllWraps(uint256 seed) external {
    _open(seed, true);
    _checkStep();
  }

  /// @dev A read of many spans, any of which was pushed: its bounds are the means of theirs.
  function testFuzz_ORC_3_aMeanIsBoundedWhateverWasPushedInItsWindow(uint256 seed, bool wraps) external {
    _open(seed, wraps);
    for (uint256 i; i < 3; ++i) _observeAfter(PERIOD);
    for (uint256 i; i < 10; ++i) {
      _passPushed(_draw(PERIOD, 3 hours));
      if (_draw(0, 3) != 0) _observe();
      _checkRange(address(kp3r), _draw(0, 4 hours));
      _checkRange(address(weth), _draw(0, 4 hours));
    }
  }

  function testFuzz_ORC_4_aThinPairIsNeverRead(uint256 seed, bool wraps) external {
    _open(seed, wraps);
    for (uint256 i; i < STEPS; ++i) {
      _live();
      if (!oracle.isThin(address(market))) continue;

      _refuse(abi.encodeCall(oracle.averagePrice, (address(market), address(kp3r), 0, type(uint256).max)));
      _refuse(abi.encodeCall(oracle.current, (address(kp3r), WAD, address(weth))));
      _refuse(abi.encodeCall(oracle.quote, (address(weth), WAD, address(kp3r), 1)));
      _refuse(abi.encodeCall(oracle.sample, (address(weth), WAD, address(kp3r), 1, 1)));
    }
  }

  /// @dev Liquidity that leaves before an observation and is back after it, and whatever the swaps: what was seen counts.
  function testFuzz_ORC_4_whatIsThinIsJudgedAtTheLastObservation(uint256 seed, bool wraps) external {
    _open(seed, wraps);
    for (uint256 i; i < 3; ++i) _observeAfter(PERIOD);
    (uint256 reserve0, uint256 reserve1, ) = market.getReserves();
    // Twice to three times what there should be
    uint256 kp3rReserve = market.token0() == address(kp3r) ? reserve0 : reserve1;
    uint256 least = kp3rReserve / _draw(2, 3);
    vm.assume(least < 100_000 * WAD);
    _setLeastReserve(least);

    _wait(PERIOD);
    _touchAt(reserve0 / 4, reserve1 / 4);
    _observe();
    _touchAt(reserve0, reserve1);
    assertTrue(oracle.isThin(address(market)), "thin");
    _refuse(abi.encodeCall(oracle.current, (address(kp3r), WAD, address(weth))));

    _wait(PERIOD);
    // A swap leaves the product as it is
    _touchAt(reserve0 * 8, reserve1 / 8);
    _observe();
    assertFalse(oracle.isThin(address(market)), "deep again");
    oracle.current(address(kp3r), WAD, address(weth));
  }

  /// @dev Liquidity that leaves in a silence, in which nobody observes that.
  function testFuzz_ORC_4_whatIsThinNowIsNotReadAsOfNow(uint256 seed, bool wraps, uint256 silence) external {
    _open(seed, wraps);
    for (uint256 i; i < 3; ++i) _observeAfter(PERIOD);
    (uint256 reserve0, uint256 reserve1, ) = market.getReserves();
    uint256 least = (market.token0() == address(kp3r) ? reserve0 : reserve1) / 2;
    vm.assume(least < 100_000 * WAD);
    _setLeastReserve(least);

    _touchAt(reserve0 / 4, reserve1 / 4);
    _wait(2 * PERIOD);
    oracle.current(address(kp3r), WAD, address(weth));
    _wait(_bound(silence, 1, 365 days));
    _refuse(abi.encodeCall(oracle.averagePrice, (address(market), address(kp3r), 0, type(uint256).max)));
    _refuse(abi.encodeCall(oracle.current, (address(kp3r), WAD, address(weth))));
    _refuse(abi.encodeCall(oracle.quote, (address(weth), WAD, address(kp3r), 1)));
    _touchAt(reserve0, reserve1);
    oracle.current(address(kp3r), WAD, address(weth));
  }

  /// @dev Two observations are enough, a window apart, and a silence may be as long as an age can be told.
  function testFuzz_LIV_1_noSilenceStopsARead(uint256 seed, bool wraps, uint256 silence, uint256 window) external {
    _open(seed, wraps);
    window = _bound(window, 0, 1 days);
    _observeAfter(window < PERIOD ? PERIOD : window);
    _drift();

    _wait(_bound(silence, 0, 2 ** 32 - 2 days - 1));
    (, uint256 span) = oracle.averagePrice(address(market), address(kp3r), window, type(uint256).max);
    assertGe(span, window, "span");
    _compare();
  }

  /// @dev The network's own oracle and helper: the next transaction can be a payment, whether or not it is the first.
  function testFuzz_LIV_1_noSilenceStopsAPayment(uint256 seed, uint256 silence) external {
    (PlainJob__Mock job, address keeper) = (new PlainJob__Mock(keep3r), makeAddr("keeper"));
    vm.startPrank(governance);
    keep3r.addJob(address(job));
    keep3r.forceLiquidityCreditsToJob(address(job), 1_000_000 * WAD);
    vm.stopPrank();
    vm.prank(keeper);
    keep3r.bond(address(kp3r), 0);
    _wait(_bound(seed, 3 days + 1, 9 days));
    vm.prank(keeper);
    keep3r.activate(address(kp3r));
    oracle.update(address(pair));
    vm.fee(20 gwei);
    vm.txGasPrice(21 gwei);

    // To where timestamps of 32 bits end
    silence = _bound(silence, 0, 79 * 365 days);
    for (uint256 i; i < 2; ++i) {
      _wait(silence / 2);
      uint256 bond = keep3r.bonds(keeper, address(kp3r));
      vm.prank(keeper, keeper);
      job.work(0);
      assertGt(keep3r.bonds(keeper, address(kp3r)), bond, "paid");
      helper.workRate(0);
    }
  }

  /// @dev From any steady price, one span of any length: while it is open, where reads look at it, and once it is closed.
  function _checkStep() private {
    uint256 spans = _draw(1, 4);
    for (uint256 i; i < spans; ++i) {
      _move(24);
      _observeAfter(_draw(PERIOD, 3 hours));
    }
    model.beginAnew(address(market));

    uint256 duration = _draw(0, 7) == 0 ? _draw(PERIOD, 30 days) : _draw(PERIOD, 3 hours);
    _passPushed(duration);
    if (duration > 2 * PERIOD) {
      _checkRange(address(kp3r), PERIOD);
      _checkRange(address(weth), PERIOD);
    }
    _observe();

    (uint32 since, uint112 since0, uint112 since1) = oracle.observationAt(address(market), 1);
    (uint32 until, uint112 until0, uint112 until1) = oracle.observationAt(address(market), 0);
    (uint256[2] memory least, uint256[2] memory most) = model.newestRange(address(market));
    unchecked {
      _assertBetween((until0 - since0) / (until - since), least[0], most[0]);
      _assertBetween((until1 - since1) / (until - since), least[1], most[1]);
    }
  }

  /// @dev Time in which the market goes about its business, about where it was or elsewhere, but for when it is pushed.
  function _passPushed(uint256 duration) private {
    uint256 parts = _draw(1, 6);
    uint256 end = vm.getBlockTimestamp() + duration;
    if (_draw(0, 1) == 0) _move(24);
    bool drifts = _draw(0, 1) == 0;
    for (uint256 i; i < parts; ++i) {
      (uint256 reserve0, uint256 reserve1, ) = market.getReserves();
      uint256 left = end - vm.getBlockTimestamp();
      uint256 part = _draw(0, left);
      // A few seconds as often as any time
      if (_draw(0, 1) == 0) part = part % 100;
      if (drifts) _drift();
      _wait(part);

      uint256 pushed = _draw(0, left - part);
      if (_draw(0, 1) == 0) pushed = pushed % 100;
      _push(pushed);
      model.setPushed(address(market), true);
      _wait(pushed);
      model.setPushed(address(market), false);
      _touchAt(reserve0, reserve1);
    }
    vm.warp(end);
  }

  function _checkRange(address tokenIn, uint256 window) private view {
    if (!model.isReadable(address(market))) return;

    (uint256 leastX112, uint256 mostX112) = model.rangeOf(address(market), tokenIn, window);
    try oracle.averagePrice(address(market), tokenIn, window, type(uint256).max) returns (
      uint256 averageX112,
      uint256
    ) {
      _assertBetween(averageX112, leastX112, mostX112);
    } catch (bytes memory reason) {
      assertEq(bytes4(reason), IKeep3rOracle.InsufficientHistory.selector, "another error");
    }
  }

  function _assertBetween(uint256 price, uint256 least, uint256 most) private pure {
    assertGe(price, least, "lower");
    assertLe(price, most, "higher");
  }

  function _refuse(bytes memory call) private view {
    (bool answered, bytes memory answer) = address(oracle).staticcall(call);
    assertFalse(answered, "answered");
    assertEq(bytes4(answer), IOracleObservations.Kp3rReserveTooLow.selector, "another error");
  }

  function _liveAndCompare() private {
    for (uint256 i; i < STEPS; ++i) {
      _live();
      _compare();
    }
  }

  /// @dev A moment in the life of a pair and its oracle.
  function _live() private {
    uint256 moment = _draw(0, 11);
    if (moment == 0) _move(24);
    else if (moment == 1) _drift();
    else if (moment == 2) _pushForAWhile();
    else if (moment == 3) _govern();
    else if (moment == 4) _emptyForAWhile();
    else if (moment == 5) _wait(_draw(0, 60));
    else if (moment == 6) _wait(_draw(1, 10 hours));
    else if (moment == 7) _wait(_draw(PERIOD - 1, PERIOD + 1));
    else if (moment == 8) _wait(_draw(2 * PERIOD - 1, 2 * PERIOD + 1));
    else _observe();
  }

  function _pushForAWhile() private {
    uint256 duration = _draw(1, 2 hours);
    _push(duration);
    _wait(duration);
    if (_draw(0, 1) == 0) _observe();
    _move(8);
  }

  function _emptyForAWhile() private {
    (uint256 reserve0, uint256 reserve1, ) = market.getReserves();
    _touchAt(0, 0);
    _wait(_draw(0, 2 hours));
    if (_draw(0, 1) == 0) _observe();
    _compare();
    _touchAt(reserve0, reserve1);
  }

  /// @dev A least reserve that may make the pair thin, another pace, or a while without being listed.
  function _govern() private {
    if (_draw(0, 2) == 0) _setMaxChange(_draw(2_000, 10_000));
    else if (_draw(0, 1) == 0) _setLeastReserve(_about(_draw(60, 75)));
    else _delistForAWhile();
  }

  function _delistForAWhile() private {
    vm.prank(governance);
    oracle.removePair(address(market));
    model.removePair(address(market));
    _wait(_draw(0, 2 hours));
    _compare();
    _setLeastReserve(WAD);
    _move(4);
    vm.prank(governance);
    oracle.addPair(address(market));
    model.addPair(address(market));
  }

  function _observe() private {
    assertEq(oracle.update(address(market)), model.update(address(market)), "due");
    assertEq(oracle.isThin(address(market)), model.isThin(address(market)), "thin");
    assertEq(oracle.observationCount(address(market)), model.observationCount(address(market)), "count");
  }

  function _observeAfter(uint256 duration) private {
    _wait(duration);
    _observe();
  }

  /// @dev Every read, with arguments of all sizes, in either direction.
  function _compare() private {
    (address from, address to) = (address(kp3r), address(weth));
    if (_draw(0, 1) == 0) (from, to) = (to, from);
    uint256 amount = _draw(0, 2 ** 80);
    uint256 count = oracle.observationCount(address(market));
    uint256 maxAge = _draw(0, 3) == 0 ? _draw(0, 2 days) : type(uint256).max;

    _agree(abi.encodeCall(oracle.averagePrice, (address(market), from, _draw(0, 20 hours), maxAge)));
    _agree(abi.encodeCall(oracle.current, (from, amount, to)));
    _agree(abi.encodeCall(oracle.quote, (from, amount, to, _draw(0, count + 1))));
    uint256 points = _draw(1, count < 8 ? count : 8);
    _agree(abi.encodeCall(oracle.sample, (from, amount, to, points, _draw(1, count / points))));
    _agree(abi.encodeCall(oracle.historyOf, (address(market))));
  }

  /// @dev The model answers to the same calls.
  function _agree(bytes memory call) private view {
    (bool foreseen, bytes memory expected) = address(model).staticcall(call);
    (bool answered, bytes memory answer) = address(oracle).staticcall(call);
    assertEq(answered, foreseen, "answered");
    assertEq(answer, expected, "answer");
  }
}
