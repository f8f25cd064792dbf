// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @dev Times are seconds since 1970 in uint32, good until 2106. KP3R amounts are uint88, good for 309 million KP3R.

/// @notice All that the payment path needs of a keeper: one slot
struct Keeper {
  uint88 bond; // 11 bytes, bonded KP3R
  uint88 earned; // 11 bytes, KP3R earned in its lifetime
  uint32 firstSeen; // 4 bytes, when it was first activated
  uint32 place; // 4 bytes, its place in the list of keepers, from 1; 0 when it isn't an active keeper
  uint16 flags; // 2 bytes, see KeeperFlags
} // 32 bytes

/// @notice All that the payment path needs of a job: one slot
struct Job {
  uint88 credits; // 11 bytes, KP3R that it can spend, as of accruedAt
  uint88 value; // 11 bytes, KP3R underlying of the liquidity that mines for it
  uint32 accruedAt; // 4 bytes, when credits were last settled
  uint32 workedAt; // 4 bytes, when it last paid from its credits
  uint8 liquidityCount; // 1 byte, how many kinds of liquidity are bonded to it
  uint8 flags; // 1 byte, see JobFlags
} // 32 bytes

/// @notice Who owns a job: one slot. A job is registered when it has an owner.
struct Registration {
  address owner; // 20 bytes
  uint32 place; // 4 bytes, its place in the list of jobs, from 1
  uint8 tokenCount; // 1 byte, how many kinds of tokens it was credited with
  bool bySelf; // 1 byte, whether the job registered itself
} // 26 bytes

/// @notice Liquidity of one kind bonded to a job: one slot
struct Position {
  address liquidity; // 20 bytes
  uint88 amount; // 11 bytes, LP tokens
  bool mining; // 1 byte, whether its worth is part of the job's value; false once revoked
} // 32 bytes

/// @notice A kind of liquidity: one slot
struct Liquidity {
  uint128 price; // 16 bytes, KP3R per LP token, WAD; the price in force
  uint32 pricedAt; // 4 bytes, when that price was taken; 0 while there is none
  uint32 triedAt; // 4 bytes, when a quote last failed
  bool approved; // 1 byte
} // 25 bytes

/// @notice An amount that is waiting to be activated or withdrawn: one slot
struct Pending {
  uint224 amount; // 28 bytes, in the token's own unit
  uint32 readyAfter; // 4 bytes, the last second in which it is still locked; 0 when nothing is pending
} // 32 bytes

/// @notice A proposed migration: one slot
struct Migration {
  address toJob; // 20 bytes
  uint32 proposedAt; // 4 bytes
} // 24 bytes

/// @notice The parameters of the payment path: one slot
struct WorkConfig {
  address helper; // 20 bytes
  uint24 maxGasPerWork; // 3 bytes, gas
  uint24 rewardPeriodTime; // 3 bytes, seconds
  uint32 inflationPeriod; // 4 bytes, seconds
  // When the set of mining liquidities last changed, in units of CHANGE_UNIT seconds: a job that was last settled in
  // that unit or before takes a fresh look at its liquidities. Coarse, so that it fits: it only costs gas to look twice.
  uint16 liquiditiesChangedIn; // 2 bytes
} // 32 bytes

/// @notice The other parameters: one slot
struct Terms {
  uint32 bondTime; // 4 bytes, seconds
  uint32 unbondTime; // 4 bytes, seconds
  uint88 liquidityMinimum; // 11 bytes, KP3R
  uint16 fee; // 2 bytes, BPS
} // 21 bytes

/// @notice The bits of `Keeper.flags`
library KeeperFlags {
  /// @dev It was activated and not revoked since.
  uint16 internal constant ACTIVE = 1;
  uint16 internal constant DISPUTED = 2;
  /// @dev It was revoked; only governance lifts that.
  uint16 internal constant BARRED = 4;
  /// @dev It has bonded at least once.
  uint16 internal constant BONDED = 8;
}

/// @notice The bits of `Job.flags`
library JobFlags {
  uint8 internal constant DISPUTED = 1;
  /// @dev A quote failed when its liquidities were last valued: an old price is in force for it.
  uint8 internal constant STALE = 2;
  /// @dev It has paid a keeper at least once.
  uint8 internal constant WORKED = 4;
}
