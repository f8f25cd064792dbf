// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IUpkeepBridge} from "./IUpkeepBridge.sol";
import {IUpkeepForwarder} from "./IUpkeepForwarder.sol";

/// @title A bridge for tasks of Gelato
/// @notice Asks resolvers for what to execute, and executes it on their targets, as they are
interface IResolverJob is IUpkeepBridge {
  /// @notice Registers a task. Only the bridge's owner may call; it has no budget yet.
  /// @dev Reverts with `UpkeepOwnerZeroAddress`, `UpkeepWithoutCode`, `UpkeepLimit`, `UpkeepDataTooLong`,
  /// `GasLimitOutOfBounds`, `IntervalZero`, `MaxPerformDataOutOfBounds`
  /// @param owner Who is to own it; not the zero address
  /// @param resolver The contract that is asked, by a static call
  /// @param resolverData The whole calldata of its checker, arguments included: `checker()` or whatever it is called
  /// @param target The contract that `execPayload` is executed on
  /// @param config Its limits; `maxPerformData` has to be 0, as a keeper has no say in the payload
  /// @return id The upkeep
  /// @return forwarder The `msg.sender` of its calls, for a target that lets in nobody else
  function register(
    address owner,
    address resolver,
    bytes calldata resolverData,
    address target,
    UpkeepConfig calldata config
  ) external returns (uint256 id, IUpkeepForwarder forwarder);
}
