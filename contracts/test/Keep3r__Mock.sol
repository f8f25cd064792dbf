// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What a job sees of the network: says who is a keeper and tells what it was asked
contract Keep3r__Mock {
  event Registration(address job, address caller);
  event OwnershipProposal(address job, address owner);
  event Payment(address job, address keeper, uint256 extraGas);

  mapping(address keeper => bool) public isKeeper;

  function setKeeper(address keeper, bool active) external {
    isKeeper[keeper] = active;
  }

  function addJob(address job) external {
    emit Registration(job, msg.sender);
  }

  function changeJobOwnership(address job, address owner) external {
    emit OwnershipProposal(job, owner);
  }

  function workedFor(address keeper, uint256 extraGas) external {
    emit Payment(msg.sender, keeper, extraGas);
  }
}
