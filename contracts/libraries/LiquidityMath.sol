// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Liquidity mathematics
/// @notice What an LP token of Uniswap V2 is worth at a price that isn't the pool's own; pure functions only
library LiquidityMath {
  uint256 private constant WAD = 1e18;

  /// @dev One, in UQ112.112.
  uint256 private constant Q112 = 2 ** 112;

  /// @dev The protocol takes a sixth of the growth: its share is growth / (5 * root of k + root of the last k).
  uint256 private constant FEE_DIVISOR = 5;

  /// @notice The LP tokens that the pair would mint to its protocol before the next mint or burn, rounded as it does
  /// @param supply LP tokens
  /// @param k The product of the reserves
  /// @param kLast The product after the last mint or burn; 0 when the protocol takes no fee
  function pendingFeeDown(uint256 supply, uint256 k, uint256 kLast) internal pure returns (uint256) {
    if (kLast == 0) return 0;

    uint256 root = Math.sqrt(k);
    uint256 rootLast = Math.sqrt(kLast);
    if (root <= rootLast) return 0;

    return Math.mulDiv(supply, root - rootLast, root * FEE_DIVISOR + rootLast);
  }

  /// @notice sqrt(k / price) / supply: the KP3R that would underlie an LP token if the pool stood at that price
  /// @dev Rounded down three times, which together is less than a wei of the pool's KP3R and a wei of the answer. Panics
  /// where k / price takes more than 256 bits.
  /// @param k The product of the reserves, below 2^224
  /// @param averageX112 Paired token per KP3R, UQ112.112; not zero
  /// @param supply LP tokens, the protocol's pending ones included; not zero
  /// @return KP3R per LP token, WAD
  function kp3rPerLiquidityDown(uint256 k, uint256 averageX112, uint256 supply) internal pure returns (uint256) {
    uint256 kp3r = Math.sqrt(Math.mulDiv(k, Q112, averageX112));
    return Math.mulDiv(kp3r, WAD, supply);
  }
}
