// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IKeep3rPricing} from "../interfaces/IKeep3rPricing.sol";
import {ILiquidityCredits} from "../interfaces/ILiquidityCredits.sol";
import {CreditMath} from "../libraries/CreditMath.sol";
import {Job, Liquidity, Pending, Position, WorkConfig} from "../types/Types.sol";
import {Accounting} from "./Accounting.sol";

/// @title LiquidityCredits
/// @notice LP tokens that mine credits for a job: in and out
abstract contract LiquidityCredits is Accounting {
  using EnumerableSet for EnumerableSet.AddressSet;
  using SafeCast for uint256;

  /// @inheritdoc ILiquidityCredits
  function approveLiquidity(address liquidity) external override onlyGovernance {
    if (!_approvedLiquidities.add(liquidity)) revert LiquidityPairApproved();
    _checkCode(_config.helper);
    IKeep3rPricing(_config.helper).checkLiquidity(liquidity);

    _liquidities[liquidity].approved = true;
    _markLiquiditiesChanged();

    emit LiquidityApproval(liquidity);
  }

  /// @inheritdoc ILiquidityCredits
  function revokeLiquidity(address liquidity) external override onlyGovernance {
    if (!_approvedLiquidities.remove(liquidity)) revert LiquidityPairUnexistent();

    _liquidities[liquidity].approved = false;
    _markLiquiditiesChanged();

    emit LiquidityRevocation(liquidity);
  }

  /// @inheritdoc ILiquidityCredits
  function forceLiquidityCreditsToJob(address job, uint256 amount) external override onlyGovernance {
    _checkRegistered(job);
    _checkAmount(amount);

    Job memory settled = _settle(job);
    settled.credits = (settled.credits + amount).toUint88();
    _storeJob(job, settled);

    emit LiquidityCreditsForced(job, block.timestamp, settled.credits);
  }

  /// @inheritdoc ILiquidityCredits
  function settle(address job) external override {
    _checkRegistered(job);

    _storeJob(job, _settle(job));
  }

  /// @inheritdoc ILiquidityCredits
  function addLiquidityToJob(address job, address liquidity, uint256 amount) external override nonReentrant {
    if (!_liquidities[liquidity].approved) revert LiquidityPairUnapproved();
    _checkRegistered(job);
    _checkAmount(amount);

    Job memory settled = _settle(job);
    (uint256 price, ) = _updatedPrice(liquidity, _config);
    if (price == 0) revert LiquidityUnpriced(liquidity);

    (bool added, uint256 bonded) = _addPosition(job, settled, liquidity, amount, true);
    if (added) _checkJobOwner(job);
    _checkMinimum(bonded, price);

    settled.value = _valueOf(job, settled.liquidityCount);
    _storeJob(job, settled);

    emit LiquidityAddition(job, liquidity, msg.sender, amount);
    _emitReward(job, settled, _config);

    _pull(liquidity, amount);
  }

  /// @inheritdoc ILiquidityCredits
  function unbondLiquidityFromJob(
    address job,
    address liquidity,
    uint256 amount
  ) external override onlyJobOwner(job) {
    _checkAmount(amount);

    Job memory settled = _settle(job);
    uint256 index = _findPosition(job, liquidity, settled.liquidityCount);
    if (amount > _positions[job][index].amount) revert JobLiquidityInsufficient();

    Position memory position = _reducePosition(job, settled, index, amount);
    if (position.mining && position.amount != 0) _checkMinimum(position.amount, _liquidities[liquidity].price);
    _storeJob(job, settled);
    _unbondLiquidity(job, liquidity, msg.sender, amount);
  }

  /// @inheritdoc ILiquidityCredits
  function withdrawLiquidityFromJob(address job, address liquidity, address receiver) external override nonReentrant {
    _checkNotZero(receiver);
    _checkJobUndisputed(job);

    uint256 amount = _takePending(_jobPendingUnbonds[job][liquidity][msg.sender]);

    emit LiquidityWithdrawal(job, liquidity, receiver, amount);

    _push(liquidity, receiver, amount);
  }

  /// @inheritdoc ILiquidityCredits
  function approvedLiquidities() external view override returns (address[] memory) {
    return _approvedLiquidities.values();
  }

  /// @inheritdoc ILiquidityCredits
  function liquidityPrice(address liquidity) external view override returns (Liquidity memory) {
    return _liquidities[liquidity];
  }

  /// @inheritdoc ILiquidityCredits
  function liquidityAmount(address job, address liquidity) external view override returns (uint256) {
    // Beyond the last position there is an empty one
    return _positions[job][_findPosition(job, liquidity, _jobs[job].liquidityCount)].amount;
  }

  /// @inheritdoc ILiquidityCredits
  function jobLiquidities(address job) external view override returns (address[] memory list) {
    list = new address[](_jobs[job].liquidityCount);
    for (uint256 i; i < list.length; ++i) {
      list[i] = _positions[job][i].liquidity;
    }
  }

  /// @inheritdoc ILiquidityCredits
  function jobPendingUnbonds(
    address job,
    address liquidity,
    address owner
  ) external view override returns (uint256, uint256) {
    Pending storage pending = _jobPendingUnbonds[job][liquidity][owner];
    return (pending.amount, pending.readyAfter);
  }

  /// @inheritdoc ILiquidityCredits
  function jobLiquidityCredits(address job) external view override returns (uint256) {
    return _jobs[job].credits;
  }

  /// @inheritdoc ILiquidityCredits
  function jobPeriodCredits(address job) external view override returns (uint256) {
    return CreditMath.periodCredits(_jobs[job].value, _config.rewardPeriodTime, _config.inflationPeriod);
  }

  /// @inheritdoc ILiquidityCredits
  function jobLiquidityValue(address job) external view override returns (uint256) {
    return _jobs[job].value;
  }

  /// @inheritdoc ILiquidityCredits
  function totalJobCredits(address job) external view override returns (uint256) {
    Job memory stored = _jobs[job];
    return
      CreditMath.accrue(
        stored.credits,
        stored.value,
        block.timestamp - stored.accruedAt,
        _config.rewardPeriodTime,
        _config.inflationPeriod
      );
  }

  /// @inheritdoc ILiquidityCredits
  function rewardedAt(address job) external view override returns (uint256) {
    return _jobs[job].accruedAt;
  }

  /// @inheritdoc ILiquidityCredits
  function quoteLiquidity(address liquidity, uint256 amount) external view override returns (uint256) {
    Liquidity memory stored = _liquidities[liquidity];
    if (!stored.approved) return 0;

    WorkConfig memory config = _config;
    uint256 price = stored.price;
    if (!_isCurrent(stored, config.rewardPeriodTime)) {
      try IKeep3rPricing(config.helper).quoteLiquidity(liquidity) returns (uint256 quoted) {
        if (quoted != 0) price = _boundedPrice(price, quoted);
      } catch {
        // The last price stays in force
      }
    }
    return CreditMath.periodCredits(CreditMath.worth(amount, price), config.rewardPeriodTime, config.inflationPeriod);
  }

  function _checkMinimum(uint256 amount, uint256 price) private view {
    if (CreditMath.worth(amount, price) < _terms.liquidityMinimum) revert JobLiquidityLessThanMin();
  }
}
