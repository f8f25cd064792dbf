// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title A job with a seat for one keeper
/// @notice Who works first while the seat is free takes it, and then works alone for a term: nobody has to outbid anybody.
/// In return the holder keeps an uptime: work that is due gets done within `slaTime`. If it isn't, anyone may do it, and
/// whoever does takes the seat, earns a bonus, and the holder is barred for a time.
///
///   start   = the latest of: when the work became due, when the holder last worked or was excused, when the terms were
///             last set, and, once the term is over, its end
///   overdue = work is due, and now > start + slaTime
///
/// | keeper                   | in the term                            | after the term                       |
/// | ------------------------ | -------------------------------------- | ------------------------------------ |
/// | barred                   | refused                                | refused                              |
/// | the holder               | works; earns the premium if not overdue | refused for `restTime`, unless overdue |
/// | anyone else, not overdue | refused                                | works and takes the seat             |
/// | anyone else, overdue     | works, takes the seat, earns the bonus | works and takes the seat             |
///
/// So in a term whose uptime is kept one keeper may work, and work that has been due for longer than `slaTime` may be done
/// by every keeper that isn't barred.
///
/// Bonus and premium are KP3R from the job's credits, on top of what the work pays. When the credits don't cover them the
/// work is done and paid without them (`SeatRewardUnpaid`): a job that has little left keeps it for its work.
///
/// Beware:
/// - Addresses are cheap. An owner of two can let one miss a deadline for the other to earn the bonus. At most one bonus is
///   paid in any `slaTime` and in any `bonusInterval`: that is the price of an idle holder, set it as such. Asking for a
///   bond (`validateAndPayBondedKeeper`) makes barred addresses dear, `restTime` can be dodged by a second one.
/// - A keeper that the network disputes or revokes can't work, and loses the seat at its next missed deadline.
/// - The owner is trusted: it may change the terms at any time, and switch them off, which vacates the seat. Whatever it
///   sets, a running term ends when it was to end, and new terms give the holder a whole `slaTime`.
interface IExclusiveKeeper {
  /// @notice What holding the seat means. Seconds, each at most 365 days
  struct SeatTerms {
    /// @dev How long the seat is held; 0 for no seat at all, as at first
    uint32 termTime;
    /// @dev How long the holder may take for work that is due; at least 1 where there is a term
    uint32 slaTime;
    /// @dev How long a holder that missed a deadline, and was replaced, may not work
    uint32 barTime;
    /// @dev How long the seat is left to others after a term
    uint32 restTime;
    /// @dev How far apart bonuses are at least
    uint32 bonusInterval;
  }

  /// @notice The seat. Times in seconds since 1970
  struct Seat {
    /// @dev Who took it last, also after the term
    address holder;
    /// @dev When
    uint32 takenAt;
    /// @dev The first second after the term
    uint32 until;
    /// @dev When the holder last worked or was excused, or the terms were set: no deadline counts from before
    uint32 countedFrom;
  }

  /// @notice What a keeper may do now. The first four may work
  enum Standing {
    /// @dev The seat is free: its work takes it. Also where there are no terms
    Free,
    /// @dev It holds the seat
    Holder,
    /// @dev It holds the seat, and its work is overdue
    Late,
    /// @dev The holder's work is overdue: its work takes the seat from the holder
    Successor,
    /// @dev Somebody else holds the seat
    Excluded,
    /// @dev It held the seat last and leaves it to others for a time
    Resting,
    /// @dev It missed a deadline
    Barred
  }

  /// @notice Emitted when the terms change
  /// @param terms The new terms
  event SeatTermsChange(SeatTerms terms);

  /// @notice Emitted when the rewards change
  /// @param bonus KP3R, 18 decimals
  /// @param premiumStart KP3R, 18 decimals
  /// @param premiumEnd KP3R, 18 decimals
  event SeatRewardsChange(uint256 bonus, uint256 premiumStart, uint256 premiumEnd);

  /// @notice Emitted when a keeper takes the seat
  /// @param holder Who
  /// @param until The first second after its term
  event HolderChange(address indexed holder, uint256 until);

  /// @notice Emitted when a holder is replaced for a missed deadline
  /// @param holder Who
  /// @param until The first second that it may work in again
  event HolderBar(address indexed holder, uint256 until);

