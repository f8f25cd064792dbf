// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IUpkeepForwarder} from "./IUpkeepForwarder.sol";

/// @title The upkeeps of a bridge
/// @notice Who owns them, how they are called, and what they may spend. The network's credits belong to the bridge as one
/// job; a budget is an upkeep's part of them. Only its own works spend it, whatever its owner or its contracts do.
///
/// Beware: the bridge's owner is trusted with the credits. Who runs the job in the network can unbond its liquidity, and
/// the bridge's owner can take back a budget or remove an upkeep at any time. A team that doesn't want to trust another
/// deploys a bridge of its own. A budget, in turn, is as good as given: an upkeep's owner can spend it on work of no use.
interface IUpkeepRegistry {
  /// @notice How an upkeep's check is run when it is worked
  enum CheckMode {
    /// @dev By a static call, in every work. For checks that only read.
    Static,
    /// @dev By a call that is undone, in every work. For checks that write.
    Undone,
    /// @dev Not at all: it is for simulation only, such as one with Chainlink's `cannotExecute`. A keeper's own data is
    /// performed, at the most once per interval: only for upkeeps that validate it themselves.
    Offchain
  }

  /// @notice What an upkeep's owner can change
  struct UpkeepConfig {
    /// @dev Gas that a perform gets, neither more nor less; MIN_GAS_LIMIT to MAX_GAS_LIMIT
    uint32 gasLimit;
    /// @dev Gas that a check gets; the same bounds
    uint32 checkGasLimit;
    /// @dev The least number of seconds between two performs; not zero
    uint32 interval;
  }

  struct Upkeep {
    /// @dev KP3R that its works may cost yet, or OPEN_BUDGET
    uint128 budget;
    /// @dev When it was last performed; 0 if it never was
    uint40 performedAt;
    /// @dev See UpkeepConfig
    uint32 interval;
    uint32 gasLimit;
    bool paused;
    /// @dev Where its calls come from; it names the contracts that it calls
    IUpkeepForwarder forwarder;
    /// @dev See UpkeepConfig
    uint32 checkGasLimit;
    CheckMode checkMode;
    address owner;
    /// @dev Who it is offered to
    address pendingOwner;
    /// @dev What its check is called with
    bytes checkData;
  }

  /// @notice Emitted when an upkeep is registered
  event UpkeepRegistration(
    uint256 indexed id,
    address indexed owner,
    address indexed target,
    address checker,
    IUpkeepForwarder forwarder,
    CheckMode checkMode
  );

  /// @notice Emitted when an upkeep is removed
  event UpkeepRemoval(uint256 indexed id);

  /// @notice Emitted when an upkeep's limits are set
  event UpkeepConfigChange(uint256 indexed id, UpkeepConfig config);

  /// @notice Emitted when an upkeep's check data is set
  event UpkeepCheckDataChange(uint256 indexed id, bytes checkData);

  /// @notice Emitted when an upkeep is paused or resumed
  event UpkeepPauseChange(uint256 indexed id, bool paused);

  /// @notice Emitted when an upkeep is offered to another owner
  event UpkeepOwnershipOffer(uint256 indexed id, address indexed owner, address indexed pendingOwner);

  /// @notice Emitted when an upkeep's owner changes
  event UpkeepOwnershipChange(uint256 indexed id, address indexed owner);

  /// @notice Emitted when the bridge's owner sets an upkeep's budget
  event UpkeepBudgetChange(uint256 indexed id, uint256 budget);

  /// @notice Thrown when there is no upkeep of that id
  error UpkeepUnknown(uint256 id);

  /// @notice Thrown when the caller isn't the upkeep's owner
  error OnlyUpkeepOwner(uint256 id, address caller);

  /// @notice Thrown when the caller isn't who the upkeep is offered to
  error OnlyPendingUpkeepOwner(uint256 id, address caller);

