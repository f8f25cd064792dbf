// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IDisputes} from "./IDisputes.sol";
import {IGovernable} from "./IGovernable.sol";
import {IJobMigration} from "./IJobMigration.sol";
import {IJobRegistration} from "./IJobRegistration.sol";
import {IKeeperBonds} from "./IKeeperBonds.sol";
import {ILiquidityCredits} from "./ILiquidityCredits.sol";
import {IParameters} from "./IParameters.sol";
import {IRoles} from "./IRoles.sol";
import {ITokenCredits} from "./ITokenCredits.sol";
import {IWork} from "./IWork.sol";

/// @title The keeper network
/// @notice Protocols register contracts as jobs and fund them; keepers bond, work the jobs and are paid in the same
/// transaction; governance sets the terms. This is the union of the network's modules.
/// @dev Beware: job contracts are anyone's. A keeper should simulate a work before sending it, and a job should revert
/// when there is nothing to do.
interface IKeep3r is
  IGovernable,
  IParameters,
  IRoles,
  IKeeperBonds,
  IJobRegistration,
  ITokenCredits,
  ILiquidityCredits,
  IWork,
  IDisputes,
  IJobMigration
{}
