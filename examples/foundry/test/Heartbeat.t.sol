// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Heartbeat} from "../src/Heartbeat.sol";
import {Network} from "./Network.sol";

contract HeartbeatTest is Network {
  Heartbeat private job;

  function setUp() public override {
    super.setUp();
    job = new Heartbeat(keep3r, owner);
    vm.prank(owner);
    keep3r.acceptJobOwnership(address(job));
    // On the real network only liquidity brings credits; here governance gives them
    keep3r.forceLiquidityCreditsToJob(address(job), 10 ether);
  }

  function test_paysWhoDoesTheWork() public {
    vm.startPrank(keeper, keeper);
    (bool canWork, bytes memory data) = job.workable();
    assertTrue(canWork);
    job.work(data);
    assertGt(keep3r.bonds(keeper, address(kp3r)), 0);
  }

  function test_hasNothingToDoUntilAnHourHasPassed() public {
    vm.startPrank(keeper, keeper);
    job.work("");
    vm.expectRevert(Heartbeat.TooEarly.selector);
    job.work("");
    skip(1 hours);
    (bool canWork, ) = job.workable();
    assertTrue(canWork);
  }

  function test_refusesWhoIsNoKeeper() public {
    vm.prank(owner, owner);
    vm.expectRevert(abi.encodeWithSignature("KeeperNotValid()"));
    job.work("");
  }
}
