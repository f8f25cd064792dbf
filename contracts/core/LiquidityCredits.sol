// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IKeep3rPricing} from "../interfaces/IKeep3rPricing.sol";
import {ILiquidityCredits} from "../interfaces/ILiquidityCredits.sol";
import {CreditMath} from "../libraries/CreditMath.sol";
import {Job, PackedJob} from "../types/Job.sol";
import {Position} from "../types/Position.sol";
import {Liquidity} from "../types/Types.sol";
import {WorkConfig} from "../types/WorkConfig.sol";
import {Accounting} from "./Accounting.sol";

/// @title LiquidityCredits
/// @notice LP tokens that mine credits for a job: in and out
abstract contract LiquidityCredits is Accounting {
  using SafeCast for uint256;
  using SafeERC20 for IERC20;

  /// @inheritdoc ILiquidityCredits
  function approveLiquidity(address liquidity) external override onlyGovernance {
    if (_liquidities[liquidity].place != 0) revert LiquidityPairApproved();
    address helper = _config.helper();
    _checkNotZero(helper);
    IKeep3rPricing(helper).checkLiquidity(liquidity);

    _approvedLiquidities.push(liquidity);
    // Governance approves a few
    _liquidities[liquidity].place = uint32(_approvedLiquidities.length);
    _markLiquiditiesChanged();

    emit LiquidityApproval(liquidity);
  }

  /// @inheritdoc ILiquidityCredits
  function revokeLiquidity(address liquidity) external override onlyGovernance {
    uint32 place = _liquidities[liquidity].place;
    if (place == 0) revert LiquidityPairUnexistent();

    _liquidities[_removeFromList(_approvedLiquidities, place)].place = place;
    _liquidities[liquidity].place = 0;
    _markLiquiditiesChanged();

    emit LiquidityRevocation(liquidity);
  }

  /// @inheritdoc ILiquidityCredits
  function forceLiquidityCreditsToJob(address job, uint256 amount) external override onlyGovernance {
    _checkRegistered(job);
    _checkAmount(amount);

    Job memory settled = _settled(job, _config).unpack();
    settled.credits += amount;
    _jobs[job] = settled.pack();

    emit LiquidityCreditsForced(job, block.timestamp, settled.credits);
  }

  /// @inheritdoc ILiquidityCredits
  function settle(address job) external override {
    _checkRegistered(job);

    _jobs[job] = _settled(job, _config);

    for (uint256 i; i < _registrations[job].tokenCount; ++i) {
      _book(job, _jobTokens[job][i]);
    }
  }

  /// @inheritdoc ILiquidityCredits
  function addLiquidityToJob(address job, address liquidity, uint256 amount) external override nonReentrant {
    if (_liquidities[liquidity].place == 0) revert LiquidityPairUnapproved();
    _checkRegistered(job);
    _checkAmount(amount);

    WorkConfig config = _config;
    Job memory settled = _settled(job, config).unpack();
    // Impatient, since anybody may have brought a failure about a moment ago
    (uint256 price, bool current) = _updatedPrice(liquidity, config, true);
    if (!current) revert LiquidityUnpriced(liquidity);

    (bool added, uint256 bonded) = _addPosition(job, settled, liquidity, amount, true);
    if (added) _checkJobOwner(job);
    // A stranger's wei mustn't be what is left below the minimum when the owner unbonds the rest
    _checkMinimum(msg.sender == _registrations[job].owner ? bonded : amount, price);

    settled.value = _valueOf(job, settled.liquidityCount);
    _jobs[job] = settled.pack();

    emit LiquidityAddition(job, liquidity, msg.sender, amount);

    uint256 received = _take(liquidity, amount);
    if (received != amount) revert LiquidityNotReceived(received, amount);
  }

  /// @inheritdoc ILiquidityCredits
  function unbondLiquidityFromJob(address job, address liquidity, uint256 amount) external override onlyJobOwner(job) {
    _checkAmount(amount);
    if (amount == type(uint256).max) amount = liquidityAmount(job, liquidity);

    Position position = _reduceLiquidity(job, liquidity, amount);
    if (position.mining() && position.amount() != 0) _checkMinimum(position.amount(), _liquidities[liquidity].price);
    _unbondLiquidity(job, liquidity, msg.sender, amount);
  }

  /// @inheritdoc ILiquidityCredits
  function withdrawLiquidityFromJob(address job, address liquidity, address receiver) external override nonReentrant {
    _checkNotZero(receiver);
    _checkJobUndisputed(job);

    uint256 amount = _takePending(_jobPendingUnbonds[job][liquidity][msg.sender]);

    emit LiquidityWithdrawal(job, liquidity, receiver, amount);

    IERC20(liquidity).safeTransfer(receiver, amount);
  }

  /// @inheritdoc ILiquidityCredits
  function approvedLiquidities() external view override returns (address[] memory) {
    return _copy(_approvedLiquidities);
  }

  /// @inheritdoc ILiquidityCredits
  function liquidityAmount(address job, address liquidity) public view override returns (uint256) {
    // Beyond the last position there is an empty one
    return _positions[job][_findPosition(job, liquidity, _jobs[job].liquidityCount())].amount();
  }

  /// @inheritdoc ILiquidityCredits
  function jobLiquidityCredits(address job) external view override returns (uint256) {
    return _jobs[job].credits();
  }

  /// @inheritdoc ILiquidityCredits
  function jobPeriodCredits(address job) external view override returns (uint256) {
    return _cap(_jobs[job].value(), _config);
  }

  /// @inheritdoc ILiquidityCredits
  function totalJobCredits(address job) external view override returns (uint256) {
    PackedJob stored = _jobs[job];
    return _accrued(stored, stored.accruedAt(), _config);
  }

  /// @inheritdoc ILiquidityCredits
  function rewardedAt(address job) external view override returns (uint256) {
    return _jobs[job].accruedAt();
  }

  /// @inheritdoc ILiquidityCredits
  function quoteLiquidity(address liquidity, uint256 amount) external view override returns (uint256) {
    Liquidity storage stored = _liquidities[liquidity];
    if (stored.place == 0) return 0;

    WorkConfig config = _config;
    uint256 price = stored.price;
    if (!_isCurrent(stored, config)) price = _nextPrice(liquidity, price, config.helper());
    // No job can hold more, and CreditMath checks nothing
    return _cap(CreditMath.worth(amount.toUint88(), price), config);
  }

  function _checkMinimum(uint256 amount, uint256 price) private view {
    if (CreditMath.worth(amount, price) < _terms.liquidityMinimum) revert JobLiquidityLessThanMin();
  }
}
