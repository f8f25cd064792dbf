// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {Keep3rJob} from "../jobs/Keep3rJob.sol";

/// @notice A work that changes a word and then uses up gas
abstract contract Work__Mock {
  uint256 public count = 1;

  function _work(uint256 gasToUse) internal {
    uint256 start = gasleft();
    ++count;
    while (start - gasleft() < gasToUse) {}
  }
}

/// @notice The work without payment: what the network's overhead is measured against
contract UnpaidJob__Mock is Work__Mock {
  function work(uint256 gasToUse) external {
    _work(gasToUse);
  }
}

/// @notice A job as authors of Keep3r V2 wrote it
contract PlainJob__Mock is Work__Mock {
  error KeeperNotValid();

  IKeep3r public immutable keep3r;

  constructor(IKeep3r keep3r_) {
    keep3r = keep3r_;
  }

  function work(uint256 gasToUse) external {
    if (!keep3r.isKeeper(msg.sender)) revert KeeperNotValid();
    _work(gasToUse);
    keep3r.worked(msg.sender);
  }

  function workBonded(uint256 gasToUse, address bond, uint256 minBond, uint256 earned, uint256 age) external {
    if (!keep3r.isBondedKeeper(msg.sender, bond, minBond, earned, age)) revert KeeperNotValid();
    _work(gasToUse);
    keep3r.worked(msg.sender);
  }

  function workForAmount(uint256 gasToUse, uint256 payment) external {
    if (!keep3r.isKeeper(msg.sender)) revert KeeperNotValid();
    _work(gasToUse);
    keep3r.bondedPayment(msg.sender, payment);
  }

  function workForToken(uint256 gasToUse, address token, uint256 amount) external {
    if (!keep3r.isKeeper(msg.sender)) revert KeeperNotValid();
    _work(gasToUse);
    keep3r.directTokenPayment(token, msg.sender, amount);
  }
}

/// @notice A job on Keep3rJob with each of its ways to pay
contract Job__Mock is Keep3rJob, Work__Mock {
  uint256 public paidCalldata = 8192;

  constructor(IKeep3r keep3r_, address owner_) Keep3rJob(keep3r_, owner_) {}

  function setPaidCalldata(uint256 paidCalldata_) external {
    paidCalldata = paidCalldata_;
  }

  function work(uint256 gasToUse, bytes calldata) external validateAndPayKeeper(msg.sender) {
    _work(gasToUse);
  }

  function workRepeatedly(uint256 times, uint256 gasToUse) external {
    for (uint256 i; i < times; ++i) {
      _paidWork(gasToUse);
    }
  }

  function workBonded(
    uint256 gasToUse,
    KeeperRequirements calldata requirements
  ) external validateAndPayBondedKeeper(msg.sender, requirements) {
    _work(gasToUse);
  }

  function workForToken(
    uint256 gasToUse,
    address token,
    uint256 amount
  ) external validateAndPayKeeperInToken(msg.sender, token, amount) {
    _work(gasToUse);
  }

  function workForAmount(uint256 gasToUse, uint256 payment) external validateAndPayKeeperAmount(msg.sender, payment) {
    _work(gasToUse);
  }

  function _paidWork(uint256 gasToUse) private validateAndPayKeeper(msg.sender) {
    _work(gasToUse);
  }

  function _paidCalldata() internal view override returns (uint256) {
    return paidCalldata;
  }
}

/// @notice A job that vouches for gas of its own reckoning
contract VouchingJob__Mock {
  error KeeperNotValid();

  IKeep3r public immutable keep3r;

  constructor(IKeep3r keep3r_) {
    keep3r = keep3r_;
  }

  function work(uint256 extraGas) external {
    if (!keep3r.isKeeper(msg.sender)) revert KeeperNotValid();
    keep3r.workedFor(msg.sender, extraGas);
  }
}
