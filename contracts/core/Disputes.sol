// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IDisputes} from "../interfaces/IDisputes.sol";
import {JobFlags} from "../types/Job.sol";
import {KeeperFlags, PackedKeeper} from "../types/Keeper.sol";
import {TokenCredit} from "../types/TokenCredit.sol";
import {Accounting} from "./Accounting.sol";

/// @title Disputes
/// @notice Freezing, thawing, slashing and revoking
abstract contract Disputes is Accounting {
  /// @inheritdoc IDisputes
  function dispute(address jobOrKeeper) external override onlyDisputer {
    _checkNotZero(jobOrKeeper);
    if (_isJobDisputed(jobOrKeeper)) revert AlreadyDisputed();

    _toggleDispute(jobOrKeeper);

    emit Dispute(jobOrKeeper, msg.sender);
  }

  /// @inheritdoc IDisputes
  function resolve(address jobOrKeeper) external override onlyDisputer {
    _checkDisputed(jobOrKeeper);

    _toggleDispute(jobOrKeeper);

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
    uint256 amount = Math.saturatingAdd(bondAmount, unbondAmount);
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
    PackedKeeper known = _keepers[keeper];
    if (known.flags() & KeeperFlags.BARRED == 0) revert KeeperNotBarred();

    _keepers[keeper] = known.toggled(KeeperFlags.BARRED);

    emit KeeperReinstatement(keeper);
  }

  /// @inheritdoc IDisputes
  function slashTokenFromJob(address job, address token, uint256 amount) external override onlySlasher nonReentrant {
    _checkDisputed(job);
    _checkAmount(amount);
    TokenCredit credit = _jobTokenCredits[job][token];
    if (credit.amount() == 0) revert JobTokenUnexistent();
    if (amount > credit.amount()) revert JobTokenInsufficient();

    _jobTokenCredits[job][token] = credit.reduce(amount);

    emit JobSlashToken(job, token, msg.sender, amount);

    _seize(token, amount);
  }

  /// @inheritdoc IDisputes
  function slashLiquidityFromJob(
    address job,
    address liquidity,
    uint256 amount
  ) external override onlySlasher nonReentrant {
    _slashLiquidity(job, liquidity, _registrations[job].owner, amount);
  }

  /// @inheritdoc IDisputes
  function slashUnbondingLiquidityFromJob(
    address job,
    address liquidity,
    address owner,
    uint256 amount
  ) external override onlySlasher nonReentrant {
    _slashLiquidity(job, liquidity, owner, amount);
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

  /// @dev Takes up to an amount from what a keeper has bonded, from what is being unbonded first.
  function _slashBonds(address keeper, address bonded, uint256 amount) private returns (uint256 slashed) {
    slashed = _slashPending(_pendingUnbonds[keeper][bonded], amount);

    uint256 available = bonds(keeper, bonded);
    uint256 fromBonds = Math.min(amount - slashed, available);
    if (fromBonds != 0) _setBond(keeper, bonded, available - fromBonds);
    slashed += fromBonds;
  }

  /// @dev Takes liquidity from what an owner is unbonding first and, if it is the current owner, from what is bonded.
  function _slashLiquidity(address job, address liquidity, address owner, uint256 amount) private {
    _checkDisputed(job);
    _checkAmount(amount);

    uint256 fromBonded = amount - _slashPending(_jobPendingUnbonds[job][liquidity][owner], amount);
    if (fromBonded != 0) {
      if (owner != _registrations[job].owner) revert JobLiquidityInsufficient();
      _reduceLiquidity(job, liquidity, fromBonded);
    }

    emit JobSlashLiquidity(job, liquidity, msg.sender, amount);

    // From here on it is governance's
    _owed[liquidity] += amount;
    _seize(liquidity, amount);
  }

  /// @dev Marks an address as a job and as a keeper alike.
  function _toggleDispute(address jobOrKeeper) private {
    _jobs[jobOrKeeper] = _jobs[jobOrKeeper].toggled(JobFlags.DISPUTED);
    _keepers[jobOrKeeper] = _keepers[jobOrKeeper].toggled(KeeperFlags.DISPUTED);
  }

  /// @dev Bars a keeper.
  function _delist(address keeperAddress) private {
    PackedKeeper keeper = _keepers[keeperAddress];
    if (keeper.flags() & KeeperFlags.ACTIVE != 0) {
      uint256 place = keeper.place();
      address moved = _removeFromList(_keeperList, place);
      _keepers[moved] = _keepers[moved].withPlace(place);
      keeper = keeper.withPlace(0).toggled(KeeperFlags.ACTIVE);
    }
    _keepers[keeperAddress] = keeper.withFlags(KeeperFlags.BARRED);
  }
}
