// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AutomationCompatibleInterface} from "@chainlink/contracts/src/v0.8/automation/interfaces/AutomationCompatibleInterface.sol";

/// @notice An upkeep whose check always says yes unless it is told to misbehave
contract HostileUpkeep__Mock is AutomationCompatibleInterface {
  error Refused();
  error Hungry(uint256 gas);

  enum Behaviour {
    Honest,
    BurnGas,
    BombReturning,
    BombReverting,
    Revert,
    /// @dev Reverts unless it gets more gas than it should
    Hunger,
    /// @dev Calls what it is told to, and insists on success
    Call,
    /// @dev Calls what it is told to, and minds nothing
    TryCall
  }

  Behaviour public inCheck;
  Behaviour public inPerform;
  address public called;
  bytes public callData;
  uint256 public hunger;
  uint256 public performs;
  bool public lastCallSucceeded;
  /// @dev What the check returns instead of an answer, if anything
  bytes public answer;

  function behave(Behaviour inCheck_, Behaviour inPerform_) external {
    (inCheck, inPerform) = (inCheck_, inPerform_);
  }

  function willCall(address called_, bytes calldata callData_) external {
    (called, callData) = (called_, callData_);
  }

  function setHunger(uint256 hunger_) external {
    hunger = hunger_;
  }

  function setAnswer(bytes calldata answer_) external {
    answer = answer_;
  }

  /// @notice Calls anything, for its author
  function execute(address called_, bytes calldata data) external {
    (bool success, ) = called_.call(data);
    if (!success) revert Refused();
  }

  function checkUpkeep(bytes calldata) external override returns (bool, bytes memory) {
    _behave(inCheck);
    bytes memory raw = answer;
    if (raw.length != 0) {
      assembly {
        return(add(raw, 32), mload(raw))
      }
    }
    return (true, "");
  }

  function performUpkeep(bytes calldata) external override {
    ++performs;
    _behave(inPerform);
  }

  function _behave(Behaviour behaviour) private {
    if (behaviour == Behaviour.BurnGas) {
      while (true) {}
    } else if (behaviour == Behaviour.BombReturning) {
      assembly {
        return(0, 200000)
      }
    } else if (behaviour == Behaviour.BombReverting) {
      assembly {
        revert(0, 200000)
      }
    } else if (behaviour == Behaviour.Revert) {
      revert Refused();
    } else if (behaviour == Behaviour.Hunger) {
      if (gasleft() < hunger) revert Hungry(gasleft());
    } else if (behaviour == Behaviour.Call || behaviour == Behaviour.TryCall) {
      (bool success, ) = called.call(callData);
      if (behaviour == Behaviour.Call && !success) revert Refused();
      lastCallSucceeded = success;
    }
  }
}
