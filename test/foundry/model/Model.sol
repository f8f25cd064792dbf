// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputes} from "../../../contracts/interfaces/IDisputes.sol";
import {IKeep3rJob} from "../../../contracts/interfaces/IKeep3rJob.sol";
import {IParameters} from "../../../contracts/interfaces/IParameters.sol";
import {IRoles} from "../../../contracts/interfaces/IRoles.sol";
import {ILiquidityCredits} from "../../../contracts/interfaces/ILiquidityCredits.sol";
import {IWork} from "../../../contracts/interfaces/IWork.sol";
import {JobModel} from "./JobModel.sol";
import {TokenModel} from "./TokenModel.sol";

/// @notice All that Keep3r is documented to do, kept in plain words and integers: the books that the network is compared
/// with. A function reverts with the error that the network is to revert with, so a refusal leaves no trace in either.
contract Model is JobModel {
  uint256 private constant RATE_SCALE = 10_000 * 1e18;

  constructor(address network_, address kp3r_, address governance_) TokenModel(network_, kp3r_, governance_) {}

  // Work. A job validates its keeper first

  /// @param gasPaid Gas, the share of the transaction included
  function work(address job, address keeper, uint256 gasPaid) external {
    _checkKeeper(keeper);
    _payInBonds(job, keeper, (gasPaid * _rate(bonds[keeper][kp3r])) / RATE_SCALE);
    ++jobs[job].works;
  }

  function workForAmount(address job, address keeper, uint256 payment) external {
    _checkKeeper(keeper);
    _payInBonds(job, keeper, payment);
    ++jobs[job].works;
  }

  function workForToken(address job, address keeper, address token, uint256 amount) external {
    _checkKeeper(keeper);
    _checkMayPay(job);
    if (amount > tokenCredits[job][token]) revert IWork.InsufficientFunds();

    jobs[job].worked = true;
    tokenCredits[job][token] -= amount;
    _push(token, keeper, amount);
    ++jobs[job].works;
  }

  /// @notice A job that pays without having validated anybody
  function bondedPayment(address job, address keeper, uint256 payment) external {
    _payInBonds(job, keeper, payment);
  }

  /// @notice Gas that is paid for a work after the first of a transaction, beside what the meter sees
  function laterGas(address job, uint256 laterWorkGas) external view returns (uint256) {
    return jobs[job].workedAt == block.timestamp ? (laterWorkGas * 61) / 100 : laterWorkGas;
  }

  // Slashing of jobs

  function slashTokenFromJob(address job, address token, uint256 amount) external {
    _checkDisputed(job);
    if (amount == 0) revert IParameters.ZeroAmount();
    if (tokenCredits[job][token] == 0) revert IDisputes.JobTokenUnexistent();
    if (amount > tokenCredits[job][token]) revert IDisputes.JobTokenInsufficient();

    tokenCredits[job][token] -= amount;
    _seize(token, amount);
  }

  /// @param owner Whose unbonding liquidity is taken first
  function slashLiquidity(address job, address kind, address owner, uint256 amount) public {
    _checkDisputed(job);
    if (amount == 0) revert IParameters.ZeroAmount();

    uint256 fromBonded = amount - _slashPending(jobUnbonds[job][kind][owner], amount);
    if (fromBonded != 0) {
      if (owner != jobs[job].owner) revert ILiquidityCredits.JobLiquidityInsufficient();
      _reduce(job, kind, fromBonded);
    }
    _seize(kind, amount);
  }

  function slashLiquidityFromJob(address job, address kind, uint256 amount) external {
    slashLiquidity(job, kind, jobs[job].owner, amount);
  }

  // Governance

  function withdrawSlashHeld(address token) external {
    uint256 amount = slashHeld[token];
    if (amount == 0) revert IParameters.ZeroAmount();

    slashHeld[token] = 0;
    released[token] += amount;
    _push(token, governance, amount);
  }

  /// @param owed What the network owes of the token; a liquidity that has had a price is never dust
  function sendDust(address token, uint256 amount, uint256 owed) external {
    if (amount == 0) revert IParameters.ZeroAmount();
    _checkBalanceReadable(token);
    uint256 balance = balanceOf(token);
    uint256 available = balance > owed && kinds[token].pricedAt == 0 ? balance - owed : 0;
    if (amount > available) revert IRoles.DustInsufficient(amount, available);

    _push(token, governance, amount);
  }

  function _payInBonds(address job, address keeper, uint256 payment) private {
    _touch(job);
    _checkMayPay(job);
    _checkPayable(keeper);
    if (payment > jobs[job].credits) revert IWork.InsufficientFunds();

    jobs[job].credits -= payment;
    (jobs[job].worked, jobs[job].workedAt) = (true, block.timestamp);
    _reward(keeper, payment);
  }

  function _checkMayPay(address job) private view {
    _checkUndisputed(job);
    if (jobs[job].owner == address(0)) revert IWork.JobUnapproved();
  }

  function _checkKeeper(address keeper) private view {
    if (!keepers[keeper].active || disputed[keeper]) revert IKeep3rJob.KeeperNotValid();
  }
}
