// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {ITroveManager} from "../../interfaces/external/ITroveManager.sol";
import {Keep3rJob} from "../../jobs/Keep3rJob.sol";
import {LiquidationJob} from "../../jobs/LiquidationJob.sol";
import {PaymentCapped} from "../../jobs/mixins/PaymentCapped.sol";

/// @notice A treasury or a keeper that is a contract, and does with ether that it gets what it is told to
contract EtherReceiver__Mock {
  enum Mode {
    Accept,
    Refuse,
    BurnGas,
    Exhaust,
    Call
  }

  Mode public mode;
  address public callee;
  bytes public data;
  bool public answered;
  bytes public answer;

  receive() external payable {
    _react();
  }

  function setMode(Mode mode_) external {
    mode = mode_;
  }

  /// @notice Has it call something whenever it gets ether
  function arm(address callee_, bytes calldata data_) external {
    mode = Mode.Call;
    (callee, data) = (callee_, data_);
  }

  /// @notice Calls anything, and reverts as it does
  function execute(address called, bytes calldata data_) external payable {
    (bool success, bytes memory reason) = called.call{value: msg.value}(data_);
    if (!success) {
      assembly {
        revert(add(reason, 0x20), mload(reason))
      }
    }
  }

  function _react() private {
    if (mode == Mode.Refuse) revert("refused");
    if (mode == Mode.BurnGas) {
      uint256 keep = gasleft() / 10;
      while (gasleft() > keep) {}
    }
    if (mode == Mode.Exhaust) {
      assembly {
        invalid()
      }
    }
    if (mode == Mode.Call) (answered, answer) = callee.call(data);
  }
}

/// @notice The job with a mixin that lets one keeper work
contract SeatedLiquidationJob__Mock is LiquidationJob {
  address private immutable _seated;

  constructor(
    IKeep3r keep3r_,
    address owner_,
    ITroveManager troveManager_,
    address treasury_,
    address seated_
  ) LiquidationJob(keep3r_, owner_, troveManager_, treasury_, Beneficiary.Treasury) {
    _seated = seated_;
  }

  function _mayWork(address keeper) internal view override returns (bool) {
    return keeper == _seated && super._mayWork(keeper);
  }
}

/// @notice The job with a mixin that measures payments
contract CappedLiquidationJob__Mock is LiquidationJob, PaymentCapped {
  constructor(
    IKeep3r keep3r_,
    address owner_,
    ITroveManager troveManager_,
    address treasury_
  ) LiquidationJob(keep3r_, owner_, troveManager_, treasury_, Beneficiary.Keeper) {}

  function _beforePayment(address keeper) internal override(Keep3rJob, PaymentCapped) {
    super._beforePayment(keeper);
  }

  function _afterPayment(address keeper) internal override(Keep3rJob, PaymentCapped) {
    super._afterPayment(keeper);
  }

  function _gasAfterPayment() internal view override(LiquidationJob, PaymentCapped) returns (uint256) {
    return super._gasAfterPayment();
  }

  function _mayWork(address keeper) internal view override(Keep3rJob, PaymentCapped) returns (bool) {
    return super._mayWork(keeper);
  }

  function _paidCalldata() internal view override(Keep3rJob, LiquidationJob) returns (uint256) {
    return super._paidCalldata();
  }
}
