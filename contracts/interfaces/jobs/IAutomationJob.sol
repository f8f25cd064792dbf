// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IUpkeepBridge} from "./IUpkeepBridge.sol";
import {IUpkeepForwarder} from "./IUpkeepForwarder.sol";

/// @title A bridge for upkeeps of Chainlink Automation
/// @notice Runs contracts that implement `AutomationCompatibleInterface`, as they are
interface IAutomationJob is IUpkeepBridge {
  /// @notice Registers an upkeep. Only the bridge's owner may call; the upkeep has no budget yet.
  /// @dev Reverts with `UpkeepOwnerZeroAddress`, `UpkeepWithoutCode`, `UpkeepLimit`, `UpkeepDataTooLong`,
  /// `GasLimitOutOfBounds`, `IntervalZero`, `MaxPerformDataOutOfBounds`
  /// @param owner Who is to own the upkeep; not the zero address
  /// @param target The upkeep contract
  /// @param checkData What `checkUpkeep` is called with
  /// @param checkMode How `checkUpkeep` is run; it can't be changed later
  /// @param config Its limits
  /// @return id The upkeep
  /// @return forwarder The `msg.sender` of its calls, for a target that lets in nobody else
  function register(
    address owner,
    address target,
    bytes calldata checkData,
    CheckMode checkMode,
    UpkeepConfig calldata config
  ) external returns (uint256 id, IUpkeepForwarder forwarder);
}
