// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IKeep3rPricing} from "../interfaces/IKeep3rPricing.sol";
import {ERC20__Mock} from "../simulation/ERC20__Mock.sol";

/// @notice Does whatever can be done to a pair in one transaction, and tells what it cost and did to the LP token's price
contract PairAttacker__Harness {
  enum Kind {
    Swap,
    Mint,
    Burn,
    Donate
  }

  /// @dev A swap sells amount0, or amount1 if that is zero; a burn takes amount0 thousandths of what the attacker has.
  struct Step {
    Kind kind;
    uint256 amount0;
    uint256 amount1;
  }

  event Attack(uint256 priceBefore, uint256 priceAfter, int256 given0, int256 given1, uint256 liquidity);

  function attack(IUniswapV2Pair pair, IKeep3rPricing helper, Step[] calldata steps) external {
    uint256 priceBefore = helper.quoteLiquidity(address(pair));
    int256 given0;
    int256 given1;
    for (uint256 i; i < steps.length; ++i) {
      (int256 more0, int256 more1) = _take(pair, steps[i]);
      given0 += more0;
      given1 += more1;
    }

    uint256 priceAfter = helper.quoteLiquidity(address(pair));
    emit Attack(priceBefore, priceAfter, given0, given1, pair.balanceOf(address(this)));
  }

  function _take(IUniswapV2Pair pair, Step calldata step) private returns (int256, int256) {
    if (step.kind == Kind.Swap) return _swap(pair, step.amount0, step.amount1);
    if (step.kind == Kind.Burn) return _burn(pair, (pair.balanceOf(address(this)) * step.amount0) / 1000);

    ERC20__Mock(pair.token0()).mint(address(pair), step.amount0);
    ERC20__Mock(pair.token1()).mint(address(pair), step.amount1);
    if (step.kind == Kind.Donate) {
      pair.sync();
    } else {
      // What is too little to mint for stays a donation
      try pair.mint(address(this)) {} catch {}
    }
    return (int256(step.amount0), int256(step.amount1));
  }

  function _swap(IUniswapV2Pair pair, uint256 amount0, uint256 amount1) private returns (int256, int256) {
    bool zeroForOne = amount0 != 0;
    (uint256 reserve0, uint256 reserve1, ) = pair.getReserves();
    (uint256 reserveIn, uint256 reserveOut) = zeroForOne ? (reserve0, reserve1) : (reserve1, reserve0);
    uint256 amountIn = zeroForOne ? amount0 : amount1;
    uint256 amountOut = (amountIn * 997 * reserveOut) / (reserveIn * 1000 + amountIn * 997);
    if (amountOut == 0) return (0, 0);

    ERC20__Mock(zeroForOne ? pair.token0() : pair.token1()).mint(address(pair), amountIn);
    pair.swap(zeroForOne ? 0 : amountOut, zeroForOne ? amountOut : 0, address(this), "");
    return zeroForOne ? (int256(amountIn), -int256(amountOut)) : (-int256(amountOut), int256(amountIn));
  }

  function _burn(IUniswapV2Pair pair, uint256 liquidity) private returns (int256, int256) {
    pair.transfer(address(pair), liquidity);
    try pair.burn(address(this)) returns (uint256 amount0, uint256 amount1) {
      return (-int256(amount0), -int256(amount1));
    } catch {
      return (0, 0);
    }
  }
}
