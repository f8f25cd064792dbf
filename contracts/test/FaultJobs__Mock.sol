// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {Keep3rJob} from "../jobs/Keep3rJob.sol";
import {Work__Mock} from "./Jobs__Mock.sol";

/// @notice What the jobs by hand have in common
abstract contract HandMetered__Mock is Work__Mock {
  error KeeperNotValid();

  IKeep3r public immutable keep3r;

  constructor(IKeep3r keep3r_) {
    keep3r = keep3r_;
  }

  function _open(address keeper) internal {
    if (!keep3r.isKeeper(keeper)) revert KeeperNotValid();
  }
}

/// @notice Opens the meter in another call frame than the one in which it closes it
contract FramesJob__Mock is HandMetered__Mock {
  constructor(IKeep3r keep3r_) HandMetered__Mock(keep3r_) {}

  function openAbove(uint256 frames, uint256 gasToUse) external {
    _open(msg.sender);
    this.close(frames, gasToUse, msg.sender);
  }

  function openBelow(uint256 frames, uint256 gasToUse) external {
    this.open(frames, msg.sender);
    _work(gasToUse);
    keep3r.worked(msg.sender);
  }

  function close(uint256 frames, uint256 gasToUse, address keeper) external {
    if (frames > 1) {
      this.close(frames - 1, gasToUse, keeper);
    } else {
      _work(gasToUse);
      keep3r.worked(keeper);
    }
  }

  function open(uint256 frames, address keeper) external {
    if (frames > 1) {
      this.open(frames - 1, keeper);
    } else {
      _open(keeper);
    }
  }
}

/// @notice Works in call frames below the modifier that opens and closes the meter
contract FramesKeep3rJob__Mock is Keep3rJob, Work__Mock {
  constructor(IKeep3r keep3r_, address owner_) Keep3rJob(keep3r_, owner_) {}

  function work(uint256 frames, uint256 gasToUse) external validateAndPayKeeper(msg.sender) {
    this.workBelow(frames, gasToUse);
  }

  function workBelow(uint256 frames, uint256 gasToUse) external {
    if (frames > 1) {
      this.workBelow(frames - 1, gasToUse);
    } else {
      _work(gasToUse);
    }
  }
}

/// @notice Works other jobs within its own work, by hand
contract NestedJob__Mock is HandMetered__Mock {
  constructor(IKeep3r keep3r_) HandMetered__Mock(keep3r_) {}

  function work(uint256[] calldata gasToUse, address keeper, NestedJob__Mock[] calldata inner) external {
    _open(keeper);
    _work(gasToUse[0]);
    if (inner.length != 0) inner[0].work(gasToUse[1:], keeper, inner[1:]);
    keep3r.worked(keeper);
  }
}

/// @notice Works other jobs within its own work, on Keep3rJob
contract NestedKeep3rJob__Mock is Keep3rJob, Work__Mock {
  constructor(IKeep3r keep3r_, address owner_) Keep3rJob(keep3r_, owner_) {}

  function work(
    uint256[] calldata gasToUse,
    address keeper,
    NestedKeep3rJob__Mock[] calldata inner
  ) external validateAndPayKeeper(keeper) {
    _work(gasToUse[0]);
    if (inner.length != 0) inner[0].work(gasToUse[1:], keeper, inner[1:]);
  }
}

/// @notice Clears storage, for which the transaction gets a refund
contract RefundJob__Mock is Keep3rJob {
  uint256[] private _words;

  constructor(IKeep3r keep3r_, address owner_) Keep3rJob(keep3r_, owner_) {}

  function fill(uint256 count) external {
    for (uint256 i; i < count; ++i) {
      _words.push(1);
    }
  }

  function work(uint256 count) external validateAndPayKeeper(msg.sender) {
    _clear(count);
  }

  function workForAmount(uint256 count, uint256 payment) external validateAndPayKeeperAmount(msg.sender, payment) {
    _clear(count);
  }

  function _clear(uint256 count) private {
    for (uint256 i; i < count; ++i) {
      _words.pop();
    }
  }
}

/// @notice Opens the meter and leaves it open, or pays without having opened it
contract StaleMeterJob__Mock is HandMetered__Mock {
  constructor(IKeep3r keep3r_) HandMetered__Mock(keep3r_) {}

  function open(address keeper) external {
    _open(keeper);
  }

  function pay(address keeper) external {
    keep3r.worked(keeper);
  }

  function openAndPay(address validated, address paid) external {
    _open(validated);
    keep3r.worked(paid);
  }
}

/// @notice Opens meters around a job that pays without having opened its own
contract MeterStranger__Mock is HandMetered__Mock {
  constructor(IKeep3r keep3r_) HandMetered__Mock(keep3r_) {}

  /// @notice Opens the meter itself
  function openForPay(StaleMeterJob__Mock job, address keeper, uint256 gasToUse) external {
    _open(keeper);
    _work(gasToUse);
    job.pay(keeper);
  }

  /// @notice Has one job open the meter and another one pay
  function openElsewhere(
    StaleMeterJob__Mock opener,
    StaleMeterJob__Mock job,
    address keeper,
    uint256 gasToUse
  ) external {
    opener.open(keeper);
    _work(gasToUse);
    job.pay(keeper);
  }
}

/// @notice Calls a target between validation and payment, or pays whomever it is told to
contract HookJob__Mock is HandMetered__Mock {
  error HookFailed();

  constructor(IKeep3r keep3r_) HandMetered__Mock(keep3r_) {}

  function workAround(address target, bytes calldata data) external {
    _open(msg.sender);
    (bool success, ) = target.call(data);
    if (!success) revert HookFailed();
    keep3r.worked(msg.sender);
  }

  function payInBonds(address keeper, uint256 payment) external {
    keep3r.bondedPayment(keeper, payment);
  }

  function payInToken(address token, address keeper, uint256 amount) external {
    keep3r.directTokenPayment(token, keeper, amount);
  }
}

/// @notice Registers itself after its deployment
contract LateJob__Mock is Keep3rJob, Work__Mock {
  constructor(IKeep3r keep3r_) Keep3rJob(keep3r_, address(0)) {}

  function register(address owner) external {
    keep3r.addJob(address(this));
    keep3r.changeJobOwnership(address(this), owner);
  }

  function work(uint256 gasToUse) external validateAndPayKeeper(msg.sender) {
    _work(gasToUse);
  }
}
