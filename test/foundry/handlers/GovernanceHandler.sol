// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputes} from "../../../contracts/interfaces/IDisputes.sol";
import {ILiquidityCredits} from "../../../contracts/interfaces/ILiquidityCredits.sol";
import {IParameters} from "../../../contracts/interfaces/IParameters.sol";
import {IRoles} from "../../../contracts/interfaces/IRoles.sol";
import {Actions} from "../support/Actions.sol";

/// @notice Governance within its bounds, and where it would like to take more than it may
abstract contract GovernanceHandler is Actions {
  struct Parameter {
    string name;
    bytes4 setter;
    uint256 least;
    uint256 most;
  }

  /// @dev One in so many.
  uint256 private constant ANYTHING = 8;

  Parameter[] private _parameters;

  constructor() {
    _parameters.push(Parameter("setBondTime", IParameters.setBondTime.selector, 0, 5 days));
    _parameters.push(Parameter("setUnbondTime", IParameters.setUnbondTime.selector, 1 days, 20 days));
    _parameters.push(Parameter("setRewardPeriodTime", IParameters.setRewardPeriodTime.selector, 1 days, 10 days));
    _parameters.push(Parameter("setInflationPeriod", IParameters.setInflationPeriod.selector, 10 days, 60 days));
    _parameters.push(Parameter("setFee", IParameters.setFee.selector, 0, 1_000));
    _parameters.push(Parameter("setLiquidityMinimum", IParameters.setLiquidityMinimum.selector, 0, 10 * WAD));
  }

  function force(uint256 seed, uint256 amount) external {
    address job = _pick(_jobs, seed);
    amount = _bound(amount, 0, 40 * WAD);

    _govern(
      "forceLiquidityCreditsToJob",
      abi.encodeCall(ILiquidityCredits.forceLiquidityCreditsToJob, (job, amount)),
      abi.encodeCall(model.forceLiquidityCreditsToJob, (job, amount))
    );
  }

  /// @dev What is revoked is soon approved again, else there would be little liquidity.
  function changeLiquidity(uint256 kindSeed, uint256 seed) external {
    address kind = _pick(_pairs, kindSeed);
    bool revokes = seed % 4 == 0;

    _govern(
      revokes ? "revokeLiquidity" : "approveLiquidity",
      revokes
        ? abi.encodeCall(ILiquidityCredits.revokeLiquidity, (kind))
        : abi.encodeCall(ILiquidityCredits.approveLiquidity, (kind)),
      revokes ? abi.encodeCall(model.revokeLiquidity, (kind)) : abi.encodeCall(model.approveLiquidity, (kind))
    );
  }

  function reinstate(uint256 seed) external {
    address keeper = _findBarred(seed);

    _govern("reinstate", abi.encodeCall(IDisputes.reinstate, (keeper)), abi.encodeCall(model.reinstate, (keeper)));
  }

  function withdrawHeld(uint256 tokenSeed) external {
    address token = _findToken(tokenSeed, address(0), _held);

    _govern(
      "withdrawSlashHeld",
      abi.encodeCall(IDisputes.withdrawSlashHeld, (token, governance)),
      abi.encodeCall(model.withdrawSlashHeld, (token))
    );
  }

  /// @dev What is spent counts as owed until it is booked, so it is booked first: then all that nobody is owed can be had,
  /// and not a wei more.
  function sendDust(uint256 tokenSeed, uint256 amount) external {
    address token = tokenSeed % 10 == 0 ? _pick(_pairs, tokenSeed / 10) : _pick(_tokens, tokenSeed);
    for (uint256 i; i < _jobs.length; ++i) {
      if (keep3r.jobOwner(_jobs[i]) == address(0)) continue;
      keep3r.settle(_jobs[i]);
      model.settle(_jobs[i]);
    }
    uint256 owed = owedOf(token);
    uint256 balance = model.balanceOf(token);
    amount = _bound(amount, 0, (balance > owed ? balance - owed : 0) + 1);

    _govern(
      "sendDust",
      abi.encodeCall(IRoles.sendDust, (token, amount, governance)),
      abi.encodeCall(model.sendDust, (token, amount, owed))
    );
  }

  /// @dev Mostly to something moderate, now and then to less or to anything.
  function tune(uint256 which, uint256 value) external {
    Parameter memory tuned = _parameters[which % _parameters.length];
    if ((which / _parameters.length) % ANYTHING != 0) value = _bound(value, tuned.least, tuned.most);
    else if (value % 2 == 0) value = _bound(value, 0, tuned.least);
    // The model's setters are named as the network's
    bytes memory call = abi.encodeWithSelector(tuned.setter, value);

    _govern(tuned.name, call, call);
  }

  /// @notice All that keepers and jobs are owed of a token, by the model
  function owedOf(address token) public view returns (uint256 owed) {
    owed = model.slashHeld(token);
    for (uint256 i; i < _people.length; ++i) {
      (uint256 pending, ) = model.pendingBonds(_people[i], token);
      (uint256 unbonding, ) = model.pendingUnbonds(_people[i], token);
      owed += pending;
      // KP3R exists as a bond only until it is withdrawn
      if (token != address(kp3r)) owed += model.bonds(_people[i], token) + unbonding;
    }
    for (uint256 i; i < _jobs.length; ++i) {
      owed += model.tokenCredits(_jobs[i], token);
    }
  }

  /// @notice The same of a liquidity that is bonded to jobs, or being unbonded from them
  function liquidityOf(address kind) public view returns (uint256 amount) {
    amount = model.slashHeld(kind);
    for (uint256 i; i < _jobs.length; ++i) {
      (uint256 bonded, ) = model.positions(_jobs[i], kind);
      amount += bonded;
      for (uint256 j; j < _people.length; ++j) {
        (uint256 unbonding, ) = model.jobUnbonds(_jobs[i], kind, _people[j]);
        amount += unbonding;
      }
    }
  }

  function _held(address, address token) private view returns (uint256) {
    return model.slashHeld(token);
  }

  function _findBarred(uint256 seed) private view returns (address keeper) {
    for (uint256 i; i < _keepers.length; ++i) {
      keeper = _keepers[((seed % _keepers.length) + i) % _keepers.length];
      (, , , bool barred, ) = model.keepers(keeper);
      if (barred) return keeper;
    }
  }

  function _govern(string memory action, bytes memory call, bytes memory modelled) private {
    _agree(action, governance, address(keep3r), call, modelled);
  }
}
