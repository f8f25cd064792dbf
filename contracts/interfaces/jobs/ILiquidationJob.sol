// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ITroveManager} from "../external/ITroveManager.sol";

/// @title Liquidates troves of Liquity V1
/// @notice A work is a liquidation that closes troves. `work` takes `abi.encode(n, borrowers)` in its shortest encoding,
/// with exactly one of the two in use:
///
/// - `n`: up to n troves from the riskiest upwards; at least one has to be closed
/// - `borrowers`: the troves of a list; each has to be closed, so that nobody is paid for names that make up the numbers
///
/// Liquity pays whoever liquidates 200 LUSD and 0.5 % of the collateral for a trove. What arrives in a work is passed on in
/// it, to the treasury or to the keeper as the owner chose, beside the KP3R that the keeper is paid for its gas.
///
/// - A treasury that can't receive doesn't stop liquidations: its share stays here until someone sends it on by `sweep`
///   or `sweepEther`, which anyone may call, since they pay nobody but the treasury.
/// - A keeper is sent its ether last, once it has been paid: what its code does with it is its own expense. A keeper that
///   can't receive ether can't work.
///
/// Beware: the owner can name another treasury or beneficiary at any time, and who holds what was not passed on is the
/// treasury of the day.
interface ILiquidationJob {
  /// @notice Who gets what Liquity pays
  enum Beneficiary {
    Treasury,
    Keeper
  }

  /// @notice Emitted when the treasury changes
  /// @param treasury Its address
  event TreasuryChange(address treasury);

  /// @notice Emitted when who gets the compensation changes
  /// @param beneficiary Who gets it
  event BeneficiaryChange(Beneficiary beneficiary);

  /// @notice Emitted when troves were liquidated
  /// @param keeper Who did it
  /// @param recipient Who the compensation is for
  /// @param troves How many were closed
  /// @param lusd What Liquity paid in LUSD, 18 decimals
  /// @param eth What it paid in ether, wei
  event Liquidation(address indexed keeper, address indexed recipient, uint256 troves, uint256 lusd, uint256 eth);

  /// @notice Emitted when the treasury couldn't receive all of the compensation: the job keeps it until it is swept
  /// @param lusd What is kept in LUSD
  /// @param eth What is kept in ether, wei
  event CompensationHeld(uint256 lusd, uint256 eth);

  /// @notice Emitted when a balance of the job was sent to the treasury
  /// @param token The token, or zero for ether
  /// @param treasury Who got it
  /// @param amount In the token's own unit
  event Sweep(address indexed token, address indexed treasury, uint256 amount);

  /// @notice Thrown when the treasury is the zero address or the job itself
  /// @param treasury The address
  /// @custom:remedy Name an address that takes ether and isn't the job.
  error TreasuryInvalid(address treasury);

  /// @notice Thrown when the data of a work isn't the shortest encoding of a number and a list
  /// @param length Its length in bytes
  /// @param expected What it is for the list that was found
  /// @custom:remedy Encode the data as `abi.encode(n, borrowers)` does.
  error WorkDataLength(uint256 length, uint256 expected);

  /// @notice Thrown when a work names both a number and a list of troves, or neither
  /// @param n The number
  /// @param listed The length of the list
  /// @custom:remedy Give a number and an empty list, or zero and a list.
  error NotOneForm(uint256 n, uint256 listed);

  /// @notice Thrown when a work names more troves than allowed
  /// @param count How many
  /// @param maximum How many are allowed
  /// @custom:remedy Name at most `maximum` troves.
  error TooManyTroves(uint256 count, uint256 maximum);

  /// @notice Thrown when fewer troves were closed than required
  /// @param closed How many were
  /// @param needed How many have to be: one, or the length of the list
  /// @custom:remedy Leave out the troves that can't be liquidated any more: somebody was faster, or the price rose.
  error TooFewClosed(uint256 closed, uint256 needed);

  /// @notice Thrown when too little gas is left to send the treasury its ether
  /// @param gasGiven What was left
  /// @param gasNeeded What has to be left
  /// @custom:remedy Send the transaction again with a higher gas limit.
  error TreasuryOutOfGas(uint256 gasGiven, uint256 gasNeeded);

  /// @notice Thrown when ether comes from any address but Liquity's active pool
  /// @param sender Where it comes from
  /// @custom:remedy Send the ether to the treasury instead.
  error UnexpectedEther(address sender);

  /// @notice Thrown when there is nothing to sweep
  /// @param token The token, or zero for ether
  /// @custom:remedy There is nothing to do: the job holds none.
  error NothingToSweep(address token);

  /// @notice Thrown at the end of a dry run when the work would succeed
  /// @custom:remedy There is nothing wrong: send the work, it would succeed.
  error DryRunSucceeded();

  /// @notice How many troves a work may be about
  function MAX_TROVES() external view returns (uint256);

  /// @notice Liquity's trove manager
  function troveManager() external view returns (ITroveManager);

  /// @notice LUSD
  function lusd() external view returns (IERC20);

  /// @notice Liquity's active pool, where ether may come from
  function activePool() external view returns (address);

  /// @notice Where the compensation goes unless it is the keeper's, and all that is swept
  function treasury() external view returns (address);

  /// @notice Who gets the compensation
  function beneficiary() external view returns (Beneficiary);

  /// @notice Sets the treasury. Only the owner may call.
  /// @dev Reverts with `TreasuryInvalid`
  /// @param treasury Not zero, nor the job. It gets 100,000 gas to receive ether with.
  function setTreasury(address treasury) external;

  /// @notice Sets who gets the compensation. Only the owner may call.
  /// @param beneficiary Who gets it
  function setBeneficiary(Beneficiary beneficiary) external;

  /// @notice Sends the treasury all that the job has of a token: LUSD it was held back from, or what strayed here. Anyone
  /// may call.
  /// @dev Reverts with `NothingToSweep`, or as the token does
  /// @param token An ERC-20 token
  function sweep(IERC20 token) external;

  /// @notice Sends the treasury all ether that the job has. Anyone may call.
  /// @dev Reverts with `NothingToSweep`, or as the treasury does
  function sweepEther() external;

  /// @notice Does a liquidation without passing anything on, and reverts: with `DryRunSucceeded` if it closes what `work`
  /// asks for, else with the error of the work. For simulation, by anyone; nothing that it does stays.
  /// @param n The most troves to close, or 0
  /// @param borrowers The troves to close, or none
  function dryRun(uint256 n, address[] calldata borrowers) external;
}
