// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

using SafeCast for uint256;
using {unpack, bond, flags, earn} for PackedKeeper global;
using {pack} for Keeper global;

/// @notice All that the payment path needs of a keeper: one slot, from the lowest bit
/// bond 88 | earned 88 | firstSeen 32 | place 32 | flags 16
/// @dev Packed by hand, as PackedJob is.
type PackedKeeper is uint256;

struct Keeper {
  uint256 bond; // bonded KP3R
  uint256 earned; // KP3R earned in its lifetime
  uint256 firstSeen; // when it was first activated
  uint256 place; // its place in the list of keepers, from 1; 0 when it isn't an active keeper
  uint256 flags; // see KeeperFlags
}

/// @notice The bits of `Keeper.flags`
library KeeperFlags {
  /// @dev It was activated and not revoked since.
  uint256 internal constant ACTIVE = 1;
  uint256 internal constant DISPUTED = 2;
  /// @dev It was revoked; only governance lifts that.
  uint256 internal constant BARRED = 4;
  /// @dev It has bonded at least once.
  uint256 internal constant BONDED = 8;
}

uint256 constant KEEPER_FLAGS_SHIFT = 240;

function unpack(PackedKeeper packed) pure returns (Keeper memory keeper) {
  uint256 word = PackedKeeper.unwrap(packed);
  keeper.bond = uint88(word);
  keeper.earned = uint88(word >> 88);
  keeper.firstSeen = uint32(word >> 176);
  keeper.place = uint32(word >> 208);
  keeper.flags = word >> KEEPER_FLAGS_SHIFT;
}

/// @dev Reverts when an amount doesn't fit. Times do until 2106; four billion keepers would each have paid for a slot.
function pack(Keeper memory keeper) pure returns (PackedKeeper) {
  return
    PackedKeeper.wrap(
      uint256(keeper.bond.toUint88()) |
        (uint256(keeper.earned.toUint88()) << 88) |
        (keeper.firstSeen << 176) |
        (keeper.place << 208) |
        (keeper.flags << KEEPER_FLAGS_SHIFT)
    );
}

function flags(PackedKeeper packed) pure returns (uint256) {
  return PackedKeeper.unwrap(packed) >> KEEPER_FLAGS_SHIFT;
}

function bond(PackedKeeper packed) pure returns (uint256) {
  return uint88(PackedKeeper.unwrap(packed));
}

/// @notice Adds a payment to what is bonded and earned
/// @dev Reverts when either doesn't fit; so the sum below carries nothing from one field into the next.
function earn(PackedKeeper packed, uint256 payment) pure returns (PackedKeeper) {
  uint256 word = PackedKeeper.unwrap(packed);
  uint256 higher = uint88(word) > uint88(word >> 88) ? uint88(word) : uint88(word >> 88);
  (higher + payment).toUint88();
  unchecked {
    return PackedKeeper.wrap(word + payment + (payment << 88));
  }
}
