// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";
import {IDisputes} from "../../contracts/interfaces/IDisputes.sol";
import {IRoles} from "../../contracts/interfaces/IRoles.sol";
import {HostileToken__Mock} from "../../contracts/test/Tokens__Mock.sol";
import {Keep3rSlots} from "../../contracts/libraries/Keep3rSlots.sol";
import {Deployment} from "./support/Deployment.sol";

/// @notice What governance and its slasher can take, whatever the token does
contract SlashingFuzz is Test, Deployment {
  /// @dev Three calls to the token of 300,000 gas each, and what comes around them.
  uint256 private constant SLASH_GAS = 3 * 300_000 + 200_000;
  uint256 private constant GAS_LIMIT = 1_500_000;

  address private immutable keeper = makeAddr("keeper");
  address private immutable slasher = makeAddr("slasher");
  HostileToken__Mock private token;

  function setUp() external {
    _deployNetwork();
    token = new HostileToken__Mock();
    token.mint(keeper, type(uint128).max);
    vm.startPrank(governance);
    keep3r.addDisputer(slasher);
    keep3r.addSlasher(slasher);
    vm.stopPrank();
    vm.prank(keeper);
    token.approve(address(keep3r), type(uint256).max);
  }

  function testFuzz_ACC_2_slashingEndsInBoundedGasAndTakesOnce(
    uint256 bonded,
    uint256 unbonding,
    uint256 amount,
    uint256 mode,
    uint256 balanceMode
  ) external {
    bonded = _bound(bonded, 2, type(uint96).max);
    _bondAndUnbond(bonded, _bound(unbonding, 1, bonded - 1));
    amount = _bound(amount, 1, type(uint128).max);
    token.setMode(HostileToken__Mock.Mode(_bound(mode, 0, uint256(type(HostileToken__Mock.Mode).max))));
    token.setBalanceFails(balanceMode % 3 == 1);
    token.setBalanceBurns(balanceMode % 3 == 2);

    vm.startPrank(slasher);
    keep3r.dispute(keeper);
    uint256 gasBefore = gasleft();
    keep3r.slash{gas: GAS_LIMIT}(keeper, address(token), amount / 2, amount - amount / 2);
    uint256 gasUsed = gasBefore - gasleft();
    vm.stopPrank();

    token.setBalanceFails(false);
    token.setBalanceBurns(false);
    uint256 slashed = amount < bonded ? amount : bonded;
    uint256 held = uint256(keep3r.extsload(keccak256(abi.encode(token, Keep3rSlots.SLASH_HELD))));
    assertLe(gasUsed, SLASH_GAS, "gas");
    assertEq(held + token.balanceOf(governance), slashed, "delivered or held, once");
    assertEq(_owedToKeeper(), bonded - slashed, "what the keeper keeps");
    assertEq(token.balanceOf(address(keep3r)), bonded - slashed + held, "balance");
  }

  function testFuzz_GOV_1_dustIsWhatNobodyIsOwed(uint256 bonded, uint256 donated, uint256 wanted) external {
    bonded = _bound(bonded, 2, type(uint96).max);
    donated = _bound(donated, 0, type(uint96).max);
    wanted = _bound(wanted, 1, type(uint96).max);
    _bondAndUnbond(bonded, bonded / 2);
    token.mint(address(keep3r), donated);

    vm.prank(governance);
    if (wanted > donated) {
      vm.expectRevert(abi.encodeWithSelector(IRoles.DustInsufficient.selector, wanted, donated));
    }
    keep3r.sendDust(address(token), wanted, governance);

    assertEq(token.balanceOf(governance), wanted > donated ? 0 : wanted, "dust");
    assertGe(token.balanceOf(address(keep3r)), bonded, "what is owed");
  }

  function testFuzz_GOV_1_theUndisputedCanNotBeSlashed(uint256 bonded, uint256 amount) external {
    _bondAndUnbond(_bound(bonded, 2, type(uint96).max), 1);

    vm.prank(slasher);
    vm.expectRevert(IDisputes.NotDisputed.selector);
    keep3r.slash(keeper, address(token), _bound(amount, 1, type(uint128).max), 0);
  }

  function _bondAndUnbond(uint256 bonded, uint256 unbonding) private {
    vm.startPrank(keeper);
    keep3r.bond(address(token), bonded);
    vm.warp(vm.getBlockTimestamp() + 3 days + 1);
    keep3r.activate(address(token));
    keep3r.unbond(address(token), unbonding);
    vm.stopPrank();
  }

  function _owedToKeeper() private view returns (uint256) {
    return keep3r.bonds(keeper, address(token)) + keep3r.pendingUnbonds(keeper, address(token));
  }
}
