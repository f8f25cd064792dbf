// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {UniswapV2Pair__Mock} from "./UniswapV2Pair__Mock.sol";

/// @notice An oracle of one pair, with a long history and a mean price that is set by hand: it can be such as no steady price is
contract MeanPrice__Mock {
  address public immutable kp3r;
  UniswapV2Pair__Mock public immutable factory;

  uint256 public averageX112;

  constructor(address kp3r_, UniswapV2Pair__Mock factory_) {
    (kp3r, factory) = (kp3r_, factory_);
  }

  function setAverage(uint256 averageX112_) external {
    averageX112 = averageX112_;
  }

  function averagePrice(address, address, uint256 window, uint256) external view returns (uint256, uint256) {
    return (averageX112, window);
  }

  function historyOf(address) external pure returns (uint256, uint256) {
    return (365 days, 0);
  }
}
