// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {ERC20__Mock} from "../ERC20__Mock.sol";

/// @notice Tells who wants to know before tokens are taken from them and after they were given, as ERC-777 does
contract HookToken__Mock is ERC20__Mock {
  mapping(address holder => bool) private _hooked;

  constructor() ERC20__Mock("Hooked", "HOOK", 18) {}

  function hook() external {
    _hooked[msg.sender] = true;
  }

  function _update(address from, address to, uint256 value) internal override {
    if (_hooked[from]) HookedHolder__Mock(from).onTransfer();
    super._update(from, to, value);
    if (_hooked[to]) HookedHolder__Mock(to).onTransfer();
  }
}

/// @notice Repeats its own call in the middle of the transfer that the call makes
contract HookedHolder__Mock {
  bytes public answer;
  bool public repeated;
  address private _target;
  bytes private _data;

  constructor(HookToken__Mock token) {
    token.hook();
  }

  function execute(address target, bytes calldata data) external {
    (bool success, ) = target.call(data);
    require(success, "call failed");
  }

  function attack(address target, bytes calldata data) external {
    (_target, _data) = (target, data);
    (bool success, ) = target.call(data);
    require(success, "call failed");
  }

  function onTransfer() external {
    address target = _target;
    if (target == address(0)) return;
    delete _target;
    (repeated, answer) = target.call(_data);
  }
}

/// @notice Adds its liquidity to its job when it is worked, so that a keeper can do it between two trades
contract LiquidityAdder__Mock {
  IKeep3r private immutable _keep3r;
  IUniswapV2Pair private immutable _pair;

  constructor(IKeep3r keep3r, IUniswapV2Pair pair) {
    (_keep3r, _pair) = (keep3r, pair);
    keep3r.addJob(address(this));
    pair.approve(address(keep3r), type(uint256).max);
  }

  function work(bytes calldata) external {
    _keep3r.addLiquidityToJob(address(this), address(_pair), _pair.balanceOf(address(this)));
  }

  function workable() external pure returns (bool, bytes memory) {
    return (true, "");
  }
}

/// @notice A token that has no holders and moves nothing, which is enough to add none of it to a job
contract HollowToken__Mock {
  function balanceOf(address) external pure returns (uint256) {
    return 0;
  }

  function transferFrom(address, address, uint256) external pure returns (bool) {
    return true;
  }
}

/// @notice Adds none of ever new tokens to somebody's job
contract TokenStuffer__Mock {
  function stuff(IKeep3r keep3r, address job, uint256 count) external {
    for (uint256 i; i < count; ++i) {
      keep3r.addTokenCreditsToJob(job, address(new HollowToken__Mock()), 0);
    }
  }
}
