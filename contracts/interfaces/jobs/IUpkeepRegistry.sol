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
    /// performed, at the most once per interval: only for upkeeps that validate it themselves. The keeper is paid for
    /// every byte of it, with a margin: `maxPerformData` of UpkeepConfig bounds how many.
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
    /// @dev The most bytes of performData that a keeper may bring in mode Offchain, 0 to MAX_DATA: as many as the upkeep
    /// needs, since targets as a rule ignore what comes after those, and keepers are paid for it. 0 in the other modes,
    /// where a keeper brings none.
    uint32 maxPerformData;
  }

  /// @notice What the bridge knows of an upkeep
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
    /// @dev See UpkeepConfig
    uint32 maxPerformData;
    address owner;
    /// @dev Who it is offered to
    address pendingOwner;
    /// @dev What its check is called with
    bytes checkData;
  }

  /// @notice Emitted when an upkeep is registered
  /// @param id The upkeep
  /// @param owner Who owns it
  /// @param target What performs it
  /// @param checker What is asked whether there is work
  /// @param forwarder Where its calls come from
  /// @param checkMode How its check is run
  event UpkeepRegistration(
    uint256 indexed id,
    address indexed owner,
    address indexed target,
    address checker,
    IUpkeepForwarder forwarder,
    CheckMode checkMode
  );

  /// @notice Emitted when an upkeep is removed
  /// @param id The upkeep
  event UpkeepRemoval(uint256 indexed id);

  /// @notice Emitted when an upkeep's limits are set
  /// @param id The upkeep
  /// @param config Its limits
  event UpkeepConfigChange(uint256 indexed id, UpkeepConfig config);

  /// @notice Emitted when an upkeep's check data is set
  /// @param id The upkeep
  /// @param checkData What its check is called with
  event UpkeepCheckDataChange(uint256 indexed id, bytes checkData);

  /// @notice Emitted when an upkeep is paused or resumed
  /// @param id The upkeep
  /// @param paused Whether it is paused now
  event UpkeepPauseChange(uint256 indexed id, bool paused);

  /// @notice Emitted when an upkeep is offered to another owner
  /// @param id The upkeep
  /// @param owner Who owns it
  /// @param pendingOwner Who may accept it; zero when an offer is withdrawn
  event UpkeepOwnershipOffer(uint256 indexed id, address indexed owner, address indexed pendingOwner);

  /// @notice Emitted when an upkeep's owner changes
  /// @param id The upkeep
  /// @param owner Who owns it now
  event UpkeepOwnershipChange(uint256 indexed id, address indexed owner);

  /// @notice Emitted when the bridge's owner sets an upkeep's budget
  /// @param id The upkeep
  /// @param budget KP3R, 18 decimals; or OPEN_BUDGET
  event UpkeepBudgetChange(uint256 indexed id, uint256 budget);

  /// @notice Thrown when there is no upkeep of that id
  /// @param id The id
  /// @custom:remedy Name an upkeep that `upkeepIds` lists.
  error UpkeepUnknown(uint256 id);

  /// @notice Thrown when the caller isn't the upkeep's owner
  /// @param id The upkeep
  /// @param caller Who called
  /// @custom:remedy Send it from the upkeep's owner.
  error OnlyUpkeepOwner(uint256 id, address caller);

  /// @notice Thrown when the upkeep isn't offered to the caller
  /// @param id The upkeep
  /// @param caller Who called
  /// @custom:remedy Have the upkeep's owner offer it to the sender with `offerUpkeep`.
  error OnlyPendingUpkeepOwner(uint256 id, address caller);

  /// @notice Thrown when there are already MAX_UPKEEPS upkeeps
  /// @param max How many there may be
  /// @custom:remedy Remove an upkeep first, or deploy another bridge.
  error UpkeepLimit(uint256 max);

  /// @notice Thrown when an upkeep is registered for the zero address
  /// @custom:remedy Name its owner.
  error UpkeepOwnerZeroAddress();

  /// @notice Thrown when a checker or target has no code
  /// @param account The address
  /// @custom:remedy Check the address and the network: a contract has to be there.
  error UpkeepWithoutCode(address account);

  /// @notice Thrown when a gas limit is out of bounds
  /// @param gasLimit What was asked for
  /// @param min The least that is allowed
  /// @param max The most that is allowed
  /// @custom:remedy Set it to a value from `min` to `max`.
  error GasLimitOutOfBounds(uint256 gasLimit, uint256 min, uint256 max);

  /// @notice Thrown when an interval is zero, which would let the same work be paid for again at once
  /// @custom:remedy Set it to a second or more.
  error IntervalZero();

  /// @notice Thrown when `maxPerformData` is out of its bounds
  /// @param maxPerformData What was asked for, bytes
  /// @param max The most that is allowed: MAX_DATA in mode Offchain, none in the others
  /// @custom:remedy Set it to `max` or less.
  error MaxPerformDataOutOfBounds(uint256 maxPerformData, uint256 max);

  /// @notice Thrown when data for a check or a perform is too long
  /// @param length Its bytes
  /// @param max How many are allowed: MAX_DATA, or the upkeep's `maxPerformData` for what a keeper brings
  /// @custom:remedy Shorten it: a contract can store long data. An upkeep's owner can raise `maxPerformData`.
  error UpkeepDataTooLong(uint256 length, uint256 max);

  /// @notice Thrown when the job's credits don't cover all budgets together with the raised one
  /// @param reserved What all budgets would come to, KP3R
  /// @param credits What the job has, KP3R
  /// @custom:remedy First fund the job, or lower another budget.
  error BudgetUnbacked(uint256 reserved, uint256 credits);

  /// @notice The most upkeeps that a bridge holds: a simulation of `workable` asks them all
  function MAX_UPKEEPS() external view returns (uint256);

  /// @notice The least that a gas limit may be
  function MIN_GAS_LIMIT() external view returns (uint256);

  /// @notice The most that a gas limit may be
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
  /// @param id Its id
  function upkeep(uint256 id) external view returns (Upkeep memory);

  /// @notice What an upkeep could spend now: its budget as far as the job's credits go, KP3R
  /// @dev Reverts with `UpkeepUnknown`
  /// @param id The upkeep
  function spendable(uint256 id) external view returns (uint256);

  /// @notice Sets what an upkeep's works may cost from now on. Only the bridge's owner may call.
  /// @dev A raise must be backed by the job's credits. Reverts with `UpkeepUnknown`, `BudgetUnbacked`.
  /// @param id The upkeep
  /// @param budget KP3R, 18 decimals; or OPEN_BUDGET
  function setBudget(uint256 id, uint128 budget) external;

  /// @notice Sets an upkeep's limits. Only its owner may call.
  /// @dev Reverts with `OnlyUpkeepOwner`, `GasLimitOutOfBounds`, `IntervalZero`, `MaxPerformDataOutOfBounds`
  /// @param id The upkeep
  /// @param config Its limits
  function configureUpkeep(uint256 id, UpkeepConfig calldata config) external;

  /// @notice Sets what an upkeep's check is called with. Only its owner may call.
  /// @dev Reverts with `OnlyUpkeepOwner`, `UpkeepDataTooLong`
  /// @param id The upkeep
  /// @param checkData Its bytes; at most MAX_DATA
  function setCheckData(uint256 id, bytes calldata checkData) external;

  /// @notice Pauses or resumes an upkeep. Only its owner may call.
  /// @dev Reverts with `OnlyUpkeepOwner`
  /// @param id The upkeep
  /// @param paused Whether it is to be paused
  function setPaused(uint256 id, bool paused) external;

  /// @notice Offers an upkeep to another owner, or to nobody by the zero address. Only its owner may call.
  /// @dev Reverts with `OnlyUpkeepOwner`
  /// @param id The upkeep
  /// @param pendingOwner Who may accept it; zero withdraws an offer
  function offerUpkeep(uint256 id, address pendingOwner) external;

  /// @notice Takes over an upkeep that was offered to the caller
  /// @dev Reverts with `OnlyPendingUpkeepOwner`
  /// @param id The upkeep
  function acceptUpkeep(uint256 id) external;

  /// @notice Removes an upkeep for good and frees its budget. Only its owner and the bridge's may call.
  /// @dev Its forwarder is of no use from then on. Reverts with `OnlyUpkeepOwner`.
  /// @param id The upkeep
  function removeUpkeep(uint256 id) external;
}
