// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputes} from "../../../contracts/interfaces/IDisputes.sol";
import {IKeeperBonds} from "../../../contracts/interfaces/IKeeperBonds.sol";
import {IParameters} from "../../../contracts/interfaces/IParameters.sol";
import {TokenModel} from "./TokenModel.sol";

/// @notice Keepers' bonds as they are documented. Every function takes who calls it first, and reverts as Keep3r does.
abstract contract KeeperModel is TokenModel {
  struct Pending {
    uint256 amount;
    uint256 readyAfter;
  }

  struct Keeper {
    address owner;
    address pendingOwner;
    bool active;
    bool barred;
    uint256 earned;
  }

  uint256 public bondTime = 3 days;
  uint256 public unbondTime = 14 days;

  mapping(address keeper => Keeper) public keepers;
  mapping(address keeper => mapping(address token => uint256)) public bonds;
  mapping(address keeper => mapping(address token => Pending)) public pendingBonds;
  mapping(address keeper => mapping(address token => Pending)) public pendingUnbonds;
  mapping(address jobOrKeeper => bool) public disputed;

  // KP3R of all keepers, since the beginning
  uint256 public activated;
  uint256 public rewarded;
  uint256 public slashed;
  uint256 public withdrawn;
  /// @dev Handed in by a keeper that was revoked before it activated.
  uint256 public forfeited;

  function setBondTime(uint256 bondTime_) external {
    _checkBounds(bondTime_, 0, 90 days);
    bondTime = bondTime_;
  }

  function setUnbondTime(uint256 unbondTime_) external {
    _checkBounds(unbondTime_, 1 days, 90 days);
    unbondTime = unbondTime_;
  }

  function bond(address caller, address keeper, address token, uint256 amount) external {
    _checkOwner(caller, keeper);
    _checkPayable(keeper);

    pendingBonds[keeper][token].amount += amount == 0 ? 0 : _pull(caller, token, amount);
    pendingBonds[keeper][token].readyAfter = block.timestamp + bondTime;
  }

  function activate(address caller, address keeper, address token) external {
    _checkOwner(caller, keeper);
    if (disputed[keeper]) revert IDisputes.Disputed();
    Pending memory pending = pendingBonds[keeper][token];
    if (pending.readyAfter == 0) revert IKeeperBonds.BondsUnexistent();
    if (block.timestamp <= pending.readyAfter) revert IKeeperBonds.BondsLocked();

    delete pendingBonds[keeper][token];
    bonds[keeper][token] += pending.amount;
    if (!keepers[keeper].barred) keepers[keeper].active = true;
    if (token == kp3r) {
      activated += pending.amount;
      _burn(pending.amount);
    }
  }

  function unbond(address caller, address keeper, address token, uint256 amount) external {
    _checkOwner(caller, keeper);
    if (amount == 0) revert IParameters.ZeroAmount();
    uint256 bonded = bonds[keeper][token];
    if (amount > bonded) revert IKeeperBonds.BondsInsufficient(bonded, amount);

    bonds[keeper][token] = bonded - amount;
    pendingUnbonds[keeper][token].amount += amount;
    pendingUnbonds[keeper][token].readyAfter = block.timestamp + unbondTime;
  }

  function withdraw(address caller, address keeper, address token) external {
    _checkOwner(caller, keeper);
    if (disputed[keeper]) revert IDisputes.Disputed();

    uint256 amount = _take(pendingUnbonds[keeper][token]);
    if (token == kp3r) {
      withdrawn += amount;
      _mint(caller, amount);
    } else {
      _push(token, caller, amount);
    }
  }

  function changeKeeperOwnership(address caller, address keeper, address newOwner) external {
    _checkOwner(caller, keeper);

    keepers[keeper].pendingOwner = newOwner;
  }

  function acceptKeeperOwnership(address caller, address keeper) external {
    if (caller != keepers[keeper].pendingOwner) revert IKeeperBonds.OnlyPendingKeeperOwner();

    keepers[keeper].owner = caller;
    keepers[keeper].pendingOwner = address(0);
  }

  function dispute(address jobOrKeeper) external {
    if (disputed[jobOrKeeper]) revert IDisputes.AlreadyDisputed();

    disputed[jobOrKeeper] = true;
  }

  function resolve(address jobOrKeeper) external {
    _checkDisputed(jobOrKeeper);

    disputed[jobOrKeeper] = false;
  }

  function slash(address keeper, address token, uint256 bondAmount, uint256 unbondAmount) external {
    _checkDisputed(keeper);
    if (bondAmount + unbondAmount == 0) revert IParameters.ZeroAmount();

    uint256 amount = _slashBonds(keeper, token, bondAmount + unbondAmount);
    if (amount == 0) revert IKeeperBonds.BondsUnexistent();
    if (token != kp3r) _seize(token, amount);
  }

  function revoke(address keeper) external {
    _checkDisputed(keeper);

    keepers[keeper].active = false;
    keepers[keeper].barred = true;
    _slashBonds(keeper, kp3r, type(uint256).max);
    uint256 handedIn = pendingBonds[keeper][kp3r].amount;
    delete pendingBonds[keeper][kp3r];
    forfeited += handedIn;
    _burn(handedIn);
  }

  function reinstate(address keeper) external {
    if (!keepers[keeper].barred) revert IDisputes.KeeperNotBarred();

    keepers[keeper].barred = false;
  }

  function ownerOf(address keeper) public view returns (address) {
    address owner = keepers[keeper].owner;
    return owner == address(0) ? keeper : owner;
  }

  function _reward(address keeper, uint256 payment) internal {
    bonds[keeper][kp3r] += payment;
    keepers[keeper].earned += payment;
    rewarded += payment;
  }

  function _take(Pending storage pending) internal returns (uint256 amount) {
    if (pending.readyAfter == 0) revert IKeeperBonds.UnbondsUnexistent();
    if (block.timestamp <= pending.readyAfter) revert IKeeperBonds.UnbondsLocked();

    amount = pending.amount;
    (pending.amount, pending.readyAfter) = (0, 0);
  }

  function _slashPending(Pending storage pending, uint256 amount) internal returns (uint256 taken) {
    taken = amount < pending.amount ? amount : pending.amount;
    pending.amount -= taken;
    if (pending.amount == 0) pending.readyAfter = 0;
  }

  function _checkDisputed(address jobOrKeeper) internal view {
    if (!disputed[jobOrKeeper]) revert IDisputes.NotDisputed();
  }

  function _checkPayable(address keeper) internal view {
    if (disputed[keeper]) revert IDisputes.Disputed();
    if (keepers[keeper].barred) revert IKeeperBonds.KeeperBarred();
  }

  function _slashBonds(address keeper, address token, uint256 amount) private returns (uint256 taken) {
    taken = _slashPending(pendingUnbonds[keeper][token], amount);
    uint256 fromBonds = amount - taken < bonds[keeper][token] ? amount - taken : bonds[keeper][token];
    bonds[keeper][token] -= fromBonds;
    taken += fromBonds;
    if (token == kp3r) slashed += taken;
  }

  function _checkOwner(address caller, address keeper) private view {
    if (caller != ownerOf(keeper)) revert IKeeperBonds.OnlyKeeperOwner();
  }
}
