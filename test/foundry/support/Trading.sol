// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {Actions} from "./Actions.sol";

/// @notice What the trader does on the real pairs. The model of the market hears of it.
abstract contract Trading is Actions {
  struct Ratio {
    uint256 kp3rReserve;
    uint256 reserve;
  }

  /// @dev Where a pair stood before it was pushed.
  mapping(address pair => Ratio) private _honest;

  /// @dev The trader has as much of the other token as it takes, and of KP3R up to half of what there is, for the other pair.
  function _swap(IUniswapV2Pair pool, bool sellsKp3r, uint256 amount) internal {
    (uint256 reserveIn, uint256 reserveOut) = _reservesOf(pool);
    if (!sellsKp3r) (reserveIn, reserveOut) = (reserveOut, reserveIn);
    if (sellsKp3r) amount = Math.min(amount, kp3r.balanceOf(trader) / 2);
    uint256 amountOut = (amount * 997 * reserveOut) / (reserveIn * 1_000 + amount * 997);
    if (amountOut == 0) return;

    vm.startPrank(trader);
    if (sellsKp3r) kp3r.transfer(address(pool), amount);
    else _pairedWith(pool).mint(address(pool), amount);
    bool takesToken0 = sellsKp3r != (pool.token0() == address(kp3r));
    pool.swap(takesToken0 ? amountOut : 0, takesToken0 ? 0 : amountOut, trader, "");
    vm.stopPrank();
    market.watch(address(pool));
  }

  /// @dev Makes one reserve so many times what it was: the price goes by the square of that.
  function _push(IUniswapV2Pair pool, bool sellsKp3r, uint256 times) internal {
    (uint256 kp3rReserve, uint256 reserve) = _reservesOf(pool);
    market.setPushed(address(pool), true);
    _honest[address(pool)] = Ratio(kp3rReserve, reserve);
    _swap(pool, sellsKp3r, (sellsKp3r ? kp3rReserve : reserve) * times);
  }

  /// @dev Brings the market back to about where it was.
  function _release(IUniswapV2Pair pool) internal {
    Ratio memory honest = _honest[address(pool)];
    market.setPushed(address(pool), false);
    _bringTo(pool, honest.kp3rReserve, honest.reserve);
  }

  /// @dev Trades until the reserves stand in about a ratio.
  function _bringTo(IUniswapV2Pair pool, uint256 kp3rPart, uint256 part) internal {
    (uint256 kp3rReserve, uint256 reserve) = _reservesOf(pool);
    uint256 k = kp3rReserve * reserve;
    uint256 kp3rTarget = Math.sqrt(Math.mulDiv(k, kp3rPart, part));
    if (kp3rTarget > kp3rReserve) _swap(pool, true, kp3rTarget - kp3rReserve);
    else if (kp3rTarget < kp3rReserve) _swap(pool, false, k / kp3rTarget - reserve);
  }

  function _withdraw(IUniswapV2Pair pool) internal {
    uint256 liquidity = pool.balanceOf(trader);
    vm.prank(trader);
    pool.transfer(address(pool), liquidity);
    pool.burn(trader);
    market.watch(address(pool));
  }
}
