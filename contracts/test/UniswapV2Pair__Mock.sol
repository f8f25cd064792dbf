// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A pair whose accumulators can be set where centuries would bring them; its own factory, too
contract UniswapV2Pair__Mock {
  address public immutable token0;
  address public immutable token1;

  uint256 public price0CumulativeLast;
  uint256 public price1CumulativeLast;

  uint112 private _reserve0;
  uint112 private _reserve1;
  uint32 private _touchedAt;

  constructor(address token0_, address token1_) {
    (token0, token1) = (token0_, token1_);
  }

  function setReserves(uint112 reserve0, uint112 reserve1, uint32 touchedAt) external {
    (_reserve0, _reserve1, _touchedAt) = (reserve0, reserve1, touchedAt);
  }

  function setCumulatives(uint256 price0Cumulative, uint256 price1Cumulative) external {
    (price0CumulativeLast, price1CumulativeLast) = (price0Cumulative, price1Cumulative);
  }

  function getReserves() external view returns (uint112, uint112, uint32) {
    return (_reserve0, _reserve1, _touchedAt);
  }

  /// @dev As the factory that made it.
  function getPair(address tokenA, address tokenB) external view returns (address) {
    return tokenA == token0 && tokenB == token1 ? address(this) : address(0);
  }
}
