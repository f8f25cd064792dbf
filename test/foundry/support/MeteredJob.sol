// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {CommonBase} from "forge-std/Base.sol";
import {IKeep3r} from "../../../contracts/interfaces/IKeep3r.sol";
import {Keep3rJob} from "../../../contracts/jobs/Keep3rJob.sol";
import {Work__Mock} from "../../../contracts/test/Jobs__Mock.sol";

/// @notice A job at a gas price. forge runs a test's calls as transactions of their own, with real gas, but at a gas price
/// and a base fee of zero: the job sets both before it works.
contract MeteredJob is Keep3rJob, Work__Mock, CommonBase {
  uint256 private _baseFee;
  uint256 private _gasPrice;

  constructor(IKeep3r keep3r_) Keep3rJob(keep3r_, address(0)) {}

  function setGasPrice(uint256 baseFee, uint256 gasPrice) external {
    (_baseFee, _gasPrice) = (baseFee, gasPrice);
  }

  function work(uint256 gasToUse, bytes calldata) external validateAndPayKeeper(msg.sender) {
    _work(gasToUse);
  }

  /// @dev Works the others within its own work.
  function nest(uint256 gasToUse, address keeper, MeteredJob[] calldata inner) external validateAndPayKeeper(keeper) {
    _work(gasToUse);
    if (inner.length != 0) inner[0].nest(gasToUse, keeper, inner[1:]);
  }

  function open(address keeper) external {
    keep3r.isKeeper(keeper);
  }

  function pay(address keeper) external {
    keep3r.worked(keeper);
  }

  function _beforeWork(address) internal override {
    vm.fee(_baseFee);
    vm.txGasPrice(_gasPrice);
  }

  function _paidCalldata() internal pure override returns (uint256) {
    return 8192;
  }
}

/// @notice A keeper that is a contract and works many jobs in one transaction
contract BatchKeeper {
  function workAll(MeteredJob[] calldata jobs, uint256 gasToUse) external {
    for (uint256 i; i < jobs.length; ++i) {
      jobs[i].work(gasToUse, "");
    }
  }
}
