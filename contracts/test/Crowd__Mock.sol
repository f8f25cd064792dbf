// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../interfaces/IKeep3r.sol";

/// @notice Registers itself as a job, and bonds nothing to become a keeper
contract CrowdMember__Mock {
  IKeep3r private immutable keep3r;

  constructor(IKeep3r keep3r_) {
    keep3r = keep3r_;
    keep3r_.addJob(address(this));
    keep3r_.bond(keep3r_.keep3rV1(), 0);
  }

  function activate() external {
    keep3r.activate(keep3r.keep3rV1());
  }
}

/// @notice Fills the network with members that are a job and a keeper each
contract Crowd__Mock {
  IKeep3r private immutable keep3r;
  CrowdMember__Mock[] private members;

  constructor(IKeep3r keep3r_) {
    keep3r = keep3r_;
  }

  function join(uint256 count) external {
    for (uint256 i; i < count; ++i) members.push(new CrowdMember__Mock(keep3r));
  }

  function activateLast(uint256 count) external {
    for (uint256 i = members.length - count; i < members.length; ++i) members[i].activate();
  }
}
