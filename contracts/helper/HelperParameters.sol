// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Governable} from "../governance/Governable.sol";
import {ParameterBounds} from "../governance/ParameterBounds.sol";
import {IHelperParameters} from "../interfaces/IHelperParameters.sol";
import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {PaymentMath} from "../libraries/PaymentMath.sol";
import {CachedQuote, QuoteTerms, RewardTerms} from "../types/HelperTypes.sol";

/// @title HelperParameters
/// @notice The helper's storage, and what governance can tune of it
abstract contract HelperParameters is IHelperParameters, ParameterBounds, Governable {
  uint256 private constant LOWEST_BOOST = PaymentMath.BPS;
  uint256 private constant HIGHEST_BOOST = 5 * PaymentMath.BPS;
  uint256 private constant LOWEST_CEILING = PaymentMath.BPS;
  uint256 private constant HIGHEST_CEILING = 5 * PaymentMath.BPS;
  uint256 private constant HIGHEST_MIN_PRIORITY_FEE = 10 gwei;
  uint256 private constant HIGHEST_WORK_GAS = 100_000;
  uint256 private constant LOWEST_TWAP_TIME = 30 minutes;
  uint256 private constant HIGHEST_TWAP_TIME = 1 days;
  uint256 private constant HIGHEST_LIFETIME = 1 hours;
  /// @dev Not below the highest lifetime, so that a quote is due for a refresh before it is too old.
  uint256 private constant LOWEST_MAX_QUOTE_AGE = 1 hours;
  uint256 private constant HIGHEST_MAX_QUOTE_AGE = 7 days;
  uint256 private constant LOWEST_FEED_AGE = 10 minutes;
  uint256 private constant HIGHEST_FEED_AGE = 1 days;

  /// @dev The gas that the meter can't see, before it is calibrated.
  uint24 private constant FIRST_WORK_GAS = 33_200;
  uint24 private constant LATER_WORK_GAS = 8_500;

  address internal immutable _kp3r;

  RewardTerms internal _rewardTerms = RewardTerms({
    minBoost: 11_000,
    maxBoost: 12_000,
    targetBond: 200e18,
    gasPriceCeiling: 20_000,
    minPriorityFee: 1 gwei,
    firstWorkGas: FIRST_WORK_GAS,
    laterWorkGas: LATER_WORK_GAS
  });

  CachedQuote internal _cachedQuote;

  QuoteTerms internal _quoteTerms = QuoteTerms({
    fastGasFeed: address(0),
    fastGasMaxAge: 3 hours,
    quoteTwapTime: 4 hours,
    quoteLifetime: 10 minutes,
    maxQuoteAge: 1 days
  });

  /// @inheritdoc IHelperParameters
  uint256 public override bootstrapKp3rPerEth = 10e18;

  /// @inheritdoc IHelperParameters
  IKeep3r public override keep3rV2;

  constructor(IKeep3r keep3rV2_) {
    _kp3r = keep3rV2_.keep3rV1();
    keep3rV2 = keep3rV2_;

    emit Keep3rV2Change(keep3rV2_);
  }

  // Every narrowing cast below is covered by the bound that is checked before it

  /// @inheritdoc IHelperParameters
  function setKeep3rV2(IKeep3r keep3rV2_) external override onlyGovernance {
    _checkCode(address(keep3rV2_));
    _checkToken(address(keep3rV2_), keep3rV2_.keep3rV1());

    keep3rV2 = keep3rV2_;

    emit Keep3rV2Change(keep3rV2_);
  }

  /// @inheritdoc IHelperParameters
  function setMinBoost(uint256 minBoost_) external override onlyGovernance {
    _checkBounds(minBoost_, LOWEST_BOOST, _rewardTerms.maxBoost);

    _rewardTerms.minBoost = uint16(minBoost_);

    emit MinBoostChange(minBoost_);
  }

  /// @inheritdoc IHelperParameters
  function setMaxBoost(uint256 maxBoost_) external override onlyGovernance {
    _checkBounds(maxBoost_, _rewardTerms.minBoost, HIGHEST_BOOST);

    _rewardTerms.maxBoost = uint16(maxBoost_);

    emit MaxBoostChange(maxBoost_);
  }

  /// @inheritdoc IHelperParameters
  function setTargetBond(uint256 targetBond_) external override onlyGovernance {
    _checkBounds(targetBond_, 1, type(uint88).max);

    _rewardTerms.targetBond = uint88(targetBond_);

    emit TargetBondChange(targetBond_);
  }

  /// @inheritdoc IHelperParameters
  function setGasPriceCeiling(uint256 gasPriceCeiling_) external override onlyGovernance {
    _checkBounds(gasPriceCeiling_, LOWEST_CEILING, HIGHEST_CEILING);

    _rewardTerms.gasPriceCeiling = uint16(gasPriceCeiling_);

    emit GasPriceCeilingChange(gasPriceCeiling_);
  }

  /// @inheritdoc IHelperParameters
  function setMinPriorityFee(uint256 minPriorityFee_) external override onlyGovernance {
    _checkBounds(minPriorityFee_, 0, HIGHEST_MIN_PRIORITY_FEE);

    _rewardTerms.minPriorityFee = uint40(minPriorityFee_);

    emit MinPriorityFeeChange(minPriorityFee_);
  }

  /// @inheritdoc IHelperParameters
  function setWorkExtraGas(uint256 workExtraGas_) external override onlyGovernance {
    _checkBounds(workExtraGas_, 0, HIGHEST_WORK_GAS);

    _rewardTerms.firstWorkGas = uint24(workExtraGas_);

    emit WorkExtraGasChange(workExtraGas_);
  }

  /// @inheritdoc IHelperParameters
  function setLaterWorkGas(uint256 laterWorkGas_) external override onlyGovernance {
    _checkBounds(laterWorkGas_, 0, HIGHEST_WORK_GAS);

    _rewardTerms.laterWorkGas = uint24(laterWorkGas_);

    emit LaterWorkGasChange(laterWorkGas_);
  }

  /// @inheritdoc IHelperParameters
  function setQuoteTwapTime(uint32 quoteTwapTime_) external override onlyGovernance {
    _checkBounds(quoteTwapTime_, LOWEST_TWAP_TIME, HIGHEST_TWAP_TIME);

    _quoteTerms.quoteTwapTime = quoteTwapTime_;
    _makeDue();

    emit QuoteTwapTimeChange(quoteTwapTime_);
  }

  /// @inheritdoc IHelperParameters
  function setQuoteLifetime(uint256 quoteLifetime_) external override onlyGovernance {
    _checkBounds(quoteLifetime_, 0, HIGHEST_LIFETIME);

    _quoteTerms.quoteLifetime = uint16(quoteLifetime_);
    _makeDue();

    emit QuoteLifetimeChange(quoteLifetime_);
  }

  /// @inheritdoc IHelperParameters
  function setMaxQuoteAge(uint256 maxQuoteAge_) external override onlyGovernance {
    _checkBounds(maxQuoteAge_, LOWEST_MAX_QUOTE_AGE, HIGHEST_MAX_QUOTE_AGE);

    _quoteTerms.maxQuoteAge = uint24(maxQuoteAge_);
    _makeDue();

    emit MaxQuoteAgeChange(maxQuoteAge_);
  }

  /// @inheritdoc IHelperParameters
  function setBootstrapKp3rPerEth(uint256 kp3rPerEth) external override onlyGovernance {
    if (_cachedQuote.bootstrapped) revert BootstrapOver();
    _checkBounds(kp3rPerEth, 1, type(uint112).max);

    bootstrapKp3rPerEth = kp3rPerEth;
    _makeDue();

    emit BootstrapKp3rPerEthChange(kp3rPerEth);
  }

  /// @inheritdoc IHelperParameters
  function setFastGasFeed(address feed, uint32 maxAge) external override onlyGovernance {
    if (feed != address(0)) _checkCode(feed);
    _checkBounds(maxAge, LOWEST_FEED_AGE, HIGHEST_FEED_AGE);

    _quoteTerms.fastGasFeed = feed;
    _quoteTerms.fastGasMaxAge = uint24(maxAge);
    _makeDue();

    emit FastGasFeedChange(feed, maxAge);
  }

  /// @inheritdoc IHelperParameters
  function minBoost() external view override returns (uint256) {
    return _rewardTerms.minBoost;
  }

  /// @inheritdoc IHelperParameters
  function maxBoost() external view override returns (uint256) {
    return _rewardTerms.maxBoost;
  }

  /// @inheritdoc IHelperParameters
  function targetBond() external view override returns (uint256) {
    return _rewardTerms.targetBond;
  }

  /// @inheritdoc IHelperParameters
  function gasPriceCeiling() external view override returns (uint256) {
    return _rewardTerms.gasPriceCeiling;
  }

  /// @inheritdoc IHelperParameters
  function minPriorityFee() external view override returns (uint256) {
    return _rewardTerms.minPriorityFee;
  }

  /// @inheritdoc IHelperParameters
  function firstWorkGas() external view override returns (uint256) {
    return _rewardTerms.firstWorkGas;
  }

  /// @inheritdoc IHelperParameters
  function workExtraGas() external view override returns (uint256) {
    return _rewardTerms.firstWorkGas;
  }

  /// @inheritdoc IHelperParameters
  function laterWorkGas() external view override returns (uint256) {
    return _rewardTerms.laterWorkGas;
  }

  /// @inheritdoc IHelperParameters
  function quoteTwapTime() external view override returns (uint32) {
    return _quoteTerms.quoteTwapTime;
  }

  /// @inheritdoc IHelperParameters
  function quoteLifetime() external view override returns (uint256) {
    return _quoteTerms.quoteLifetime;
  }

  /// @inheritdoc IHelperParameters
  function maxQuoteAge() external view override returns (uint256) {
    return _quoteTerms.maxQuoteAge;
  }

  /// @inheritdoc IHelperParameters
  function fastGasFeed() external view override returns (address) {
    return _quoteTerms.fastGasFeed;
  }

  /// @inheritdoc IHelperParameters
  function fastGasMaxAge() external view override returns (uint256) {
    return _quoteTerms.fastGasMaxAge;
  }

  /// @dev A change acts on the next payment.
  function _makeDue() private {
    _cachedQuote.refreshAt = 0;
  }

  function _checkToken(address account, address token) internal view {
    if (token != _kp3r) revert AnotherToken(account, token, _kp3r);
  }

  function _checkCode(address account) private view {
    if (account.code.length == 0) revert WithoutCode(account);
  }
}
