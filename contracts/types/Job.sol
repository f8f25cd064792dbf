// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

using SafeCast for uint256;
using {unpack, flags} for PackedJob global;
using {pack} for Job global;

/// @notice All that the payment path needs of a job: one slot, from the lowest bit
/// credits 88 | value 88 | accruedAt 32 | workedAt 32 | liquidityCount 8 | flags 8
/// @dev Packed by hand: what a compiler makes of a packed struct in memory is twice the code and more gas.
type PackedJob is uint256;

struct Job {
  uint256 credits; // KP3R that it can spend, as of accruedAt
  uint256 value; // KP3R underlying of the liquidity that mines for it
  uint256 accruedAt; // when credits were last settled
  uint256 workedAt; // when it last paid from its credits
  uint256 liquidityCount; // how many kinds of liquidity are bonded to it
  uint256 flags; // see JobFlags
}

/// @notice The bits of `Job.flags`
library JobFlags {
  uint256 internal constant DISPUTED = 1;
  /// @dev A quote failed when its liquidities were last valued: an old price is in force for it.
  uint256 internal constant STALE = 2;
  /// @dev It has paid a keeper at least once.
  uint256 internal constant WORKED = 4;
}

uint256 constant JOB_FLAGS_SHIFT = 248;

function unpack(PackedJob packed) pure returns (Job memory job) {
  uint256 word = PackedJob.unwrap(packed);
  job.credits = uint88(word);
  job.value = uint88(word >> 88);
  job.accruedAt = uint32(word >> 176);
  job.workedAt = uint32(word >> 208);
  job.liquidityCount = uint8(word >> 240);
  job.flags = word >> JOB_FLAGS_SHIFT;
}

/// @dev Reverts when an amount doesn't fit. Times do until 2106, the count is at most 8 and the flags are three.
function pack(Job memory job) pure returns (PackedJob) {
  (job.credits | job.value).toUint88();
  return
    PackedJob.wrap(
      job.credits |
        (job.value << 88) |
        (job.accruedAt << 176) |
        (job.workedAt << 208) |
        (job.liquidityCount << 240) |
        (job.flags << JOB_FLAGS_SHIFT)
    );
}

function flags(PackedJob packed) pure returns (uint256) {
  return PackedJob.unwrap(packed) >> JOB_FLAGS_SHIFT;
}
