// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IKeeperBonds} from "../interfaces/IKeeperBonds.sol";
import {KeeperFlags, PackedKeeper} from "../types/Keeper.sol";
import {Pending} from "../types/Types.sol";
import {Accounting} from "./Accounting.sol";

/// @title KeeperBonds
/// @notice Keepers: in, out, and who owns them
abstract contract KeeperBonds is Accounting {
  using SafeCast for uint256;

  /// @inheritdoc IKeeperBonds
  function bond(address bonding, uint256 amount) external override nonReentrant {
    _bond(msg.sender, bonding, amount);
  }

  /// @inheritdoc IKeeperBonds
  function bondFor(address keeper, address bonding, uint256 amount) external override nonReentrant {
    _bond(keeper, bonding, amount);
  }

  /// @inheritdoc IKeeperBonds
  function activate(address bonding) external override nonReentrant {
    _activate(msg.sender, bonding);
  }

  /// @inheritdoc IKeeperBonds
  function activateFor(address keeper, address bonding) external override nonReentrant {
    _activate(keeper, bonding);
  }

  /// @inheritdoc IKeeperBonds
  function unbond(address bonding, uint256 amount) external override {
    _unbond(msg.sender, bonding, amount);
  }

  /// @inheritdoc IKeeperBonds
  function unbondFor(address keeper, address bonding, uint256 amount) external override {
    _unbond(keeper, bonding, amount);
  }

  /// @inheritdoc IKeeperBonds
  function withdraw(address bonding) external override nonReentrant {
    _withdraw(msg.sender, bonding);
  }

  /// @inheritdoc IKeeperBonds
  function withdrawFor(address keeper, address bonding) external override nonReentrant {
    _withdraw(keeper, bonding);
  }

  /// @inheritdoc IKeeperBonds
  function changeKeeperOwnership(address keeper, address newOwner) external override {
    _checkKeeperOwner(keeper);

    _keeperPendingOwners[keeper] = newOwner;

    emit KeeperOwnershipChange(keeper, msg.sender, newOwner);
  }

  /// @inheritdoc IKeeperBonds
  function acceptKeeperOwnership(address keeper) external override {
    if (msg.sender != _keeperPendingOwners[keeper]) revert OnlyPendingKeeperOwner();

    address previousOwner = _keeperOwners[keeper];
    _keeperOwners[keeper] = msg.sender;
    delete _keeperPendingOwners[keeper];

    emit KeeperOwnershipAssent(keeper, previousOwner, msg.sender);
  }

  /// @inheritdoc IKeeperBonds
  function keepers() external view override returns (address[] memory) {
    return _copy(_keeperList);
  }

  /// @inheritdoc IKeeperBonds
  function firstSeen(address keeper) external view override returns (uint256) {
    return _keepers[keeper].firstSeen();
  }

  /// @inheritdoc IKeeperBonds
  function hasBonded(address keeper) external view override returns (bool) {
    return _keepers[keeper].flags() & KeeperFlags.BONDED != 0;
  }

  /// @inheritdoc IKeeperBonds
  function pendingBonds(address keeper, address bonding) external view override returns (uint256) {
    return _pendingBonds[keeper][bonding].amount;
  }

  /// @inheritdoc IKeeperBonds
  function canActivateAfter(address keeper, address bonding) external view override returns (uint256) {
    return _pendingBonds[keeper][bonding].readyAfter;
  }

  /// @inheritdoc IKeeperBonds
  function pendingUnbonds(address keeperOrJob, address unbonding) external view override returns (uint256) {
    return _currentUnbonds(keeperOrJob, unbonding).amount;
  }

  /// @inheritdoc IKeeperBonds
  function canWithdrawAfter(address keeperOrJob, address unbonding) external view override returns (uint256) {
    return _currentUnbonds(keeperOrJob, unbonding).readyAfter;
  }

  function _bond(address keeper, address bonding, uint256 amount) private {
    _checkKeeperOwner(keeper);
    PackedKeeper known = _keepers[keeper];
    _checkPayable(known.flags());
    _checkCode(bonding);

    // Stored before the token is called: in the middle of its transfer the keeper may be paid, unbond or be disputed
    _keepers[keeper] = known.withFlags(KeeperFlags.BONDED);

    uint256 received = amount == 0 ? 0 : _pull(bonding, amount);
    Pending storage pending = _pendingBonds[keeper][bonding];
    _addPending(pending, received, _terms.bondTime);
    // A bond of KP3R is packed tighter: what wouldn't fit is refused now, not when it is activated
    if (bonding == keep3rV1) uint256(pending.amount).toUint88();

    emit Bonding(keeper, bonding, received);
  }

  function _activate(address keeper, address bonding) private {
    _checkKeeperOwner(keeper);
    _checkKeeperUndisputed(keeper);
    Pending memory pending = _pendingBonds[keeper][bonding];
    if (pending.readyAfter == 0) revert BondsUnexistent();
    if (block.timestamp <= pending.readyAfter) revert BondsLocked();

    uint256 amount = pending.amount;
    delete _pendingBonds[keeper][bonding];
    _enlist(keeper);
    _setBond(keeper, bonding, bonds(keeper, bonding) + amount);

    emit Activation(keeper, bonding, amount);

    if (bonding == keep3rV1 && amount != 0) _burnOwed(amount);
  }

  function _unbond(address keeper, address bonding, uint256 amount) private {
    _checkKeeperOwner(keeper);
    _checkAmount(amount);
    uint256 bonded = bonds(keeper, bonding);
    if (amount > bonded) revert BondsInsufficient(bonded, amount);

    _setBond(keeper, bonding, bonded - amount);
    _addPending(_pendingUnbonds[keeper][bonding], amount, _terms.unbondTime);

    emit Unbonding(keeper, bonding, amount);
  }

  function _withdraw(address keeper, address bonding) private {
    _checkKeeperOwner(keeper);
    _checkKeeperUndisputed(keeper);

    uint256 amount = _takePending(_pendingUnbonds[keeper][bonding]);

    emit Withdrawal(keeper, bonding, amount);

    if (bonding == keep3rV1) {
      _mint(msg.sender, amount);
    } else {
      _push(bonding, msg.sender, amount);
    }
  }

  /// @dev For the keeper's owner or, if it has none, the keeper itself.
  function _checkKeeperOwner(address keeper) private view {
    address owner = _keeperOwners[keeper];
    if (msg.sender != (owner == address(0) ? keeper : owner)) revert OnlyKeeperOwner();
  }

  /// @dev Makes an address an active keeper. A revoked one only gets the bonds that it can then unbond.
  function _enlist(address keeperAddress) private {
    PackedKeeper keeper = _keepers[keeperAddress];
    if (keeper.flags() & (KeeperFlags.ACTIVE | KeeperFlags.BARRED) != 0) return;

    _keeperList.push(keeperAddress);
    keeper = keeper.withFlags(KeeperFlags.ACTIVE).withPlace(_keeperList.length);
    if (keeper.firstSeen() == 0) keeper = keeper.withFirstSeen(block.timestamp);
    _keepers[keeperAddress] = keeper;
  }

  function _currentUnbonds(address keeperOrJob, address unbonding) private view returns (Pending storage pending) {
    pending = _pendingUnbonds[keeperOrJob][unbonding];
    if (pending.readyAfter == 0) {
      pending = _jobPendingUnbonds[keeperOrJob][unbonding][_registrations[keeperOrJob].owner];
    }
  }
}