  /// @notice Thrown when there would be more upkeeps than MAX_UPKEEPS
  error UpkeepLimit(uint256 max);

  /// @notice Thrown when an upkeep is registered for the zero address
  error UpkeepOwnerZeroAddress();

  /// @notice Thrown when a checker or target has no code
  error UpkeepWithoutCode(address account);

  /// @notice Thrown when a gas limit is out of bounds
  error GasLimitOutOfBounds(uint256 gasLimit, uint256 min, uint256 max);

  /// @notice Thrown when an interval is zero: the same work could be paid for again at once
  error IntervalZero();

  /// @notice Thrown when data for a check or a perform is too long
  error UpkeepDataTooLong(uint256 length, uint256 max);

  /// @notice Thrown when the job's credits don't cover all budgets with the one that is raised
  /// @param reserved What all budgets would come to, KP3R
  /// @param credits What the job has, KP3R
  error BudgetUnbacked(uint256 reserved, uint256 credits);

  /// @notice The most upkeeps that a bridge holds: a simulation of `workable` asks them all
  function MAX_UPKEEPS() external view returns (uint256);

  /// @notice The bounds of a gas limit
  function MIN_GAS_LIMIT() external view returns (uint256);

  function MAX_GAS_LIMIT() external view returns (uint256);

  /// @notice The most bytes of check data, and of what an upkeep is performed with
  function MAX_DATA() external view returns (uint256);

  /// @notice The budget of an upkeep that may spend whatever credits no budget reserves: for a team's own upkeeps, whose
  /// bridge is funded by liquidity and needs no bookkeeping then
  function OPEN_BUDGET() external view returns (uint128);

  /// @notice All budgets but the open ones, KP3R
  function reserved() external view returns (uint256);

  /// @notice The ids of all upkeeps
  function upkeepIds() external view returns (uint256[] memory);

  /// @notice An upkeep
  /// @dev Reverts with `UpkeepUnknown`
  function upkeep(uint256 id) external view returns (Upkeep memory);

  /// @notice What an upkeep could spend now: its budget as far as the job's credits go, KP3R
  /// @dev Reverts with `UpkeepUnknown`
  function spendable(uint256 id) external view returns (uint256);

  /// @notice Sets what an upkeep's works may cost from now on. Only the bridge's owner may call.
  /// @dev A raise must be backed by the job's credits. Reverts with `UpkeepUnknown`, `BudgetUnbacked`.
  /// @param id The upkeep
  /// @param budget KP3R, 18 decimals; or OPEN_BUDGET
  function setBudget(uint256 id, uint128 budget) external;

  /// @notice Sets an upkeep's limits. Only its owner may call.
  /// @dev Reverts with `OnlyUpkeepOwner`, `GasLimitOutOfBounds`, `IntervalZero`
  function configureUpkeep(uint256 id, UpkeepConfig calldata config) external;

  /// @notice Sets what an upkeep's check is called with. Only its owner may call.
  /// @dev Reverts with `OnlyUpkeepOwner`, `UpkeepDataTooLong`
  function setCheckData(uint256 id, bytes calldata checkData) external;

  /// @notice Pauses or resumes an upkeep. Only its owner may call.
  /// @dev Reverts with `OnlyUpkeepOwner`
  function setPaused(uint256 id, bool paused) external;

  /// @notice Offers an upkeep to another owner, or to nobody by the zero address. Only its owner may call.
  /// @dev Reverts with `OnlyUpkeepOwner`
  function offerUpkeep(uint256 id, address pendingOwner) external;

  /// @notice Takes over an upkeep that was offered to the caller
  /// @dev Reverts with `OnlyPendingUpkeepOwner`
  function acceptUpkeep(uint256 id) external;

  /// @notice Removes an upkeep for good and frees its budget. Only its owner and the bridge's may call.
  /// @dev Its forwarder is of no use from then on. Reverts with `OnlyUpkeepOwner`.
  function removeUpkeep(uint256 id) external;
}
