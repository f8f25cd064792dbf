// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PaymentMath} from "../../contracts/libraries/PaymentMath.sol";

/// @dev The types of the parameters are the bounds that PaymentMath and the helper's storage document.
contract PaymentMathProof {
  function prove_PAY_1_boostIsAtMostMaxBoost(
    uint88 bond,
    uint16 minBoost,
    uint16 maxBoost,
    uint88 targetBond
  ) external pure {
    require(targetBond != 0 && minBoost <= maxBoost);
    uint256 boost = PaymentMath.boost(bond, minBoost, maxBoost, targetBond);

    assert(boost >= minBoost);
    assert(boost <= maxBoost);
  }

  function prove_boostIsTheFormula(uint88 bond, uint16 minBoost, uint16 maxBoost, uint88 targetBond) external pure {
    require(targetBond != 0 && minBoost <= maxBoost);
    uint256 boosted = (uint256(maxBoost) * (bond < targetBond ? bond : targetBond)) / targetBond;

    assert(
      PaymentMath.boost(bond, minBoost, maxBoost, targetBond) == (boosted > minBoost ? boosted : uint256(minBoost))
    );
  }

  /// @dev A bond is below the target or it isn't looked at: so it may be of any size.
  function prove_boostGrowsWithTheBond(
    uint256 bond,
    uint256 more,
    uint16 minBoost,
    uint16 maxBoost,
    uint88 targetBond
  ) external pure {
    require(targetBond != 0 && minBoost <= maxBoost && bond <= more);
    uint256 boost = PaymentMath.boost(bond, minBoost, maxBoost, targetBond);

    assert(boost <= PaymentMath.boost(more, minBoost, maxBoost, targetBond));
  }

  function prove_PAY_1_referenceIsClamped(uint256 fastGas, uint128 baseFee, uint16 ceiling, uint40 tip) external pure {
    require(ceiling >= PaymentMath.BPS);
    uint256 lowest = uint256(baseFee) + tip;
    uint256 highest = (uint256(baseFee) * ceiling) / PaymentMath.BPS + tip;
    uint256 clamped =
      fastGas < lowest
        ? lowest
        : fastGas > highest
          ? highest
          : fastGas;
    uint256 price = PaymentMath.referenceGasPrice(fastGas, baseFee, ceiling, tip);

    assert(lowest <= highest);
    assert(price >= lowest);
    assert(price <= highest);
    assert(price == clamped);
  }

  function prove_calldataIsPricedAsTheProposalsSay(uint64 length, uint64 nonZero) external pure {
    require(nonZero <= length);
    (uint256 standard, uint256 floor) = PaymentMath.calldataPrices(length, nonZero);
    uint256 zero = length - nonZero;

    assert(standard == 4 * zero + 16 * uint256(nonZero));
    assert(floor == 10 * zero + 40 * uint256(nonZero));
  }

  /// @dev EIP-7623 in full: what a transaction costs beside its base.
  function prove_PAY_2_calldataMakesUpTheTransactionsCost(
    uint64 length,
    uint64 nonZero,
    uint64 executed
  ) external pure {
    require(nonZero <= length);
    (uint256 standard, uint256 floor) = PaymentMath.calldataPrices(length, nonZero);
    uint256 total = standard + executed;

    assert(executed + PaymentMath.calldataGas(standard, floor, executed) == (total > floor ? total : floor));
  }

  function prove_calldataGasIsTheFormula(uint64 standard, uint64 floor, uint64 executed) external pure {
    uint256 missing = floor > executed ? floor - executed : 0;

    assert(PaymentMath.calldataGas(standard, floor, executed) == (missing > standard ? missing : uint256(standard)));
  }

  /// @dev A ceiling below one, which the helper refuses, would push the reference below what a keeper has to pay.
  function refute_referenceIsClampedUnderAnyCeiling(
    uint256 fastGas,
    uint128 baseFee,
    uint16 ceiling,
    uint40 tip
  ) external pure {
    uint256 price = PaymentMath.referenceGasPrice(fastGas, baseFee, ceiling, tip);

    assert(price >= uint256(baseFee) + tip);
  }

  function refute_calldataCostsItsFloor(uint64 standard, uint64 floor, uint64 executed) external pure {
    assert(PaymentMath.calldataGas(standard, floor, executed) >= floor);
  }
}
