// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputes} from "../interfaces/IDisputes.sol";
import {Job, JobFlags, Keeper, KeeperFlags, Pending} from "../types/Types.sol";
import {Accounting} from "./Accounting.sol";

/// @title Disputes
/// @notice Freezing, thawing, slashing and revoking
abstract contract Disputes is Accounting {
  /// @inheritdoc IDisputes
  function dispute(address jobOrKeeper) external override onlyDisputer {
    _checkNotZero(jobOrKeeper);
    if (_isJobDisputed(jobOrKeeper)) revert AlreadyDisputed();

    _jobs[jobOrKeeper].flags |= JobFlags.DISPUTED;
    _keepers[jobOrKeeper].flags |= KeeperFlags.DISPUTED;

    emit Dispute(jobOrKeeper, msg.sender);
  }

  /// @inheritdoc IDisputes
  function resolve(address jobOrKeeper) external override onlyDisputer {
    _checkDisputed(jobOrKeeper);

    _jobs[jobOrKeeper].flags &= ~JobFlags.DISPUTED;
    _keepers[jobOrKeeper].flags &= ~KeeperFlags.DISPUTED;

    emit Resolve(jobOrKeeper, msg.sender);
  }

  /// @inheritdoc IDisputes
  function slash(
    address keeper,
    address bonded,
    uint256 bondAmount,
    uint256 unbondAmount
  ) external override onlySlasher nonReentrant {
    _checkDisputed(keeper);
    uint256 amount = bondAmount + unbondAmount;
    _checkAmount(amount);

    uint256 slashed = _slashBonds(keeper, bonded, amount);
    if (slashed == 0) revert BondsUnexistent();

    emit KeeperSlash(keeper, msg.sender, slashed);

    if (bonded != keep3rV1) _seize(bonded, slashed);
  }

  /// @inheritdoc IDisputes
  function revoke(address keeper) external override onlySlasher nonReentrant {
    _checkDisputed(keeper);

    _delist(keeper);
    uint256 slashed = _slashBonds(keeper, keep3rV1, type(uint256).max);
    uint256 handedIn = _pendingBonds[keeper][keep3rV1].amount;
    delete _pendingBonds[keeper][keep3rV1];

    emit KeeperSlash(keeper, msg.sender, slashed + handedIn);
    emit KeeperRevoke(keeper, msg.sender);

    if (handedIn != 0) _burnOwed(handedIn);
  }

  /// @inheritdoc IDisputes
  function reinstate(address keeper) external override onlyGovernance {
    uint16 flags = _keepers[keeper].flags;
    if (flags & KeeperFlags.BARRED == 0) revert KeeperNotBarred();

    _keepers[keeper].flags = flags & ~KeeperFlags.BARRED;

    emit KeeperReinstatement(keeper);
  }

  /// @inheritdoc IDisputes
  function slashTokenFromJob(address job, address token, uint256 amount) external override onlySlasher nonReentrant {
    _checkDisputed(job);
    _checkAmount(amount);
    uint256 credits = _jobTokenCredits[job][token];
    if (credits == 0) revert JobTokenUnexistent();
    if (amount > credits) revert JobTokenInsufficient();

    _jobTokenCredits[job][token] = credits - amount;

    emit JobSlashToken(job, token, msg.sender, amount);

    _seize(token, amount);
  }

  /// @inheritdoc IDisputes
  function slashLiquidityFromJob(
    address job,
    address liquidity,
    uint256 amount
  ) external override onlySlasher nonReentrant {
    _checkDisputed(job);
    _checkAmount(amount);
    Job memory settled = _settle(job);
    uint256 index = _findPosition(job, liquidity, settled.liquidityCount);
    Pending storage pending = _jobPendingUnbonds[job][liquidity][_registrations[job].owner];
    uint256 bonded = _positions[job][index].amount;
    uint256 available = bonded + pending.amount;
    if (available == 0) revert JobLiquidityUnexistent();
    if (amount > available) revert JobLiquidityInsufficient();

    uint256 fromBonded = amount - _slashPending(pending, amount);
    if (fromBonded != 0) {
      _reducePosition(job, settled, index, fromBonded);
      _storeJob(job, settled);
    }

    emit JobSlashLiquidity(job, liquidity, msg.sender, amount);

    _seize(liquidity, amount);
  }

  /// @inheritdoc IDisputes
  function slashPendingLiquidityFromJob(
    address job,
    address liquidity,
    address owner,
    uint256 amount
  ) external override onlySlasher nonReentrant {
    _checkDisputed(job);
    _checkAmount(amount);
    if (_slashPending(_jobPendingUnbonds[job][liquidity][owner], amount) != amount) revert JobLiquidityInsufficient();

    emit JobSlashLiquidity(job, liquidity, msg.sender, amount);

    _seize(liquidity, amount);
  }

  /// @inheritdoc IDisputes
  function withdrawSlashHeld(address token, address receiver) external override onlyGovernance nonReentrant {
    _checkNotZero(receiver);
    uint256 amount = _slashHeld[token];
    _checkAmount(amount);

    delete _slashHeld[token];

    emit SlashHeldWithdrawal(token, receiver, amount);

    _push(token, receiver, amount);
  }

  /// @inheritdoc IDisputes
  function disputes(address jobOrKeeper) external view override returns (bool) {
    return _isJobDisputed(jobOrKeeper);
  }

  /// @inheritdoc IDisputes
  function slashHeld(address token) external view override returns (uint256) {
    return _slashHeld[token];
  }

  /// @dev Takes up to an amount from what a keeper has bonded, from what is being unbonded first.
  function _slashBonds(address keeper, address bonded, uint256 amount) private returns (uint256 slashed) {
    slashed = _slashPending(_pendingUnbonds[keeper][bonded], amount);

    uint256 available = bonds(keeper, bonded);
    uint256 fromBonds = amount - slashed < available ? amount - slashed : available;
    if (fromBonds != 0) _setBond(keeper, bonded, available - fromBonds);
    slashed += fromBonds;
  }

  /// @dev Bars a keeper.
  function _delist(address keeperAddress) private {
    Keeper storage keeper = _keepers[keeperAddress];
    uint32 place = keeper.place;
    if (place != 0) _keepers[_removeFromList(_keeperList, place)].place = place;
    keeper.place = 0;
    keeper.flags = (keeper.flags & ~KeeperFlags.ACTIVE) | KeeperFlags.BARRED;
  }
}
