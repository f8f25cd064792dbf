// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {replaceBits} from "./Bits.sol";

using SafeCast for uint256;
using {amount, mining, liquidity, withAmount, withMining} for Position global;

/// @notice Liquidity of one kind bonded to a job: one slot, from the lowest bit
/// amount 88 | mining 8 | liquidity 160
/// amount: LP tokens. mining: whether its worth is part of the job's value; not once revoked. liquidity: the LP token
/// @dev Packed by hand, as PackedJob is.
type Position is uint256;

uint256 constant MINING_SHIFT = 88;
uint256 constant LIQUIDITY_SHIFT = 96;

/// @dev An empty position of a kind.
function positionOf(address liquidity_) pure returns (Position) {
  return Position.wrap(uint256(uint160(liquidity_)) << LIQUIDITY_SHIFT);
}

function amount(Position position) pure returns (uint256) {
  return uint88(Position.unwrap(position));
}

function mining(Position position) pure returns (bool) {
  return uint8(Position.unwrap(position) >> MINING_SHIFT) != 0;
}

function liquidity(Position position) pure returns (address) {
  return address(uint160(Position.unwrap(position) >> LIQUIDITY_SHIFT));
}

/// @dev Reverts when it doesn't fit.
function withAmount(Position position, uint256 value) pure returns (Position) {
  return Position.wrap(replaceBits(Position.unwrap(position), 0, type(uint88).max, value.toUint88()));
}

function withMining(Position position, bool value) pure returns (Position) {
  return Position.wrap(replaceBits(Position.unwrap(position), MINING_SHIFT, type(uint8).max, value ? 1 : 0));
}
