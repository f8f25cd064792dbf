// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IJobMigration} from "../interfaces/IJobMigration.sol";
import {Job, JobFlags, PackedJob} from "../types/Job.sol";
import {Position} from "../types/Position.sol";
import {Migration} from "../types/Types.sol";
import {WorkConfig} from "../types/WorkConfig.sol";
import {Accounting} from "./Accounting.sol";

/// @title JobMigration
/// @notice Moves all that a job has to another job
abstract contract JobMigration is Accounting {
  uint256 private constant MIGRATION_DELAY = 1 minutes;

  /// @inheritdoc IJobMigration
  function migrateJob(address fromJob, address toJob) external override onlyJobOwner(fromJob) {
    if (fromJob == toJob) revert JobMigrationImpossible();

    _migrations[fromJob] = Migration({toJob: toJob, proposedAt: _after(0), toOwner: _registrations[toJob].owner});

    emit JobMigrationRequested(fromJob, toJob);
  }

  /// @inheritdoc IJobMigration
  function acceptJobMigration(address fromJob, address toJob) external override onlyJobOwner(toJob) nonReentrant {
    _checkJobUndisputed(fromJob);
    _checkJobUndisputed(toJob);
    Migration storage migration = _migrations[fromJob];
    if (migration.toJob != toJob || migration.toOwner != msg.sender) revert JobMigrationUnavailable();
    if (block.timestamp < migration.proposedAt + MIGRATION_DELAY) revert JobMigrationLocked();

    WorkConfig config = _config;
    Job memory from = _settled(fromJob, config).unpack();
    Job memory to = _settled(toJob, config).unpack();
    to.credits += from.credits;
    // Both jobs are settled, so a liquidity that both hold either mines for both or for neither
    while (from.liquidityCount != 0) {
      Position position = _popPosition(fromJob, from);
      _addPosition(toJob, to, position.liquidity(), position.amount(), position.mining());
    }
    to.flags |= from.flags & JobFlags.STALE;
    to.value = _valueOf(toJob, to.liquidityCount);
    _jobs[toJob] = to.pack();

    while (_registrations[fromJob].tokenCount != 0) {
      (address token, uint256 credits) = _popToken(fromJob);
      if (credits == 0) continue;
      _listToken(toJob, token);
      _jobTokenCredits[toJob][token] = _jobTokenCredits[toJob][token].add(credits);
    }
    _removeJob(fromJob);

    emit JobMigrationSuccessful(fromJob, toJob);
  }

  /// @inheritdoc IJobMigration
  function pendingJobMigrations(address fromJob) external view override returns (address) {
    return _migrations[fromJob].toJob;
  }

  /// @dev Leaves nothing behind but what is being unbonded.
  function _removeJob(address job) private {
    uint32 place = _registrations[job].place;
    _registrations[_removeFromList(_jobList, place)].place = place;

    _jobs[job] = PackedJob.wrap(0);
    delete _registrations[job];
    _withdrawOffers(job);
  }
}
