// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {Keep3rJob} from "../jobs/Keep3rJob.sol";
import {OwnedJob} from "../jobs/OwnedJob.sol";
import {PaymentCapped} from "../jobs/mixins/PaymentCapped.sol";
import {BatchKeeper__Mock} from "./BatchKeeper__Mock.sol";

/// @notice The least work there is on Keep3rJob: alone, again and again, and around others
contract LeastJob__Mock is Keep3rJob {
  constructor(IKeep3r keep3r_, address owner_) Keep3rJob(keep3r_, owner_) {}

  function work(address keeper) external validateAndPayKeeper(keeper) {}

  function repeat(uint256 times) external {
    for (uint256 i; i < times; ++i) {
      _paidWork(msg.sender);
    }
  }

  /// @notice Uses gas of its own, then works another job so many times
  function workAround(
    LeastJob__Mock inner,
    uint256 times,
    address keeper,
    uint256 gasToUse
  ) external validateAndPayKeeper(keeper) {
    uint256 start = gasleft();
    while (start - gasleft() < gasToUse) {}
    for (uint256 i; i < times; ++i) {
      inner.work(keeper);
    }
  }

  function _paidWork(address keeper) private validateAndPayKeeper(keeper) {}

  function _paidCalldata() internal pure override returns (uint256) {
    return 8192;
  }
}

/// @notice A job on PaymentCapped that does several works in a call
contract CappedBatch__Mock is PaymentCapped {
  constructor(IKeep3r keep3r_, address owner_) OwnedJob(keep3r_, owner_) {}

  function repeat(uint256 times) external {
    for (uint256 i; i < times; ++i) {
      _paidWork(msg.sender);
    }
  }

  function work(bytes calldata) external override {
    _paidWork(msg.sender);
  }

  function workable() external pure override returns (bool, bytes memory) {
    return (true, "");
  }

  function _paidWork(address keeper) private validateAndPayKeeper(keeper) {}
}

/// @notice A keeper that funds a job of its own by a migration and works it in the same transaction
contract FundingKeeper__Mock is BatchKeeper__Mock {
  function fundAndRepeat(IKeep3r keep3r, address fromJob, LeastJob__Mock toJob, uint256 times) external {
    keep3r.acceptJobMigration(fromJob, address(toJob));
    toJob.repeat(times);
  }
}
