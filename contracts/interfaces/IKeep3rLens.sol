// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IKeep3r} from "./IKeep3r.sol";

/// @title One-call reads of Keep3r
/// @notice For people, bots and front ends. Also the getters that Keep3r has no room for: they read its storage.
interface IKeep3rLens {
  /// @notice All about a keeper
  struct KeeperState {
    address owner; // who moves its bonds; zero, or the keeper, when it is the keeper itself
    bool active; // it was activated and isn't revoked
    bool disputed;
    bool barred; // it was revoked
    uint256 firstSeen; // when it was first activated
    uint256 earned; // KP3R earned in its lifetime
    uint256 bonded; // KP3R
    uint256 pendingBonds; // KP3R handed in
    uint256 canActivateAfter;
    uint256 pendingUnbonds; // KP3R being unbonded
    uint256 canWithdrawAfter;
  }

  /// @notice A job's liquidity of one kind
  // Never stored; in the order that one reads it in.
  // solhint-disable-next-line gas-struct-packing
  struct LiquidityState {
    address liquidity;
    uint256 amount; // LP tokens bonded
    bool mining; // whether it is part of the job's value
    uint256 price; // KP3R per LP token in force, WAD
    uint256 pendingUnbonds; // LP tokens that the current owner is unbonding
    uint256 canWithdrawAfter;
  }

  /// @notice A job's credits in one token
  struct TokenState {
    address token;
    uint256 credits;
  }

  /// @notice All about a job
  struct JobState {
    address owner; // zero when it isn't registered
    address pendingOwner;
    address pendingMigration;
    address migrationOwner; // who may accept the migration, as long as it owns that job; zero when nobody may
    bool disputed;
    uint256 credits; // KP3R as of now, at the stored value
    uint256 periodCredits; // KP3R that mining fills them up to
    uint256 value; // KP3R underlying of the liquidity that mines
    uint256 rewardedAt; // when credits were last settled
    uint256 workedAt; // when it last paid from its credits
    LiquidityState[] liquidities;
    TokenState[] tokens;
  }

  /// @notice Thrown when the lens is deployed with the zero address
  /// @custom:remedy Deploy it with the network's address.
  error Keep3rZeroAddress();

  /// @notice The network
  function keep3r() external view returns (IKeep3r);

  /// @notice All about a keeper
  /// @param keeper Any address
  function keeperState(address keeper) external view returns (KeeperState memory);

  /// @notice All about a job
  /// @param job Any address
  function jobState(address job) external view returns (JobState memory);

  /// @notice A page of the active keepers, in no order
  /// @param start The first index
  /// @param end The index after the last; cut off at the end of the list
  function keepers(uint256 start, uint256 end) external view returns (address[] memory);

  /// @notice A page of the registered jobs, in no order
  /// @param start The first index
  /// @param end The index after the last; cut off at the end of the list
  function jobs(uint256 start, uint256 end) external view returns (address[] memory);

  /// @notice Who moves a keeper's bonds; zero, or the keeper, when it is the keeper itself
  /// @param keeper Any address
  function keeperOwner(address keeper) external view returns (address);

  /// @notice Who may accept a keeper; zero when it isn't offered
  /// @param keeper Any address
  function keeperPendingOwner(address keeper) external view returns (address);

  /// @notice Whether a keeper was revoked
  /// @param keeper Any address
  function barred(address keeper) external view returns (bool);

  /// @notice What an owner is unbonding from a job
  /// @param job The job
  /// @param liquidity The LP token
  /// @param owner Who unbonded it
  /// @return amount LP tokens
  /// @return canWithdrawAfter The last second in which they are locked; 0 when there are none
  function jobPendingUnbonds(
    address job,
    address liquidity,
    address owner
  ) external view returns (uint256 amount, uint256 canWithdrawAfter);

  /// @notice What Keep3r owes of a token to keepers, jobs and, slashed and held aside, governance: at most. What jobs have
  /// spent is taken off when they are settled. Liquidity that is bonded to jobs, or unbonding from them, isn't in it.
  /// @param token The token
  function owed(address token) external view returns (uint256);

  /// @notice Slashed tokens that refused to be sent to governance
  /// @param token The token
  function slashHeld(address token) external view returns (uint256);

  /// @notice The price of a liquidity in force
  /// @param liquidity The LP token
  /// @return price KP3R per LP token, WAD
  /// @return pricedAt When it was taken; 0 if it never was
  /// @return triedAt When a quote last failed; 0 if none did
  function liquidityPrice(address liquidity) external view returns (uint256 price, uint256 pricedAt, uint256 triedAt);

  /// @notice A job's credits at a later time if it is not touched until then
  /// @param job The job
  /// @param timestamp Seconds since 1970, not before now
  function projectedCredits(address job, uint256 timestamp) external view returns (uint256);

  /// @notice A job's credits if it were touched now, at fresh prices and without what was revoked
  /// @dev Settles the job: meant for simulation (`eth_call`)
  /// @param job The job
  /// @return credits KP3R, 18 decimals
  /// @return periodCredits The most that mining fills them to, KP3R, 18 decimals
  function settledCredits(address job) external returns (uint256 credits, uint256 periodCredits);

  /// @notice How long a job's credits last if it spends evenly, at its stored value
  /// @dev Credits above what mining fills them to mine nothing until they are spent.
  /// @param job The job
  /// @param creditsPerDay KP3R, 18 decimals
  /// @return Seconds; the highest number when mining covers the spending
  function runway(address job, uint256 creditsPerDay) external view returns (uint256);

  /// @notice What a keeper would be paid for a work that is the only one of its transaction
  /// @dev Refreshes the quote: meant for simulation (`eth_call`) with the gas price that the keeper is to pay
  /// @param keeper The keeper
  /// @param gasUsed Gas between opening and closing the meter
  /// @return KP3R, 18 decimals
  function previewPayment(address keeper, uint256 gasUsed) external returns (uint256);
}
