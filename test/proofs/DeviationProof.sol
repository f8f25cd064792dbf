// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TwapMath} from "../../contracts/libraries/TwapMath.sol";

/// @dev TwapMath's standard deviation for two samples: their distance by the root of two, rounded down. Its loops are
/// unrolled, so the number of samples is fixed; and the solver settles distances that are even and odd one at a time.
contract DeviationProof {
  function prove_ORC_2_theDeviationOfTwoSamplesAnEvenDistanceApart(uint112 lower, uint112 half) external pure {
    uint256 deviation = _deviationOf(lower, lower + 2 * uint128(half));
    uint256 squared = 2 * uint256(half) * half;

    assert(deviation * deviation <= squared);
    assert((deviation + 1) * (deviation + 1) > squared);
  }

  function prove_ORC_2_theDeviationOfTwoSamplesAnOddDistanceApart(uint112 lower, uint112 half) external pure {
    uint256 deviation = _deviationOf(lower, lower + 2 * uint128(half) + 1);
    // And a half, which no square of a whole number needs
    uint256 squared = 2 * uint256(half) * (uint256(half) + 1);

    assert(deviation * deviation <= squared);
    assert((deviation + 1) * (deviation + 1) > squared);
  }

  /// @dev The deviation of a sample is more than that of a whole population.
  function refute_theDeviationOfTwoSamplesIsHalfTheirDistance(uint112 lower, uint112 half) external pure {
    assert(_deviationOf(lower, lower + 2 * uint128(half)) <= half);
  }

  function _deviationOf(uint128 first, uint128 second) private pure returns (uint256) {
    uint256[] memory samples = new uint256[](2);
    (samples[0], samples[1]) = (first, second);
    return TwapMath.standardDeviationDown(samples);
  }
}
