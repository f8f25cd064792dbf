// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ParameterBounds} from "../governance/ParameterBounds.sol";
import {IParameters} from "../interfaces/IParameters.sol";
import {Terms} from "../types/Types.sol";
import {WorkConfig} from "../types/WorkConfig.sol";
import {PaymentMath} from "../libraries/PaymentMath.sol";
import {Accounting} from "./Accounting.sol";

/// @title Parameters
/// @notice What governance can tune, within bounds
abstract contract Parameters is ParameterBounds, Accounting {
  uint256 private constant MAX_BOND_TIME = 90 days;
  uint256 private constant MIN_UNBOND_TIME = 1 days;
  uint256 private constant MAX_UNBOND_TIME = 90 days;
  uint256 private constant MAX_LIQUIDITY_MINIMUM = 1_000e18;
  uint256 private constant MIN_REWARD_PERIOD = 1 days;
  uint256 private constant MAX_REWARD_PERIOD = 30 days;
  uint256 private constant MAX_INFLATION_PERIOD = 365 days;
  uint256 private constant MAX_FEE = PaymentMath.BPS / 10;
  uint256 private constant MIN_GAS_PER_WORK = 1_000_000;
  uint256 private constant MAX_GAS_PER_WORK = 16_000_000;

  constructor(address keep3rV1Proxy_) {
    _setKeep3rV1Proxy(keep3rV1Proxy_);

    _terms = Terms({bondTime: 3 days, unbondTime: 14 days, liquidityMinimum: 3e18, fee: 30});
    _config = WorkConfig.wrap(0).withMaxGasPerWork(10_000_000).withRewardPeriodTime(5 days).withInflationPeriod(
      34 days
    );
  }

  // Every narrowing cast below is covered by the bound that is checked before it

  /// @inheritdoc IParameters
  function setKeep3rHelper(address keep3rHelper_) external override onlyGovernance {
    _checkCode(keep3rHelper_);

    _config = _config.withHelper(keep3rHelper_);

    emit Keep3rHelperChange(keep3rHelper_);
  }

  /// @inheritdoc IParameters
  function setKeep3rV1Proxy(address keep3rV1Proxy_) external override onlyGovernance {
    _setKeep3rV1Proxy(keep3rV1Proxy_);
  }

  /// @inheritdoc IParameters
  function setBondTime(uint256 bondTime_) external override onlyGovernance {
    _checkBounds(bondTime_, 0, MAX_BOND_TIME);

    _terms.bondTime = uint32(bondTime_);

    emit BondTimeChange(bondTime_);
  }

  /// @inheritdoc IParameters
  function setUnbondTime(uint256 unbondTime_) external override onlyGovernance {
    _checkBounds(unbondTime_, MIN_UNBOND_TIME, MAX_UNBOND_TIME);

    _terms.unbondTime = uint32(unbondTime_);

    emit UnbondTimeChange(unbondTime_);
  }

  /// @inheritdoc IParameters
  function setLiquidityMinimum(uint256 liquidityMinimum_) external override onlyGovernance {
    _checkBounds(liquidityMinimum_, 0, MAX_LIQUIDITY_MINIMUM);

    _terms.liquidityMinimum = uint88(liquidityMinimum_);

    emit LiquidityMinimumChange(liquidityMinimum_);
  }

  /// @inheritdoc IParameters
  function setRewardPeriodTime(uint256 rewardPeriodTime_) external override onlyGovernance {
    WorkConfig config = _config;
    if (rewardPeriodTime_ < MIN_REWARD_PERIOD) revert MinRewardPeriod();
    _checkBounds(rewardPeriodTime_, MIN_REWARD_PERIOD, Math.min(config.inflationPeriod(), MAX_REWARD_PERIOD));

    _config = config.withRewardPeriodTime(rewardPeriodTime_);
    _markLiquiditiesChanged();

    emit RewardPeriodTimeChange(rewardPeriodTime_);
  }

  /// @inheritdoc IParameters
  function setInflationPeriod(uint256 inflationPeriod_) external override onlyGovernance {
    WorkConfig config = _config;
    _checkBounds(inflationPeriod_, config.rewardPeriodTime(), MAX_INFLATION_PERIOD);

    _config = config.withInflationPeriod(inflationPeriod_);

    emit InflationPeriodChange(inflationPeriod_);
  }

  /// @inheritdoc IParameters
  function setFee(uint256 fee_) external override onlyGovernance {
    _checkBounds(fee_, 0, MAX_FEE);

    _terms.fee = uint16(fee_);

    emit FeeChange(fee_);
  }

  /// @inheritdoc IParameters
  function setMaxGasPerWork(uint256 maxGasPerWork_) external override onlyGovernance {
    _checkBounds(maxGasPerWork_, MIN_GAS_PER_WORK, MAX_GAS_PER_WORK);

    _config = _config.withMaxGasPerWork(maxGasPerWork_);

    emit MaxGasPerWorkChange(maxGasPerWork_);
  }

  /// @inheritdoc IParameters
  function keep3rV1Proxy() external view override returns (address) {
    return _keep3rV1Proxy;
  }

  /// @inheritdoc IParameters
  function keep3rHelper() external view override returns (address) {
    return _config.helper();
  }

  /// @inheritdoc IParameters
  function bondTime() external view override returns (uint256) {
    return _terms.bondTime;
  }

  /// @inheritdoc IParameters
  function unbondTime() external view override returns (uint256) {
    return _terms.unbondTime;
  }

  /// @inheritdoc IParameters
  function liquidityMinimum() external view override returns (uint256) {
    return _terms.liquidityMinimum;
  }

  /// @inheritdoc IParameters
  function rewardPeriodTime() external view override returns (uint256) {
    return _config.rewardPeriodTime();
  }

  /// @inheritdoc IParameters
  function inflationPeriod() external view override returns (uint256) {
    return _config.inflationPeriod();
  }

  /// @inheritdoc IParameters
  function fee() external view override returns (uint256) {
    return _terms.fee;
  }

  /// @inheritdoc IParameters
  function maxGasPerWork() external view override returns (uint256) {
    return _config.maxGasPerWork();
  }

  function _setKeep3rV1Proxy(address keep3rV1Proxy_) private {
    _checkCode(keep3rV1Proxy_);

    _keep3rV1Proxy = keep3rV1Proxy_;

    emit Keep3rV1ProxyChange(keep3rV1Proxy_);
  }
}