  /// @notice Emitted when a holder shows that the job refuses it
  /// @param holder Who
  event HolderExcuse(address indexed holder);

  /// @notice Emitted when a bonus or premium can't be paid, because the job's credits don't cover it
  /// @param keeper Whose it was
  /// @param amount KP3R, 18 decimals
  event SeatRewardUnpaid(address indexed keeper, uint256 amount);

  /// @notice Thrown when somebody else holds the seat and keeps its uptime
  /// @param holder Who
  /// @param until The first second after its term
  /// @custom:remedy Wait until the term ends or the holder is late: `standing` then returns Free or Successor.
  error SeatTaken(address holder, uint256 until);

  /// @notice Thrown when the last holder returns too early
  /// @param until When it may return, unless work is overdue before
  /// @custom:remedy Wait until `until`, or until work is overdue.
  error SeatResting(uint256 until);

  /// @notice Thrown when the keeper is barred
  /// @param until The first second that it may work in again
  /// @custom:remedy Wait until `until`.
  error SeatBarred(uint256 until);

  /// @notice Thrown when the caller doesn't hold the seat
  /// @custom:remedy Take the seat first, by working when it is free.
  error OnlyHolder();

  /// @notice Thrown when a holder asks to be excused while it may work, or when its work is overdue
  /// @custom:remedy Work, if the job accepts the holder's work. Overdue work can't be excused any more.
  error NothingToExcuse();

  /// @notice Thrown when a time is out of its bounds
  /// @param value What was asked for, seconds
  /// @param min The least that is allowed
  /// @param max The most that is allowed
  /// @custom:remedy Set it to a value from `min` to `max`.
  error SeatTimeOutOfBounds(uint256 value, uint256 min, uint256 max);

  /// @notice The terms
  function seatTerms() external view returns (SeatTerms memory);

  /// @notice The seat, as it was left by the last work
  function seat() external view returns (Seat memory);

  /// @notice The rewards; none at first
  /// @return bonus For who replaces a holder, KP3R, 18 decimals
  /// @return premiumStart For a holder's work in time at the beginning of its term, KP3R, 18 decimals
  /// @return premiumEnd The same at its end: in between the premium is on the line that joins them
  function seatRewards() external view returns (uint256 bonus, uint256 premiumStart, uint256 premiumEnd);

  /// @notice The first second that a keeper may work in again; 0 or past when it isn't barred
  /// @param keeper Any address
  function barredUntil(address keeper) external view returns (uint256);

  /// @notice What a keeper may do now, as far as the seat is concerned
  /// @param keeper Any address
  function standing(address keeper) external view returns (Standing);

  /// @notice What a keeper would earn now on top of what its work pays, if the job's credits cover it
  /// @param keeper Any address
  /// @return KP3R, 18 decimals, rounded down
  function seatReward(address keeper) external view returns (uint256);

  /// @notice Starts the time for the holder's work anew. Only the holder may call, in its term, while the job refuses it
  /// by its own rules (`_mayWork`) other than the seat, such as the base fee, and before its work is overdue. A holder whom
  /// the job refuses for longer than `slaTime` calls this once in every `slaTime`. A job that can't pay, for want of credits
  /// or in a dispute, excuses nobody: the seat may change hands at the first work after it.
  /// @dev Reverts with `OnlyHolder`, `NothingToExcuse`.
  function excuse() external;

  /// @notice Sets the terms; see `SeatTerms`. Only the owner may call.
  /// @dev Reverts with `SeatTimeOutOfBounds`.
  /// @param terms Seconds, each at most 365 days
  function setSeatTerms(SeatTerms calldata terms) external;

  /// @notice Sets the rewards; see `seatRewards`. Only the owner may call.
  /// @dev Reverts with `SafeCastOverflowedUintDowncast` from 2^72 on, which is 4,722 KP3R.
  /// @param bonus KP3R, 18 decimals; 0 for none
  /// @param premiumStart KP3R, 18 decimals; may be more or less than `premiumEnd`
  /// @param premiumEnd KP3R, 18 decimals
  function setSeatRewards(uint256 bonus, uint256 premiumStart, uint256 premiumEnd) external;
}
