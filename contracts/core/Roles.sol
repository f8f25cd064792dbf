// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {Accounting} from "./Accounting.sol";

/// @title Roles
/// @notice Disputers, slashers, and the dust that governance may take
abstract contract Roles is Accounting {
  using SafeERC20 for IERC20;

  /// @inheritdoc IRoles
  function addSlasher(address slasher) external override onlyGovernance {
    if (!_appoint(_slashers, slasher)) revert SlasherExistent();

    emit SlasherAdded(slasher);
  }

  /// @inheritdoc IRoles
  function removeSlasher(address slasher) external override onlyGovernance {
    if (!_dismiss(_slashers, slasher)) revert SlasherUnexistent();

    emit SlasherRemoved(slasher);
  }

  /// @inheritdoc IRoles
  function addDisputer(address disputer) external override onlyGovernance {
    if (!_appoint(_disputers, disputer)) revert DisputerExistent();

    emit DisputerAdded(disputer);
  }

  /// @inheritdoc IRoles
  function removeDisputer(address disputer) external override onlyGovernance {
    if (!_dismiss(_disputers, disputer)) revert DisputerUnexistent();

    emit DisputerRemoved(disputer);
  }

  /// @inheritdoc IRoles
  function sendDust(address token, uint256 amount, address to) external override onlyGovernance nonReentrant {
    _checkNotZero(to);
    _checkAmount(amount);
    uint256 balance = _balanceOf(token);
    uint256 owedAmount = _owed[token];
    // What is owed of a liquidity isn't summed up; once it has a price, jobs may hold it
    uint256 available = _liquidities[token].pricedAt == 0 ? Math.saturatingSub(balance, owedAmount) : 0;
    if (amount > available) revert DustInsufficient(amount, available);

    emit DustSent(token, amount, to);

    IERC20(token).safeTransfer(to, amount);
  }

  /// @inheritdoc IRoles
  function slashers(address slasher) external view override returns (bool) {
    return _slashers[slasher];
  }

  /// @inheritdoc IRoles
  function disputers(address disputer) external view override returns (bool) {
    return _disputers[disputer];
  }

  /// @return changed Whether the account didn't have the role before
  function _appoint(mapping(address => bool) storage role, address account) private returns (bool changed) {
    _checkNotZero(account);
    changed = !role[account];
    role[account] = true;
  }

  /// @return changed Whether the account had the role before
  function _dismiss(mapping(address => bool) storage role, address account) private returns (bool changed) {
    changed = role[account];
    role[account] = false;
  }
}
