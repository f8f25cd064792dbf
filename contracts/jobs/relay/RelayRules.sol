// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ParameterBounds} from "../../governance/ParameterBounds.sol";
import {IRelayJob} from "../../interfaces/jobs/IRelayJob.sol";

/// @title RelayRules
/// @notice Which requests a relay takes: to what targets, for how much gas, until when, and how many a day
abstract contract RelayRules is IRelayJob, ParameterBounds, Ownable2Step {
  /// @dev One slot, 20 bytes.
  struct Terms {
    uint32 maxLifetime; // 4 bytes, seconds
    uint32 userQuota; // 4 bytes, requests a day
    uint32 dailyQuota; // 4 bytes, requests a day
    uint32 day; // 4 bytes, days since 1970: when a request was last executed
    uint32 relayed; // 4 bytes, requests executed on that day
  }

  /// @dev What a user has had executed on a day. One slot, 8 bytes.
  struct Usage {
    uint32 day;
    uint32 relayed;
  }

  /// @inheritdoc IRelayJob
  /// @dev So short that what executes outweighs the floor price of calldata, which isn't paid for.
  uint256 public constant override MAX_PAYLOAD = 2_048;

  /// @inheritdoc IRelayJob
  uint256 public constant override MAX_REQUEST_GAS = 5_000_000;

  uint256 private constant SHORTEST_LIFETIME = 1 minutes;
  uint256 private constant LONGEST_LIFETIME = 30 days;
  uint256 private constant HIGHEST_QUOTA = 1_000_000;

  /// @dev The only one that the forwarder takes; checked, so that what is copied for it is bounded.
  uint256 private constant SIGNATURE_LENGTH = 65;

  /// @inheritdoc IRelayJob
  mapping(address target => uint256 gas) public override maxGasOf;

  Terms private _terms = Terms({maxLifetime: 1 hours, userQuota: 10, dailyQuota: 1_000, day: 0, relayed: 0});

  mapping(address user => Usage) private _usages;

  /// @inheritdoc IRelayJob
  function refusalOf(ERC2771Forwarder.ForwardRequestData calldata request) external view override returns (Refusal) {
    return _refusalOf(request, _termsToday());
  }

  /// @inheritdoc IRelayJob
  function quotaLeft(address user) external view override returns (uint256) {
    Terms memory terms = _termsToday();
    return
      Math.min(
        Math.saturatingSub(terms.userQuota, _relayedToday(user)),
        Math.saturatingSub(terms.dailyQuota, terms.relayed)
      );
  }

  // For the job

  /// @dev The terms with the count of today.
  function _termsToday() internal view returns (Terms memory terms) {
    terms = _terms;
    uint32 today = _quotaDay();
    if (terms.day != today) (terms.day, terms.relayed) = (today, 0);
  }

  function _refusalOf(
    ERC2771Forwarder.ForwardRequestData calldata request,
    Terms memory terms
  ) internal view returns (Refusal) {
    if (request.value != 0) return Refusal.Value;
    if (request.data.length > MAX_PAYLOAD) return Refusal.Payload;
    if (request.signature.length != SIGNATURE_LENGTH) return Refusal.Signature;

    uint256 maxGas = maxGasOf[request.to];
    if (maxGas == 0) return Refusal.Target;
    if (request.gas > maxGas) return Refusal.Gas;

    if (request.deadline < block.timestamp) return Refusal.Expired;
    if (request.deadline - block.timestamp > terms.maxLifetime) return Refusal.Lifetime;

    if (_relayedToday(request.from) >= terms.userQuota) return Refusal.UserQuota;
    if (terms.relayed >= terms.dailyQuota) return Refusal.DailyQuota;
    return Refusal.None;
  }

  /// @dev Counts an executed request; the quotas, which bound the counts, fit.
  function _count(address user, Terms memory terms) internal {
    ++terms.relayed;
    (_terms.day, _terms.relayed) = (terms.day, terms.relayed);
    _usages[user] = Usage(terms.day, uint32(_relayedToday(user) + 1));
  }

  function _relayedToday(address user) private view returns (uint256) {
    Usage memory usage = _usages[user];
    return usage.day == _quotaDay() ? usage.relayed : 0;
  }

  /// @dev Days fit for eleven million years.
  function _quotaDay() private view returns (uint32) {
    return uint32(block.timestamp / 1 days);
  }

  // Parameters

  /// @inheritdoc IRelayJob
  function maxLifetime() external view override returns (uint256) {
    return _terms.maxLifetime;
  }

  /// @inheritdoc IRelayJob
  function userQuota() external view override returns (uint256) {
    return _terms.userQuota;
  }

  /// @inheritdoc IRelayJob
  function dailyQuota() external view override returns (uint256) {
    return _terms.dailyQuota;
  }

  // Every narrowing cast below is covered by the bound that is checked before it

  /// @inheritdoc IRelayJob
  function setTarget(address target, uint256 maxGas) external override onlyOwner {
    _checkBounds(maxGas, 0, MAX_REQUEST_GAS);

    maxGasOf[target] = maxGas;

    emit TargetChange(target, maxGas);
  }

  /// @inheritdoc IRelayJob
  function setMaxLifetime(uint256 maxLifetime_) external override onlyOwner {
    _checkBounds(maxLifetime_, SHORTEST_LIFETIME, LONGEST_LIFETIME);

    _terms.maxLifetime = uint32(maxLifetime_);

    emit MaxLifetimeChange(maxLifetime_);
  }

  /// @inheritdoc IRelayJob
  function setUserQuota(uint256 userQuota_) external override onlyOwner {
    _checkBounds(userQuota_, 0, HIGHEST_QUOTA);

    _terms.userQuota = uint32(userQuota_);

    emit UserQuotaChange(userQuota_);
  }

  /// @inheritdoc IRelayJob
  function setDailyQuota(uint256 dailyQuota_) external override onlyOwner {
    _checkBounds(dailyQuota_, 0, HIGHEST_QUOTA);

    _terms.dailyQuota = uint32(dailyQuota_);

    emit DailyQuotaChange(dailyQuota_);
  }
}
