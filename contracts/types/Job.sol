// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {replaceBits} from "./Bits.sol";

using SafeCast for uint256;
using {
  unpack,
  credits,
  value,
  accruedAt,
  workedAt,
  liquidityCount,
  flags,
  withCredits,
  withAccruedAt,
  paid,
  withFlags,
  toggled
} for PackedJob global;
using {pack} for Job global;

/// @notice All that the payment path needs of a job: one slot, from the lowest bit
/// credits 88 | value 88 | accruedAt 32 | workedAt 32 | liquidityCount 8 | flags 8
/// @dev Packed by hand: what a compiler makes of a packed struct in memory is twice the code and more gas.
type PackedJob is uint256;

/// @notice A PackedJob with each field in a word of its own
struct Job {
  uint256 credits; // KP3R that it can spend, as of accruedAt
  uint256 value; // KP3R underlying of the liquidity that mines for it
  uint256 accruedAt; // when credits were last settled
  uint256 workedAt; // when it last paid from its credits
  uint256 liquidityCount; // how many kinds of liquidity are bonded to it
  uint256 flags; // see JobFlags
}

/// @title The bits of `Job.flags`
library JobFlags {
  uint256 internal constant DISPUTED = 1;
  /// @dev A quote failed when its liquidities were last valued: an old price is in force for it.
  uint256 internal constant STALE = 2;
  /// @dev It has paid a keeper at least once.
  uint256 internal constant WORKED = 4;
}

uint256 constant VALUE_SHIFT = 88;
uint256 constant ACCRUED_AT_SHIFT = 176;
uint256 constant WORKED_AT_SHIFT = 208;
uint256 constant LIQUIDITY_COUNT_SHIFT = 240;
uint256 constant JOB_FLAGS_SHIFT = 248;

function unpack(PackedJob packed) pure returns (Job memory job) {
  job.credits = packed.credits();
  job.value = packed.value();
  job.accruedAt = packed.accruedAt();
  job.workedAt = packed.workedAt();
  job.liquidityCount = packed.liquidityCount();
  job.flags = packed.flags();
}

/// @dev Reverts when an amount doesn't fit. Times do until 2106, the count is at most 8 and the flags are three.
function pack(Job memory job) pure returns (PackedJob) {
  (job.credits | job.value).toUint88();
  return
    PackedJob.wrap(
      job.credits |
        (job.value << VALUE_SHIFT) |
        (job.accruedAt << ACCRUED_AT_SHIFT) |
        (job.workedAt << WORKED_AT_SHIFT) |
        (job.liquidityCount << LIQUIDITY_COUNT_SHIFT) |
        (job.flags << JOB_FLAGS_SHIFT)
    );
}

function credits(PackedJob packed) pure returns (uint256) {
  return uint88(PackedJob.unwrap(packed));
}

function value(PackedJob packed) pure returns (uint256) {
  return uint88(PackedJob.unwrap(packed) >> VALUE_SHIFT);
}

function accruedAt(PackedJob packed) pure returns (uint256) {
  return uint32(PackedJob.unwrap(packed) >> ACCRUED_AT_SHIFT);
}

function workedAt(PackedJob packed) pure returns (uint256) {
  return uint32(PackedJob.unwrap(packed) >> WORKED_AT_SHIFT);
}

function liquidityCount(PackedJob packed) pure returns (uint256) {
  return uint8(PackedJob.unwrap(packed) >> LIQUIDITY_COUNT_SHIFT);
}

function flags(PackedJob packed) pure returns (uint256) {
  return PackedJob.unwrap(packed) >> JOB_FLAGS_SHIFT;
}

/// @dev Accrued credits fit: they are those that were there, or at most the job's value.
function withCredits(PackedJob packed, uint256 accrued) pure returns (PackedJob) {
  return PackedJob.wrap(replaceBits(PackedJob.unwrap(packed), 0, type(uint88).max, accrued));
}

/// @dev Fits until 2106.
function withAccruedAt(PackedJob packed, uint256 time) pure returns (PackedJob) {
  return PackedJob.wrap(replaceBits(PackedJob.unwrap(packed), ACCRUED_AT_SHIFT, type(uint32).max, time));
}

/// @notice With a payment taken from its credits, which cover it, at the time that it is settled to
function paid(PackedJob packed, uint256 payment) pure returns (PackedJob) {
  uint256 word = replaceBits(PackedJob.unwrap(packed), WORKED_AT_SHIFT, type(uint32).max, packed.accruedAt());
  unchecked {
    // The lowest bits are the credits
    return PackedJob.wrap(word - payment).withFlags(JobFlags.WORKED);
  }
}

function withFlags(PackedJob packed, uint256 raised) pure returns (PackedJob) {
  return PackedJob.wrap(PackedJob.unwrap(packed) | (raised << JOB_FLAGS_SHIFT));
}

function toggled(PackedJob packed, uint256 flag) pure returns (PackedJob) {
  return PackedJob.wrap(PackedJob.unwrap(packed) ^ (flag << JOB_FLAGS_SHIFT));
}
