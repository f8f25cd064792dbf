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

    // Credits that aren't spent prove that the job knows the token
    uint256 credits = _jobTokenCredits[job][token];
    if (credits == 0 && !_listToken(job, token)) _checkJobOwner(job);

    uint256 received = _pull(token, amount);
    _checkAmount(received);
    uint256 feeAmount = Math.mulDiv(received, _terms.fee, PaymentMath.BPS, Math.Rounding.Ceil);
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
  function withdrawDisplacedTokenCredits(address job, address token, address receiver) external override nonReentrant {
    _checkNotZero(receiver);
    _checkJobUndisputed(job);
    uint256 amount = _displacedTokenCredits[job][token][msg.sender];
    if (amount == 0) revert InsufficientJobTokenCredits();

    delete _displacedTokenCredits[job][token][msg.sender];

    emit TokenCreditWithdrawal(job, token, receiver, amount);

    _push(token, receiver, amount);
  }

  /// @inheritdoc ITokenCredits
  function jobTokenCredits(address job, address token) external view override returns (uint256) {
    return _jobTokenCredits[job][token];
  }

  /// @inheritdoc ITokenCredits
  function jobTokens(address job) external view override returns (address[] memory list) {
    list = new address[](_registrations[job].tokenCount);
    for (uint256 i; i < list.length; ++i) {
      list[i] = _jobTokens[job][i];
    }
  }

  /// @inheritdoc ITokenCredits
  function displacedTokenCredits(address job, address token, address owner) external view override returns (uint256) {
    return _displacedTokenCredits[job][token][owner];
  }
}
