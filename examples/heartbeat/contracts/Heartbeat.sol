// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "@keep3r-network/keep3r/contracts/interfaces/IKeep3r.sol";
import {WorkableJob} from "@keep3r-network/keep3r/contracts/jobs/WorkableJob.sol";

contract Heartbeat is WorkableJob {
  error TooEarly();
  uint256 public lastBeat;

  constructor(IKeep3r keep3r, address owner) WorkableJob(keep3r, owner) {}

  function workable() public view override returns (bool, bytes memory) {
    return (_mayWork(msg.sender) && block.timestamp >= lastBeat + 1 hours, "");
  }

  function work(bytes calldata) external override validateAndPayKeeper(msg.sender) {
    if (block.timestamp < lastBeat + 1 hours) revert TooEarly();
    lastBeat = block.timestamp;
  }

  // The bytes of work(""): more of them are the keeper's own expense
  function _paidCalldata() internal pure override returns (uint256) {
    return 68;
  }
}
