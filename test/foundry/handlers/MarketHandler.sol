// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {ERC20__Mock} from "../../../contracts/simulation/ERC20__Mock.sol";
import {HostileToken__Mock} from "../../../contracts/test/Tokens__Mock.sol";
import {Actions} from "../support/Actions.sol";

/// @notice Traders on the real pairs, time, and what tokens do by themselves
abstract contract MarketHandler is Actions {
  uint256 private constant MOST_TRADED = 1e26;
  uint256 private constant MODES = uint256(type(HostileToken__Mock.Mode).max) + 1;

  /// @dev Sells up to half of the pool's reserve, or KP3R up to all that the trader has.
  function trade(uint256 seed, uint256 amount, bool sellsKp3r) external {
    IUniswapV2Pair traded = IUniswapV2Pair(_pick(_pairs, seed));
    if (kp3r.balanceOf(trader) < WAD) sellsKp3r = false;
    bool zeroForOne = sellsKp3r == (traded.token0() == address(kp3r));
    (uint256 reserveIn, uint256 reserveOut, ) = traded.getReserves();
    if (!zeroForOne) (reserveIn, reserveOut) = (reserveOut, reserveIn);
    address tokenIn = zeroForOne ? traded.token0() : traded.token1();
    amount = _bound(amount, reserveIn / 1_000, reserveIn / 2);
    // A pair's reserves have room for many of these
    if (amount > MOST_TRADED) amount = MOST_TRADED;
    if (sellsKp3r) amount = amount < kp3r.balanceOf(trader) ? amount : kp3r.balanceOf(trader);
    uint256 amountOut = (amount * 997 * reserveOut) / (reserveIn * 1_000 + amount * 997);

    if (!sellsKp3r) ERC20__Mock(tokenIn).mint(trader, amount);
    vm.startPrank(trader);
    IERC20(tokenIn).transfer(address(traded), amount);
    traded.swap(zeroForOne ? 0 : amountOut, zeroForOne ? amountOut : 0, trader, "");
    vm.stopPrank();
    _count("trade", 0);
  }

  /// @dev Tokens that are sent to the network, or liquidity to a pool, for nothing.
  function donate(uint256 seed, uint256 amount) external {
    address[3] memory donated = [address(honest), address(noReturn), address(kp3r)];
    address token = donated[seed % 3];
    address giver = _pick(_owners, seed / 3);
    amount = _bound(amount, 1, WAD);

    vm.prank(giver);
    (bool success, ) = token.call(abi.encodeCall(IERC20.transfer, (address(keep3r), amount)));
    require(success, "can't donate");
    model.donate(giver, token, amount);
    _count("donate", 0);
  }

  /// @dev Somebody keeps the oracle up to date, or nobody does: then quotes fail after a while.
  function pass(uint256 seed, bool observed) external {
    uint256[6] memory steps = [uint256(1), 61, 45 minutes, 1 days, 4 days, 21 days];
    uint256 duration = steps[seed % 6];
    uint256 period = block.timestamp / model.rewardPeriodTime();

    if (observed) _passSeldomObserved(duration);
    else vm.warp(block.timestamp + duration);

    if (oracle.update(address(pair))) _reach("a pair was observed");
    _count(observed ? "pass (observed)" : "pass (unobserved)", 0);
    if (vm.getBlockTimestamp() / model.rewardPeriodTime() > period) _reach("a reward period began");
  }

  /// @dev What tokens do by themselves: one misbehaves, honest half of the time; one rebases; one calls back.
  function upset(uint256 seed, uint256 payment) external {
    if (seed % 4 == 0) {
      rebasing.rebase([uint256(50), 100, 130][(seed / 4) % 3]);
      _count("rebase", 0);
    } else if (seed % 4 == 1) {
      if (seed % 3 == 0) _armToBond();
      else if (seed % 3 == 1) _armToSettle();
      else _armToPay(_pick(_keepers, seed / 4), _bound(payment, 0, WAD));
    } else {
      hostile.setMode(HostileToken__Mock.Mode(seed % 4 == 2 ? 0 : payment % MODES));
      hostile.setTakingMode(HostileToken__Mock.Mode(seed % 16 == 3 ? (payment / MODES) % MODES : 0));
      hostile.setBalanceFails(seed % 32 == 31);
      _count("misbehave", 0);
    }
  }

  /// @dev The observations that quotes go back to at the end: one a day old and one four hours.
  function _passSeldomObserved(uint256 duration) private {
    uint256 end = block.timestamp + duration;
    uint256[3] memory before = [uint256(26 hours), 5 hours, 1 hours];
    for (uint256 i; i < 3; ++i) {
      if (end - before[i] < vm.getBlockTimestamp()) continue;
      vm.warp(end - before[i]);
      oracle.update(address(pair));
      oracle.update(address(daiPair));
    }
    vm.warp(end);
  }
}
