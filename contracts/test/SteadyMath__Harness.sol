// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SteadyMath} from "../libraries/SteadyMath.sol";

/// @notice Exposes SteadyMath
contract SteadyMath__Harness {
  function shiftFor(uint256 reserve0, uint256 reserve1) external pure returns (bool inRange, uint256 shift0) {
    return SteadyMath.shiftFor(reserve0, reserve1);
  }

  function step(
    uint256 last,
    uint256 mean,
    uint256 opposite,
    uint256 span,
    uint256 maxChange
  ) external pure returns (uint256) {
    return SteadyMath.step(last, mean, opposite, span, maxChange);
  }

  function depthPrice(uint256 price, uint256 mean, uint256 opposite, uint256 thinFor) external pure returns (uint256) {
    return SteadyMath.depthPrice(price, mean, opposite, thinFor);
  }

  function isThin(uint256 k, uint256 minKp3rReserve, uint256 price, uint256 shift) external pure returns (bool) {
    return SteadyMath.isThin(k, minKp3rReserve, price, shift);
  }
}
