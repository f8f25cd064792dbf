// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {LiquidityMath} from "../libraries/LiquidityMath.sol";

/// @notice Exposes LiquidityMath
contract LiquidityMath__Harness {
  function pendingFeeDown(uint256 supply, uint256 k, uint256 kLast) external pure returns (uint256) {
    return LiquidityMath.pendingFeeDown(supply, k, kLast);
  }

  function kp3rPerLiquidityDown(uint256 k, uint256 averageX112, uint256 supply) external pure returns (uint256) {
    return LiquidityMath.kp3rPerLiquidityDown(k, averageX112, supply);
  }
}
