// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {NaiveEscrow__Mock} from "./NaiveEscrow__Mock.sol";

/// @notice Slashes what such an escrow keeps, and bonds: sends them to governance first, and books them then. What can't be
/// sent is held aside. Anyone may do it, and needs no dispute
contract NaiveSlasher__Mock is NaiveEscrow__Mock {
  address private _governance;
  mapping(address keeper => mapping(address token => uint256)) public bonds;
  mapping(address token => uint256) private _held;

  function setGovernance(address governance) external {
    _governance = governance;
  }

  function bond(address token, uint256 amount) external {
    bonds[msg.sender][token] += _take(token, amount);
  }

  function slash(address keeper, address token, uint256 amount, uint256) external {
    uint256 left = bonds[keeper][token] - amount;
    try IERC20(token).transfer(_governance, amount) {} catch {
      // The fault itself: it books last
      // solhint-disable-next-line reentrancy
      _held[token] += amount;
    }
    // The fault itself
    // solhint-disable-next-line reentrancy
    bonds[keeper][token] = left;
  }

  function slashTokenFromJob(address job, address token, uint256 amount) external {
    _pay(job, token, amount, _governance);
  }

  function slashLiquidityFromJob(address job, address liquidity, uint256 amount) external {
    _seize(liquidityAmount[job], liquidity, amount);
  }

  function slashUnbondingLiquidityFromJob(address job, address liquidity, address, uint256 amount) external {
    _seize(pendingUnbonds[job], liquidity, amount);
  }

  function withdrawSlashHeld(address token, address receiver) external {
    IERC20(token).transfer(receiver, _held[token]);
    // The fault itself
    // solhint-disable-next-line reentrancy
    _held[token] = 0;
  }

  function acceptGovernance() external pure {}

  function addDisputer(address) external pure {}

  function addSlasher(address) external pure {}

  function dispute(address) external pure {}

  function activate(address) external pure {}

  function _seize(mapping(address => uint256) storage amounts, address liquidity, uint256 amount) private {
    uint256 left = amounts[liquidity] - amount;
    IERC20(liquidity).transfer(_governance, amount);
    // The fault itself
    // solhint-disable-next-line reentrancy
    amounts[liquidity] = left;
  }
}
