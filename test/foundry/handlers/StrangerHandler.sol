// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputes} from "../../../contracts/interfaces/IDisputes.sol";
import {IGovernable} from "../../../contracts/interfaces/IGovernable.sol";
import {IJobMigration} from "../../../contracts/interfaces/IJobMigration.sol";
import {IJobRegistration} from "../../../contracts/interfaces/IJobRegistration.sol";
import {IKeeperBonds} from "../../../contracts/interfaces/IKeeperBonds.sol";
import {ILiquidityCredits} from "../../../contracts/interfaces/ILiquidityCredits.sol";
import {IParameters} from "../../../contracts/interfaces/IParameters.sol";
import {IRoles} from "../../../contracts/interfaces/IRoles.sol";
import {ITokenCredits} from "../../../contracts/interfaces/ITokenCredits.sol";
import {IWork} from "../../../contracts/interfaces/IWork.sol";
import {Actions} from "../support/Actions.sol";

/// @notice Calls every function that is somebody's, as somebody else
abstract contract StrangerHandler is Actions {
  address private constant NOBODY = address(0xdead);

  function trespass(uint256 seed, uint256 tokenSeed, uint256 amount) external {
    address job = _pick(_jobs, seed);
    address keeper = _pick(_keepers, seed);
    address token = _pick(_tokens, tokenSeed);

    _againstGovernance(job, keeper, token, amount);
    _againstSlasher(job, keeper, token, amount);
    _againstKeeper(keeper, token, amount);
    _againstJobOwner(job, token, amount);
    _try(abi.encodeCall(IWork.worked, keeper), IWork.GasNotInitialized.selector);
    _reach("a stranger tried everything");
  }

  function _againstGovernance(address job, address keeper, address token, uint256 amount) private {
    bytes4 refusal = IGovernable.OnlyGovernance.selector;
    _try(abi.encodeCall(IGovernable.setGovernance, NOBODY), refusal);
    _try(abi.encodeCall(IGovernable.acceptGovernance, ()), IGovernable.OnlyPendingGovernance.selector);
    _try(abi.encodeCall(IParameters.setKeep3rHelper, token), refusal);
    _try(abi.encodeCall(IParameters.setKeep3rV1Proxy, token), refusal);
    _try(abi.encodeCall(IParameters.setBondTime, amount), refusal);
    _try(abi.encodeCall(IParameters.setUnbondTime, amount), refusal);
    _try(abi.encodeCall(IParameters.setLiquidityMinimum, amount), refusal);
    _try(abi.encodeCall(IParameters.setRewardPeriodTime, amount), refusal);
    _try(abi.encodeCall(IParameters.setInflationPeriod, amount), refusal);
    _try(abi.encodeCall(IParameters.setFee, amount), refusal);
    _try(abi.encodeCall(IParameters.setMaxGasPerWork, amount), refusal);
    _try(abi.encodeCall(IRoles.addSlasher, NOBODY), refusal);
    _try(abi.encodeCall(IRoles.removeSlasher, slasher), refusal);
    _try(abi.encodeCall(IRoles.addDisputer, NOBODY), refusal);
    _try(abi.encodeCall(IRoles.removeDisputer, disputer), refusal);
    _try(abi.encodeCall(IRoles.sendDust, (token, amount, NOBODY)), refusal);
    _try(abi.encodeCall(IDisputes.reinstate, keeper), refusal);
    _try(abi.encodeCall(IDisputes.withdrawSlashHeld, (token, NOBODY)), refusal);
    _try(abi.encodeCall(ILiquidityCredits.approveLiquidity, token), refusal);
    _try(abi.encodeCall(ILiquidityCredits.revokeLiquidity, address(pair)), refusal);
    _try(abi.encodeCall(ILiquidityCredits.forceLiquidityCreditsToJob, (job, amount)), refusal);
  }

  function _againstSlasher(address job, address keeper, address token, uint256 amount) private {
    _try(abi.encodeCall(IDisputes.dispute, keeper), IRoles.OnlyDisputer.selector);
    _try(abi.encodeCall(IDisputes.resolve, keeper), IRoles.OnlyDisputer.selector);
    bytes4 refusal = IRoles.OnlySlasher.selector;
    _try(abi.encodeCall(IDisputes.slash, (keeper, token, amount, 0)), refusal);
    _try(abi.encodeCall(IDisputes.revoke, keeper), refusal);
    _try(abi.encodeCall(IDisputes.slashTokenFromJob, (job, token, amount)), refusal);
    _try(abi.encodeCall(IDisputes.slashLiquidityFromJob, (job, token, amount)), refusal);
    _try(abi.encodeCall(IDisputes.slashUnbondingLiquidityFromJob, (job, token, keeper, amount)), refusal);
  }

  function _againstKeeper(address keeper, address token, uint256 amount) private {
    bytes4 refusal = IKeeperBonds.OnlyKeeperOwner.selector;
    _try(abi.encodeCall(IKeeperBonds.bondFor, (keeper, token, amount)), refusal);
    _try(abi.encodeCall(IKeeperBonds.activateFor, (keeper, token)), refusal);
    _try(abi.encodeCall(IKeeperBonds.unbondFor, (keeper, token, amount)), refusal);
    _try(abi.encodeCall(IKeeperBonds.withdrawFor, (keeper, token)), refusal);
    _try(abi.encodeCall(IKeeperBonds.changeKeeperOwnership, (keeper, NOBODY)), refusal);
    _try(abi.encodeCall(IKeeperBonds.acceptKeeperOwnership, keeper), IKeeperBonds.OnlyPendingKeeperOwner.selector);
  }

  function _againstJobOwner(address job, address token, uint256 amount) private {
    bytes4 refusal = IJobRegistration.OnlyJobOwner.selector;
    _try(abi.encodeCall(IJobRegistration.changeJobOwnership, (job, NOBODY)), refusal);
    _try(abi.encodeCall(IJobRegistration.acceptJobOwnership, job), IJobRegistration.OnlyPendingJobOwner.selector);
    _try(abi.encodeCall(ITokenCredits.withdrawTokenCreditsFromJob, (job, token, amount, NOBODY)), refusal);
    _try(abi.encodeCall(ILiquidityCredits.unbondLiquidityFromJob, (job, token, amount)), refusal);
    _try(abi.encodeCall(IJobMigration.migrateJob, (job, NOBODY)), refusal);
    _try(abi.encodeCall(IJobMigration.acceptJobMigration, (NOBODY, job)), refusal);
  }

  function _try(bytes memory call, bytes4 refusal) private {
    _refuse("trespass", NOBODY, call, refusal);
  }
}
