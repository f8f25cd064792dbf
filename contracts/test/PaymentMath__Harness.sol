// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PaymentMath} from "../libraries/PaymentMath.sol";

/// @notice Exposes PaymentMath
contract PaymentMath__Harness {
  function boost(uint256 bond, uint256 minBoost, uint256 maxBoost, uint256 targetBond) external pure returns (uint256) {
    return PaymentMath.boost(bond, minBoost, maxBoost, targetBond);
  }

  function referenceGasPrice(
    uint256 fastGas,
    uint256 baseFee,
    uint256 ceiling,
    uint256 minPriorityFee
  ) external pure returns (uint256) {
    return PaymentMath.referenceGasPrice(fastGas, baseFee, ceiling, minPriorityFee);
  }

  function calldataGas(uint256 length, uint256 nonZero, uint256 executed) external pure returns (uint256) {
    (uint256 standard, uint256 floor) = PaymentMath.calldataPrices(length, nonZero);
    return PaymentMath.calldataGas(standard, floor, executed);
  }

  function nonZeroCalldata(bytes calldata data) external pure returns (uint256) {
    uint256 start;
    assembly ("memory-safe") {
      start := data.offset
    }
    return PaymentMath.nonZeroCalldata(start, start + data.length);
  }
}
