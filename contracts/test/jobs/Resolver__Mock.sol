// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IResolver} from "../../interfaces/external/IResolver.sol";

/// @notice A counter that only its automation may increase, once an interval
contract AutomatedCounter__Mock {
  error OnlyAutomation(address caller);

  address public automation;
  uint256 public count;
  uint256 public lastIncrease;

  function setAutomation(address automation_) external {
    automation = automation_;
  }

  function increase(uint256 amount) external {
    if (msg.sender != automation) revert OnlyAutomation(msg.sender);
    count += amount;
    lastIncrease = block.timestamp;
  }
}

/// @notice Has the counter increased once an interval
contract CounterResolver__Mock is IResolver {
  AutomatedCounter__Mock public immutable counter;
  uint256 public immutable interval;

  constructor(AutomatedCounter__Mock counter_, uint256 interval_) {
    (counter, interval) = (counter_, interval_);
  }

  function checker() external view override returns (bool, bytes memory) {
    return checkerFor(1);
  }

  /// @notice A checker with an argument, of another name
  function checkerFor(uint256 amount) public view returns (bool, bytes memory) {
    if (block.timestamp < counter.lastIncrease() + interval) return (false, bytes("Too early"));

    return (true, abi.encodeCall(counter.increase, (amount)));
  }
}

/// @notice Answers what it is told to
contract ScriptedResolver__Mock is IResolver {
  bool private _canExec;
  bytes private _execPayload;

  function script(bool canExec, bytes calldata execPayload) external {
    (_canExec, _execPayload) = (canExec, execPayload);
  }

  function checker() external view override returns (bool, bytes memory) {
    return (_canExec, _execPayload);
  }
}
