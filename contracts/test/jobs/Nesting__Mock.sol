// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AutomationCompatibleInterface} from "@chainlink/contracts/src/v0.8/automation/interfaces/AutomationCompatibleInterface.sol";
import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {IKeep3rWorkable} from "../../interfaces/IKeep3rWorkable.sol";
import {BatchKeeper__Mock} from "../BatchKeeper__Mock.sol";

/// @notice The cheapest duty there is: always due, and done at once
contract CheapUpkeep__Mock is AutomationCompatibleInterface {
  function checkUpkeep(bytes calldata) external pure override returns (bool, bytes memory) {
    return (true, "");
  }

  function performUpkeep(bytes calldata) external override {}
}

/// @notice A keeper that is a contract, and an upkeep: performed, it works other jobs
contract NestingKeeper__Mock is AutomationCompatibleInterface, BatchKeeper__Mock {
  address public job;
  bytes[] public data;

  function set(address job_, bytes[] calldata data_) external {
    job = job_;
    delete data;
    for (uint256 i; i < data_.length; ++i) {
      data.push(data_[i]);
    }
  }

  function checkUpkeep(bytes calldata) external pure override returns (bool, bytes memory) {
    return (true, "");
  }

  function performUpkeep(bytes calldata) external override {
    for (uint256 i; i < data.length; ++i) {
      IKeep3rWorkable(job).work(data[i]);
    }
  }

  function workEach(address job_, bytes[] calldata data_) external {
    for (uint256 i; i < data_.length; ++i) {
      IKeep3rWorkable(job_).work(data_[i]);
    }
  }
}

/// @notice An upkeep that is a job, too: it closes a meter of its own in a frame with little gas, so that all that is kept
/// from the frame counts as paid
contract MeterClosingUpkeep__Mock is AutomationCompatibleInterface {
  IKeep3r private immutable _keep3r;
  address private immutable _keeper;

  constructor(IKeep3r keep3r_, address keeper_) {
    (_keep3r, _keeper) = (keep3r_, keeper_);
  }

  function checkUpkeep(bytes calldata) external pure override returns (bool, bytes memory) {
    return (true, "");
  }

  function performUpkeep(bytes calldata) external override {
    uint256 start = gasleft();
    while (start - gasleft() < 300_000) {}

    _keep3r.isKeeper(_keeper);
    this.close{gas: 60_000}();
  }

  function close() external {
    _keep3r.bondedPayment(_keeper, 0);
  }
}
