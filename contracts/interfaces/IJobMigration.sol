// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Job migration
/// @notice Moves all that a job has to another job. What is being unbonded stays with the owner who unbonded it.
interface IJobMigration {
  /// @notice Emitted when a migration is proposed
  /// @param fromJob The job that migrates
  /// @param toJob The job that it is to migrate to; zero when a proposal is withdrawn
  event JobMigrationRequested(address indexed fromJob, address toJob);

  /// @notice Emitted when a migration is done
  /// @param fromJob The job that migrated, and isn't registered any more
  /// @param toJob The job that has now what it had
  event JobMigrationSuccessful(address fromJob, address indexed toJob);

  /// @notice Thrown when a job would migrate to itself
  /// @custom:remedy Name two different jobs.
  error JobMigrationImpossible();

  /// @notice Thrown when the migration wasn't proposed, or `toJob` had another owner then
  /// @custom:remedy Have the owner of `fromJob` call `migrateJob`, once more if `toJob` has a new owner since.
  error JobMigrationUnavailable();

  /// @notice Thrown when a migration is accepted within a minute of its proposal
  /// @custom:remedy Accept it one minute after it was proposed, or later.
  error JobMigrationLocked();

  /// @notice The job that a job is proposed to migrate to; zero when there is none
  /// @param fromJob The job that migrates
  /// @return toJob The other job
  function pendingJobMigrations(address fromJob) external view returns (address toJob);

  /// @notice Proposes a migration, replacing an earlier proposal. Only the owner of `fromJob` may call.
  /// @dev Only who owns `toJob` now may accept: a proposal to a job that isn't registered yet can't be, so that nobody
  /// registers it to take what migrates. See on the chain that `jobOwner(toJob)` is who is meant before this is sent: never
  /// send it together with the registration, which a stranger can come before. Zero withdraws a proposal. Reverts with
  /// `OnlyJobOwner`, `JobMigrationImpossible`.
  /// @param fromJob The job that migrates
  /// @param toJob The job that takes over; zero withdraws a proposal
  function migrateJob(address fromJob, address toJob) external;

  /// @notice Moves credits, token credits and liquidity, and removes `fromJob`. Only the owner of `toJob` may call.
  /// @dev Reverts with `OnlyJobOwner`, `JobDisputed`, `JobMigrationUnavailable`, `JobMigrationLocked`,
  /// `JobLiquidityLimit`, `JobTokenLimit`, `QuoteOutOfGas`
  /// @param fromJob The job that migrates
  /// @param toJob The job that takes over
  function acceptJobMigration(address fromJob, address toJob) external;
}
