// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AutomationCompatible} from "@chainlink/contracts/src/v0.8/automation/AutomationCompatible.sol";
import {AutomationCompatibleInterface} from "@chainlink/contracts/src/v0.8/automation/interfaces/AutomationCompatibleInterface.sol";
import {IntervalUpkeep__Mock} from "../../simulation/IntervalUpkeep__Mock.sol";

/// @notice Remembers how it was called
contract RecordingUpkeep__Mock is IntervalUpkeep__Mock {
  bytes public lastCheckData;
  address public lastCaller;
  uint256 public gasAtEntry;

  constructor(uint256 interval_) IntervalUpkeep__Mock(interval_) {}

  function performUpkeep(bytes calldata performData) public override {
    gasAtEntry = gasleft();
    super.performUpkeep(performData);
    (, lastCheckData) = abi.decode(performData, (uint256, bytes));
    lastCaller = msg.sender;
  }
}

/// @notice Finds its work off the chain: the check is for simulation only, and the perform validates what it is handed
contract SimulatedUpkeep__Mock is AutomationCompatible {
  error NotPending(uint256 item);

  uint256 public items;
  uint256 public done;

  function add() external {
    ++items;
  }

  function checkUpkeep(bytes calldata) external view override cannotExecute returns (bool, bytes memory) {
    return (done < items, abi.encode(done + 1));
  }

  function performUpkeep(bytes calldata performData) external override {
    uint256 item = abi.decode(performData, (uint256));
    if (item != done + 1 || item > items) revert NotPending(item);

    done = item;
  }
}

/// @notice Accrues before it decides, so that its check writes; pays out what has accrued in a minute or more
contract AccruingUpkeep__Mock is AutomationCompatibleInterface {
  error NothingAccrued();

  uint256 public accrued;
  uint256 public accruedAt = block.timestamp;
  uint256 public paidOut;

  function accrue() public {
    accrued += block.timestamp - accruedAt;
    accruedAt = block.timestamp;
  }

  function checkUpkeep(bytes calldata) external override returns (bool, bytes memory) {
    accrue();
    return (accrued >= paidOut + 60, "");
  }

  function performUpkeep(bytes calldata) external override {
    accrue();
    if (accrued < paidOut + 60) revert NothingAccrued();

    paidOut = accrued;
  }
}

/// @notice Lets in nobody but its forwarder, and passes over a step for which it has too little gas
contract GuardedUpkeep__Mock is AutomationCompatibleInterface {
  error OnlyForwarder(address caller);

  address public forwarder;
  uint256 public full;
  uint256 public degraded;

  function setForwarder(address forwarder_) external {
    forwarder = forwarder_;
  }

  function checkUpkeep(bytes calldata) external pure override returns (bool, bytes memory) {
    return (true, "");
  }

  function performUpkeep(bytes calldata) external override {
    if (msg.sender != forwarder) revert OnlyForwarder(msg.sender);
    try this.step() {
      ++full;
    } catch {
      ++degraded;
    }
  }

  function step() external view {
    uint256 start = gasleft();
    while (start - gasleft() < 250_000) {}
  }
}
