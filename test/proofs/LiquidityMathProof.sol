// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {LiquidityMath} from "../../contracts/libraries/LiquidityMath.sol";

/// @dev Reserves and the supply are below 2 ** 112, as Uniswap's are.
contract LiquidityMathProof {
  function prove_noFeeIsPendingWithoutALastProduct(uint112 supply, uint224 k) external pure {
    assert(LiquidityMath.pendingFeeDown(supply, k, 0) == 0);
  }

  function prove_noFeeIsPendingWithoutGrowth(uint112 supply, uint224 k, uint224 kLast) external pure {
    require(k <= kLast);

    assert(LiquidityMath.pendingFeeDown(supply, k, kLast) == 0);
  }

  function prove_thePendingFeeIsAtMostAFifthOfTheSupply(uint112 supply, uint224 k, uint224 kLast) external pure {
    assert(5 * LiquidityMath.pendingFeeDown(supply, k, kLast) <= supply);
  }

  /// @dev More than k / price takes in 256 bits isn't proved, but tested.
  function prove_CRD_2_theAnswerIsRoundedDown(uint144 k, uint224 average, uint112 supply) external pure {
    require(average != 0 && supply != 0);
    uint256 answer = LiquidityMath.kp3rPerLiquidityDown(k, average, supply);
    uint256 kp3r = (answer * supply) / 1e18;

    assert(kp3r * kp3r <= (uint256(k) * 2 ** 112) / average);
  }

  /// @dev Less than a wei of the pool's KP3R and a wei of the answer are lost.
  function prove_CRD_2_theAnswerIsRoundedByTwoWei(uint136 k, uint224 average, uint112 supply) external pure {
    require(average != 0 && supply != 0);
    uint256 answer = LiquidityMath.kp3rPerLiquidityDown(k, average, supply);
    uint256 above = ((answer + 1) * supply) / 1e18 + 1;

    assert(above * above > (uint256(k) * 2 ** 112) / average);
  }

  function refute_aFeeIsPendingAfterAnyGrowth(uint112 supply, uint224 k, uint224 kLast) external pure {
    require(supply != 0 && kLast != 0 && k > kLast);

    assert(LiquidityMath.pendingFeeDown(supply, k, kLast) != 0);
  }
}
