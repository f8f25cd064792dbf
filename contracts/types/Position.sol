// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

using SafeCast for uint256;
using {unpack} for PackedPosition global;
using {pack} for Position global;

/// @notice Liquidity of one kind bonded to a job: one slot, from the lowest bit
/// amount 88 | mining 8 | liquidity 160
/// @dev Packed by hand, as PackedJob is.
type PackedPosition is uint256;

struct Position {
  uint256 amount; // LP tokens
  bool mining; // whether its worth is part of the job's value; false once revoked
  address liquidity; // the LP token
}

function unpack(PackedPosition packed) pure returns (Position memory position) {
  uint256 word = PackedPosition.unwrap(packed);
  position.amount = uint88(word);
  position.mining = uint8(word >> 88) != 0;
  position.liquidity = address(uint160(word >> 96));
}

/// @dev Reverts when the amount doesn't fit.
function pack(Position memory position) pure returns (PackedPosition) {
  return
    PackedPosition.wrap(
      uint256(position.amount.toUint88()) |
        (position.mining ? 1 << 88 : 0) |
        (uint256(uint160(position.liquidity)) << 96)
    );
}
