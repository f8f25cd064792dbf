// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IKeep3rWorkable} from "../../interfaces/IKeep3rWorkable.sol";
import {ERC20__Mock} from "../../simulation/ERC20__Mock.sol";

/// @notice A keeper that trades before and after its own work, in one transaction, and tells whether it worked
contract SandwichKeeper__Harness {
  uint256 private constant BPS = 10_000;

  event Sandwich(bool canWork, bool worked, bytes reason);

  /// @notice Calls anything as the keeper
  function execute(address called, bytes calldata data) external {
    (bool success, ) = called.call(data);
    require(success, "call failed");
  }

  /// @param amountIn What it sells first, of token0 if `sells0`, else of token1; minted for it
  /// @param soldBack BPS of what that yielded, sold after the work
  function attack(IKeep3rWorkable job, IUniswapV2Pair pair, bool sells0, uint256 amountIn, uint256 soldBack) external {
    ERC20__Mock(sells0 ? pair.token0() : pair.token1()).mint(address(this), amountIn);

    uint256 yielded = _swap(pair, sells0, amountIn);
    (bool canWork, ) = job.workable();
    bool worked;
    bytes memory reason;
    try job.work("") {
      worked = true;
    } catch (bytes memory reason_) {
      reason = reason_;
    }
    _swap(pair, !sells0, (yielded * soldBack) / BPS);

    emit Sandwich(canWork, worked, reason);
  }

  function _swap(IUniswapV2Pair pair, bool sells0, uint256 amountIn) private returns (uint256 amountOut) {
    (uint256 reserve0, uint256 reserve1, ) = pair.getReserves();
    (uint256 reserveIn, uint256 reserveOut) = sells0 ? (reserve0, reserve1) : (reserve1, reserve0);
    amountOut = (amountIn * 997 * reserveOut) / (reserveIn * 1000 + amountIn * 997);
    if (amountOut == 0) return 0;

    IERC20(sells0 ? pair.token0() : pair.token1()).transfer(address(pair), amountIn);
    pair.swap(sells0 ? 0 : amountOut, sells0 ? amountOut : 0, address(this), "");
  }
}
