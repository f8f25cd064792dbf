// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ITokenCredits} from "../interfaces/ITokenCredits.sol";
import {PaymentMath} from "../libraries/PaymentMath.sol";
import {TokenCredit} from "../types/TokenCredit.sol";
import {Accounting} from "./Accounting.sol";

/// @title TokenCredits
/// @notice Tokens that a job pays keepers with: in and out
abstract contract TokenCredits is Accounting {
  using SafeERC20 for IERC20;

  /// @inheritdoc ITokenCredits
  function addTokenCreditsToJob(address job, address token, uint256 amount) external override nonReentrant {
    if (token == keep3rV1) revert TokenUnallowed();
    _checkCode(token);
    _checkRegistered(job);

    // Without credits the token takes a place, perhaps that of a token that is spent: a stranger may not
    if (_jobTokenCredits[job][token].amount() == 0) {
      _checkJobOwner(job);
      _listToken(job, token);
    }

    uint256 received = _pull(token, amount);
    _checkAmount(received);
    uint256 feeAmount = Math.ceilDiv(received * _terms.fee, PaymentMath.BPS);
    _jobTokenCredits[job][token] = _jobTokenCredits[job][token].add(received - feeAmount);
    _book(job, token);

    emit TokenCreditAddition(job, token, msg.sender, received);

    if (feeAmount != 0) _push(token, governance, feeAmount);
  }

  /// @inheritdoc ITokenCredits
  function withdrawTokenCreditsFromJob(
    address job,
    address token,
    uint256 amount,
    address receiver
  ) external override onlyJobOwner(job) nonReentrant {
    _checkNotZero(receiver);
    _checkJobUndisputed(job);
    TokenCredit credit = _jobTokenCredits[job][token];
    if (amount == type(uint256).max) amount = credit.amount();
    _checkAmount(amount);
    if (amount > credit.amount()) revert InsufficientJobTokenCredits();

    _jobTokenCredits[job][token] = credit.spend(amount);

    emit TokenCreditWithdrawal(job, token, receiver, amount);

    IERC20(token).safeTransfer(receiver, amount);
  }

  /// @inheritdoc ITokenCredits
  function jobTokenCredits(address job, address token) external view override returns (uint256) {
    return _jobTokenCredits[job][token].amount();
  }
}
