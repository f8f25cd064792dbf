// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {replaceBits} from "./Bits.sol";

using SafeCast for uint256;
using {
  unpack,
  bond,
  earned,
  firstSeen,
  place,
  flags,
  earn,
  withBond,
  withFirstSeen,
  withPlace,
  withFlags,
  toggled
} for PackedKeeper global;

/// @notice All that the payment path needs of a keeper: one slot, from the lowest bit
/// bond 88 | earned 88 | firstSeen 32 | place 32 | flags 16
/// @dev Packed by hand, as PackedJob is.
type PackedKeeper is uint256;

/// @notice A PackedKeeper with each field in a word of its own
struct Keeper {
  uint256 bond; // bonded KP3R
  uint256 earned; // KP3R earned in its lifetime
  uint256 firstSeen; // when it was first activated
  uint256 place; // its place in the list of keepers, from 1; 0 when it isn't an active keeper
  uint256 flags; // see KeeperFlags
}

/// @title The bits of `Keeper.flags`
library KeeperFlags {
  /// @dev It was activated and not revoked since.
  uint256 internal constant ACTIVE = 1;
  uint256 internal constant DISPUTED = 2;
  /// @dev It was revoked; only governance lifts that.
  uint256 internal constant BARRED = 4;
  /// @dev It has bonded at least once.
  uint256 internal constant BONDED = 8;
}

uint256 constant EARNED_SHIFT = 88;
uint256 constant FIRST_SEEN_SHIFT = 176;
uint256 constant PLACE_SHIFT = 208;
uint256 constant KEEPER_FLAGS_SHIFT = 240;

function unpack(PackedKeeper packed) pure returns (Keeper memory keeper) {
  keeper.bond = packed.bond();
  keeper.earned = packed.earned();
  keeper.firstSeen = packed.firstSeen();
  keeper.place = packed.place();
  keeper.flags = packed.flags();
}

function bond(PackedKeeper packed) pure returns (uint256) {
  return uint88(PackedKeeper.unwrap(packed));
}

function earned(PackedKeeper packed) pure returns (uint256) {
  return uint88(PackedKeeper.unwrap(packed) >> EARNED_SHIFT);
}

function firstSeen(PackedKeeper packed) pure returns (uint256) {
  return uint32(PackedKeeper.unwrap(packed) >> FIRST_SEEN_SHIFT);
}

function place(PackedKeeper packed) pure returns (uint256) {
  return uint32(PackedKeeper.unwrap(packed) >> PLACE_SHIFT);
}

function flags(PackedKeeper packed) pure returns (uint256) {
  return PackedKeeper.unwrap(packed) >> KEEPER_FLAGS_SHIFT;
}

/// @notice Adds a payment to what is bonded and earned
/// @dev Reverts when either doesn't fit; so nothing is carried from one field into the next.
/// @param payment KP3R, below 2 ** 88 as the credits are that it was taken from
function earn(PackedKeeper packed, uint256 payment) pure returns (PackedKeeper) {
  unchecked {
    ((packed.bond() + payment) | (packed.earned() + payment)).toUint88();
    return PackedKeeper.wrap(PackedKeeper.unwrap(packed) + payment + (payment << EARNED_SHIFT));
  }
}

/// @dev Reverts when it doesn't fit.
function withBond(PackedKeeper packed, uint256 amount) pure returns (PackedKeeper) {
  return PackedKeeper.wrap(replaceBits(PackedKeeper.unwrap(packed), 0, type(uint88).max, amount.toUint88()));
}

/// @dev Fits until 2106.
function withFirstSeen(PackedKeeper packed, uint256 time) pure returns (PackedKeeper) {
  return PackedKeeper.wrap(replaceBits(PackedKeeper.unwrap(packed), FIRST_SEEN_SHIFT, type(uint32).max, time));
}

/// @dev Four billion keepers would each have paid for a slot.
function withPlace(PackedKeeper packed, uint256 index) pure returns (PackedKeeper) {
  return PackedKeeper.wrap(replaceBits(PackedKeeper.unwrap(packed), PLACE_SHIFT, type(uint32).max, index));
}

function withFlags(PackedKeeper packed, uint256 raised) pure returns (PackedKeeper) {
  return PackedKeeper.wrap(PackedKeeper.unwrap(packed) | (raised << KEEPER_FLAGS_SHIFT));
}

function toggled(PackedKeeper packed, uint256 flag) pure returns (PackedKeeper) {
  return PackedKeeper.wrap(PackedKeeper.unwrap(packed) ^ (flag << KEEPER_FLAGS_SHIFT));
}
