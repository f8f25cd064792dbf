// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MockV3Aggregator} from "@chainlink/contracts/src/v0.8/shared/mocks/MockV3Aggregator.sol";
import {Test} from "forge-std/Test.sol";
import {IWork} from "../../contracts/interfaces/IWork.sol";
import {Deployment} from "./support/Deployment.sol";
import {BatchKeeper, MeteredJob} from "./support/MeteredJob.sol";

/// @notice What a keeper is paid against what its transaction costs. Every call of a test is a transaction of its own:
/// base, calldata, cold accounts and EIP-7623's floor are counted as on a chain.
/// forge-config: default.isolate = true
contract PaymentFuzz is Test, Deployment {
  uint256 private constant BPS = 10_000;
  uint256 private constant GAS_LIMIT = 16_000_000;
  uint256 private constant JOBS = 4;

  address private immutable keeper = makeAddr("keeper");
  BatchKeeper private batchKeeper;
  MockV3Aggregator private feed;
  MeteredJob[] private jobs;
  uint256 private gasPrice;

  function setUp() external {
    _deployNetwork();
    feed = new MockV3Aggregator(0, 0);
    batchKeeper = new BatchKeeper();
    vm.startPrank(governance);
    helper.setMinBoost(BPS);
    helper.setMaxBoost(BPS);
    helper.setFastGasFeed(address(feed), 3 hours);
    kp3r.transfer(keeper, 1_000 * WAD);
    for (uint256 i; i < JOBS; ++i) {
      jobs.push(new MeteredJob(keep3r));
      keep3r.addJob(address(jobs[i]));
      keep3r.forceLiquidityCreditsToJob(address(jobs[i]), 1_000_000 * WAD);
    }
    vm.stopPrank();
    _activate(keeper, 0);
    _activate(address(batchKeeper), 0);
    _passObserved(30 hours);
  }

  function testFuzz_PAY_1_paymentIsBoundedByCostTimesBoost(
    uint256 baseFee,
    uint256 tip,
    int256 fastGas,
    uint256 gasToUse,
    uint256 bond,
    uint256 boost,
    bytes calldata data
  ) external {
    boost = bound(boost, BPS, 5 * BPS);
    vm.startPrank(governance);
    helper.setMaxBoost(boost);
    helper.setMinBoost(bound(boost / 3, BPS, boost));
    vm.stopPrank();
    _activate(keeper, bound(bond, 0, 500 * WAD));
    _passObserved(1 hours);
    feed.updateAnswer(bound(fastGas, -1, 10_000 gwei));
    _setGasPrice(bound(baseFee, 1, 1_000 gwei), bound(tip, 0, 3_000 gwei));

    // What refunds give back counts as paid: a receipt's cost before refunds
    assertLe(_work(bound(gasToUse, 0, 1_000_000), data, GAS_LIMIT), (boost * 105) / 100, "paid to cost");
  }

  function testFuzz_PAY_2_paymentIsTheCostAndAtMostATwentiethMore(
    uint256 baseFee,
    uint256 tip,
    uint256 gasToUse,
    uint256 length,
    bytes1 filler
  ) external {
    gasToUse = bound(gasToUse, 30_000, 2_000_000);
    bytes memory data = _fill(bound(length, 0, 8192 - 4 - 3 * 32), filler);
    // Up to the reference: the base fee and a tip of 1 gwei
    _setGasPrice(bound(baseFee, 0.01 gwei, 500 gwei), bound(tip, 0, 1 gwei));

    for (uint256 i; i < 2; ++i) {
      uint256 paid = _work(gasToUse, data, GAS_LIMIT);
      assertGe(paid, BPS, "less than the cost");
      assertLe(paid, (BPS * 105) / 100, "more than 105 %");
    }
  }

  function testFuzz_PAY_2_paymentDoesNotDependOnTheGasLimit(uint256 gasToUse, uint256 gasLimit) external {
    gasToUse = bound(gasToUse, 30_000, 2_000_000);
    _setGasPrice(20 gwei, 1 gwei);
    _work(gasToUse, "", GAS_LIMIT);

    bytes memory data = abi.encodeCall(MeteredJob.work, (gasToUse, ""));
    (uint256 atMost, ) = _send(address(jobs[0]), data, GAS_LIMIT, keeper);
    (uint256 atLimit, ) = _send(address(jobs[0]), data, bound(gasLimit, 3_000_000, GAS_LIMIT), keeper);

    assertApproxEqRel(atLimit, atMost, 0.01e18, "1 %");
  }

  function testFuzz_PAY_3_batchIsPaidOneTransaction(uint256 count, uint256 gasToUse) external {
    count = bound(count, 2, JOBS);
    gasToUse = bound(gasToUse, 0, 200_000);
    _setGasPrice(20 gwei, 1 gwei);
    bytes memory data = abi.encodeCall(BatchKeeper.workAll, (_list(0, count), gasToUse));
    _send(address(batchKeeper), data, GAS_LIMIT, address(batchKeeper));

    (uint256 earned, uint256 gasUsed) = _send(address(batchKeeper), data, GAS_LIMIT, address(batchKeeper));

    assertLe(_toCost(earned, gasUsed), (BPS * 105) / 100, "more than 105 % of the whole");
  }

  function testFuzz_PAY_3_nestedWorksArePaidTheirGasOnce(uint256 depth, uint256 gasToUse) external {
    depth = bound(depth, 1, JOBS);
    gasToUse = bound(gasToUse, 0, 200_000);
    _setGasPrice(20 gwei, 1 gwei);
    bytes memory data = abi.encodeCall(MeteredJob.nest, (gasToUse, keeper, _list(1, depth)));
    _send(address(jobs[0]), data, GAS_LIMIT, keeper);

    (uint256 earned, uint256 gasUsed) = _send(address(jobs[0]), data, GAS_LIMIT, keeper);

    assertLe(_toCost(earned, gasUsed), (BPS * 105) / 100, "more than 105 % of the whole");
  }

  function testFuzz_PAY_3_meterDoesNotOutliveItsTransactionJobOrKeeper(uint256 opener, uint256 payer) external {
    MeteredJob paying = jobs[bound(payer, 0, JOBS - 1)];
    jobs[bound(opener, 0, JOBS - 1)].open(keeper);

    vm.expectRevert(IWork.GasNotInitialized.selector);
    paying.pay(keeper);
    vm.expectRevert(IWork.GasNotInitialized.selector);
    paying.pay(address(batchKeeper));
  }

  /// @return What the payment is worth, in BPS of the transaction's cost
  function _work(uint256 gasToUse, bytes memory data, uint256 gasLimit) private returns (uint256) {
    (uint256 earned, uint256 gasUsed) = _send(
      address(jobs[0]),
      abi.encodeCall(MeteredJob.work, (gasToUse, data)),
      gasLimit,
      keeper
    );
    return _toCost(earned, gasUsed);
  }

  /// @dev A transaction of the keeper's.
  function _send(
    address target,
    bytes memory data,
    uint256 gasLimit,
    address payee
  ) private returns (uint256 earned, uint256 gasUsed) {
    uint256 before = keep3r.workCompleted(payee);
    vm.prank(keeper, keeper);
    (bool success, ) = target.call{gas: gasLimit}(data);
    gasUsed = vm.lastCallGas().gasTotalUsed;
    assertTrue(success, "the work failed");
    earned = keep3r.workCompleted(payee) - before;
  }

  function _toCost(uint256 earned, uint256 gasUsed) private view returns (uint256) {
    (uint256 kp3rPerEth, , , ) = helper.cachedQuote();
    return (earned * WAD * BPS) / (kp3rPerEth * gasUsed * gasPrice);
  }

  function _setGasPrice(uint256 baseFee, uint256 tip) private {
    gasPrice = baseFee + tip;
    for (uint256 i; i < JOBS; ++i) jobs[i].setGasPrice(baseFee, gasPrice);
  }

  function _activate(address worker, uint256 amount) private {
    if (amount != 0) {
      vm.prank(worker);
      kp3r.approve(address(keep3r), amount);
    }
    vm.prank(worker);
    keep3r.bond(address(kp3r), amount);
    vm.warp(vm.getBlockTimestamp() + 3 days + 1);
    vm.prank(worker);
    keep3r.activate(address(kp3r));
  }

  function _list(uint256 start, uint256 end) private view returns (MeteredJob[] memory list) {
    list = new MeteredJob[](end - start);
    for (uint256 i; i < list.length; ++i) list[i] = jobs[start + i];
  }

  function _fill(uint256 length, bytes1 filler) private pure returns (bytes memory data) {
    data = new bytes(length);
    for (uint256 i; i < length; ++i) data[i] = filler;
  }
}
