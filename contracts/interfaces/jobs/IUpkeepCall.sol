// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What can go wrong in a call to an upkeep before it is made
interface IUpkeepCall {
  /// @notice Thrown when the call wouldn't get all of its gas limit, so that a keeper can't make it fail, or take another
  /// turn, by sending too little
  /// @param available Gas that it would get at the most (EIP-150)
  /// @param needed Its gas limit
  /// @custom:remedy Send the transaction again with a higher gas limit.
  error GasShort(uint256 available, uint256 needed);
}
