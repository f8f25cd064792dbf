// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ITokenCredits} from "../interfaces/ITokenCredits.sol";
import {PaymentMath} from "../libraries/PaymentMath.sol";
import {Accounting} from "./Accounting.sol";

/// @title TokenCredits
/// @notice Tokens that a job pays keepers with: in and out
abstract contract TokenCredits is Accounting {
  /// @inheritdoc ITokenCredits
  function addTokenCreditsToJob(address job, address token, uint256 amount) external override nonReentrant {
    if (token == keep3rV1) revert TokenUnallowed();
    _checkCode(token);
    _checkRegistered(job);

    // Without credits the token takes a place, perhaps that of a token that is spent: a stranger may not
    uint256 credits = _jobTokenCredits[job][token];
    if (credits == 0) {
      _checkJobOwner(job);
      _listToken(job, token);
    }

    uint256 received = _pull(token, amount);
    _checkAmount(received);
    uint256 feeAmount = Math.ceilDiv(received * _terms.fee, PaymentMath.BPS);
    _jobTokenCredits[job][token] = credits + received - feeAmount;

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
    _checkAmount(amount);
    _checkJobUndisputed(job);
    uint256 credits = _jobTokenCredits[job][token];
    if (amount > credits) revert InsufficientJobTokenCredits();

    _jobTokenCredits[job][token] = credits - amount;

    emit TokenCreditWithdrawal(job, token, receiver, amount);

    _push(token, receiver, amount);
  }

  /// @inheritdoc ITokenCredits
  function jobTokenCredits(address job, address token) external view override returns (uint256) {
    return _jobTokenCredits[job][token];
  }
}
