// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

using SafeCast for uint256;
using {amount, spent, add, reduce, spend, book} for TokenCredit global;

/// @notice A job's credits in a token, in the token's own unit: one slot, from the lowest bit
/// amount 128 | spent 128
/// amount: what it can spend. spent: what has left since what is owed of the token was last brought up to date
type TokenCredit is uint256;

uint256 constant SPENT_SHIFT = 128;

function amount(TokenCredit credit) pure returns (uint256) {
  return uint128(TokenCredit.unwrap(credit));
}

function spent(TokenCredit credit) pure returns (uint256) {
  return TokenCredit.unwrap(credit) >> SPENT_SHIFT;
}

/// @dev Reverts when the sum doesn't fit.
function add(TokenCredit credit, uint256 value) pure returns (TokenCredit) {
  (credit.amount() + value).toUint128();
  return TokenCredit.wrap(TokenCredit.unwrap(credit) + value);
}

/// @dev The caller has checked that the amount covers it.
function reduce(TokenCredit credit, uint256 value) pure returns (TokenCredit) {
  unchecked {
    return TokenCredit.wrap(TokenCredit.unwrap(credit) - value);
  }
}

/// @dev The caller has checked that the amount covers it. What is spent fits, but of a token of which more than 2 ** 128 - 1
/// moves between two bookings: the sum is then too low, and what is owed remains too high, which takes nothing from anybody.
function spend(TokenCredit credit, uint256 value) pure returns (TokenCredit) {
  unchecked {
    return TokenCredit.wrap(TokenCredit.unwrap(credit) - value + (value << SPENT_SHIFT));
  }
}

/// @dev With nothing spent.
function book(TokenCredit credit) pure returns (TokenCredit) {
  return TokenCredit.wrap(credit.amount());
}
