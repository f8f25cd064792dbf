// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AutomationCompatibleInterface} from "@chainlink/contracts/src/v0.8/automation/interfaces/AutomationCompatibleInterface.sol";
import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {IAutomationJob} from "../../interfaces/jobs/IAutomationJob.sol";
import {IUpkeepForwarder} from "../../interfaces/jobs/IUpkeepForwarder.sol";
import {OwnedJob} from "../OwnedJob.sol";
import {UpkeepBridge} from "./UpkeepBridge.sol";

/// @title AutomationJob
/// @notice Runs upkeeps that were written for Chainlink Automation
contract AutomationJob is IAutomationJob, UpkeepBridge {
  /// @param keep3r_ The network
  /// @param owner_ Who sets the parameters, and who the job is offered to; not the zero address
  constructor(IKeep3r keep3r_, address owner_) OwnedJob(keep3r_, owner_) {}

  /// @inheritdoc IAutomationJob
  function register(
    address owner,
    address target,
    bytes calldata checkData,
    CheckMode checkMode,
    UpkeepConfig calldata config
  ) external override returns (uint256 id, IUpkeepForwarder forwarder) {
    return _register(owner, target, target, checkData, checkMode, config);
  }

  function _checkCall(bytes memory checkData) internal pure override returns (bytes memory) {
    return abi.encodeCall(AutomationCompatibleInterface.checkUpkeep, (checkData));
  }

  function _performCall(bytes memory payload) internal pure override returns (bytes memory) {
    return abi.encodeCall(AutomationCompatibleInterface.performUpkeep, (payload));
  }
}
