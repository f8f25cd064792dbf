// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BatchKeeper__Mock} from "./BatchKeeper__Mock.sol";

/// @notice A keeper that is a contract and makes several calls to another in one transaction
contract SequenceKeeper__Mock is BatchKeeper__Mock {
  function executeEach(address called, bytes[] calldata data) external {
    for (uint256 i; i < data.length; ++i) {
      this.execute(called, data[i]);
    }
  }
}
