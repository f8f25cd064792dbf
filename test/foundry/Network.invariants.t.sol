// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Test} from "forge-std/Test.sol";
import {IKP3R} from "../../contracts/interfaces/IKP3R.sol";
import {IKeep3r} from "../../contracts/interfaces/IKeep3r.sol";
import {IKeep3rHelper} from "../../contracts/interfaces/IKeep3rHelper.sol";
import {IKeep3rOracle} from "../../contracts/interfaces/IKeep3rOracle.sol";
import {HostileToken__Mock} from "../../contracts/test/Tokens__Mock.sol";
import {PlainJob__Mock} from "../../contracts/test/Jobs__Mock.sol";
import {Keep3rSlots} from "../../contracts/libraries/Keep3rSlots.sol";
import {Handlers} from "./handlers/Handlers.sol";
import {Model} from "./model/Model.sol";
import {TokenModel} from "./model/TokenModel.sol";

/// @notice The network and its model after every call of a long series of random ones, by everyone who may or may not
contract NetworkInvariants is Test {
  string private constant REPORT = "cache/foundry/reached.tsv";

  Handlers private handlers;
  Model private model;
  IKeep3r private keep3r;
  IKP3R private kp3r;

  HostileToken__Mock private hostile;
  address[] private people;
  address[] private tokens;
  address[] private pairs;
  address[] private jobs;

  /// @dev The token that may hide its balances doesn't while they are compared; what a check changes isn't kept.
  modifier readable() {
    hostile.setBalanceFails(false);
    _;
  }

  function setUp() external {
    handlers = new Handlers();
    model = handlers.model();
    keep3r = IKeep3r(model.network());
    kp3r = IKP3R(model.kp3r());
    (people, tokens) = (handlers.people(), handlers.tokens());
    (pairs, jobs) = (handlers.pairs(), handlers.jobs());

    hostile = handlers.hostileToken();
    targetContract(address(handlers));
  }

  /// @dev The runner sums up what all runs reached: no single one has to get everywhere.
  function afterInvariant() external {
    vm.writeLine(REPORT, handlers.report());
  }

  function invariant_SOL_1_balanceIsWhatIsOwedAndWhatWasGiven() external readable {
    _settleAll();
    for (uint256 i; i < tokens.length; ++i) {
      uint256 owed = handlers.owedOf(tokens[i]);
      uint256 balance = IERC20(tokens[i]).balanceOf(address(keep3r));
      assertEq(balance, model.balanceOf(tokens[i]), "balance");
      assertEq(_stored(Keep3rSlots.OWED, tokens[i]), owed, "owed");
      if (model.manners(tokens[i]) != TokenModel.Manner.Rebasing) assertGe(balance, owed, "solvency");
    }
    for (uint256 i; i < pairs.length; ++i) {
      uint256 balance = IERC20(pairs[i]).balanceOf(address(keep3r));
      assertEq(balance, handlers.liquidityOf(pairs[i]), "liquidity");
    }
  }

  function invariant_SOL_2_kp3rIsConserved() external view {
    uint256 bonded;
    for (uint256 i; i < people.length; ++i) {
      uint256 bond = keep3r.bonds(people[i], address(kp3r));
      (uint256 unbonding, ) = model.pendingUnbonds(people[i], address(kp3r));
      assertEq(bond, model.bonds(people[i], address(kp3r)), "bond");
      bonded += bond + unbonding;
    }
    assertEq(model.activated() + model.rewarded() - model.slashed() - model.withdrawn(), bonded, "bonded");
    assertEq(kp3r.totalSupply(), model.supply(), "supply");
  }

  function invariant_CRD_1_creditsAreMinedByValueAndTime() external view {
    for (uint256 i; i < jobs.length; ++i) {
      (, , , , , uint256 credits, , uint256 accruedAt, ) = model.jobs(jobs[i]);
      assertEq(keep3r.jobLiquidityCredits(jobs[i]), credits, "credits");
      assertEq(keep3r.jobPeriodCredits(jobs[i]), model.cap(jobs[i]), "cap");
      if (credits != 0) assertEq(keep3r.rewardedAt(jobs[i]), accruedAt, "accrued at");
      assertLe(model.mined(jobs[i]), model.underlying(jobs[i]), "mined");
    }
  }

  function invariant_CRD_4_unregisteredJobHasNothingAndPendingIsItsOwners() external view {
    for (uint256 i; i < jobs.length; ++i) {
      bool registered = keep3r.jobOwner(jobs[i]) != address(0);
      (address owner, address pendingOwner, , , , , , , ) = model.jobs(jobs[i]);
      assertEq(keep3r.jobOwner(jobs[i]), owner, "owner");
      assertEq(keep3r.jobPendingOwner(jobs[i]), pendingOwner, "pending owner");
      if (!registered) {
        assertEq(keep3r.jobLiquidityCredits(jobs[i]), 0, "credits left behind");
        assertEq(keep3r.pendingJobMigrations(jobs[i]), address(0), "migration left behind");
      }
      for (uint256 j; j < pairs.length; ++j) {
        uint256 amount = keep3r.liquidityAmount(jobs[i], pairs[j]);
        (uint256 bonded, ) = model.positions(jobs[i], pairs[j]);
        assertEq(amount, bonded, "liquidity");
        if (!registered) assertEq(amount, 0, "liquidity left behind");
        _comparePendingLiquidity(jobs[i], pairs[j]);
      }
      for (uint256 j; j < tokens.length; ++j) {
        uint256 credits = keep3r.jobTokenCredits(jobs[i], tokens[j]);
        assertEq(credits, model.tokenCredits(jobs[i], tokens[j]), "token credits");
        if (!registered) assertEq(credits, 0, "token credits left behind");
      }
    }
  }

  function invariant_PAY_4_refusedWorkLeavesNoTrace() external view {
    for (uint256 i; i + 1 < jobs.length; ++i) {
      (, , , , uint256 works, uint256 credits, , , ) = model.jobs(jobs[i]);
      assertEq(PlainJob__Mock(jobs[i]).count() - 1, works, "works");
      assertEq(keep3r.jobLiquidityCredits(jobs[i]), credits, "credits");
    }
    for (uint256 i; i < people.length; ++i) {
      (, , , , uint256 earned) = model.keepers(people[i]);
      assertEq(keep3r.workCompleted(people[i]), earned, "earned");
    }
  }

  /// @dev Every mean, and so what an ether is paid with, is within what the market was while nobody pushed it.
  function invariant_ORC_3_pricesAreTheHonestMarketsWhateverThePushes() external view {
    for (uint256 i; i < pairs.length; ++i) {
      _compareMean(pairs[i], 30 minutes);
      _compareMean(pairs[i], 4 hours);
      _compareMean(pairs[i], 1 days);
    }
    (uint256 quoted, uint256 least, uint256 most, uint256 quotedAt, uint256 refreshAt, ) = model.quote();
    (uint256 kp3rPerEth, , uint256 cachedAt, uint256 dueAt) = model.helper().cachedQuote();
    assertEq(kp3rPerEth, quoted, "KP3R per ETH");
    assertEq(cachedAt, quotedAt, "quoted at");
    assertEq(dueAt, refreshAt, "refreshed at");
    assertGe(quoted, least, "paid less");
    assertLe(quoted, most, "paid more");
  }

  /// @dev Whatever has become of the market: as long as the pair is listed and deep. It has days of history.
  function invariant_LIV_1_noSilenceStopsAPayment() external {
    address pair = model.helper().kp3rWethPair();
    if (!model.market().isReadable(pair)) return;

    IKeep3rHelper helper = model.helper();
    helper.workRate(0);
    for (uint256 silence = 1 hours; silence < 365 days; silence *= 10) {
      vm.warp(vm.getBlockTimestamp() + silence);
      // A rise that prices have yet to follow leaves less KP3R in the pool than they tell
      if (!model.market().isReadable(pair)) return;
      helper.workRate(0);
      (, , uint256 quotedAt, ) = helper.cachedQuote();
      assertEq(quotedAt, vm.getBlockTimestamp(), "the last quote serves");
    }
  }

  function invariant_ACC_1_fundsMoveByTheirOwnersAlone() external readable {
    for (uint256 i; i < people.length; ++i) {
      for (uint256 j; j < tokens.length; ++j) {
        (address person, address token) = (people[i], tokens[j]);
        (uint256 pending, uint256 pendingReady) = model.pendingBonds(person, token);
        assertEq(keep3r.bonds(person, token), model.bonds(person, token), "bonds");
        assertEq(keep3r.pendingBonds(person, token), pending, "pending bonds");
        assertEq(keep3r.canActivateAfter(person, token), pendingReady, "activation");
        (uint256 unbonding, uint256 unbondingReady) = model.pendingUnbonds(person, token);
        assertEq(keep3r.pendingUnbonds(person, token), unbonding, "pending unbonds");
        assertEq(keep3r.canWithdrawAfter(person, token), unbondingReady, "withdrawal");
        if (model.manners(token) != TokenModel.Manner.Rebasing) _compareWallet(person, token);
      }
      for (uint256 j; j < pairs.length; ++j) _compareWallet(people[i], pairs[j]);
    }
  }

  function invariant_ACC_2_slashedIsDeliveredOrHeldOnce() external view {
    for (uint256 i; i < tokens.length + pairs.length; ++i) {
      address token = i < tokens.length ? tokens[i] : pairs[i - tokens.length];
      uint256 held = model.slashHeld(token);
      assertEq(_stored(Keep3rSlots.SLASH_HELD, token), held, "held");
      assertEq(model.seized(token), model.delivered(token) + held + model.released(token), "slashed");
    }
  }

  function invariant_GOV_1_governanceHasNothingButItsOwn() external readable {
    address governance = model.governance();
    for (uint256 i; i < tokens.length; ++i) {
      if (model.manners(tokens[i]) != TokenModel.Manner.Rebasing) _compareWallet(governance, tokens[i]);
    }
    for (uint256 i; i < pairs.length; ++i) _compareWallet(governance, pairs[i]);
    assertEq(keep3r.governance(), governance, "governance");
  }

  /// @dev Spent token credits count as owed until they are booked.
  function _settleAll() private {
    for (uint256 i; i < jobs.length; ++i) {
      if (keep3r.jobOwner(jobs[i]) != address(0)) keep3r.settle(jobs[i]);
    }
  }

  function _comparePendingLiquidity(address job, address kind) private view {
    address owner = keep3r.jobOwner(job);
    (uint256 amount, uint256 readyAfter) = model.jobUnbonds(job, kind, owner);
    assertEq(keep3r.pendingUnbonds(job, kind), amount, "pending liquidity");
    assertEq(keep3r.canWithdrawAfter(job, kind), readyAfter, "liquidity's withdrawal");
  }

  function _compareMean(address pair, uint256 window) private view {
    IKeep3rOracle oracle = model.helper().oracle();
    if (!model.market().isReadable(pair)) return;

    (uint256 leastX112, uint256 mostX112) = model.market().rangeOf(pair, address(kp3r), window);
    (uint256 averageX112, ) = oracle.averagePrice(pair, address(kp3r), window, type(uint256).max);
    assertGe(averageX112, leastX112, "lower");
    assertLe(averageX112, mostX112, "higher");
  }

  function _compareWallet(address person, address token) private view {
    assertEq(IERC20(token).balanceOf(person), model.wallets(person, token), "wallet");
  }

  /// @dev A word of a mapping by token, in Keep3r's storage.
  function _stored(bytes32 slot, address token) private view returns (uint256) {
    return uint256(keep3r.extsload(keccak256(abi.encode(token, slot))));
  }
}
