// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {HookKP3R__Mock} from "./Attackers__Mock.sol";

/// @notice Keeps keepers' bonds as Keep3r V2 did: payments don't look at disputes, a revoked keeper may bond again, and a
/// slash takes exactly what it was told to, from a token that has to answer
contract NaiveKeepers__Mock {
  using SafeERC20 for IERC20;

  uint256 private constant BOND_TIME = 3 days;
  uint256 private constant UNBOND_TIME = 14 days;

  address public immutable governance;
  mapping(address keeper => mapping(address token => uint256)) public bonds;
  mapping(address keeper => mapping(address token => uint256)) public pendingBonds;
  mapping(address keeper => mapping(address token => uint256)) public pendingUnbonds;
  mapping(address keeper => mapping(address token => uint256)) private _readyAfter;
  mapping(address keeper => bool) private _active;
  mapping(address keeper => bool) public disputes;
  mapping(address keeper => uint256) public workCompleted;

  error NotReady();

  constructor() {
    governance = msg.sender;
  }

  function bond(address token, uint256 amount) external {
    uint256 before = IERC20(token).balanceOf(address(this));
    IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
    pendingBonds[msg.sender][token] += IERC20(token).balanceOf(address(this)) - before;
    _readyAfter[msg.sender][token] = block.timestamp + BOND_TIME;
  }

  function activate(address token) external virtual {
    if (block.timestamp <= _readyAfter[msg.sender][token]) revert NotReady();
    bonds[msg.sender][token] += pendingBonds[msg.sender][token];
    pendingBonds[msg.sender][token] = 0;
    _active[msg.sender] = true;
  }

  function unbond(address token, uint256 amount) external {
    bonds[msg.sender][token] -= amount;
    pendingUnbonds[msg.sender][token] += amount;
    _readyAfter[msg.sender][token] = block.timestamp + UNBOND_TIME;
  }

  function withdraw(address token) external virtual {
    if (block.timestamp <= _readyAfter[msg.sender][token]) revert NotReady();
    IERC20(token).transfer(msg.sender, pendingUnbonds[msg.sender][token]);
    // The fault itself
    // solhint-disable-next-line reentrancy
    pendingUnbonds[msg.sender][token] = 0;
  }

  function dispute(address keeper) external {
    disputes[keeper] = true;
  }

  function resolve(address keeper) external {
    disputes[keeper] = false;
  }

  function slash(address keeper, address token, uint256 bondAmount, uint256 unbondAmount) external {
    bonds[keeper][token] -= bondAmount;
    pendingUnbonds[keeper][token] -= unbondAmount;
    // What fails is swallowed, but all that is answered is copied, and what succeeds has to answer
    bytes memory transfer = abi.encodeCall(IERC20.transfer, (governance, bondAmount + unbondAmount));
    (bool success, bytes memory answer) = token.call(transfer);
    if (success) abi.decode(answer, (bool));
  }

  function revoke(address keeper) external {
    _active[keeper] = false;
  }

  function bondedPayment(address keeper, uint256 payment) external {
    workCompleted[keeper] += payment;
  }

  function sendDust(address token, uint256 amount, address to) external {
    IERC20(token).transfer(to, amount);
  }

  function isKeeper(address keeper) external view returns (bool) {
    return _active[keeper];
  }
}

/// @notice Keeps bonds of KP3R alone, and books them after it has burned or minted
contract NaiveMinting__Mock is NaiveKeepers__Mock {
  function activate(address token) external override {
    uint256 amount = pendingBonds[msg.sender][token];
    HookKP3R__Mock(token).burn(amount);
    bonds[msg.sender][token] += amount;
    // The fault itself
    // solhint-disable-next-line reentrancy
    pendingBonds[msg.sender][token] = 0;
  }

  function withdraw(address token) external override {
    HookKP3R__Mock(token).mint(msg.sender, pendingUnbonds[msg.sender][token]);
    pendingUnbonds[msg.sender][token] = 0;
  }
}
