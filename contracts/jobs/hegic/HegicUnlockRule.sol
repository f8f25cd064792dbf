// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IHegicOptions} from "../../interfaces/external/IHegicOptions.sol";
import {IHegicPool} from "../../interfaces/external/IHegicPool.sol";
import {IHegicUnlockJob} from "../../interfaces/jobs/IHegicUnlockJob.sol";
import {CallCost} from "../CallCost.sol";
import {OwnedJob} from "../OwnedJob.sol";
import {HegicOptionScan} from "./HegicOptionScan.sol";

/// @title HegicUnlockRule
/// @notice What a list of options costs, what unlocking it is worth, and the owner's parameters of both
abstract contract HegicUnlockRule is IHegicUnlockJob, OwnedJob, HegicOptionScan {
  /// @notice What keepers are paid; one slot
  struct TokenReward {
    address token;
    uint96 amountPerOption;
  }

  /// @inheritdoc IHegicUnlockJob
  uint256 public constant override MAX_OPTIONS = 50;

  /// @dev From this usage on the pool writes no options, so capital can't be worth more.
  uint256 private constant FULL_USAGE = 80;
  uint256 private constant PERCENT = 100;

  uint256 private constant MIN_UNLOCK_GAS = 20_000;
  uint256 private constant MAX_UNLOCK_GAS = 1_000_000;

  uint256 private constant MIN_FEED_AGE = 10 minutes;
  uint256 private constant MAX_FEED_AGE = 7 days;
  uint256 private constant ETHER_DECIMALS = 18;

  /// @inheritdoc IHegicUnlockJob
  IHegicPool public immutable override pool;

  /// @inheritdoc IHegicUnlockJob
  AggregatorV3Interface public immutable override feed;

  /// @inheritdoc IHegicUnlockJob
  uint256 public immutable override feedMaxAge;

  /// @inheritdoc IHegicUnlockJob
  uint256 public immutable override tokenUnit;

  /// @inheritdoc IHegicUnlockJob
  uint256 public override unlockGasCost = 175_000;

  /// @inheritdoc IHegicUnlockJob
  uint256 public override unlockValueMultiplier = 10;

  /// @inheritdoc IHegicUnlockJob
  TokenReward public override tokenReward;

  constructor(IHegicOptions options_, AggregatorV3Interface feed_, uint256 tokenDecimals, uint256 feedMaxAge_) {
    bool ether_ = address(feed_) == address(0);
    if (!ether_ && feed_.decimals() != ETHER_DECIMALS) revert FeedNotInEther(feed_.decimals());
    _checkBounds(tokenDecimals, ether_ ? ETHER_DECIMALS : 0, ETHER_DECIMALS);
    _checkBounds(feedMaxAge_, ether_ ? 0 : MIN_FEED_AGE, ether_ ? 0 : MAX_FEED_AGE);

    pool = options_.pool();
    feed = feed_;
    feedMaxAge = feedMaxAge_;
    tokenUnit = 10 ** tokenDecimals;
  }

  // Cost and value

  /// @inheritdoc IHegicUnlockJob
  function unlockable(uint256[] calldata ids) external view override returns (bool) {
    try this.checkUnlock(msg.sender, ids) {
      return true;
    } catch {
      return false;
    }
  }

  /// @inheritdoc IHegicUnlockJob
  function checkUnlock(address keeper, uint256[] calldata ids) external view override returns (uint256 total) {
    (total, ) = _check(keeper, ids);
  }

  /// @inheritdoc IHegicUnlockJob
  function terms(address keeper) external view override returns (UnlockTerms memory) {
    return UnlockTerms(poolUsage(), unlockValueMultiplier, callCost(keeper, 1), _maxOptions());
  }

  /// @inheritdoc IHegicUnlockJob
  function callCost(address keeper, uint256 count) public view override returns (uint256) {
    uint256 cost = CallCost.inEth(keep3r, keeper, unlockGasCost);
    if (address(feed) == address(0)) return cost * count;

    (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
    if (answer <= 0 || updatedAt > block.timestamp || block.timestamp - updatedAt > feedMaxAge) {
      revert FeedUnusable(answer, updatedAt);
    }
    // Fits: it is positive
    return Math.mulDiv(cost, tokenUnit, uint256(answer), Math.Rounding.Ceil) * count;
  }

  /// @inheritdoc IHegicUnlockJob
  function weightedUnlockValue(uint256[] calldata ids) external view override returns (uint256) {
    return weigh(_totalUnlock(ids), poolUsage());
  }

  /// @inheritdoc IHegicUnlockJob
  function weigh(uint256 total, uint256 usage) public view override returns (uint256) {
    uint256 unlockValue = Math.mulDiv(total, unlockValueMultiplier, PERCENT);
    return Math.mulDiv(Math.min(usage, FULL_USAGE), unlockValue, FULL_USAGE);
  }

  /// @inheritdoc IHegicUnlockJob
  function poolUsage() public view override returns (uint256) {
    return _usage(pool.availableBalance());
  }

  /// @dev All that has to hold before a list is unlocked; returns what the pool has available as well.
  function _check(address keeper, uint256[] memory ids) internal view returns (uint256 total, uint256 available) {
    total = _totalUnlock(ids);
    available = pool.availableBalance();

    uint256 cost = callCost(keeper, ids.length);
    uint256 value = weigh(total, _usage(available));
    if (cost > value) revert CostAboveValue(cost, value);
  }

  function _totalUnlock(uint256[] memory ids) private view returns (uint256 total) {
    uint256 count = ids.length;
    if (count == 0 || count > MAX_OPTIONS) revert ListOutOfBounds(count, MAX_OPTIONS);

    for (uint256 i; i < count; ++i) {
      if (i != 0 && ids[i] <= ids[i - 1]) revert IdsNotAscending(ids[i - 1], ids[i]);
      total += _valueOf(ids[i]);
    }
  }

  function _usage(uint256 available) private view returns (uint256) {
    uint256 total = pool.totalBalance();
    return available < total ? PERCENT - Math.mulDiv(available, PERCENT, total) : 0;
  }

  function _maxOptions() private view returns (uint256) {
    TokenReward memory reward = tokenReward;
    if (reward.token == address(0)) return MAX_OPTIONS;

    return Math.min(MAX_OPTIONS, keep3r.jobTokenCredits(address(this), reward.token) / reward.amountPerOption);
  }

  // Parameters

  /// @inheritdoc IHegicUnlockJob
  function setUnlockGasCost(uint256 unlockGasCost_) external override onlyOwner {
    _checkBounds(unlockGasCost_, MIN_UNLOCK_GAS, MAX_UNLOCK_GAS);

    unlockGasCost = unlockGasCost_;
    emit UnlockGasCostChange(unlockGasCost_);
  }

  /// @inheritdoc IHegicUnlockJob
  function setUnlockValueMultiplier(uint256 unlockValueMultiplier_) external override onlyOwner {
    _checkBounds(unlockValueMultiplier_, 1, PERCENT - 1);

    unlockValueMultiplier = unlockValueMultiplier_;
    emit UnlockValueMultiplierChange(unlockValueMultiplier_);
  }

  /// @inheritdoc IHegicUnlockJob
  function setTokenReward(address token, uint96 amountPerOption) external override onlyOwner {
    if ((token == address(0)) != (amountPerOption == 0)) revert RewardIncomplete(token, amountPerOption);

    tokenReward = TokenReward(token, amountPerOption);
    emit TokenRewardChange(token, amountPerOption);
  }
}
