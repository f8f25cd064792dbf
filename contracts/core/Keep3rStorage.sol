// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Governable} from "../governance/Governable.sol";
import {PackedJob} from "../types/Job.sol";
import {PackedKeeper} from "../types/Keeper.sol";
import {Position} from "../types/Position.sol";
import {Liquidity, Migration, Pending, Registration, Terms} from "../types/Types.sol";
import {TokenCredit} from "../types/TokenCredit.sol";
import {WorkConfig} from "../types/WorkConfig.sol";

/// @title Keep3rStorage
/// @notice Every slot of Keep3r; slots 0 and 1 are Governable's governance and pendingGovernance
// All state in one file is what it is for.
// solhint-disable-next-line max-states-count
abstract contract Keep3rStorage is Governable {
  /// @dev Slot 2, 32 bytes: what the payment path needs of the parameters
  WorkConfig internal _config;

  /// @dev Slot 3, 21 bytes: the other parameters
  Terms internal _terms;

  /// @dev Slot 4, 20 bytes: the minter of KP3R
  address internal _keep3rV1Proxy;

  /// @dev Slots 5 and 6: who may dispute, who may slash
  mapping(address disputer => bool) internal _disputers;
  mapping(address slasher => bool) internal _slashers;

  /// @dev Slot 7: the active keepers; Keeper.place is the index from 1
  address[] internal _keeperList;

  /// @dev Slot 8: one slot a keeper
  mapping(address keeper => PackedKeeper) internal _keepers;

  /// @dev Slots 9 and 10: a keeper's owner, and who it is offered to
  mapping(address keeper => address owner) internal _keeperOwners;
  mapping(address keeper => address pendingOwner) internal _keeperPendingOwners;

  /// @dev Slot 11: bonds in other tokens than KP3R, which is in Keeper.bond
  mapping(address keeper => mapping(address token => uint256)) internal _tokenBonds;

  /// @dev Slots 12 and 13: what was handed in and isn't activated; what is being unbonded
  mapping(address keeper => mapping(address token => Pending)) internal _pendingBonds;
  mapping(address keeper => mapping(address token => Pending)) internal _pendingUnbonds;

  /// @dev Slot 14: the registered jobs; Registration.place is the index from 1
  address[] internal _jobList;

  /// @dev Slot 15: one slot a job for the payment path; Job.workedAt and JobFlags.WORKED are only set for registered jobs
  mapping(address job => PackedJob) internal _jobs;

  /// @dev Slots 16 to 18: a job's owner, who it is offered to, where it is to migrate to
  mapping(address job => Registration) internal _registrations;
  mapping(address job => address pendingOwner) internal _jobPendingOwners;
  mapping(address job => Migration) internal _migrations;

  /// @dev Slot 19: the liquidities bonded to a job, indices below Job.liquidityCount
  mapping(address job => mapping(uint256 index => Position)) internal _positions;

  /// @dev Slot 20: liquidity being unbonded from a job, by who unbonded it
  mapping(address job => mapping(address liquidity => mapping(address owner => Pending))) internal _jobPendingUnbonds;

  /// @dev Slot 21: the tokens that a job was credited with, indices below Registration.tokenCount
  mapping(address job => mapping(uint256 index => address token)) internal _jobTokens;

  /// @dev Slot 22: token credits
  mapping(address job => mapping(address token => TokenCredit)) internal _jobTokenCredits;

  /// @dev Slot 23: one slot a kind of liquidity
  mapping(address liquidity => Liquidity) internal _liquidities;

  /// @dev Slot 24: the approved kinds of liquidity; Liquidity.place is the index from 1
  address[] internal _approvedLiquidities;

  /// @dev Slots 25 and 26: what is owed of a token to anyone, and what was spent of it that isn't booked yet; the part of
  /// it that is slashed and held for governance. Liquidity that is bonded to jobs isn't counted: see `sendDust`
  mapping(address token => uint256) internal _owed;
  mapping(address token => uint256) internal _slashHeld;

  /// @dev Transient: the gas accounted to all payments of the transaction, plus one for each; 0 before the first
  uint256 internal transient _gasPaid;
}
