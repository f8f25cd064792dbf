// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {CreditMath} from "../../contracts/libraries/CreditMath.sol";

/// @dev The types of the parameters are the bounds that CreditMath documents. The checked arithmetic in here is proved not
/// to overflow, so what equals it doesn't wrap either.
contract CreditMathProof {
  function prove_CRD_1_theCapIsAnExactShareOfTheValue(uint88 value, uint32 period, uint32 inflation) external pure {
    require(inflation != 0);

    assert(CreditMath.periodCredits(value, period, inflation) == (uint256(value) * period) / inflation);
  }

  function prove_CRD_1_theCapIsAtMostTheValue(uint88 value, uint32 period, uint32 inflation) external pure {
    require(inflation != 0 && period <= inflation);

    assert(CreditMath.periodCredits(value, period, inflation) <= value);
  }

  function prove_CRD_1_accrualIsTheFormula(
    uint88 credits,
    uint88 value,
    uint32 elapsed,
    uint32 period,
    uint32 inflation
  ) external pure {
    require(inflation != 0);
    uint256 cap = (uint256(value) * period) / inflation;
    uint256 filled = credits + (uint256(value) * elapsed) / inflation;
    uint256 mined = filled < cap ? filled : cap;

    assert(CreditMath.accrue(credits, value, elapsed, period, inflation) == (credits > mined ? credits : mined));
  }

  function prove_CRD_1_miningNeverLiftsCreditsAboveTheCap(
    uint88 credits,
    uint88 value,
    uint32 elapsed,
    uint32 period,
    uint32 inflation
  ) external pure {
    require(inflation != 0);
    uint256 accrued = CreditMath.accrue(credits, value, elapsed, period, inflation);
    uint256 cap = CreditMath.periodCredits(value, period, inflation);

    assert(accrued >= credits);
    assert(accrued <= cap || accrued == credits);
    assert(accrued - credits <= (uint256(value) * elapsed) / inflation);
  }

  function prove_CRD_1_settlingOftenEarnsNothing(
    uint88 credits,
    uint88 value,
    uint32 earlier,
    uint32 later,
    uint32 period,
    uint32 inflation
  ) external pure {
    require(inflation != 0);
    uint256 between = CreditMath.accrue(credits, value, earlier, period, inflation);
    uint256 twice = CreditMath.accrue(between, value, later, period, inflation);
    uint256 once = CreditMath.accrue(credits, value, uint256(earlier) + later, period, inflation);

    assert(twice <= once);
    assert(once <= twice + 1);
  }

  function prove_accrualGrowsWithTime(
    uint88 credits,
    uint88 value,
    uint32 elapsed,
    uint32 longer,
    uint32 period,
    uint32 inflation
  ) external pure {
    require(inflation != 0 && elapsed <= longer);
    uint256 accrued = CreditMath.accrue(credits, value, elapsed, period, inflation);

    assert(accrued <= CreditMath.accrue(credits, value, longer, period, inflation));
  }

  function prove_accrualGrowsWithValue(
    uint88 credits,
    uint88 value,
    uint88 higher,
    uint32 elapsed,
    uint32 period,
    uint32 inflation
  ) external pure {
    require(inflation != 0 && value <= higher);
    uint256 accrued = CreditMath.accrue(credits, value, elapsed, period, inflation);

    assert(accrued <= CreditMath.accrue(credits, higher, elapsed, period, inflation));
  }

  function prove_accrualGrowsWithCredits(
    uint88 credits,
    uint88 more,
    uint88 value,
    uint32 elapsed,
    uint32 period,
    uint32 inflation
  ) external pure {
    require(inflation != 0 && credits <= more);
    uint256 accrued = CreditMath.accrue(credits, value, elapsed, period, inflation);

    assert(accrued <= CreditMath.accrue(more, value, elapsed, period, inflation));
  }

  /// @dev As PackedJob.withCredits takes for granted.
  function prove_accruedCreditsFit(
    uint88 credits,
    uint88 value,
    uint32 elapsed,
    uint32 period,
    uint32 inflation
  ) external pure {
    require(inflation != 0 && period <= inflation);

    assert(CreditMath.accrue(credits, value, elapsed, period, inflation) <= type(uint88).max);
  }

  function prove_leavingIsRoundedUp(uint88 credits, uint88 cap, uint88 removed, uint88 value) external pure {
    require(removed < value);
    uint256 mined = credits < cap ? credits : cap;
    uint256 leaving = CreditMath.leaving(credits, cap, removed, value);

    assert(leaving * value >= mined * removed);
    assert(leaving * value < mined * removed + value);
  }

  function prove_allMinedCreditsLeaveWithAllValue(
    uint88 credits,
    uint88 cap,
    uint88 removed,
    uint88 value
  ) external pure {
    require(removed >= value);
    uint256 leaving = CreditMath.leaving(credits, cap, removed, value);

    assert(leaving == (credits < cap ? credits : cap));
  }

  function prove_noMoreThanTheMinedCreditsLeave(
    uint88 credits,
    uint88 cap,
    uint88 removed,
    uint88 value
  ) external pure {
    uint256 leaving = CreditMath.leaving(credits, cap, removed, value);

    assert(leaving <= credits);
    assert(leaving <= cap);
  }

  function prove_moreLeavesWithMore(
    uint88 credits,
    uint88 cap,
    uint88 removed,
    uint88 more,
    uint88 value
  ) external pure {
    require(removed <= more);
    uint256 leaving = CreditMath.leaving(credits, cap, removed, value);

    assert(leaving <= CreditMath.leaving(credits, cap, more, value));
  }

  /// @dev First half of CRD-3: what remains of the mined credits is at most the share of the value that remains.
  function prove_CRD_3_whatRemainsIsAShare(uint88 mined, uint88 cap, uint88 removed, uint88 value) external pure {
    require(removed <= value && mined <= cap);
    uint256 remains = mined - CreditMath.leaving(mined, cap, removed, value);

    assert(remains * value <= mined * uint256(value - removed));
  }

  /// @dev Second half: such a share is no more than what the job would have mined without what was added and removed.
  function prove_CRD_3_aShareIsWhatTheRestHasMined(
    uint88 credits,
    uint88 value,
    uint88 added,
    uint88 remains,
    uint32 elapsed,
    uint32 period,
    uint32 inflation
  ) external pure {
    require(inflation != 0 && value != 0 && uint256(value) + added <= type(uint88).max);
    uint256 sum = uint256(value) + added;
    uint256 mined = CreditMath.accrue(credits, sum, elapsed, period, inflation);
    require(mined <= CreditMath.periodCredits(sum, period, inflation) && remains * sum <= mined * value);

    assert(remains <= CreditMath.accrue(credits, value, elapsed, period, inflation));
  }

  function prove_worthIsRoundedDown(uint88 amount, uint128 price) external pure {
    assert(CreditMath.worth(amount, price) == (uint256(amount) * price) / 1e18);
  }

  function prove_worthGrowsWithAmountAndPrice(uint88 amount, uint88 more, uint128 price, uint128 higher) external pure {
    require(amount <= more && price <= higher);

    assert(CreditMath.worth(amount, price) <= CreditMath.worth(more, higher));
  }

  function prove_partsAreWorthNoMoreThanTheWhole(uint88 part, uint88 rest, uint128 price) external pure {
    require(uint256(part) + rest <= type(uint88).max);
    uint256 whole = CreditMath.worth(uint256(part) + rest, price);
    uint256 parts = CreditMath.worth(part, price) + CreditMath.worth(rest, price);

    assert(parts <= whole);
    assert(whole <= parts + 1);
  }

  function prove_aPriceRisesByAQuarter(uint128 price) external pure {
    uint256 ceiling = CreditMath.priceCeiling(price);

    assert(ceiling == price + uint256(price) / 4);
    assert(4 * ceiling <= 5 * uint256(price));
    assert(4 * ceiling + 4 > 5 * uint256(price));
  }

  /// @dev What governance gives or a fall of the value leaves behind is kept.
  function refute_CRD_1_creditsNeverExceedTheCap(uint88 credits, uint88 value, uint32 elapsed) external pure {
    uint256 accrued = CreditMath.accrue(credits, value, elapsed, 5 days, 34 days);

    assert(accrued <= CreditMath.periodCredits(value, 5 days, 34 days));
  }

  /// @dev Beyond the documented bounds the arithmetic wraps.
  function refute_theCapGrowsWithAnyValue(uint256 value, uint256 higher) external pure {
    require(value <= higher);

    assert(CreditMath.periodCredits(value, 5 days, 34 days) <= CreditMath.periodCredits(higher, 5 days, 34 days));
  }

  function refute_partsAreWorthTheWhole(uint88 part, uint88 rest, uint128 price) external pure {
    require(uint256(part) + rest <= type(uint88).max);
    uint256 parts = CreditMath.worth(part, price) + CreditMath.worth(rest, price);

    assert(parts == CreditMath.worth(uint256(part) + rest, price));
  }
}
