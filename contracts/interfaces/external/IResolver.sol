// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What Gelato asks of a resolver; others take arguments, or have another name
interface IResolver {
  /// @notice Whether there is something to execute, and what
  /// @return canExec Whether to execute
  /// @return execPayload Calldata for the target, selector included; a reason when there is nothing to do
  function checker() external view returns (bool canExec, bytes memory execPayload);
}
