// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What the helper sees of the network: its token and its keepers' bonds
contract Keep3rBonds__Mock {
  address public immutable keep3rV1;

  mapping(address keeper => mapping(address bond => uint256)) public bonds;

  constructor(address keep3rV1_) {
    keep3rV1 = keep3rV1_;
  }

  function setBond(address keeper, uint256 amount) external {
    bonds[keeper][keep3rV1] = amount;
  }
}
