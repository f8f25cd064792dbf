// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SlotDerivation} from "@openzeppelin/contracts/utils/SlotDerivation.sol";
import {IKeep3r} from "./interfaces/IKeep3r.sol";
import {IKeep3rLens} from "./interfaces/IKeep3rLens.sol";
import {IKeep3rPricing} from "./interfaces/IKeep3rPricing.sol";
import {CreditMath} from "./libraries/CreditMath.sol";
import {Keep3rSlots} from "./libraries/Keep3rSlots.sol";
import {PaymentMath} from "./libraries/PaymentMath.sol";
import {Job, PackedJob} from "./types/Job.sol";
import {Keeper, KeeperFlags, PackedKeeper} from "./types/Keeper.sol";
import {Position} from "./types/Position.sol";

/// @title Keep3rLens
/// @notice One-call reads of Keep3r. Holds nothing and may do nothing that anyone else may not.
contract Keep3rLens is IKeep3rLens {
  using SlotDerivation for bytes32;

  uint256 private constant DAY = 1 days;

  /// @inheritdoc IKeep3rLens
  IKeep3r public immutable override keep3r;

  /// @param keep3r_ The network
  constructor(IKeep3r keep3r_) {
    if (address(keep3r_) == address(0)) revert Keep3rZeroAddress();

    keep3r = keep3r_;
  }

  // Simulations

  /// @inheritdoc IKeep3rLens
  function settledCredits(address job) external override returns (uint256 credits, uint256 periodCredits) {
    keep3r.settle(job);
    return (keep3r.jobLiquidityCredits(job), keep3r.jobPeriodCredits(job));
  }

  /// @inheritdoc IKeep3rLens
  function previewPayment(address keeper, uint256 gasUsed) external override returns (uint256) {
    (uint256 rate, uint256 firstWorkGas, ) = IKeep3rPricing(keep3r.keep3rHelper()).workRate(
      keep3r.bonds(keeper, keep3r.keep3rV1())
    );
    uint256 maxGas = keep3r.maxGasPerWork();
    return (((gasUsed < maxGas ? gasUsed : maxGas) + firstWorkGas) * rate) / PaymentMath.RATE_SCALE;
  }

  // Keepers and jobs

  /// @inheritdoc IKeep3rLens
  function keeperState(address keeper) external view override returns (KeeperState memory state) {
    address kp3r = keep3r.keep3rV1();
    Keeper memory known = _keeper(keeper);

    state.owner = keeperOwner(keeper);
    state.active = known.flags & KeeperFlags.ACTIVE != 0;
    state.disputed = known.flags & KeeperFlags.DISPUTED != 0;
    state.barred = known.flags & KeeperFlags.BARRED != 0;
    state.firstSeen = known.firstSeen;
    state.earned = known.earned;
    state.bonded = known.bond;
    state.pendingBonds = keep3r.pendingBonds(keeper, kp3r);
    state.canActivateAfter = keep3r.canActivateAfter(keeper, kp3r);
    state.pendingUnbonds = keep3r.pendingUnbonds(keeper, kp3r);
    state.canWithdrawAfter = keep3r.canWithdrawAfter(keeper, kp3r);
  }

  /// @inheritdoc IKeep3rLens
  function jobState(address job) external view override returns (JobState memory state) {
    Job memory known = _job(job);

    state.owner = keep3r.jobOwner(job);
    state.pendingOwner = keep3r.jobPendingOwner(job);
    state.pendingMigration = keep3r.pendingJobMigrations(job);
    state.migrationOwner = _loadAddress(Keep3rSlots.MIGRATIONS.deriveMapping(job).offset(1));
    state.disputed = keep3r.disputes(job);
    state.credits = keep3r.totalJobCredits(job);
    state.periodCredits = keep3r.jobPeriodCredits(job);
    state.value = known.value;
    state.rewardedAt = known.accruedAt;
    state.workedAt = known.workedAt;

    state.liquidities = new LiquidityState[](known.liquidityCount);
    for (uint256 i; i < known.liquidityCount; ++i) {
      state.liquidities[i] = _liquidityState(job, state.owner, i);
    }

    uint256 tokenCount = uint8(uint256(_load(Keep3rSlots.REGISTRATIONS.deriveMapping(job))) >> 192);
    state.tokens = new TokenState[](tokenCount);
    for (uint256 i; i < tokenCount; ++i) {
      address token = _loadAddress(Keep3rSlots.JOB_TOKENS.deriveMapping(job).deriveMapping(i));
      state.tokens[i] = TokenState({token: token, credits: keep3r.jobTokenCredits(job, token)});
    }
  }

  /// @inheritdoc IKeep3rLens
  function keepers(uint256 start, uint256 end) external view override returns (address[] memory) {
    return _page(Keep3rSlots.KEEPER_LIST, start, end);
  }

  /// @inheritdoc IKeep3rLens
  function jobs(uint256 start, uint256 end) external view override returns (address[] memory) {
    return _page(Keep3rSlots.JOB_LIST, start, end);
  }

  /// @inheritdoc IKeep3rLens
  function keeperPendingOwner(address keeper) external view override returns (address) {
    return _loadAddress(Keep3rSlots.KEEPER_PENDING_OWNERS.deriveMapping(keeper));
  }

  /// @inheritdoc IKeep3rLens
  function barred(address keeper) external view override returns (bool) {
    return _keeper(keeper).flags & KeeperFlags.BARRED != 0;
  }

  // Amounts

  /// @inheritdoc IKeep3rLens
  function owed(address token) external view override returns (uint256) {
    return uint256(_load(Keep3rSlots.OWED.deriveMapping(token)));
  }

  /// @inheritdoc IKeep3rLens
  function slashHeld(address token) external view override returns (uint256) {
    return uint256(_load(Keep3rSlots.SLASH_HELD.deriveMapping(token)));
  }

  /// @inheritdoc IKeep3rLens
  function projectedCredits(address job, uint256 timestamp) external view override returns (uint256) {
    Job memory known = _job(job);
    uint256 period = keep3r.rewardPeriodTime();
    uint256 elapsed = timestamp - known.accruedAt;
    // A whole period fills the bucket, and CreditMath checks nothing
    if (elapsed > period) elapsed = period;
    return CreditMath.accrue(known.credits, known.value, elapsed, period, keep3r.inflationPeriod());
  }

  /// @inheritdoc IKeep3rLens
  function runway(address job, uint256 creditsPerDay) external view override returns (uint256) {
    uint256 minedPerDay = (_job(job).value * DAY) / keep3r.inflationPeriod();
    if (creditsPerDay <= minedPerDay) return type(uint256).max;

    uint256 credits = keep3r.totalJobCredits(job);
    uint256 cap = keep3r.jobPeriodCredits(job);
    uint256 idle = credits > cap ? credits - cap : 0;
    return (idle * DAY) / creditsPerDay + ((credits - idle) * DAY) / (creditsPerDay - minedPerDay);
  }

  /// @inheritdoc IKeep3rLens
  function keeperOwner(address keeper) public view override returns (address) {
    return _loadAddress(Keep3rSlots.KEEPER_OWNERS.deriveMapping(keeper));
  }

  /// @inheritdoc IKeep3rLens
  function jobPendingUnbonds(
    address job,
    address liquidity,
    address owner
  ) public view override returns (uint256 amount, uint256 canWithdrawAfter) {
    uint256 word = uint256(
      _load(Keep3rSlots.JOB_PENDING_UNBONDS.deriveMapping(job).deriveMapping(liquidity).deriveMapping(owner))
    );
    return (uint224(word), word >> 224);
  }

  /// @inheritdoc IKeep3rLens
  function liquidityPrice(
    address liquidity
  ) public view override returns (uint256 price, uint256 pricedAt, uint256 triedAt) {
    uint256 word = uint256(_load(Keep3rSlots.LIQUIDITIES.deriveMapping(liquidity)));
    return (uint128(word), uint32(word >> 128), uint32(word >> 160));
  }

  function _liquidityState(
    address job,
    address owner,
    uint256 index
  ) private view returns (LiquidityState memory state) {
    bytes32 word = _load(Keep3rSlots.POSITIONS.deriveMapping(job).deriveMapping(index));
    Position position = Position.wrap(uint256(word));

    state.liquidity = position.liquidity();
    state.amount = position.amount();
    state.mining = position.mining();
    (state.price, , ) = liquidityPrice(position.liquidity());
    (state.pendingUnbonds, state.canWithdrawAfter) = jobPendingUnbonds(job, position.liquidity(), owner);
  }

  function _keeper(address keeper) private view returns (Keeper memory) {
    return PackedKeeper.wrap(uint256(_load(Keep3rSlots.KEEPERS.deriveMapping(keeper)))).unpack();
  }

  function _job(address job) private view returns (Job memory) {
    return PackedJob.wrap(uint256(_load(Keep3rSlots.JOBS.deriveMapping(job)))).unpack();
  }

  function _page(bytes32 list, uint256 start, uint256 end) private view returns (address[] memory page) {
    uint256 length = uint256(_load(list));
    if (end > length) end = length;
    if (start >= end) return page;

    page = new address[](end - start);
    for (uint256 i = start; i < end; ++i) {
      page[i - start] = _loadAddress(list.deriveArray().offset(i));
    }
  }

  function _loadAddress(bytes32 slot) private view returns (address) {
    return address(uint160(uint256(_load(slot))));
  }

  function _load(bytes32 slot) private view returns (bytes32) {
    return keep3r.extsload(slot);
  }
}
