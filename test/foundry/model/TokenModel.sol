// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IKeeperBonds} from "../../../contracts/interfaces/IKeeperBonds.sol";
import {IParameterBounds} from "../../../contracts/interfaces/IParameterBounds.sol";
import {HostileToken__Mock, RebasingToken__Mock} from "../../../contracts/test/Tokens__Mock.sol";

/// @notice What moves when a token is sent, by the manners of each token, and what everyone has of it
abstract contract TokenModel {
  enum Manner {
    Plain,
    Fee,
    Hostile,
    Rebasing
  }

  address public immutable network;
  address public immutable kp3r;
  address public immutable governance;

  mapping(address token => Manner) public manners;
  mapping(address account => mapping(address token => uint256)) public wallets;
  mapping(address token => uint256) public slashHeld;
  /// @dev What was slashed of a token at all, what of it went to governance at once, and what later.
  mapping(address token => uint256) public seized;
  mapping(address token => uint256) public delivered;
  mapping(address token => uint256) public released;
  uint256 public supply;
  /// @dev Whether what is to mint KP3R does.
  bool public mints = true;

  /// @dev Of a rebasing token the network has shares; a wallet of it isn't modelled.
  uint256 internal _shares;

  constructor(address network_, address kp3r_, address governance_) {
    (network, kp3r, governance) = (network_, kp3r_, governance_);
  }

  function setManner(address token, Manner manner) external {
    manners[token] = manner;
  }

  function setWallet(address account, address token, uint256 amount) external {
    wallets[account][token] = amount;
  }

  function setSupply(uint256 supply_) external {
    supply = supply_;
  }

  function setMints(bool mints_) external {
    mints = mints_;
  }

  /// @notice Somebody sends the network a token out of the blue
  function donate(address from, address token, uint256 amount) external {
    _pull(from, token, amount);
  }

  /// @notice What the network should have of a token
  function balanceOf(address token) public view returns (uint256) {
    return manners[token] == Manner.Rebasing ? (_shares * _percent(token)) / 100 : wallets[network][token];
  }

  function _pull(address from, address token, uint256 amount) internal returns (uint256 received) {
    Manner manner = manners[token];
    _checkBalanceReadable(token);
    if (manner == Manner.Rebasing) return _pullShares(token, amount);
    if (manner == Manner.Hostile && !_moves(token, HostileToken__Mock(token).takingMode())) return 0;

    received = _arriving(token, amount);
    wallets[from][token] -= amount;
    wallets[network][token] += received;
  }

  function _push(address token, address to, uint256 amount) internal {
    Manner manner = manners[token];
    if (manner == Manner.Hostile && !_moves(token, HostileToken__Mock(token).mode())) return;
    if (manner == Manner.Rebasing) {
      _shares -= (amount * 100) / _percent(token);
      return;
    }

    wallets[network][token] -= amount;
    wallets[to][token] += _arriving(token, amount);
  }

  /// @dev Slashed tokens go to governance; what the token keeps is held aside.
  function _seize(address token, uint256 amount) internal {
    uint256 sent;
    if (manners[token] == Manner.Rebasing) {
      sent = _seizeShares(token, amount);
    } else if (manners[token] != Manner.Hostile || _leaves(HostileToken__Mock(token))) {
      sent = amount;
      wallets[network][token] -= amount;
      wallets[governance][token] += _arriving(token, amount);
    }
    seized[token] += amount;
    delivered[token] += sent;
    slashHeld[token] += amount - sent;
  }

  function _burn(uint256 amount) internal {
    wallets[network][kp3r] -= amount;
    supply -= amount;
  }

  function _mint(address to, uint256 amount) internal {
    if (!mints) revert IKeeperBonds.MintInsufficient(0, amount);
    wallets[to][kp3r] += amount;
    supply += amount;
  }

  function _checkBalanceReadable(address token) internal view {
    if (manners[token] == Manner.Hostile && HostileToken__Mock(token).balanceFails()) revert("no balance");
  }

  function _arriving(address token, uint256 amount) private view returns (uint256) {
    return manners[token] == Manner.Fee ? amount - amount / 10 : amount;
  }

  function _checkBounds(uint256 value, uint256 min, uint256 max) internal pure {
    if (value < min || value > max) revert IParameterBounds.ParameterOutOfBounds(value, min, max);
  }

  /// @dev Reverts as the transfer does; false when the token says that it moved something and didn't.
  function _moves(address token, HostileToken__Mock.Mode mode) private pure returns (bool) {
    if (mode == HostileToken__Mock.Mode.Honest) return true;
    if (mode == HostileToken__Mock.Mode.ReturnsTrueButKeeps) return false;
    if (mode == HostileToken__Mock.Mode.Reverts) revert("refused");
    if (mode == HostileToken__Mock.Mode.BurnsAllGas) {
      assembly {
        revert(0, 0)
      }
    }
    revert SafeERC20.SafeERC20FailedOperation(token);
  }

  /// @dev Whether the network sees it leave when it is slashed. Without a balance to go by it sends nothing.
  function _leaves(HostileToken__Mock token) private view returns (bool) {
    HostileToken__Mock.Mode mode = token.mode();
    bool sends = mode == HostileToken__Mock.Mode.Honest || mode == HostileToken__Mock.Mode.ReturnsFalseButSends;
    return sends && !token.balanceFails();
  }

  function _pullShares(address token, uint256 amount) private returns (uint256 received) {
    uint256 before = balanceOf(token);
    _shares += (amount * 100) / _percent(token);
    return balanceOf(token) - before;
  }

  function _seizeShares(address token, uint256 amount) private returns (uint256 sent) {
    uint256 before = balanceOf(token);
    uint256 shares = (amount * 100) / _percent(token);
    if (before < amount || shares > _shares) return 0;

    _shares -= shares;
    sent = before - balanceOf(token);
    return sent < amount ? sent : amount;
  }

  function _percent(address token) private view returns (uint256) {
    return RebasingToken__Mock(token).percent();
  }
}
