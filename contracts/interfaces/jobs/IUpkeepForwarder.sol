// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IUpkeepCall} from "./IUpkeepCall.sol";

/// @title The address that a bridged upkeep is called from
/// @notice Every upkeep has a forwarder of its own: to its target it is what a forwarder of Chainlink Automation 2.1 or a
/// dedicated `msg.sender` of Gelato was. Nobody but the bridge that made it can use it, and it can call nothing but the
/// contracts that it was made for. It calls with the gas limit exactly, and copies no more than it has to.
/// @dev Calls are never made from the bridge itself: a job that calls what others name could be told to call the network.
/// Beware: a forwarder keeps nothing. Tokens that are sent to it, or that it is approved for, are at the upkeep's mercy.
interface IUpkeepForwarder is IUpkeepCall {
  /// @notice Thrown when the caller isn't the bridge
  /// @param caller Who called
  /// @custom:remedy Work through the bridge: nobody else may call.
  error OnlyBridge(address caller);

  /// @notice The bridge that made the forwarder, and alone may use it
  function bridge() external view returns (address);

  /// @notice The contract that is asked whether there is work
  function checker() external view returns (address);

  /// @notice The contract that does the work
  function performer() external view returns (address);

  /// @notice Asks the checker by a static call
  /// @dev Reverts with `OnlyBridge`, `GasShort`
  /// @param gasLimit Gas that the checker gets, neither more nor less
  /// @param data The whole calldata
  /// @return answer What it returned; empty when it failed or returned more than an upkeep may
  function check(uint256 gasLimit, bytes memory data) external view returns (bytes memory answer);

  /// @notice Asks the checker by a call, and undoes what that did: always reverts, with the answer as the reason
  /// @dev The reason is empty when the checker failed or returned more than an upkeep may. Reverts with `OnlyBridge`,
  /// `GasShort` too.
  /// @param gasLimit Gas that the checker gets, neither more nor less
  /// @param data The whole calldata
  function checkUndone(uint256 gasLimit, bytes memory data) external;

  /// @notice Calls the target, and leaves what it returns where it is
  /// @dev Reverts with `OnlyBridge`, `GasShort`
  /// @param gasLimit Gas that the target gets, neither more nor less
  /// @param data The whole calldata
  /// @return success Whether there is a contract, and it didn't revert
  function perform(uint256 gasLimit, bytes memory data) external returns (bool success);
}
