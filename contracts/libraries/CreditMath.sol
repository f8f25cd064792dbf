// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Credit mathematics
/// @notice The leaky bucket that liquidity fills: a job's value mines credits at value / inflationPeriod a second, up to
/// what it mines in one reward period. Pure functions only.
/// @dev KP3R amounts and LP tokens are below 2 ** 88, prices below 2 ** 128, times below 2 ** 32: no product or sum
/// overflows, and no divisor is zero, so nothing is checked.
library CreditMath {
  uint256 internal constant WAD = 1e18;

  /// @notice The most credits that mining fills the bucket to: value * rewardPeriodTime / inflationPeriod, rounded down
  /// @param value KP3R
  /// @param rewardPeriodTime Seconds
  /// @param inflationPeriod Seconds, not zero
  function periodCredits(
    uint256 value,
    uint256 rewardPeriodTime,
    uint256 inflationPeriod
  ) internal pure returns (uint256) {
    unchecked {
      return (value * rewardPeriodTime) / inflationPeriod;
    }
  }

  /// @notice max(credits, min(cap, credits + value * elapsed / inflationPeriod)), rounded down
  /// @dev Credits above the cap (forced, or left after the value fell) are kept and earn nothing.
  function accrue(
    uint256 credits,
    uint256 value,
    uint256 elapsed,
    uint256 rewardPeriodTime,
    uint256 inflationPeriod
  ) internal pure returns (uint256) {
    uint256 cap = periodCredits(value, rewardPeriodTime, inflationPeriod);
    if (credits >= cap) return credits;

    unchecked {
      uint256 accrued = credits + (value * elapsed) / inflationPeriod;
      return accrued < cap ? accrued : cap;
    }
  }

  /// @notice The credits that leave with removed value: min(credits, cap) * removed / value, rounded up
  /// @param removed KP3R of value that leaves; counts as all when it is not below `value`
  function leaving(uint256 credits, uint256 cap, uint256 removed, uint256 value) internal pure returns (uint256) {
    uint256 mined = credits < cap ? credits : cap;
    if (removed >= value) return mined;

    unchecked {
      return (mined * removed + value - 1) / value;
    }
  }

  /// @notice What LP tokens are worth: amount * price, rounded down
  /// @param amount LP tokens
  /// @param price KP3R per LP token, WAD
  function worth(uint256 amount, uint256 price) internal pure returns (uint256) {
    unchecked {
      return (amount * price) / WAD;
    }
  }

  /// @notice The most that a price may rise to in the next period: 25 % more, rounded down
  function priceCeiling(uint256 price) internal pure returns (uint256) {
    unchecked {
      return price + price / 4;
    }
  }
}
