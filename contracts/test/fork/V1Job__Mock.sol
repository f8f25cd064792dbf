// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Work__Mock} from "../Jobs__Mock.sol";

/// @notice What jobs asked of Keep3r V1
interface IKeep3rV1Work {
  function isKeeper(address keeper) external returns (bool);

  function worked(address keeper) external;
}

/// @notice A job as authors of Keep3r V1 wrote it
contract V1Job__Mock is Work__Mock {
  IKeep3rV1Work public immutable keep3r;

  constructor(IKeep3rV1Work keep3r_) {
    keep3r = keep3r_;
  }

  modifier upkeep() {
    require(keep3r.isKeeper(msg.sender), "::isKeeper: keeper is not registered");
    _;
    keep3r.worked(msg.sender);
  }

  function work(uint256 gasToUse) external upkeep {
    _work(gasToUse);
  }
}
