// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {ERC20__Mock} from "../../simulation/ERC20__Mock.sol";

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

/// @notice KP3R of that manner, which also tells somebody when it is burned
contract HookKP3R__Mock is HookToken__Mock {
  HookedHolder__Mock private _watcher;

  function watch(HookedHolder__Mock watcher) external {
    _watcher = watcher;
  }

  function burn(uint256 amount) external {
    _watcher.onTransfer();
    _burn(msg.sender, amount);
  }
}

/// @notice Mints such KP3R to whoever asks
contract HookMinter__Mock {
  HookKP3R__Mock private immutable _kp3r;

  constructor(HookKP3R__Mock kp3r) {
    _kp3r = kp3r;
  }

  function mint(uint256 amount) external {
    _kp3r.mint(msg.sender, amount);
  }
}

/// @notice Calls somebody in the middle of the next transfer from or to it: to repeat the call that makes the transfer, or
/// to do something else
contract HookedHolder__Mock {
  bytes public answer;
  bool public answered;
  address private _target;
  bytes private _data;
  bool private _refuses;

  constructor(HookToken__Mock token) {
    token.hook();
  }

  function execute(address target, bytes memory data) public {
    (bool success, ) = target.call(data);
    require(success, "call failed");
  }

  function executeBoth(address first, bytes calldata firstData, address second, bytes calldata secondData) external {
    execute(first, firstData);
    execute(second, secondData);
  }

  /// @notice Does one in the middle of the other
  function nest(address outer, bytes calldata outerData, address inner, bytes calldata innerData) external {
    arm(inner, innerData);
    execute(outer, outerData);
  }

  function setRefuses(bool refuses) external {
    _refuses = refuses;
  }

  function onTransfer() external {
    require(!_refuses, "refused");
    address target = _target;
    if (target == address(0)) return;
    delete _target;
    (answered, answer) = target.call(_data);
  }

  function arm(address target, bytes memory data) public {
    (_target, _data) = (target, data);
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
