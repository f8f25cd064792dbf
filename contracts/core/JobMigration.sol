// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IJobMigration} from "../interfaces/IJobMigration.sol";
import {Job, JobFlags, Migration, Position} from "../types/Types.sol";
import {Accounting} from "./Accounting.sol";

/// @title JobMigration
/// @notice Moves all that a job has to another job
abstract contract JobMigration is Accounting {
  using SafeCast for uint256;

  uint256 private constant MIGRATION_DELAY = 1 minutes;

  /// @inheritdoc IJobMigration
  function migrateJob(address fromJob, address toJob) external override onlyJobOwner(fromJob) {
    if (fromJob == toJob) revert JobMigrationImpossible();

    _migrations[fromJob] = Migration({toJob: toJob, proposedAt: _after(0)});

    emit JobMigrationRequested(fromJob, toJob);
  }

  /// @inheritdoc IJobMigration
  function acceptJobMigration(address fromJob, address toJob) external override onlyJobOwner(toJob) {
    _checkJobUndisputed(fromJob);
    _checkJobUndisputed(toJob);
    Migration memory migration = _migrations[fromJob];
    if (migration.toJob != toJob) revert JobMigrationUnavailable();
    if (block.timestamp < migration.proposedAt + MIGRATION_DELAY) revert JobMigrationLocked();

    Job memory from = _settle(fromJob);
    Job memory to = _settle(toJob);
    _movePositions(fromJob, from, toJob, to);
    to.credits = (uint256(to.credits) + from.credits).toUint88();
    to.flags |= from.flags & JobFlags.STALE;
    to.value = _valueOf(toJob, to.liquidityCount);
    _jobs[toJob] = to;

    _moveTokenCredits(fromJob, toJob);
    _removeJob(fromJob);

    emit JobMigrationSuccessful(fromJob, toJob);
  }

  /// @inheritdoc IJobMigration
  function pendingJobMigrations(address fromJob) external view override returns (address) {
    return _migrations[fromJob].toJob;
  }

  /// @dev Both jobs are settled, so a liquidity that both hold either mines for both or for neither.
  function _movePositions(address fromJob, Job memory from, address toJob, Job memory to) private {
    for (uint256 i; i < from.liquidityCount; ++i) {
      Position memory position = _positions[fromJob][i];
      delete _positions[fromJob][i];

      uint256 index = _findPosition(toJob, position.liquidity, to.liquidityCount);
      if (index == to.liquidityCount) {
        if (index == MAX_KINDS) revert JobLiquidityLimit();
        ++to.liquidityCount;
      } else {
        position.amount = (uint256(position.amount) + _positions[toJob][index].amount).toUint88();
      }
      _positions[toJob][index] = position;
    }
  }

  function _moveTokenCredits(address fromJob, address toJob) private {
    uint256 count = _registrations[fromJob].tokenCount;
    for (uint256 i; i < count; ++i) {
      address token = _jobTokens[fromJob][i];
      delete _jobTokens[fromJob][i];

      uint256 credits = _jobTokenCredits[fromJob][token];
      if (credits == 0) continue;
      _listToken(toJob, token);
      _jobTokenCredits[toJob][token] += credits;
      delete _jobTokenCredits[fromJob][token];
    }
  }

  /// @dev Leaves nothing behind but what is being unbonded; the last of the list takes the job's place.
  function _removeJob(address job) private {
    uint32 place = _registrations[job].place;
    address last = _jobList[_jobList.length - 1];
    _jobList[place - 1] = last;
    _registrations[last].place = place;
    _jobList.pop();

    delete _jobs[job];
    delete _registrations[job];
    delete _jobPendingOwners[job];
    delete _migrations[job];
  }
}
