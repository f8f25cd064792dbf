// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {ERC20__Mock} from "../simulation/ERC20__Mock.sol";

/// @notice Owns a keeper, is a token, and unbonds the keeper's KP3R in the middle of its own transfer
contract Thief__Mock is ERC20__Mock {
  address private _keeper;
  address private _kp3r;
  uint256 private _amount;

  constructor() ERC20__Mock("Thief", "THF", 18) {}

  function accept(IKeep3r keep3r, address keeper) external {
    keep3r.acceptKeeperOwnership(keeper);
  }

  function bondAndUnbond(IKeep3r keep3r, address keeper, address kp3r, uint256 amount) external {
    _mint(address(this), 1);
    _approve(address(this), address(keep3r), 1);
    (_keeper, _kp3r, _amount) = (keeper, kp3r, amount);
    keep3r.bondFor(keeper, address(this), 1);
  }

  function transferFrom(address from, address to, uint256 value) public override returns (bool) {
    IKeep3r(msg.sender).unbondFor(_keeper, _kp3r, _amount);
    return super.transferFrom(from, to, value);
  }
}
