// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ParameterBounds} from "../governance/ParameterBounds.sol";
import {IRebalanceJob} from "../interfaces/jobs/IRebalanceJob.sol";
import {OwnedJob} from "./OwnedJob.sol";

/// @title RebalanceTerms
/// @notice What the owner of a `RebalanceJob` can tune, within bounds
abstract contract RebalanceTerms is IRebalanceJob, ParameterBounds, OwnedJob {
  uint256 private constant LOWEST_BAND = 100;
  uint256 private constant HIGHEST_BAND = 5_000;
  uint256 private constant LOWEST_LOSS = 10;
  uint256 private constant HIGHEST_LOSS = 1_000;
  uint256 private constant HIGHEST_POOL_SHARE = 1_000;
  uint256 private constant LOWEST_COOLDOWN = 10 minutes;
  uint256 private constant HIGHEST_COOLDOWN = 30 days;
  uint256 private constant LOWEST_WINDOW = 1 hours;
  uint256 private constant HIGHEST_WINDOW = 1 days;

  Terms internal _terms = Terms({
    band: 500,
    maxDeviation: 200,
    maxSlippage: 200,
    maxPoolShare: 25,
    cooldown: 1 hours,
    twapWindow: 4 hours,
    minTrade: 0
  });

  // Every narrowing cast below is covered by the bound that is checked before it

  /// @inheritdoc IRebalanceJob
  function setBand(uint256 band) external override onlyOwner {
    _checkBounds(band, LOWEST_BAND, HIGHEST_BAND);

    _terms.band = uint16(band);

    emit BandChange(band);
  }

  /// @inheritdoc IRebalanceJob
  function setMaxDeviation(uint256 maxDeviation) external override onlyOwner {
    _checkBounds(maxDeviation, LOWEST_LOSS, HIGHEST_LOSS);

    _terms.maxDeviation = uint16(maxDeviation);

    emit MaxDeviationChange(maxDeviation);
  }

  /// @inheritdoc IRebalanceJob
  function setMaxSlippage(uint256 maxSlippage) external override onlyOwner {
    _checkBounds(maxSlippage, LOWEST_LOSS, HIGHEST_LOSS);

    _terms.maxSlippage = uint16(maxSlippage);

    emit MaxSlippageChange(maxSlippage);
  }

  /// @inheritdoc IRebalanceJob
  function setMaxPoolShare(uint256 maxPoolShare) external override onlyOwner {
    _checkBounds(maxPoolShare, 1, HIGHEST_POOL_SHARE);

    _terms.maxPoolShare = uint16(maxPoolShare);

    emit MaxPoolShareChange(maxPoolShare);
  }

  /// @inheritdoc IRebalanceJob
  function setCooldown(uint256 cooldown) external override onlyOwner {
    _checkBounds(cooldown, LOWEST_COOLDOWN, HIGHEST_COOLDOWN);

    _terms.cooldown = uint32(cooldown);

    emit CooldownChange(cooldown);
  }

  /// @inheritdoc IRebalanceJob
  function setTwapWindow(uint256 twapWindow) external override onlyOwner {
    _checkBounds(twapWindow, LOWEST_WINDOW, HIGHEST_WINDOW);

    _terms.twapWindow = uint32(twapWindow);

    emit TwapWindowChange(twapWindow);
  }

  /// @inheritdoc IRebalanceJob
  function setMinTrade(uint256 minTrade) external override onlyOwner {
    _setMinTrade(minTrade);
  }

  /// @inheritdoc IRebalanceJob
  function terms() external view override returns (Terms memory) {
    return _terms;
  }

  function _setMinTrade(uint256 minTrade) internal {
    _checkBounds(minTrade, 1, type(uint128).max);

    _terms.minTrade = uint128(minTrade);

    emit MinTradeChange(minTrade);
  }
}
