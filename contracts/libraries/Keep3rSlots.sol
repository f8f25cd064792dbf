// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Slots of Keep3r
/// @notice Where Keep3rStorage keeps what is read through `extsload`
library Keep3rSlots {
  bytes32 internal constant KEEPER_LIST = bytes32(uint256(7));
  bytes32 internal constant KEEPERS = bytes32(uint256(8));
  bytes32 internal constant KEEPER_OWNERS = bytes32(uint256(9));
  bytes32 internal constant KEEPER_PENDING_OWNERS = bytes32(uint256(10));
  bytes32 internal constant JOB_LIST = bytes32(uint256(14));
  bytes32 internal constant JOBS = bytes32(uint256(15));
  bytes32 internal constant REGISTRATIONS = bytes32(uint256(16));
  bytes32 internal constant MIGRATIONS = bytes32(uint256(18));
  bytes32 internal constant POSITIONS = bytes32(uint256(19));
  bytes32 internal constant JOB_PENDING_UNBONDS = bytes32(uint256(20));
  bytes32 internal constant JOB_TOKENS = bytes32(uint256(21));
  bytes32 internal constant LIQUIDITIES = bytes32(uint256(23));
  bytes32 internal constant OWED = bytes32(uint256(25));
  bytes32 internal constant SLASH_HELD = bytes32(uint256(26));
}
