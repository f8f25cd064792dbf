// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @dev Times are seconds since 1970 in uint32, good until 2106. KP3R amounts are uint88, good for 309 million KP3R.

/// @notice Who owns a job: one slot. A job is registered when it has an owner.
struct Registration {
  address owner; // 20 bytes
  uint32 place; // 4 bytes, its place in the list of jobs, from 1
  uint8 tokenCount; // 1 byte, how many kinds of tokens it was credited with
  bool bySelf; // 1 byte, whether the job registered itself
} // 26 bytes

/// @notice A kind of liquidity: one slot
struct Liquidity {
  uint128 price; // 16 bytes, KP3R per LP token, WAD; the price in force
  uint32 pricedAt; // 4 bytes, when that price was taken; 0 while there is none
  uint32 triedAt; // 4 bytes, when a quote last failed
  uint32 place; // 4 bytes, its place in the list of approved kinds, from 1; 0 when it isn't approved
} // 28 bytes

/// @notice An amount that is waiting to be activated or withdrawn: one slot
struct Pending {
  uint224 amount; // 28 bytes, in the token's own unit
  uint32 readyAfter; // 4 bytes, the last second in which it is still locked; 0 when nothing is pending
} // 32 bytes

/// @notice A proposed migration: two slots
struct Migration {
  address toJob; // 20 bytes
  uint32 proposedAt; // 4 bytes
  address toOwner; // 20 bytes, who owned toJob then, and nobody else, may accept
} // 44 bytes

/// @notice The other parameters: one slot
struct Terms {
  uint32 bondTime; // 4 bytes, seconds
  uint32 unbondTime; // 4 bytes, seconds
  uint88 liquidityMinimum; // 11 bytes, KP3R
  uint16 fee; // 2 bytes, BPS
} // 21 bytes
