// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DisputeHandler} from "./DisputeHandler.sol";
import {GovernanceHandler} from "./GovernanceHandler.sol";
import {JobHandler} from "./JobHandler.sol";
import {KeeperHandler} from "./KeeperHandler.sol";
import {MarketHandler} from "./MarketHandler.sol";
import {PushHandler} from "./PushHandler.sol";
import {RoleHandler} from "./RoleHandler.sol";
import {StrangerHandler} from "./StrangerHandler.sol";
import {WorkHandler} from "./WorkHandler.sol";

/// @notice All who act, on one stage
contract Handlers is
  KeeperHandler,
  JobHandler,
  WorkHandler,
  DisputeHandler,
  GovernanceHandler,
  RoleHandler,
  MarketHandler,
  PushHandler,
  StrangerHandler
{
  constructor() {
    _setTheStage();
    string[89] memory goals = [
      "acceptGovernance",
      "acceptJobMigration",
      "acceptJobOwnership",
      "acceptKeeperOwnership",
      "activate",
      "addDisputer",
      "addJob",
      "addLiquidityToJob",
      "addPair",
      "addSlasher",
      "addTokenCreditsToJob",
      "approveLiquidity",
      "arm",
      "averagePrice",
      "bond",
      "bondedPayment",
      "changeJobOwnership",
      "changeKeeperOwnership",
      "dispute",
      "donate",
      "forceLiquidityCreditsToJob",
      "migrateJob",
      "misbehave",
      "moveLiquidity",
      "pass (observed)",
      "pass (unobserved)",
      "push",
      "push (observation)",
      "quote",
      "re-enter",
      "rebase",
      "reinstate",
      "release",
      "removeDisputer",
      "removePair",
      "removeSlasher",
      "resolve",
      "revoke",
      "revokeLiquidity",
      "sendDust",
      "setBondTime",
      "setFee",
      "setGovernance",
      "setInflationPeriod",
      "setKeep3rV1Proxy",
      "setLiquidityMinimum",
      "setMaxChange",
      "setMinKp3rReserve",
      "setRewardPeriodTime",
      "setUnbondTime",
      "settle",
      "slash",
      "slashLiquidityFromJob",
      "slashTokenFromJob",
      "slashUnbondingLiquidityFromJob",
      "state: a disputed job was refused to pay",
      "state: a disputed job was slashed",
      "state: a former owner withdrew liquidity",
      "state: a job displaced a stranger",
      "state: a job migrated with liquidity",
      "state: a keeper waited for the second",
      "state: a keeper was paid while the pair was pushed",
      "state: a pair was deep again",
      "state: a pair was observed",
      "state: a pair was pushed for hours",
      "state: a pair was thin",
      "state: a payment without a meter was refused",
      "state: a pushed pair was observed",
      "state: a reward period began",
      "state: a stranger tried everything",
      "state: governance went and came back",
      "state: liquidity left for an observation",
      "state: liquidity of a disputed job was slashed",
      "state: liquidity was added while its pair was pushed",
      "state: liquidity was lent for an observation",
      "state: revoked liquidity was unbonded",
      "state: two works were paid in one transaction",
      "state: what a keeper was unbonding was slashed",
      "trade",
      "unbond",
      "unbondLiquidityFromJob",
      "withdraw",
      "withdrawLiquidityFromJob",
      "withdrawSlashHeld",
      "withdrawTokenCreditsFromJob",
      "work",
      "workForAmount",
      "workForToken",
      "workRate"
    ];
    for (uint256 i; i < goals.length; ++i) _expect(goals[i]);
    for (uint256 i; i < _tokens.length; ++i) {
      _expect(string.concat("state: ", _slashedOf(_tokens[i])));
      if (_tokens[i] != address(kp3r)) _expect(string.concat("state: ", _paidIn(_tokens[i])));
    }
  }

  /// @notice What was done and what was refused, a line each: action, error's selector, how often
  function report() external view returns (string memory lines) {
    for (uint256 i; i < _counts.length; ++i) {
      lines = string.concat(lines, _line(_counts[i].action, _counts[i].refusal, _counts[i].count));
    }
    return
      string.concat(
        lines,
        _line("state: revoked liquidity took its credits along", 0, model.drops()),
        _line("state: a quote failed", 0, model.failedQuotes()),
        _line("state: a price rose by the most it may", 0, model.ceilings())
      );
  }

  function _line(string memory action, bytes4 refusal, uint256 count) private pure returns (string memory) {
    return string.concat(action, "\t", vm.toString(abi.encodePacked(refusal)), "\t", vm.toString(count), "\n");
  }
}
