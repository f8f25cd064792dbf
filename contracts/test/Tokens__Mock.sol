// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ERC20__Mock} from "../simulation/ERC20__Mock.sol";

/// @notice Keeps a tenth of every transfer
contract FeeToken__Mock is ERC20__Mock {
  constructor() ERC20__Mock("Fee", "FEE", 18) {}

  function _update(address from, address to, uint256 value) internal override {
    uint256 kept = from == address(0) || to == address(0) ? 0 : value / 10;
    if (kept != 0) super._update(from, address(0), kept);
    super._update(from, to, value - kept);
  }
}

/// @notice Returns nothing from transfers, as USDT does
contract NoReturnToken__Mock {
  mapping(address account => uint256) public balanceOf;
  mapping(address account => mapping(address spender => uint256)) public allowance;

  function mint(address account, uint256 amount) external {
    balanceOf[account] += amount;
  }

  function approve(address spender, uint256 amount) external {
    allowance[msg.sender][spender] = amount;
  }

  function transfer(address to, uint256 amount) external {
    balanceOf[msg.sender] -= amount;
    balanceOf[to] += amount;
  }

  function transferFrom(address from, address to, uint256 amount) external {
    allowance[from][msg.sender] -= amount;
    balanceOf[from] -= amount;
    balanceOf[to] += amount;
  }
}

/// @notice Calls another contract in the middle of a transfer, as ERC-777 lets a holder do
contract ReentrantToken__Mock is ERC20__Mock {
  address public callee;
  bytes public data;
  bool public answered;
  bytes public answer;

  constructor() ERC20__Mock("Reentrant", "RE", 18) {}

  /// @notice Arms the next transfer
  function arm(address callee_, bytes calldata data_) external {
    callee = callee_;
    data = data_;
    delete answered;
    delete answer;
  }

  function _update(address from, address to, uint256 value) internal override {
    address called = callee;
    if (called != address(0)) {
      delete callee;
      (answered, answer) = called.call(data);
    }
    super._update(from, to, value);
  }
}

/// @notice A token that misbehaves on demand when it is sent, or taken
contract HostileToken__Mock is ERC20__Mock {
  enum Mode {
    Honest,
    Reverts,
    ReturnsFalse,
    BurnsAllGas,
    ReturnBomb,
    ReturnsFalseButSends,
    ReturnsTrueButKeeps
  }

  Mode public mode;
  Mode public takingMode;
  bool public balanceFails;
  bool private _balanceBurns;

  constructor() ERC20__Mock("Hostile", "HOS", 18) {}

  function setMode(Mode mode_) external {
    mode = mode_;
  }

  function setTakingMode(Mode takingMode_) external {
    takingMode = takingMode_;
  }

  function setBalanceFails(bool balanceFails_) external {
    balanceFails = balanceFails_;
  }

  function setBalanceBurns(bool balanceBurns) external {
    _balanceBurns = balanceBurns;
  }

  function transfer(address to, uint256 value) public override returns (bool) {
    if (_moves(mode)) super.transfer(to, value);
    return _answers(mode);
  }

  function transferFrom(address from, address to, uint256 value) public override returns (bool) {
    if (_moves(takingMode)) super.transferFrom(from, to, value);
    return _answers(takingMode);
  }

  function balanceOf(address account) public view override returns (uint256) {
    if (balanceFails) revert("no balance");
    while (_balanceBurns) {}
    return super.balanceOf(account);
  }

  /// @dev If it comes to an end at all.
  function _moves(Mode mode_) private view returns (bool) {
    if (mode_ == Mode.Reverts) revert("refused");
    if (mode_ == Mode.BurnsAllGas) {
      while (true) {}
    }
    if (mode_ == Mode.ReturnBomb) {
      // Memory for so many words takes half of the gas, and a little: who copies what is returned doesn't have as much left
      uint256 length = 32 * Math.sqrt(256 * gasleft());
      assembly {
        return(0, length)
      }
    }
    return mode_ == Mode.Honest || mode_ == Mode.ReturnsFalseButSends;
  }

  function _answers(Mode mode_) private pure returns (bool) {
    return mode_ == Mode.Honest || mode_ == Mode.ReturnsTrueButKeeps;
  }
}

/// @notice Scales every balance on demand
contract RebasingToken__Mock {
  uint256 public percent = 100;
  mapping(address account => uint256) private _shares;

  function mint(address account, uint256 amount) external {
    _shares[account] += (amount * 100) / percent;
  }

  function rebase(uint256 percent_) external {
    percent = percent_;
  }

  function approve(address, uint256) external pure returns (bool) {
    return true;
  }

  function transfer(address to, uint256 amount) external returns (bool) {
    return transferFrom(msg.sender, to, amount);
  }

  function balanceOf(address account) external view returns (uint256) {
    return (_shares[account] * percent) / 100;
  }

  function transferFrom(address from, address to, uint256 amount) public returns (bool) {
    uint256 shares = (amount * 100) / percent;
    _shares[from] -= shares;
    _shares[to] += shares;
    return true;
  }
}
