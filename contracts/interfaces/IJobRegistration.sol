// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Jobs and their owners
interface IJobRegistration {
  /// @notice Emitted when a job is registered
  /// @param job The job
  /// @param jobOwner Its owner
  event JobAddition(address indexed job, address indexed jobOwner);

  /// @notice Emitted when a job's own registration replaces a stranger's
  /// @param job The job
  /// @param previousOwner The stranger, who keeps what was put in until now
  event JobDisplacement(address indexed job, address indexed previousOwner);

  /// @notice Emitted when a job is offered to a new owner
  /// @param job The job
  /// @param owner Its owner
  /// @param pendingOwner Who may accept it; zero when an offer is withdrawn
  event JobOwnershipChange(address indexed job, address indexed owner, address indexed pendingOwner);

  /// @notice Emitted when a job's new owner accepts
  /// @param job The job
  /// @param previousOwner Who owned it
  /// @param newOwner Who owns it now
  event JobOwnershipAssent(address indexed job, address indexed previousOwner, address indexed newOwner);

  /// @notice Thrown when the job is registered already
  /// @custom:remedy There is nothing to register. `jobOwner` returns its owner.
  error JobAlreadyAdded();

  /// @notice Thrown when the caller isn't the job's owner
  /// @custom:remedy Send it from the job's owner: the address that `jobOwner` returns.
  error OnlyJobOwner();

  /// @notice Thrown when the caller isn't the job's proposed owner
  /// @custom:remedy Have the job's owner offer it to the sender with `changeJobOwnership`.
  error OnlyPendingJobOwner();

  /// @notice Thrown when the job isn't registered
  /// @custom:remedy Check the address, or register the job with `addJob`.
  error JobUnavailable();

  /// @notice All registered jobs, in no order
  /// @return list Their addresses
  function jobs() external view returns (address[] memory list);

  /// @notice Who owns a job; zero when it isn't registered
  /// @param job Any address
  function jobOwner(address job) external view returns (address);

  /// @notice Who may accept a job; zero when it isn't offered
  /// @param job Any address
  function jobPendingOwner(address job) external view returns (address);

  /// @notice Registers a job and makes the caller its owner
  /// @dev Anyone may register a contract; an address without code can only register itself. A job that registers itself
  /// replaces a stranger's registration that was never worked. What was put in until then stays the previous owner's, who
  /// takes liquidity out by `withdrawLiquidityFromJob` after unbondTime, and token credits by `withdraw` at once or, as a
  /// keeper that is unbonding that token, with all of it. A job that can't register itself can be squatted: register it in
  /// the transaction that deploys it. So can one that has migrated, also if it registered itself in its constructor.
  /// Reverts with `JobAlreadyAdded`, `JobDisputed`, `WithoutCode` and, where it replaces, `QuoteOutOfGas`.
  /// @param job The contract that does the work
  function addJob(address job) external;

  /// @notice Offers a job to a new owner, replacing an earlier offer. Only its owner may call.
  /// @param job The job
  /// @param newOwner Who may accept; zero withdraws the offer
  function changeJobOwnership(address job, address newOwner) external;

  /// @notice Makes the caller the job's owner and drops its proposed migration. Only who it was offered to may call.
  /// @dev What the previous owner is unbonding stays the previous owner's. Reverts with `OnlyPendingJobOwner`,
  /// `JobDisputed`: a slash reaches what the owner of that moment has.
  /// @param job The job
  function acceptJobOwnership(address job) external;
}
