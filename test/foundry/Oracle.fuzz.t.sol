// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";
import {IKeep3rOracle} from "../../contracts/interfaces/IKeep3rOracle.sol";
import {Deployment} from "./support/Deployment.sol";

/// @notice The oracle over a real pair, beside a model that remembers every price and how long it stood
contract OracleFuzz is Test, Deployment {
  uint256 private constant PERIOD = 30 minutes;
  uint256 private constant STEPS = 40;
  uint256 private constant CLOCK_WRAP = 2 ** 32;

  /// @dev KP3R's price times seconds, UQ112.112, since the pair was made: as if nothing ever wrapped.
  uint256 private priceSeconds;
  uint256 private priceSince;
  /// @dev When observations were made, and what the sum was then.
  uint256[] private observedAt;
  uint256[] private observed;

  function setUp() external {
    _deployNetwork();
  }

  function testFuzz_ORC_2_averagesEqualTheModel(uint256 seed, uint256 window) external {
    _beginAt(GENESIS);
    _live(seed);
    _compare(_bound(window, 0, 3 days));
  }

  function testFuzz_ORC_2_averagesEqualTheModelAcrossTheWrapOfTheClock(uint256 seed, uint256 window) external {
    _beginAt(GENESIS);
    // The pair and the oracle keep seconds modulo 2^32: the clock wraps in the middle of the series
    vm.warp(CLOCK_WRAP - _bound(seed, 1, 1 days));
    _observe();
    _live(seed);
    if (vm.getBlockTimestamp() < CLOCK_WRAP) vm.warp(CLOCK_WRAP + 1 hours);
    _compare(_bound(window, 0, 3 days));
  }

  function testFuzz_ORC_1_noReadSpansLessThanAPeriod(uint256 seed, uint256 window, uint256 maxAge) external {
    _beginAt(GENESIS);
    _live(seed);

    try oracle.averagePrice(address(pair), address(kp3r), _bound(window, 0, 2 days), maxAge) returns (
      uint256,
      uint256 span
    ) {
      assertGe(span, PERIOD, "span");
    } catch (bytes memory reason) {
      bytes4 selector = bytes4(reason);
      bool known =
        selector == IKeep3rOracle.StalePrice.selector || selector == IKeep3rOracle.InsufficientHistory.selector;
      assertTrue(known, "another error");
    }
  }

  /// @dev Whoever holds the pool at a price for dt of a span raises the mean's inverse by at most dt / (span - dt), however
  /// extreme the price.
  function testFuzz_ORC_1_holdingAPriceRaisesTheQuoteByItsShareOfTheSpan(uint256 held, uint256 amount) external {
    _passObserved(6 hours);
    (uint256 before, ) = oracle.averagePrice(address(pair), address(kp3r), 4 hours, 8 hours);
    held = _bound(held, 1, 1 hours);

    // KP3R is dumped, so that an ether is worth more of it
    _sell(true, _bound(amount, WAD, 500_000 * WAD));
    vm.warp(vm.getBlockTimestamp() + held);
    (uint256 average, uint256 span) = oracle.averagePrice(address(pair), address(kp3r), 4 hours, 8 hours);

    // The quote is 1 / average, and the average is rounded down by less than a unit
    assertLe((before - average) * (span - held), average * held + span, "rise");
  }

  /// @dev A series of swaps, donations, observations and waits.
  function _live(uint256 seed) private {
    for (uint256 i; i < STEPS; ++i) {
      seed = uint256(keccak256(abi.encode(seed)));
      uint256 action = seed % 4;
      if (action == 0) _sell(seed & 16 == 0, _bound(seed >> 8, WAD, 1_000 * WAD));
      if (action == 1) _donate(_bound(seed >> 8, 1, 100 * WAD));
      if (action == 2) _observe();
      if (action != 2) _wait([uint256(0), 1, 29 minutes, 31 minutes, 3 hours, 9 hours][(seed >> 16) % 6]);
    }
  }

  /// @dev From the newest observation that is old enough; without one, or if it is too old, there is no answer.
  function _compare(uint256 window) private {
    if (window < PERIOD) window = PERIOD;
    uint256 i = observedAt.length - 1;
    while (i > 0 && block.timestamp - observedAt[i] < window) --i;
    uint256 age = block.timestamp - observedAt[i];
    uint256 maxSpan = oracle.MAX_SPAN();

    if (age < window) {
      vm.expectRevert(abi.encodeWithSelector(IKeep3rOracle.InsufficientHistory.selector, pair, window, age));
      oracle.averagePrice(address(pair), address(kp3r), window, type(uint256).max);
    } else if (age > maxSpan) {
      vm.expectRevert(abi.encodeWithSelector(IKeep3rOracle.StalePrice.selector, pair, age, maxSpan));
      oracle.averagePrice(address(pair), address(kp3r), window, type(uint256).max);
    } else {
      uint256 total = priceSeconds + _price() * (block.timestamp - priceSince);
      (uint256 average, uint256 span) = oracle.averagePrice(address(pair), address(kp3r), window, type(uint256).max);
      assertEq(span, age, "span");
      assertEq(average, (total - observed[i]) / age, "average");
    }
  }

  function _beginAt(uint256 time) private {
    (priceSeconds, priceSince) = (0, time);
    observedAt.push(time);
    observed.push(0);
  }

  function _wait(uint256 duration) private {
    vm.warp(vm.getBlockTimestamp() + duration);
  }

  function _observe() private {
    bool due = vm.getBlockTimestamp() - observedAt[observedAt.length - 1] >= PERIOD;
    assertEq(oracle.update(address(pair)), due, "due");
    if (!due) return;

    observedAt.push(vm.getBlockTimestamp());
    observed.push(priceSeconds + _price() * (vm.getBlockTimestamp() - priceSince));
  }

  function _sell(bool sellsKp3r, uint256 amount) private {
    _remember();
    bool zeroForOne = sellsKp3r == (pair.token0() == address(kp3r));
    (uint256 reserveIn, uint256 reserveOut, ) = pair.getReserves();
    if (!zeroForOne) (reserveIn, reserveOut) = (reserveOut, reserveIn);
    uint256 amountOut = (amount * 997 * reserveOut) / (reserveIn * 1_000 + amount * 997);

    if (sellsKp3r) {
      vm.prank(governance);
      kp3r.transfer(address(pair), amount);
    } else {
      weth.mint(address(pair), amount);
    }
    pair.swap(zeroForOne ? 0 : amountOut, zeroForOne ? amountOut : 0, governance, "");
  }

  function _donate(uint256 amount) private {
    _remember();
    weth.mint(address(pair), amount);
    pair.sync();
  }

  /// @dev A price stands until the reserves change.
  function _remember() private {
    priceSeconds += _price() * (vm.getBlockTimestamp() - priceSince);
    priceSince = vm.getBlockTimestamp();
  }

  /// @dev WETH per KP3R, UQ112.112, rounded down as the pair does.
  function _price() private view returns (uint256) {
    (uint256 reserve0, uint256 reserve1, ) = pair.getReserves();
    bool kp3rFirst = pair.token0() == address(kp3r);
    return kp3rFirst ? (reserve1 << 112) / reserve0 : (reserve0 << 112) / reserve1;
  }
}
