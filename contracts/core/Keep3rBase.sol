// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {IParameters} from "../interfaces/IParameters.sol";
import {JobFlags} from "../types/Job.sol";
import {KeeperFlags} from "../types/Keeper.sol";
import {Keep3rStorage} from "./Keep3rStorage.sol";

/// @title Keep3rBase
/// @notice Immutables, guards and modifiers of all modules
abstract contract Keep3rBase is IKeep3r, Keep3rStorage, ReentrancyGuardTransient {
  /// @dev Most kinds of liquidity, and of tokens, a job.
  uint256 internal constant MAX_KINDS = 8;

  /// @inheritdoc IParameters
  address public immutable override keep3rV1;

  /// @dev Reverts with `OnlyJobOwner`
  /// @param job The job, which has to be the caller's
  modifier onlyJobOwner(address job) {
    _checkJobOwner(job);
    _;
  }

  /// @dev Reverts with `OnlySlasher`
  modifier onlySlasher() {
    if (!_slashers[msg.sender]) revert OnlySlasher();
    _;
  }

  /// @dev Reverts with `OnlyDisputer`
  modifier onlyDisputer() {
    if (!_disputers[msg.sender]) revert OnlyDisputer();
    _;
  }

  constructor(address keep3rV1_) {
    if (keep3rV1_.code.length == 0) revert WithoutCode(keep3rV1_);

    keep3rV1 = keep3rV1_;
  }

  /// @inheritdoc IParameters
  function extsload(bytes32 slot) external view override returns (bytes32 value) {
    assembly ("memory-safe") {
      value := sload(slot)
    }
  }

  function _checkJobOwner(address job) internal view {
    if (msg.sender != _registrations[job].owner) revert OnlyJobOwner();
  }

  function _checkRegistered(address job) internal view {
    if (_registrations[job].owner == address(0)) revert JobUnavailable();
  }

  function _checkJobUndisputed(address job) internal view {
    if (_isJobDisputed(job)) revert JobDisputed();
  }

  function _checkKeeperUndisputed(address keeper) internal view {
    if (_keepers[keeper].flags() & KeeperFlags.DISPUTED != 0) revert Disputed();
  }

  /// @dev A dispute marks an address as a job and as a keeper alike.
  function _checkDisputed(address jobOrKeeper) internal view {
    if (!_isJobDisputed(jobOrKeeper)) revert NotDisputed();
  }

  function _isJobDisputed(address job) internal view returns (bool) {
    return _jobs[job].flags() & JobFlags.DISPUTED != 0;
  }

  /// @dev Who is in dispute or barred can neither bond nor be paid.
  function _checkPayable(uint256 flags) internal pure {
    if (flags & (KeeperFlags.DISPUTED | KeeperFlags.BARRED) == 0) return;
    if (flags & KeeperFlags.DISPUTED != 0) revert Disputed();
    revert KeeperBarred();
  }

  function _checkNotZero(address account) internal pure {
    if (account == address(0)) revert ZeroAddress();
  }

  function _checkAmount(uint256 amount) internal pure {
    if (amount == 0) revert ZeroAmount();
  }

  function _checkCode(address account) internal view {
    if (account.code.length == 0) revert WithoutCode(account);
  }

  /// @dev The last second in which what is handed over now is still locked. Timestamps fit uint32 until 2106.
  function _after(uint256 delay) internal view returns (uint32) {
    return uint32(block.timestamp + delay);
  }

  /// @dev One place for all lists: copying takes many bytes of code.
  function _copy(address[] storage list) internal view returns (address[] memory copy) {
    copy = new address[](list.length);
    for (uint256 i; i < copy.length; ++i) {
      copy[i] = list[i];
    }
  }
}
