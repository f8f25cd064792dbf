// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {CreditMath} from "../libraries/CreditMath.sol";

/// @notice Exposes CreditMath
contract CreditMath__Harness {
  function periodCredits(uint256 value, uint256 rewardPeriod, uint256 inflation) external pure returns (uint256) {
    return CreditMath.periodCredits(value, rewardPeriod, inflation);
  }

  function accrue(
    uint256 credits,
    uint256 value,
    uint256 elapsed,
    uint256 rewardPeriod,
    uint256 inflation
  ) external pure returns (uint256) {
    return CreditMath.accrue(credits, value, elapsed, rewardPeriod, inflation);
  }

  function leaving(uint256 credits, uint256 cap, uint256 removed, uint256 value) external pure returns (uint256) {
    return CreditMath.leaving(credits, cap, removed, value);
  }

  function worth(uint256 amount, uint256 price) external pure returns (uint256) {
    return CreditMath.worth(amount, price);
  }

  function priceCeiling(uint256 price) external pure returns (uint256) {
    return CreditMath.priceCeiling(price);
  }
}
