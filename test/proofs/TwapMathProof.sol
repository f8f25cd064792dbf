// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TwapMath} from "../../contracts/libraries/TwapMath.sol";

/// @dev Timestamps are kept modulo a power of two: a proof begins at any and lets it wrap.
contract TwapMathProof {
  function prove_ORC_2_timePassesAcrossAWrap(uint32 from, uint32 duration) external pure {
    uint32 to;
    unchecked {
      to = from + duration;
    }

    assert(TwapMath.elapsed(from, to) == duration);
  }

  function prove_ORC_2_aPairWithoutReservesAccumulatesNothing(
    uint256 cumulative,
    uint112 reserve,
    uint32 duration
  ) external pure {
    assert(TwapMath.extend(cumulative, 0, reserve, duration) == cumulative);
    assert(TwapMath.extend(cumulative, reserve, 0, duration) == cumulative);
  }

  function prove_amountsAreRoundedDown(uint128 amountIn, uint128 average) external pure {
    uint256 amountOut = TwapMath.amountOutDown(amountIn, average);

    assert(amountOut * TwapMath.Q112 <= uint256(amountIn) * average);
    assert((amountOut + 1) * TwapMath.Q112 > uint256(amountIn) * average);
  }

  function prove_amountsGrowWithThePrice(
    uint128 amountIn,
    uint128 more,
    uint128 average,
    uint128 higher
  ) external pure {
    require(amountIn <= more && average <= higher);

    assert(TwapMath.amountOutDown(amountIn, average) <= TwapMath.amountOutDown(more, higher));
  }

  /// @dev A difference of two readings says nothing about time that is longer than the clock.
  function refute_ORC_2_anyDurationIsMeasured(uint32 from, uint64 duration) external pure {
    uint32 to;
    unchecked {
      to = uint32((uint256(from) + duration) % 2 ** 32);
    }

    assert(TwapMath.elapsed(from, to) == duration);
  }

  function refute_amountsAreExact(uint128 amountIn, uint128 average) external pure {
    assert(TwapMath.amountOutDown(amountIn, average) * TwapMath.Q112 == uint256(amountIn) * average);
  }
}
