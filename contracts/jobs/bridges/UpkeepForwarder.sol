// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IUpkeepForwarder} from "../../interfaces/jobs/IUpkeepForwarder.sol";

/// @dev The most bytes that an upkeep is checked or performed with.
uint256 constant MAX_UPKEEP_DATA = 5_120;

/// @title UpkeepForwarder
/// @notice The address that one upkeep of a bridge is called from
contract UpkeepForwarder is IUpkeepForwarder {
  /// @dev An ABI-encoded `(bool, bytes)`: the flag, an offset and a length before the data.
  uint256 private constant MAX_ANSWER = 3 * 32 + MAX_UPKEEP_DATA;

  /// @dev What comes between the reading of the gas and the call: a cold account that delegates to another one that is
  /// cold too (EIP-7702), and a few words on the stack.
  uint256 private constant CALL_GAS = 6_000;

  /// @inheritdoc IUpkeepForwarder
  address public immutable override bridge;

  /// @inheritdoc IUpkeepForwarder
  address public immutable override checker;

  /// @inheritdoc IUpkeepForwarder
  address public immutable override performer;

  /// @dev Reverts with `OnlyBridge`
  modifier onlyBridge() {
    if (msg.sender != bridge) revert OnlyBridge(msg.sender);
    _;
  }

  /// @dev The bridge is who deploys it.
  /// @param checker_ The contract that is asked whether there is work
  /// @param performer_ The contract that does the work
  constructor(address checker_, address performer_) {
    (bridge, checker, performer) = (msg.sender, checker_, performer_);
  }

  /// @inheritdoc IUpkeepForwarder
  // In memory, where the assembly takes it from.
  // solhint-disable-next-line gas-calldata-parameters
  function check(uint256 gasLimit, bytes memory data) external view override onlyBridge returns (bytes memory answer) {
    _checkGas(gasLimit);

    address called = checker;
    bool success;
    assembly ("memory-safe") {
      success := staticcall(gasLimit, called, add(data, 32), mload(data), 0, 0)
    }
    return _answer(success);
  }

  /// @inheritdoc IUpkeepForwarder
  // In memory, where the assembly takes it from.
  // solhint-disable-next-line gas-calldata-parameters
  function checkUndone(uint256 gasLimit, bytes memory data) external override onlyBridge {
    _checkGas(gasLimit);

    LowLevelCall.bubbleRevert(_answer(_call(checker, gasLimit, data)));
  }

  /// @inheritdoc IUpkeepForwarder
  // In memory, where the assembly takes it from.
  // solhint-disable-next-line gas-calldata-parameters
  function perform(uint256 gasLimit, bytes memory data) external override onlyBridge returns (bool success) {
    // An account without code lets every call succeed
    if (performer.code.length == 0) return false;
    _checkGas(gasLimit);

    return _call(performer, gasLimit, data);
  }

  function _call(address called, uint256 gasLimit, bytes memory data) private returns (bool success) {
    assembly ("memory-safe") {
      success := call(gasLimit, called, 0, add(data, 32), mload(data), 0, 0)
    }
  }

  /// @dev A call that asks for more than 63/64 of what is left gets that much, and isn't told.
  function _checkGas(uint256 gasLimit) private view {
    uint256 available = Math.saturatingSub(gasleft(), CALL_GAS);
    available -= available / 64;
    if (available < gasLimit) revert GasShort(available, gasLimit);
  }

  function _answer(bool success) private pure returns (bytes memory) {
    if (!success || LowLevelCall.returnDataSize() > MAX_ANSWER) return "";

    return LowLevelCall.returnData();
  }
}
