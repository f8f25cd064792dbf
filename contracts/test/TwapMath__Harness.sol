// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TwapMath} from "../libraries/TwapMath.sol";

/// @notice Exposes TwapMath
contract TwapMath__Harness {
  function elapsed(uint32 from, uint32 to) external pure returns (uint32) {
    return TwapMath.elapsed(from, to);
  }

  function extend(
    uint256 cumulative,
    uint256 reserveIn,
    uint256 reserveOut,
    uint256 duration
  ) external pure returns (uint256) {
    return TwapMath.extend(cumulative, reserveIn, reserveOut, duration);
  }

  function averageDown(uint112 from, uint112 to, uint256 shift, uint256 span) external pure returns (uint256) {
    return TwapMath.averageDown(from, to, shift, span);
  }

  function amountOutDown(uint256 amountIn, uint256 averageX112) external pure returns (uint256) {
    return TwapMath.amountOutDown(amountIn, averageX112);
  }

  function standardDeviationDown(uint256[] memory samples) external pure returns (uint256) {
    return TwapMath.standardDeviationDown(samples);
  }
}
