// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IExclusiveKeeper} from "../../interfaces/jobs/IExclusiveKeeper.sol";
import {Keep3rJob} from "../Keep3rJob.sol";
import {OwnedJob} from "../OwnedJob.sol";

/// @title ExclusiveKeeper
/// @notice A mixin for jobs that one keeper at a time looks after
abstract contract ExclusiveKeeper is IExclusiveKeeper, OwnedJob {
  using SafeCast for uint256;

  /// @dev One slot.
  struct SeatRewards {
    uint72 bonus;
    uint72 premiumStart;
    uint72 premiumEnd;
    uint32 bonusAt; // when a bonus was last due
  }

  uint256 private constant MAX_SEAT_TIME = 365 days;

  /// @dev What `_afterPayment` takes when it pays: measured.
  uint256 private constant GAS_OF_REWARD = 6_700;

  /// @inheritdoc IExclusiveKeeper
  mapping(address keeper => uint256 timestamp) public override barredUntil;

  Seat private _seat;
  SeatTerms private _terms;
  SeatRewards private _rewards;

  /// @dev What the work that is being done earns on top.
  uint256 private transient _reward;

  // What the owner sets

  /// @inheritdoc IExclusiveKeeper
  function setSeatTerms(SeatTerms calldata terms) external override onlyOwner {
    _checkTime(terms.termTime, 0);
    _checkTime(terms.slaTime, terms.termTime == 0 ? 0 : 1);
    _checkTime(terms.barTime, 0);
    _checkTime(terms.restTime, 0);
    _checkTime(terms.bonusInterval, 0);

    _terms = terms;
    if (terms.termTime == 0) {
      delete _seat;
    } else {
      _seat.countedFrom = _now();
    }

    emit SeatTermsChange(terms);
  }

  /// @inheritdoc IExclusiveKeeper
  function setSeatRewards(uint256 bonus, uint256 premiumStart, uint256 premiumEnd) external override onlyOwner {
    _rewards.bonus = bonus.toUint72();
    _rewards.premiumStart = premiumStart.toUint72();
    _rewards.premiumEnd = premiumEnd.toUint72();

    emit SeatRewardsChange(bonus, premiumStart, premiumEnd);
  }

  // What the holder may ask for

  /// @inheritdoc IExclusiveKeeper
  function excuse() external override {
    if (msg.sender != _seat.holder || block.timestamp >= _seat.until) revert OnlyHolder();
    // The seat lets its holder work, so it isn't the seat that refuses. What is overdue could have been excused in time
    if (_isOverdue(_seat, _terms) || _mayWork(msg.sender)) revert NothingToExcuse();

    _seat.countedFrom = _now();

    emit HolderExcuse(msg.sender);
  }

  // Views

  /// @inheritdoc IExclusiveKeeper
  function seat() external view override returns (Seat memory) {
    return _seat;
  }

  /// @inheritdoc IExclusiveKeeper
  function seatTerms() external view override returns (SeatTerms memory) {
    return _terms;
  }

  /// @inheritdoc IExclusiveKeeper
  function seatRewards() external view override returns (uint256, uint256, uint256) {
    return (_rewards.bonus, _rewards.premiumStart, _rewards.premiumEnd);
  }

  /// @inheritdoc IExclusiveKeeper
  function standing(address keeper) public view override returns (Standing) {
    return _standing(keeper, _seat, _terms);
  }

  /// @inheritdoc IExclusiveKeeper
  function seatReward(address keeper) external view override returns (uint256) {
    return _rewardOf(standing(keeper), _seat, _terms);
  }

  // Hooks

  /// @dev Since when there has been work that a keeper can do; 0 when there is none. The uptime is measured from here, so
  /// - it must not begin before the job lets the work be done: where there is a `Cooldown`, not before `readyAt`;
  /// - nobody may be able to date it back, or he takes the seat at will;
  /// - it is called before the work, and must not revert.
  /// A work needn't move it: work that has piled up is due anew when the holder has done a part of it.
  /// @return Seconds since 1970, not in the future
  function _dueSince() internal view virtual returns (uint256);

  /// @inheritdoc Keep3rJob
  function _beforeWork(address keeper) internal virtual override {
    // Before the other mixins, so that it sees when work was due, and not what their own effects make of it
    _enter(keeper);

    super._beforeWork(keeper);
  }

  /// @inheritdoc Keep3rJob
  function _afterPayment(address keeper) internal virtual override {
    uint256 reward = _reward;
    if (reward != 0) {
      _reward = 0;
      // Work comes before rewards: what can't be paid must not stop the job
      try keep3r.bondedPayment(keeper, reward) {} catch {
        emit SeatRewardUnpaid(keeper, reward);
      }
    }

    super._afterPayment(keeper);
  }

  /// @inheritdoc Keep3rJob
  function _gasAfterPayment() internal view virtual override returns (uint256) {
    return super._gasAfterPayment() + (_reward == 0 ? 0 : GAS_OF_REWARD);
  }

  /// @inheritdoc Keep3rJob
  function _mayWork(address keeper) internal view virtual override returns (bool) {
    return standing(keeper) < Standing.Excluded && super._mayWork(keeper);
  }

  // The seat

  /// @dev Refuses a keeper, or seats it and keeps what it earns for after its payment.
  function _enter(address keeper) private {
    SeatTerms memory terms = _terms;
    if (terms.termTime == 0) return;

    Seat memory current = _seat;
    Standing found = _standing(keeper, current, terms);
    if (found == Standing.Excluded) revert SeatTaken(current.holder, current.until);
    if (found == Standing.Resting) revert SeatResting(uint256(current.until) + terms.restTime);
    if (found == Standing.Barred) revert SeatBarred(barredUntil[keeper]);

    _reward = _rewardOf(found, current, terms);
    if (found == Standing.Holder || found == Standing.Late) {
      _seat.countedFrom = _now();
      return;
    }

    if (found == Standing.Successor) {
      uint256 barred = block.timestamp + terms.barTime;
      barredUntil[current.holder] = barred;
      if (_reward != 0) _rewards.bonusAt = _now();

      emit HolderBar(current.holder, barred);
    }
    uint32 until = _now() + terms.termTime;
    _seat = Seat({holder: keeper, takenAt: _now(), until: until, countedFrom: _now()});

    emit HolderChange(keeper, until);
  }

  function _standing(address keeper, Seat memory current, SeatTerms memory terms) private view returns (Standing) {
    if (terms.termTime == 0) return Standing.Free;

    bool held = block.timestamp < current.until;
    // Who holds the seat or held it last isn't barred: a bar comes with a successor and ends before a return
    if (keeper == current.holder) {
      if (held) return _isOverdue(current, terms) ? Standing.Late : Standing.Holder;

      bool resting = block.timestamp < uint256(current.until) + terms.restTime;
      return resting && !_isOverdue(current, terms) ? Standing.Resting : Standing.Free;
    }
    if (block.timestamp < barredUntil[keeper]) return Standing.Barred;
    if (!held) return Standing.Free;
    return _isOverdue(current, terms) ? Standing.Successor : Standing.Excluded;
  }

  function _isOverdue(Seat memory current, SeatTerms memory terms) private view returns (bool) {
    uint256 due = _dueSince();
    if (due == 0) return false;

    uint256 start = Math.max(due, current.countedFrom);
    if (block.timestamp >= current.until) start = Math.max(start, current.until);
    return block.timestamp > start + terms.slaTime;
  }

  function _rewardOf(Standing found, Seat memory current, SeatTerms memory terms) private view returns (uint256) {
    SeatRewards memory rewards = _rewards;
    if (found == Standing.Successor) {
      return block.timestamp < uint256(rewards.bonusAt) + terms.bonusInterval ? 0 : rewards.bonus;
    }
    if (found != Standing.Holder) return 0;

    uint256 length = current.until - current.takenAt;
    uint256 elapsed = block.timestamp - current.takenAt;
    return (rewards.premiumStart * (length - elapsed) + rewards.premiumEnd * elapsed) / length;
  }

  function _checkTime(uint256 value, uint256 min) private pure {
    if (value < min || value > MAX_SEAT_TIME) revert SeatTimeOutOfBounds(value, min, MAX_SEAT_TIME);
  }

  /// @dev 32 bits last until 2106.
  function _now() private view returns (uint32) {
    return uint32(block.timestamp);
  }
}
