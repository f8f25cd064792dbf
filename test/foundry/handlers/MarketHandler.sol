// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {HostileToken__Mock} from "../../../contracts/test/Tokens__Mock.sol";
import {Trading} from "../support/Trading.sol";

/// @notice Traders on the real pairs, time, and what tokens do by themselves
abstract contract MarketHandler is Trading {
  /// @dev So many times the price at first, or a part of it.
  uint256 private constant FAR = 4;
  uint256 private constant MODES = uint256(type(HostileToken__Mock.Mode).max) + 1;

  /// @dev Up to half of the pool's reserve is sold, towards where the price was at first if it has gone far from there.
  function trade(uint256 seed, uint256 amount, bool sellsKp3r) external {
    IUniswapV2Pair traded = IUniswapV2Pair(_pick(_pairs, seed));
    (uint256 kp3rReserve, uint256 reserve) = _reservesOf(traded);
    uint256 usual = kp3rReserve * (address(traded) == address(pair) ? 1 : 1_000);
    if (reserve * 10 > usual * FAR) sellsKp3r = true;
    if (reserve * 10 < usual / FAR) sellsKp3r = false;

    uint256 reserveIn = sellsKp3r ? kp3rReserve : reserve;
    _swap(traded, sellsKp3r, _bound(amount, reserveIn / 1_000, reserveIn / 2));
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

  /// @dev Somebody keeps the oracle up to date, or nobody does. No push lasts for more than hours.
  function pass(uint256 seed, bool observed) external {
    uint256[7] memory steps = [uint256(1), 61, 45 minutes, 4 hours, 1 days, 4 days, 21 days];
    uint256 duration = steps[seed % 7];
    uint256 period = block.timestamp / model.rewardPeriodTime();
    for (uint256 i; i < _pairs.length; ++i) {
      if (!market.isPushed(_pairs[i])) continue;
      if (duration > 4 hours) _release(IUniswapV2Pair(_pairs[i]));
      else if (duration > 1 hours) _reach("a pair was pushed for hours");
    }

    if (observed) _passSeldomObserved(duration);
    else vm.warp(block.timestamp + duration);

    if (market.isListed(address(pair)) && _update(address(pair))) _reach("a pair was observed");
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
      _updateAll();
    }
    vm.warp(end);
  }
}
