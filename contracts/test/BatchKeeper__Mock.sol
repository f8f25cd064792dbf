// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {UnpaidJob__Mock} from "./Jobs__Mock.sol";

/// @notice A keeper that is a contract and works many jobs in one transaction
contract BatchKeeper__Mock {
  /// @notice Calls anything as the keeper
  function execute(address called, bytes calldata data) external {
    (bool success, ) = called.call(data);
    require(success, "call failed");
  }

  /// @notice Works every job once; paid and unpaid ones have the same entry
  function workAll(address[] calldata jobs, uint256 gasToUse) external {
    for (uint256 i; i < jobs.length; ++i) {
      UnpaidJob__Mock(jobs[i]).work(gasToUse);
    }
  }
}
