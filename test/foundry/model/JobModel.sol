// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IDisputes} from "../../../contracts/interfaces/IDisputes.sol";
import {IJobMigration} from "../../../contracts/interfaces/IJobMigration.sol";
import {IJobRegistration} from "../../../contracts/interfaces/IJobRegistration.sol";
import {ILiquidityCredits} from "../../../contracts/interfaces/ILiquidityCredits.sol";
import {IParameters} from "../../../contracts/interfaces/IParameters.sol";
import {ITokenCredits} from "../../../contracts/interfaces/ITokenCredits.sol";
import {CreditModel} from "./CreditModel.sol";

/// @notice Jobs as they are documented: registration, funds, ownership and migration
abstract contract JobModel is CreditModel {
  struct Migration {
    address toJob;
    address toOwner;
    uint256 proposedAt;
  }

  uint256 private constant BPS = 10_000;
  uint256 private constant ALL = type(uint256).max;

  uint256 public fee = 30;
  uint256 public liquidityMinimum = 3e18;

  mapping(address job => Migration) public migrations;
  mapping(address job => mapping(address kind => mapping(address owner => Pending))) public jobUnbonds;
  mapping(address job => mapping(address token => uint256)) public tokenCredits;
  /// @dev The tokens that a job was credited with, the spent ones too.
  mapping(address job => address[]) internal _tokensOf;

  function setFee(uint256 fee_) external {
    _checkBounds(fee_, 0, 1_000);
    fee = fee_;
  }

  function setLiquidityMinimum(uint256 liquidityMinimum_) external {
    _checkBounds(liquidityMinimum_, 0, 1_000e18);
    liquidityMinimum = liquidityMinimum_;
  }

  function addJob(address caller, address job) external {
    Job storage added = jobs[job];
    if (added.owner != address(0)) {
      if (caller != job || added.bySelf || added.worked) revert IJobRegistration.JobAlreadyAdded();
      _checkUndisputed(job);
      _displace(job, added.owner);
    }
    (added.owner, added.bySelf) = (caller, caller == job);
  }

  function changeJobOwnership(address caller, address job, address newOwner) external {
    _checkJobOwner(caller, job);

    jobs[job].pendingOwner = newOwner;
  }

  function acceptJobOwnership(address caller, address job) external {
    if (caller != jobs[job].pendingOwner) revert IJobRegistration.OnlyPendingJobOwner();
    _checkUndisputed(job);

    jobs[job].owner = caller;
    _withdrawOffers(job);
  }

  function settle(address job) external {
    _checkRegistered(job);
    _touch(job);
  }

  function forceLiquidityCreditsToJob(address job, uint256 amount) external {
    _checkRegistered(job);
    if (amount == 0) revert IParameters.ZeroAmount();

    _touch(job);
    jobs[job].credits += amount;
  }

  function addTokenCreditsToJob(address caller, address job, address token, uint256 amount) external {
    if (token == kp3r) revert ITokenCredits.TokenUnallowed();
    _checkRegistered(job);
    if (tokenCredits[job][token] == 0) {
      _checkJobOwner(caller, job);
      _list(job, token);
    }

    uint256 received = _pull(caller, token, amount);
    if (received == 0) revert IParameters.ZeroAmount();
    uint256 feeAmount = (received * fee + BPS - 1) / BPS;
    tokenCredits[job][token] += received - feeAmount;
    SafeCast.toUint128(tokenCredits[job][token]);
    if (feeAmount != 0) _push(token, governance, feeAmount);
  }

  function withdrawTokenCreditsFromJob(address caller, address job, address token, uint256 amount) external {
    _checkJobOwner(caller, job);
    _checkUndisputed(job);
    if (amount == ALL) amount = tokenCredits[job][token];
    if (amount == 0) revert IParameters.ZeroAmount();
    if (amount > tokenCredits[job][token]) revert ITokenCredits.InsufficientJobTokenCredits();

    tokenCredits[job][token] -= amount;
    _push(token, caller, amount);
  }

  function addLiquidityToJob(address caller, address job, address kind, uint256 amount) external {
    if (!kinds[kind].approved) revert ILiquidityCredits.LiquidityPairUnapproved();
    _checkRegistered(job);
    if (amount == 0) revert IParameters.ZeroAmount();

    _touch(job);
    (, bool current) = _price(kind, true);
    if (!current) revert ILiquidityCredits.LiquidityUnpriced(kind);
    Position storage position = positions[job][kind];
    if (position.amount == 0) _checkJobOwner(caller, job);
    uint256 counted = caller == jobs[job].owner ? position.amount + amount : amount;
    if (_worth(counted, kind) < liquidityMinimum) revert ILiquidityCredits.JobLiquidityLessThanMin();

    (position.amount, position.mining) = (position.amount + amount, true);
    jobs[job].value = _valueOf(job);
    _pull(caller, kind, amount);
  }

  function unbondLiquidityFromJob(address caller, address job, address kind, uint256 amount) external {
    _checkJobOwner(caller, job);
    if (amount == 0) revert IParameters.ZeroAmount();
    if (amount == ALL) amount = positions[job][kind].amount;

    _reduce(job, kind, amount);
    Position memory left = positions[job][kind];
    bool tooLittle = left.amount != 0 && _worth(left.amount, kind) < liquidityMinimum;
    if (left.mining && tooLittle) revert ILiquidityCredits.JobLiquidityLessThanMin();
    _unbondLiquidity(job, kind, caller, amount);
  }

  function withdrawLiquidityFromJob(address caller, address job, address kind) external {
    _checkUndisputed(job);

    _push(kind, caller, _take(jobUnbonds[job][kind][caller]));
  }

  function migrateJob(address caller, address fromJob, address toJob) external {
    _checkJobOwner(caller, fromJob);
    if (fromJob == toJob) revert IJobMigration.JobMigrationImpossible();

    migrations[fromJob] = Migration(toJob, jobs[toJob].owner, block.timestamp);
  }

  function acceptJobMigration(address caller, address fromJob, address toJob) external {
    _checkJobOwner(caller, toJob);
    _checkUndisputed(fromJob);
    _checkUndisputed(toJob);
    Migration memory proposed = migrations[fromJob];
    bool meant = proposed.toJob == toJob && proposed.toOwner == caller;
    if (!meant) revert IJobMigration.JobMigrationUnavailable();
    if (block.timestamp < proposed.proposedAt + 1 minutes) revert IJobMigration.JobMigrationLocked();

    _touch(fromJob);
    _touch(toJob);
    jobs[toJob].credits += jobs[fromJob].credits;
    for (uint256 i; i < _kinds.length; ++i) {
      Position memory moved = positions[fromJob][_kinds[i]];
      if (moved.amount == 0) continue;
      positions[toJob][_kinds[i]].amount += moved.amount;
      positions[toJob][_kinds[i]].mining = moved.mining;
      delete positions[fromJob][_kinds[i]];
    }
    jobs[toJob].value = _valueOf(toJob);
    for (uint256 i = _tokensOf[fromJob].length; i > 0; --i) {
      _moveCredits(fromJob, toJob, _tokensOf[fromJob][i - 1]);
    }
    delete _tokensOf[fromJob];
    uint256 works = jobs[fromJob].works;
    delete jobs[fromJob];
    jobs[fromJob].works = works;
    _withdrawOffers(fromJob);
  }

  function _checkJobOwner(address caller, address job) internal view {
    if (caller != jobs[job].owner) revert IJobRegistration.OnlyJobOwner();
  }

  function _checkUndisputed(address job) internal view {
    if (disputed[job]) revert IDisputes.JobDisputed();
  }

  function _moveCredits(address fromJob, address toJob, address token) private {
    uint256 amount = tokenCredits[fromJob][token];
    delete tokenCredits[fromJob][token];
    if (amount == 0) return;

    _list(toJob, token);
    tokenCredits[toJob][token] += amount;
    SafeCast.toUint128(tokenCredits[toJob][token]);
  }

  /// @dev What a stranger put in goes to the stranger.
  function _displace(address job, address stranger) private {
    _touch(job);
    _leave(jobs[job], jobs[job].value, jobs[job].value);
    jobs[job].value = 0;
    for (uint256 i; i < _kinds.length; ++i) {
      uint256 amount = positions[job][_kinds[i]].amount;
      if (amount != 0) _unbondLiquidity(job, _kinds[i], stranger, amount);
      delete positions[job][_kinds[i]];
    }
    for (uint256 i; i < _tokensOf[job].length; ++i) {
      address token = _tokensOf[job][i];
      uint256 credits = tokenCredits[job][token];
      delete tokenCredits[job][token];
      // A token that is spent is still among them
      if (credits == 0) continue;
      Pending storage pending = pendingUnbonds[stranger][token];
      pending.amount = Math.min(pending.amount + credits, type(uint224).max);
      if (pending.readyAfter == 0) pending.readyAfter = block.timestamp;
    }
    delete _tokensOf[job];
    _withdrawOffers(job);
  }

  function _unbondLiquidity(address job, address kind, address owner, uint256 amount) private {
    jobUnbonds[job][kind][owner].amount += amount;
    jobUnbonds[job][kind][owner].readyAfter = block.timestamp + unbondTime;
  }

  function _withdrawOffers(address job) private {
    jobs[job].pendingOwner = address(0);
    delete migrations[job];
  }

  /// @dev A token that is new to a job may take the place of one that is spent.
  function _list(address job, address token) private {
    address[] storage tokens = _tokensOf[job];
    uint256 place = tokens.length;
    for (uint256 i; i < tokens.length; ++i) {
      if (tokens[i] == token) return;
      if (tokenCredits[job][tokens[i]] == 0) place = i;
    }
    if (place == tokens.length) tokens.push(token);
    else tokens[place] = token;
  }

  function _checkRegistered(address job) private view {
    if (jobs[job].owner == address(0)) revert IJobRegistration.JobUnavailable();
  }
}
