// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Keepers and their bonds
/// @notice bond -> wait bondTime -> activate -> work -> unbond -> wait unbondTime -> withdraw. Bonded KP3R is burned when
/// it is activated and minted again when it is withdrawn; earnings arrive as bonded KP3R.
///
/// A keeper may have an owner. Then only the owner moves bonds, and the keeper's own key can do nothing but work: whoever
/// steals it from a bot takes none of them. What jobs pay in tokens is sent to the keeper's own address, and isn't bonded.
interface IKeeperBonds {
  /// @notice Emitted when tokens are handed in
  /// @param keeper The keeper
  /// @param bonding The token
  /// @param amount What arrived, in the token's own unit
  event Bonding(address indexed keeper, address indexed bonding, uint256 amount);

  /// @notice Emitted when handed-in tokens become a bond
  /// @param keeper The keeper
  /// @param bond The token
  /// @param amount What was added to the bond, in the token's own unit
  event Activation(address indexed keeper, address indexed bond, uint256 amount);

  /// @notice Emitted when a keeper's bond or a job's liquidity starts to be unbonded
  /// @param keeperOrJob The keeper or the job
  /// @param unbonding The token or the liquidity
  /// @param amount In its own unit
  event Unbonding(address indexed keeperOrJob, address indexed unbonding, uint256 amount);

  /// @notice Emitted when an unbonded amount is withdrawn
  /// @param keeper The keeper
  /// @param bond The token
  /// @param amount In the token's own unit
  event Withdrawal(address indexed keeper, address indexed bond, uint256 amount);

  /// @notice Emitted when a keeper is offered to an owner
  /// @param keeper The keeper
  /// @param owner Who moves its bonds, and offers it
  /// @param pendingOwner Who may accept it; zero when an offer is withdrawn
  event KeeperOwnershipChange(address indexed keeper, address indexed owner, address indexed pendingOwner);

  /// @notice Emitted when an owner accepts a keeper
  /// @param keeper The keeper
  /// @param previousOwner Who moved its bonds
  /// @param newOwner Who moves them now
  event KeeperOwnershipAssent(address indexed keeper, address indexed previousOwner, address indexed newOwner);

  /// @notice Thrown when there is no pending bond to activate, or nothing to slash
  /// @custom:remedy Call `bond` first; 0 is enough for a keeper without a bond. `pendingBonds` returns the amount that
  /// can be activated.
  error BondsUnexistent();

  /// @notice Thrown when `bondTime` hasn't passed
  /// @custom:remedy Wait until `canActivateAfter` has passed.
  error BondsLocked();

  /// @notice Thrown when there is nothing to withdraw
  /// @custom:remedy Unbond first, and withdraw from the address that unbonded.
  error UnbondsUnexistent();

  /// @notice Thrown when `unbondTime` hasn't passed
  /// @custom:remedy Wait until `canWithdrawAfter` has passed.
  error UnbondsLocked();

  /// @notice Thrown when more is unbonded than is bonded
  /// @param bonded What is bonded
  /// @param amount What was asked for
  /// @custom:remedy Unbond at most what `bonds` answers.
  error BondsInsufficient(uint256 bonded, uint256 amount);

  /// @notice Thrown when a revoked keeper would bond or be paid
  /// @custom:remedy Ask governance to `reinstate` the keeper.
  error KeeperBarred();

  /// @notice Thrown when the caller isn't the keeper's owner, or the keeper itself if it has none
  /// @custom:remedy Send it from the keeper's owner, with the function whose name ends in `For`. A keeper without an
  /// owner sends it itself.
  error OnlyKeeperOwner();

  /// @notice Thrown when the caller isn't the keeper's proposed owner
  /// @custom:remedy Have the keeper, or its owner, offer it to the sender with `changeKeeperOwnership`.
  error OnlyPendingKeeperOwner();

  /// @notice Thrown when the minter of KP3R minted less than it should
  /// @param minted What arrived
  /// @param amount What was asked for
  /// @custom:remedy Tell governance that the minter is broken. It can replace the minter with `setKeep3rV1Proxy`.
  error MintInsufficient(uint256 minted, uint256 amount);

