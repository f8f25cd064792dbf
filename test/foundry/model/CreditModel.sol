// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ILiquidityCredits} from "../../../contracts/interfaces/ILiquidityCredits.sol";
import {IParameters} from "../../../contracts/interfaces/IParameters.sol";
import {QuoteModel} from "./QuoteModel.sol";

/// @notice The leaky bucket as it is documented: every touch values a job anew, whatever the network saves itself. What
/// a liquidity is quoted at is the helper's; whether it is, the model foresees.
abstract contract CreditModel is QuoteModel {
  error UnforeseenQuote(address kind, bool foreseen);

  struct Job {
    address owner;
    address pendingOwner;
    bool bySelf;
    bool worked;
    uint256 works;
    uint256 credits;
    uint256 value;
    uint256 accruedAt;
    uint256 workedAt;
  }

  struct Position {
    uint256 amount;
    bool mining;
  }

  struct Kind {
    bool approved;
    uint256 price;
    uint256 pricedAt;
    uint256 triedAt;
  }

  uint256 private constant WAD = 1e18;
  uint256 private constant RETRY_TIME = 30 minutes;
  uint256 private constant PRICE_WINDOW = 1 days;

  uint256 public rewardPeriodTime = 5 days;
  uint256 public inflationPeriod = 34 days;

  mapping(address job => Job) public jobs;
  mapping(address job => mapping(address kind => Position)) public positions;
  mapping(address kind => Kind) public kinds;

  /// @dev What a job has mined, and the sum of its value over time by the inflation period, each span rounded down.
  mapping(address job => uint256) public mined;
  mapping(address job => uint256) public underlying;
  /// @dev How often a touch took the value of revoked liquidity off a job, a quote failed, and a price rose by no more than
  /// it may.
  uint256 public drops;
  uint256 public failedQuotes;
  uint256 public ceilings;

  address[] internal _kinds;

  function setRewardPeriodTime(uint256 rewardPeriodTime_) external {
    if (rewardPeriodTime_ < 1 days) revert IParameters.MinRewardPeriod();
    _checkBounds(rewardPeriodTime_, 1 days, Math.min(inflationPeriod, 30 days));
    rewardPeriodTime = rewardPeriodTime_;
  }

  function setInflationPeriod(uint256 inflationPeriod_) external {
    _checkBounds(inflationPeriod_, rewardPeriodTime, 365 days);
    inflationPeriod = inflationPeriod_;
  }

  function approveLiquidity(address kind) external {
    if (kinds[kind].approved) revert ILiquidityCredits.LiquidityPairApproved();
    if (!market.isListed(kind)) revert ILiquidityCredits.LiquidityPairInvalid();

    kinds[kind].approved = true;
    for (uint256 i; i < _kinds.length; ++i) {
      if (_kinds[i] == kind) return;
    }
    _kinds.push(kind);
  }

  function revokeLiquidity(address kind) external {
    if (!kinds[kind].approved) revert ILiquidityCredits.LiquidityPairUnexistent();

    kinds[kind].approved = false;
  }

  function cap(address job) public view returns (uint256) {
    return _cap(jobs[job].value);
  }

  /// @dev Mines up to now, then values what the job has.
  function _touch(address job) internal {
    Job storage touched = jobs[job];
    uint256 grown = (touched.value * (block.timestamp - touched.accruedAt)) / inflationPeriod;
    underlying[job] += grown;
    if (touched.credits < cap(job)) {
      uint256 before = touched.credits;
      touched.credits = Math.min(cap(job), before + grown);
      mined[job] += touched.credits - before;
    }
    touched.accruedAt = block.timestamp;
    _revalue(job, touched);
  }

  /// @dev Takes liquidity out of a touched job, with its share of the mined credits.
  function _reduce(address job, address kind, uint256 amount) internal {
    _touch(job);
    Position storage position = positions[job][kind];
    if (position.amount == 0) revert ILiquidityCredits.JobLiquidityUnexistent();
    if (amount > position.amount) revert ILiquidityCredits.JobLiquidityInsufficient();

    if (position.mining) {
      uint256 price = kinds[kind].price;
      uint256 removed = (position.amount * price) / WAD - ((position.amount - amount) * price) / WAD;
      _leave(jobs[job], removed, jobs[job].value);
    }
    position.amount -= amount;
    jobs[job].value = _valueOf(job);
  }

  /// @dev The price in force, taken anew if it isn't of this period.
  /// @param impatient Whether somebody asks again who was refused within the retry time
  function _price(address kind, bool impatient) internal returns (uint256, bool current) {
    Kind storage known = kinds[kind];
    if (known.pricedAt >= block.timestamp - (block.timestamp % rewardPeriodTime)) return (known.price, true);
    if (!impatient && block.timestamp < known.triedAt + RETRY_TIME) return (known.price, false);

    uint256 quoted = _quote(kind);
    if (quoted == 0) {
      ++failedQuotes;
      known.triedAt = block.timestamp;
      return (known.price, false);
    }
    uint256 ceiling = known.price == 0 ? quoted : known.price + known.price / 4;
    if (quoted > ceiling) ++ceilings;
    (known.price, known.pricedAt) = (Math.min(quoted, ceiling), block.timestamp);
    return (known.price, true);
  }

  function _valueOf(address job) internal view returns (uint256 value) {
    for (uint256 i; i < _kinds.length; ++i) {
      Position memory position = positions[job][_kinds[i]];
      if (position.mining) value += (position.amount * kinds[_kinds[i]].price) / WAD;
    }
  }

  /// @dev min(credits, cap) * removed / value, rounded up.
  function _leave(Job storage job, uint256 removed, uint256 value) internal {
    uint256 share = Math.min(job.credits, _cap(value));
    job.credits -= removed >= value ? share : (share * removed + value - 1) / value;
  }

  function _worth(uint256 amount, address kind) internal view returns (uint256) {
    return (amount * kinds[kind].price) / WAD;
  }

  function _revalue(address job, Job storage touched) private {
    uint256 kept;
    uint256 dropped;
    for (uint256 i; i < _kinds.length; ++i) {
      address kind = _kinds[i];
      Position storage position = positions[job][kind];
      if (position.amount == 0) continue;
      if (kinds[kind].approved) _price(kind, false);
      if (position.mining && kinds[kind].approved) kept += _worth(position.amount, kind);
      if (position.mining && !kinds[kind].approved) dropped += _worth(position.amount, kind);
      position.mining = kinds[kind].approved;
    }
    if (dropped != 0) {
      ++drops;
      _leave(touched, dropped, kept + dropped);
    }
    touched.value = _valueOf(job);
  }

  function _quote(address kind) private view returns (uint256 quoted) {
    bool foreseen;
    try market.averagePrice(kind, kp3r, PRICE_WINDOW, type(uint256).max) {
      foreseen = true;
    } catch {}
    try helper.quoteLiquidity(kind) returns (uint256 answer) {
      quoted = answer;
    } catch {}
    if ((quoted != 0) != foreseen) revert UnforeseenQuote(kind, foreseen);
  }

  function _cap(uint256 value) private view returns (uint256) {
    return (value * rewardPeriodTime) / inflationPeriod;
  }
}
