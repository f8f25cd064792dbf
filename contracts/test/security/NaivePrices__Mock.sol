// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

/// @notice The mean price since the last observation, however short ago that is, as Inverse Finance read it
contract NaiveTwap__Mock {
  uint256 private constant Q112 = 2 ** 112;

  IUniswapV2Pair private immutable _pair;
  uint256 private _cumulative;
  uint256 private _observedAt;

  constructor(IUniswapV2Pair pair) {
    _pair = pair;
  }

  function update(address) external {
    (_cumulative, _observedAt) = (_cumulativeNow(), block.timestamp);
  }

  /// @dev Of the pair's token0 in its token1, whatever the arguments say.
  function current(address, uint256 amountIn, address) external view returns (uint256) {
    uint256 averageX112 = (_cumulativeNow() - _cumulative) / (block.timestamp - _observedAt);
    return (amountIn * averageX112) / Q112;
  }

  function _cumulativeNow() private view returns (uint256) {
    (uint256 reserve0, uint256 reserve1, uint256 touchedAt) = _pair.getReserves();
    return _pair.price0CumulativeLast() + ((reserve1 * Q112) / reserve0) * (block.timestamp - touchedAt);
  }
}

/// @notice Values an LP token by the pool's reserves as they stand, at fair prices, as Warp Finance did: half of the sum, in
/// KP3R, so that it agrees with Keep3rHelper on a pool in balance
contract NaiveLpPricing__Mock {
  address private immutable _kp3r;
  uint256 private immutable _kp3rPerPaired;

  constructor(address kp3r, uint256 kp3rPerPaired) {
    (_kp3r, _kp3rPerPaired) = (kp3r, kp3rPerPaired);
  }

  function quoteLiquidity(IUniswapV2Pair pair) external view returns (uint256) {
    (uint256 kp3r, uint256 paired, ) = pair.getReserves();
    if (pair.token0() != _kp3r) (kp3r, paired) = (paired, kp3r);
    return ((kp3r * 1e18 + paired * _kp3rPerPaired) / 2) / pair.totalSupply();
  }

  function checkLiquidity(address) external pure {}
}

/// @notice Quotes like Keep3r V2's helper: an amount is narrowed without a look at it
contract NaiveQuote__Mock {
  uint256 private constant KP3R_PER_ETH = 10;

  function quote(uint256 eth) external pure returns (uint256) {
    // The fault itself
    return uint256(uint128(eth)) * KP3R_PER_ETH;
  }
}