  /// @notice All active keepers, in no order
  /// @return list Their addresses
  function keepers() external view returns (address[] memory list);

  /// @notice When a keeper was first activated; 0 if it never was
  /// @param keeper Any address
  function firstSeen(address keeper) external view returns (uint256);

  /// @notice Whether an address has ever bonded
  /// @param keeper Any address
  function hasBonded(address keeper) external view returns (bool);

  /// @notice What a keeper has bonded of a token
  /// @param keeper Any address
  /// @param bond The token
  function bonds(address keeper, address bond) external view returns (uint256);

  /// @notice What a keeper has handed in and not activated yet
  /// @param keeper Any address
  /// @param bonding The token
  function pendingBonds(address keeper, address bonding) external view returns (uint256);

  /// @notice The last second in which handed-in tokens can't be activated; 0 when there are none
  /// @param keeper Any address
  /// @param bonding The token
  function canActivateAfter(address keeper, address bonding) external view returns (uint256);

  /// @notice What a keeper is unbonding of a token or, if nothing, what the job's current owner is unbonding of a liquidity
  /// @param keeperOrJob Any address
  /// @param unbonding The token or the liquidity
  function pendingUnbonds(address keeperOrJob, address unbonding) external view returns (uint256);

  /// @notice The last second in which the amount of `pendingUnbonds` can't be withdrawn; 0 when there is none
  /// @param keeperOrJob Any address
  /// @param unbonding The token or the liquidity
  function canWithdrawAfter(address keeperOrJob, address unbonding) external view returns (uint256);

  /// @notice Hands in tokens to be bonded by the caller. 0 is allowed, for keepers without a bond.
  /// @dev Measured by balance difference. Restarts the clock of all that is pending. Reverts with `OnlyKeeperOwner`,
  /// `Disputed`, `KeeperBarred`, `WithoutCode`.
  /// @param bonding The token; KP3R or any other, but rebasing tokens are not supported
  /// @param amount In the token's own unit
  function bond(address bonding, uint256 amount) external;

  /// @notice As `bond`, for a keeper that the caller owns
  /// @param keeper The keeper
  function bondFor(address keeper, address bonding, uint256 amount) external;

  /// @notice Turns what the caller handed in into a bond, and the caller into a keeper unless it was revoked
  /// @dev Reverts with `OnlyKeeperOwner`, `Disputed`, `BondsUnexistent`, `BondsLocked`
  /// @param bonding The token
  function activate(address bonding) external;

  /// @notice As `activate`, for a keeper that the caller owns
  /// @param keeper The keeper
  function activateFor(address keeper, address bonding) external;

  /// @notice Starts to unbond. Restarts the clock of all that is pending.
  /// @dev Reverts with `OnlyKeeperOwner`, `ZeroAmount`, `BondsInsufficient`
  /// @param bonding The token
  /// @param amount In the token's own unit
  function unbond(address bonding, uint256 amount) external;

  /// @notice As `unbond`, for a keeper that the caller owns
  /// @param keeper The keeper
  function unbondFor(address keeper, address bonding, uint256 amount) external;

  /// @notice Sends what was unbonded to the caller
  /// @dev Reverts with `OnlyKeeperOwner`, `Disputed`, `UnbondsUnexistent`, `UnbondsLocked`, `MintInsufficient`
  /// @param bonding The token
  function withdraw(address bonding) external;

  /// @notice As `withdraw`, for a keeper that the caller owns; the tokens go to the caller
  /// @param keeper The keeper
  function withdrawFor(address keeper, address bonding) external;

  /// @notice Offers a keeper to an owner, replacing an earlier offer. Only who moves its bonds may call.
  /// @dev A keeper is given back to itself by offering it to itself.
  /// @param keeper The keeper
  /// @param newOwner Who may accept; zero withdraws the offer
  function changeKeeperOwnership(address keeper, address newOwner) external;

  /// @notice Makes the caller the keeper's owner. Only who it was offered to may call.
  /// @param keeper The keeper
  function acceptKeeperOwnership(address keeper) external;
}
