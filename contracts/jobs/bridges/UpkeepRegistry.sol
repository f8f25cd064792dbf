// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {IUpkeepForwarder} from "../../interfaces/jobs/IUpkeepForwarder.sol";
import {IUpkeepRegistry} from "../../interfaces/jobs/IUpkeepRegistry.sol";
import {OwnedJob} from "../OwnedJob.sol";
import {MAX_UPKEEP_DATA, UpkeepForwarder} from "./UpkeepForwarder.sol";

/// @title UpkeepRegistry
/// @notice The upkeeps of a bridge: owners, limits and budgets
/// @dev Whatever writes shares one guard with the works, so that nothing changes under a work by what it calls.
abstract contract UpkeepRegistry is IUpkeepRegistry, OwnedJob, ReentrancyGuardTransient {
  using EnumerableSet for EnumerableSet.UintSet;

  /// @inheritdoc IUpkeepRegistry
  uint256 public constant override MAX_UPKEEPS = 64;

  /// @inheritdoc IUpkeepRegistry
  uint256 public constant override MIN_GAS_LIMIT = 10_000;

  /// @inheritdoc IUpkeepRegistry
  uint256 public constant override MAX_GAS_LIMIT = 5_000_000;

  /// @inheritdoc IUpkeepRegistry
  uint256 public constant override MAX_DATA = MAX_UPKEEP_DATA;

  /// @inheritdoc IUpkeepRegistry
  uint128 public constant override OPEN_BUDGET = type(uint128).max;

  /// @inheritdoc IUpkeepRegistry
  uint256 public override reserved;

  mapping(uint256 id => Upkeep) internal _upkeeps;
  EnumerableSet.UintSet internal _ids;
  /// @dev An id is never used again, so that no data of a work means another upkeep later.
  uint256 private _lastId;

  /// @dev Reverts with `UpkeepUnknown`, `OnlyUpkeepOwner`
  /// @param id The upkeep, which has to be the caller's
  modifier onlyUpkeepOwner(uint256 id) {
    if (msg.sender != _known(id).owner) revert OnlyUpkeepOwner(id, msg.sender);
    _;
  }

  // Views

  /// @inheritdoc IUpkeepRegistry
  function upkeepIds() external view override returns (uint256[] memory) {
    return _ids.values();
  }

  /// @inheritdoc IUpkeepRegistry
  function upkeep(uint256 id) external view override returns (Upkeep memory) {
    return _known(id);
  }

  /// @inheritdoc IUpkeepRegistry
  function spendable(uint256 id) external view override returns (uint256) {
    return _spendable(_known(id));
  }

  // The bridge's owner

  /// @inheritdoc IUpkeepRegistry
  function setBudget(uint256 id, uint128 budget) external override onlyOwner nonReentrant {
    Upkeep storage known = _known(id);
    uint256 before = reserved;
    uint256 afterwards = before - _reservedBy(known.budget) + _reservedBy(budget);
    if (afterwards > before) {
      uint256 credits = keep3r.totalJobCredits(address(this));
      if (afterwards > credits) revert BudgetUnbacked(afterwards, credits);
    }

    reserved = afterwards;
    known.budget = budget;

    emit UpkeepBudgetChange(id, budget);
  }

  function _register(
    address owner,
    address checker,
    address target,
    bytes calldata checkData,
    CheckMode checkMode,
    UpkeepConfig calldata config
  ) internal onlyOwner nonReentrant returns (uint256 id, IUpkeepForwarder forwarder) {
    if (owner == address(0)) revert UpkeepOwnerZeroAddress();
    _checkCode(checker);
    _checkCode(target);
    if (_ids.length() == MAX_UPKEEPS) revert UpkeepLimit(MAX_UPKEEPS);

    id = ++_lastId;
    _ids.add(id);
    forwarder = new UpkeepForwarder(checker, target);
    Upkeep storage registered = _upkeeps[id];
    registered.owner = owner;
    registered.forwarder = forwarder;
    registered.checkMode = checkMode;

    emit UpkeepRegistration(id, owner, target, checker, forwarder, checkMode);

    _setCheckData(id, checkData);
    _configure(id, config);
  }

  // An upkeep's owner

  /// @inheritdoc IUpkeepRegistry
  function configureUpkeep(
    uint256 id,
    UpkeepConfig calldata config
  ) external override onlyUpkeepOwner(id) nonReentrant {
    _configure(id, config);
  }

  /// @inheritdoc IUpkeepRegistry
  function setCheckData(uint256 id, bytes calldata checkData) external override onlyUpkeepOwner(id) nonReentrant {
    _setCheckData(id, checkData);
  }

  /// @inheritdoc IUpkeepRegistry
  function setPaused(uint256 id, bool paused) external override onlyUpkeepOwner(id) nonReentrant {
    _upkeeps[id].paused = paused;

    emit UpkeepPauseChange(id, paused);
  }

  /// @inheritdoc IUpkeepRegistry
  function offerUpkeep(uint256 id, address pendingOwner) external override onlyUpkeepOwner(id) nonReentrant {
    _upkeeps[id].pendingOwner = pendingOwner;

    emit UpkeepOwnershipOffer(id, msg.sender, pendingOwner);
  }

  /// @inheritdoc IUpkeepRegistry
  function acceptUpkeep(uint256 id) external override nonReentrant {
    Upkeep storage known = _known(id);
    if (msg.sender != known.pendingOwner) revert OnlyPendingUpkeepOwner(id, msg.sender);

    (known.owner, known.pendingOwner) = (msg.sender, address(0));

    emit UpkeepOwnershipChange(id, msg.sender);
  }

  /// @inheritdoc IUpkeepRegistry
  function removeUpkeep(uint256 id) external override nonReentrant {
    Upkeep storage known = _known(id);
    if (msg.sender != known.owner && msg.sender != owner()) revert OnlyUpkeepOwner(id, msg.sender);

    reserved -= _reservedBy(known.budget);
    _ids.remove(id);
    delete _upkeeps[id];

    emit UpkeepRemoval(id);
  }

  // Shared

  /// @dev An open budget takes what nobody has reserved; any other can't be more than the job has.
  function _spendable(Upkeep storage known) internal view returns (uint256) {
    uint256 credits = keep3r.totalJobCredits(address(this));
    if (known.budget == OPEN_BUDGET) return Math.saturatingSub(credits, reserved);

    return Math.min(known.budget, credits);
  }

  function _reservedBy(uint256 budget) internal pure returns (uint256) {
    return budget == OPEN_BUDGET ? 0 : budget;
  }

  function _known(uint256 id) internal view returns (Upkeep storage known) {
    known = _upkeeps[id];
    if (address(known.forwarder) == address(0)) revert UpkeepUnknown(id);
  }

  function _configure(uint256 id, UpkeepConfig calldata config) private {
    _checkGasLimit(config.gasLimit);
    _checkGasLimit(config.checkGasLimit);
    if (config.interval == 0) revert IntervalZero();

    Upkeep storage known = _upkeeps[id];
    uint256 max = known.checkMode == CheckMode.Offchain ? MAX_DATA : 0;
    if (config.maxPerformData > max) revert MaxPerformDataOutOfBounds(config.maxPerformData, max);

    (known.gasLimit, known.checkGasLimit, known.interval) = (config.gasLimit, config.checkGasLimit, config.interval);
    known.maxPerformData = config.maxPerformData;

    emit UpkeepConfigChange(id, config);
  }

  function _setCheckData(uint256 id, bytes calldata checkData) private {
    _checkLength(checkData.length, MAX_DATA);

    _upkeeps[id].checkData = checkData;

    emit UpkeepCheckDataChange(id, checkData);
  }

  function _checkGasLimit(uint256 gasLimit) private pure {
    if (gasLimit < MIN_GAS_LIMIT || gasLimit > MAX_GAS_LIMIT) {
      revert GasLimitOutOfBounds(gasLimit, MIN_GAS_LIMIT, MAX_GAS_LIMIT);
    }
  }

  function _checkLength(uint256 length, uint256 max) internal pure {
    if (length > max) revert UpkeepDataTooLong(length, max);
  }

  function _checkCode(address account) private view {
    if (account.code.length == 0) revert UpkeepWithoutCode(account);
  }
}
