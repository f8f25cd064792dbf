// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";
import {ILiquidityCredits} from "../../contracts/interfaces/ILiquidityCredits.sol";
import {IWork} from "../../contracts/interfaces/IWork.sol";
import {PlainJob__Mock} from "../../contracts/test/Jobs__Mock.sol";
import {Deployment} from "./support/Deployment.sol";

/// @notice What liquidity is worth and what it mines, over the real pair
contract CreditsFuzz is Test, Deployment {
  uint256 private constant Q112 = 2 ** 112;
  uint256 private constant REWARD_PERIOD = 5 days;
  uint256 private constant INFLATION_PERIOD = 34 days;

  address private immutable owner = makeAddr("owner");
  address private immutable attacker = makeAddr("attacker");
  address private job;

  function setUp() external {
    _deployNetwork();
    _passObserved(30 hours);
    job = address(new PlainJob__Mock(keep3r));
    vm.startPrank(governance);
    pair.transfer(owner, pair.balanceOf(governance) / 2);
    kp3r.transfer(attacker, 500_000 * WAD);
    vm.stopPrank();
    weth.mint(attacker, 50_000 * WAD);
    vm.startPrank(owner);
    pair.approve(address(keep3r), type(uint256).max);
    keep3r.addJob(job);
    vm.stopPrank();
  }

  function testFuzz_CRD_1_creditsGrowByValueOverTimeUpToTheCap(uint256 amount, uint256 first, uint256 second) external {
    _add(_bound(amount, 2 * WAD, pair.balanceOf(owner)));
    uint256 price = helper.quoteLiquidity(address(pair));
    uint256 value = (keep3r.liquidityAmount(job, address(pair)) * price) / WAD;
    // Within the reward period, so that the price stays
    uint256 left = REWARD_PERIOD - 1 - (block.timestamp % REWARD_PERIOD);
    first = _bound(first, 0, left);
    second = _bound(second, 0, left - first);

    _settleAfter(first);
    uint256 credits = (value * first) / INFLATION_PERIOD;
    assertEq(keep3r.jobLiquidityCredits(job), credits, "after the first span");
    _settleAfter(second);
    assertEq(keep3r.jobLiquidityCredits(job), credits + (value * second) / INFLATION_PERIOD, "after the second");
    vm.warp(block.timestamp + 2 * REWARD_PERIOD);
    assertEq(keep3r.totalJobCredits(job), (value * REWARD_PERIOD) / INFLATION_PERIOD, "cap");
  }

  /// @dev From the pool at its mean price: what a job rises by with all LP tokens there are is no more than what somebody
  /// gives away in a block, whatever they do in it. An LP token is worth twice the KP3R that underlies it.
  function testFuzz_CRD_2_noBlockRaisesAJobsValueByMoreThanItCosts(uint256 seed) external {
    (uint256 averageX112, ) = oracle.averagePrice(address(pair), address(kp3r), 1 days, 2 days);
    uint256 bonded = pair.totalSupply();
    uint256 priceBefore = helper.quoteLiquidity(address(pair));
    uint256 wealthBefore = _wealth(averageX112, priceBefore);

    vm.startPrank(attacker);
    for (uint256 i; i < 6; ++i) {
      seed = uint256(keccak256(abi.encode(seed)));
      _attack(seed % 4, _bound(seed >> 8, WAD / 1_000, 2_000 * WAD));
    }
    vm.stopPrank();

    uint256 priceAfter = helper.quoteLiquidity(address(pair));
    // Rounded to a wei per LP token
    uint256 rounding = (2 * (bonded + pair.balanceOf(attacker))) / WAD + 10;
    uint256 gain = priceAfter > priceBefore ? (2 * bonded * (priceAfter - priceBefore)) / WAD : 0;
    assertLe(_wealth(averageX112, priceAfter) + gain, wealthBefore + rounding, "gained more than was given away");
  }

  function testFuzz_CRD_3_whatIsAddedAndUnbondedReturnsToTheWei(uint256 amount, uint256 mined) external {
    uint256 held = pair.balanceOf(owner);
    amount = _bound(amount, 2 * WAD, held);
    _add(amount);
    vm.warp(block.timestamp + _bound(mined, 0, 3 days));

    vm.prank(owner);
    keep3r.unbondLiquidityFromJob(job, address(pair), amount);

    assertEq(keep3r.liquidityAmount(job, address(pair)), 0, "liquidity");
    assertEq(keep3r.jobPeriodCredits(job), 0, "value");
    assertEq(keep3r.jobLiquidityCredits(job), 0, "credits");
    vm.warp(block.timestamp + 14 days + 1);
    vm.prank(owner);
    keep3r.withdrawLiquidityFromJob(job, address(pair), owner);
    assertEq(pair.balanceOf(owner), held, "LP tokens");
  }

  function testFuzz_CRD_3_aPartLeavesTheRestAsItWas(uint256 amount, uint256 part) external {
    amount = _bound(amount, 10 * WAD, pair.balanceOf(owner) / 2);
    part = _bound(part, 2 * WAD, pair.balanceOf(owner) / 2);
    _add(amount);
    _settleAfter(1 days);
    uint256 credits = keep3r.jobLiquidityCredits(job);
    uint256 cap = keep3r.jobPeriodCredits(job);

    _add(part);
    vm.prank(owner);
    keep3r.unbondLiquidityFromJob(job, address(pair), part);

    assertEq(keep3r.liquidityAmount(job, address(pair)), amount, "liquidity");
    assertEq(keep3r.jobPeriodCredits(job), cap, "value");
    assertLe(keep3r.jobLiquidityCredits(job), credits, "credits from them");
  }

  /// @dev Beyond its period a price counts for what a job has, and for nothing that is to be added: whether the pair is thin or
  /// isn't listed, and whether or not somebody has just asked in vain.
  function testFuzz_ORC_4_aDepositNeedsAPriceOfThisPeriod(
    uint256 elapsed,
    bool isThin,
    bool priced,
    bool asked,
    bool mended
  ) external {
    uint256 deposit = 10 * WAD;
    _add(deposit);
    uint256 period = block.timestamp / REWARD_PERIOD;
    elapsed = _bound(elapsed, 30 minutes, 12 days);
    vm.warp(block.timestamp + elapsed);
    if (priced) keep3r.settle(job);
    bool current = priced || vm.getBlockTimestamp() / REWARD_PERIOD == period;

    vm.startPrank(governance);
    if (isThin) oracle.setMinKp3rReserve(100_000 * WAD);
    else oracle.removePair(address(pair));
    if (isThin) oracle.update(address(pair));
    if (asked) keep3r.settle(job);
    // What is thin stays so until the next observation
    if (mended && isThin) oracle.setMinKp3rReserve(WAD);
    if (mended && !isThin) oracle.addPair(address(pair));
    vm.stopPrank();
    uint256 valueBefore = keep3r.jobPeriodCredits(job);

    bool counts = current || (mended && !isThin);
    vm.prank(owner);
    if (!counts) vm.expectRevert(abi.encodeWithSelector(ILiquidityCredits.LiquidityUnpriced.selector, pair));
    keep3r.addLiquidityToJob(job, address(pair), deposit);

    assertEq(keep3r.liquidityAmount(job, address(pair)), counts ? 2 * deposit : deposit, "liquidity");
    if (counts) assertGt(keep3r.jobPeriodCredits(job), valueBefore, "value");
    else assertEq(keep3r.jobPeriodCredits(job), valueBefore, "value");
  }

  function testFuzz_PAY_4_aPaymentBeyondTheCreditsIsRefused(uint256 credits, uint256 excess) external {
    credits = _bound(credits, 1, 1_000 * WAD);
    vm.prank(governance);
    keep3r.forceLiquidityCreditsToJob(job, credits);

    vm.prank(job);
    vm.expectRevert(IWork.InsufficientFunds.selector);
    keep3r.bondedPayment(attacker, credits + _bound(excess, 1, type(uint88).max));

    assertEq(keep3r.jobLiquidityCredits(job), credits, "credits");
    assertEq(keep3r.bonds(attacker, address(kp3r)), 0, "bond");
  }

  function _add(uint256 amount) private {
    vm.prank(owner);
    keep3r.addLiquidityToJob(job, address(pair), amount);
  }

  function _settleAfter(uint256 duration) private {
    vm.warp(vm.getBlockTimestamp() + duration);
    keep3r.settle(job);
  }

  /// @dev A swap, a mint, a burn or a donation.
  function _attack(uint256 kind, uint256 amount) private {
    if (kind == 0) return _swap(amount % 2 == 0, amount);
    if (kind == 1 && pair.balanceOf(attacker) > 1e6) {
      pair.transfer(address(pair), pair.balanceOf(attacker) / 3);
      pair.burn(attacker);
      return;
    }
    kp3r.transfer(address(pair), amount);
    weth.transfer(address(pair), amount / 10);
    if (kind == 3) pair.sync();
    else pair.mint(attacker);
  }

  function _swap(bool sellsKp3r, uint256 amount) private {
    if (!sellsKp3r) amount /= 10;
    bool zeroForOne = sellsKp3r == (pair.token0() == address(kp3r));
    (uint256 reserveIn, uint256 reserveOut, ) = pair.getReserves();
    if (!zeroForOne) (reserveIn, reserveOut) = (reserveOut, reserveIn);
    uint256 amountOut = (amount * 997 * reserveOut) / (reserveIn * 1_000 + amount * 997);
    if (amountOut == 0) return;

    if (sellsKp3r) kp3r.transfer(address(pair), amount);
    else weth.transfer(address(pair), amount);
    pair.swap(zeroForOne ? 0 : amountOut, zeroForOne ? amountOut : 0, attacker, "");
  }

  /// @dev All that the attacker has, in KP3R at the mean price; an LP token for twice the KP3R that underlies it.
  function _wealth(uint256 averageX112, uint256 price) private view returns (uint256) {
    uint256 tokens = kp3r.balanceOf(attacker) + (weth.balanceOf(attacker) * Q112) / averageX112;
    return tokens + (2 * pair.balanceOf(attacker) * price) / WAD;
  }
}
