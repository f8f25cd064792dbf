// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SteadyMath} from "../../contracts/libraries/SteadyMath.sol";

/// @dev Steady prices are below 2 ** 80 and means below 2 ** 128, as their readings are; `maxChange` is 10_000 at the most.
/// What a claim has in whole seconds and BPS is a formula of the page, multiplied out: 18e6 is 10_000 BPS times 1_800 s.
contract SteadyMathProof {
  uint256 private constant WHOLE = 18e6;

  /// @dev The formula again, in checked arithmetic: what equals it doesn't wrap either.
  function prove_ORC_2_aRiseIsTheFormula(
    uint80 last,
    uint128 mean,
    uint128 opposite,
    uint32 span,
    uint16 maxChange
  ) external pure {
    require(last != 0 && mean > last && opposite != 0 && maxChange <= 10_000);
    uint256 free = last + Math.ceilDiv(uint256(last) * maxChange, 50_000);
    uint256 highest = last + Math.ceilDiv(uint256(last) * maxChange * span, WHOLE);
    uint256 inverse = 2 ** 80 / uint256(opposite);
    uint256 believed = Math.min(mean, inverse > free ? inverse : free);
    uint256 price = Math.min(Math.min(believed, highest), 2 ** 80 - 1);

    assert(SteadyMath.step(last, mean, opposite, span, maxChange) == price);
  }

  function prove_ORC_2_aFallIsTheFormula(
    uint80 last,
    uint128 mean,
    uint128 opposite,
    uint32 span,
    uint16 maxChange
  ) external pure {
    require(mean != 0 && mean <= last && opposite != 0 && maxChange <= 10_000);
    uint256 lowest = Math.ceilDiv(last * WHOLE, WHOLE + uint256(maxChange) * span);

    assert(SteadyMath.step(last, mean, opposite, span, maxChange) == (mean > lowest ? mean : lowest));
  }

  function prove_ORC_3_aPriceIsNeverNothingAndStaysBelowItsBound(
    uint80 last,
    uint128 mean,
    uint128 opposite,
    uint32 span,
    uint16 maxChange
  ) external pure {
    require(maxChange <= 10_000);
    uint256 price = SteadyMath.step(last, mean, opposite, span, maxChange);

    assert(price >= 1);
    assert(price < 2 ** 80);
  }

  function prove_theFirstPriceIsTheMean(uint80 mean, uint128 opposite, uint32 span, uint16 maxChange) external pure {
    require(mean != 0);

    assert(SteadyMath.step(0, mean, opposite, span, maxChange) == mean);
  }

  function prove_aPriceStaysWhereADirectionHasNoMean(
    uint80 last,
    uint128 mean,
    uint32 span,
    uint16 maxChange
  ) external pure {
    require(last != 0);

    assert(SteadyMath.step(last, mean, 0, span, maxChange) == last);
    assert(SteadyMath.step(last, 0, mean, span, maxChange) == last);
  }

  function prove_ORC_3_aRiseLiesBetweenTheLastPriceAndTheMean(
    uint80 last,
    uint128 mean,
    uint128 opposite,
    uint32 span,
    uint16 maxChange
  ) external pure {
    require(last != 0 && mean > last && opposite != 0 && maxChange <= 10_000);
    uint256 price = SteadyMath.step(last, mean, opposite, span, maxChange);

    assert(price >= last);
    assert(price <= mean);
  }

  function prove_ORC_3_aFallLiesBetweenTheMeanAndTheLastPrice(
    uint80 last,
    uint128 mean,
    uint128 opposite,
    uint32 span,
    uint16 maxChange
  ) external pure {
    require(mean != 0 && mean <= last && opposite != 0 && maxChange <= 10_000);
    uint256 price = SteadyMath.step(last, mean, opposite, span, maxChange);

    assert(price >= mean);
    assert(price <= last);
  }

  /// @dev p' <= p * f, rounded up by less than one.
  function prove_ORC_3_aPriceRisesByWhatTimeAllows(
    uint80 last,
    uint128 mean,
    uint128 opposite,
    uint32 span,
    uint16 maxChange
  ) external pure {
    require(last != 0 && maxChange <= 10_000);
    uint256 price = SteadyMath.step(last, mean, opposite, span, maxChange);

    assert(price * WHOLE < (uint256(last) * (WHOLE + uint256(maxChange) * span)) + WHOLE);
  }

  /// @dev p' >= p / f, exactly.
  function prove_ORC_3_aPriceFallsByWhatTimeAllows(
    uint80 last,
    uint128 mean,
    uint128 opposite,
    uint32 span,
    uint16 maxChange
  ) external pure {
    require(last != 0 && maxChange <= 10_000);
    uint256 price = SteadyMath.step(last, mean, opposite, span, maxChange);

    assert(price * (WHOLE + uint256(maxChange) * span) >= last * WHOLE);
  }

  /// @dev Beyond p * (1 + u) only as far as the inverse of the other direction's mean.
  function prove_ORC_3_aRiseIsConfirmedByTheOppositeMean(
    uint80 last,
    uint128 mean,
    uint128 opposite,
    uint32 span,
    uint16 maxChange
  ) external pure {
    require(last != 0 && mean > last && opposite != 0 && maxChange <= 10_000);
    uint256 price = SteadyMath.step(last, mean, opposite, span, maxChange);

    assert(price * opposite <= 2 ** 80 || price <= last + Math.ceilDiv(uint256(last) * maxChange, 50_000));
  }

  /// @dev A market never below `lowest` but for a time: the mean is that of the rest at the least. Rounding is the one.
  function prove_ORC_3_whoPushesAPriceDownMovesItByItsShareOfTheSpan(
    uint80 last,
    uint80 lowest,
    uint128 mean,
    uint128 opposite,
    uint32 held,
    uint32 span,
    uint16 maxChange
  ) external pure {
    require(last != 0 && held < span && maxChange <= 10_000);
    require((uint256(mean) + 1) * span > uint256(lowest) * (span - held));
    uint256 price = SteadyMath.step(last, mean, opposite, span, maxChange);

    assert(price >= last || (price + 1) * span > uint256(lowest) * (span - held));
  }

  /// @dev A market whose inverse is never below `inverse` but for a time, likewise. Given what the claim before the last says
  /// of a confirmed rise, the price is at most the market's times the span, by the rest of it.
  function prove_ORC_3_whoPushesAPriceUpMovesItByItsShareOfTheRest(
    uint80 price,
    uint80 inverse,
    uint128 opposite,
    uint32 held,
    uint32 span
  ) external pure {
    require(uint256(price) * opposite <= 2 ** 80 && held < span);
    require((uint256(opposite) + 1) * span > uint256(inverse) * (span - held));

    assert(uint256(price) * inverse * (span - held) <= (2 ** 80 + uint256(price)) * span);
  }

  function prove_aPriceGrowsWithTheMean(
    uint80 last,
    uint128 mean,
    uint128 higher,
    uint128 opposite,
    uint32 span,
    uint16 maxChange
  ) external pure {
    require(last != 0 && mean != 0 && mean <= higher && maxChange <= 10_000);
    uint256 price = SteadyMath.step(last, mean, opposite, span, maxChange);

    assert(price <= SteadyMath.step(last, higher, opposite, span, maxChange));
  }

  /// @dev A mean of nothing counts as none.
  function refute_aPriceGrowsWithAnyMean(
    uint80 last,
    uint128 mean,
    uint128 higher,
    uint128 opposite,
    uint32 span
  ) external pure {
    require(last != 0 && mean <= higher);

    assert(SteadyMath.step(last, mean, opposite, span, 5_000) <= SteadyMath.step(last, higher, opposite, span, 5_000));
  }

  function refute_ORC_3_aRiseIsConfirmedInFull(uint80 last, uint128 mean, uint128 opposite, uint32 span) external pure {
    require(last != 0 && mean > last && opposite != 0);

    assert(SteadyMath.step(last, mean, opposite, span, 5_000) * opposite <= 2 ** 80);
  }

  /// @dev By up to a unit more, which small numbers show.
  function refute_ORC_3_aPriceRisesByWhatTimeAllowsAndNoMore(uint8 last, uint8 span) external pure {
    require(last != 0);
    uint256 price = SteadyMath.step(last, 2 ** 80, 1, span, 5_000);

    assert(price * WHOLE <= last * (WHOLE + 5_000 * uint256(span)));
  }
}
