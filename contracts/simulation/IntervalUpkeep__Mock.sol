// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AutomationCompatibleInterface} from "@chainlink/contracts/src/v0.8/automation/interfaces/AutomationCompatibleInterface.sol";

/// @notice Counts once an interval, and validates in `performUpkeep`, as authors for Chainlink are told to
contract IntervalUpkeep__Mock is AutomationCompatibleInterface {
  error TooEarly();
  error WrongRound(uint256 round);

  uint256 public immutable interval;
  uint256 public count;
  uint256 public lastPerform;

  constructor(uint256 interval_) {
    interval = interval_;
  }

  function checkUpkeep(bytes calldata checkData) external view override returns (bool, bytes memory) {
    return (block.timestamp >= lastPerform + interval, abi.encode(count, checkData));
  }

  function performUpkeep(bytes calldata performData) public virtual override {
    if (block.timestamp < lastPerform + interval) revert TooEarly();
    (uint256 round, ) = abi.decode(performData, (uint256, bytes));
    if (round != count) revert WrongRound(round);

    ++count;
    lastPerform = block.timestamp;
  }
}
