// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TwapMath} from "../../contracts/libraries/TwapMath.sol";

/// @dev Readings are kept modulo a power of two: each proof begins at any reading and lets it wrap. Means are those of a
/// pair whose prices aren't scaled: the solver doesn't settle shifts by a variable.
contract TwapMathProof {
  function prove_ORC_2_timePassesAcrossAWrap(uint32 from, uint32 duration) external pure {
    uint32 to;
    unchecked {
      to = from + duration;
    }

    assert(TwapMath.elapsed(from, to) == duration);
  }

  function prove_ORC_2_theMeanOfASteadyPriceIsThatPrice(
    uint112 from,
    uint112 growth,
    uint80 price,
    uint32 span
  ) external pure {
    require(span != 0 && growth == uint256(price) * span);

    assert(TwapMath.averageDown(from, _grown(from, growth), 0, span) == price);
  }

  function prove_ORC_2_theMeanLiesBetweenTheExtremes(
    uint112 from,
    uint112 growth,
    uint112 lowest,
    uint112 highest,
    uint32 span
  ) external pure {
    require(span != 0 && uint256(lowest) * span <= growth && growth <= uint256(highest) * span);
    uint256 mean = TwapMath.averageDown(from, _grown(from, growth), 0, span);

    assert(mean >= lowest);
    assert(mean <= highest);
  }

  function prove_ORC_2_theMeanIsRoundedDown(uint112 from, uint112 growth, uint32 span) external pure {
    require(span != 0);
    uint256 mean = TwapMath.averageDown(from, _grown(from, growth), 0, span);

    assert(mean * span <= growth);
    assert((mean + 1) * span > growth);
  }

  /// @dev Payments are quoted by the mean's inverse: who pushes the price for a part of the span raises the quote by at
  /// most that part's share of the rest. What was rounded off is the one.
  function prove_ORC_1_whoHoldsThePoolMovesTheMeanByItsShareOfTheSpan(
    uint112 from,
    uint112 growth,
    uint80 price,
    uint80 pushed,
    uint32 held,
    uint32 span
  ) external pure {
    require(held < span && growth == uint256(price) * (span - held) + uint256(pushed) * held);
    uint256 mean = TwapMath.averageDown(from, _grown(from, growth), 0, span);

    assert((mean + 1) * span > uint256(price) * (span - held));
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

  function refute_meansAreExact(uint112 from, uint112 growth, uint32 span) external pure {
    require(span != 0);
    uint256 mean = TwapMath.averageDown(from, _grown(from, growth), 0, span);

    assert(mean * span == growth);
  }

  function _grown(uint112 from, uint112 growth) private pure returns (uint112) {
    // As what is added up in an observation does
    unchecked {
      return from + growth;
    }
  }
}
