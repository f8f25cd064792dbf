// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Keep3rBase} from "./core/Keep3rBase.sol";
import {Disputes} from "./core/Disputes.sol";
import {JobMigration} from "./core/JobMigration.sol";
import {JobRegistration} from "./core/JobRegistration.sol";
import {KeeperBonds} from "./core/KeeperBonds.sol";
import {LiquidityCredits} from "./core/LiquidityCredits.sol";
import {Parameters} from "./core/Parameters.sol";
import {Roles} from "./core/Roles.sol";
import {TokenCredits} from "./core/TokenCredits.sol";
import {Work} from "./core/Work.sol";
import {Governable} from "./governance/Governable.sol";

/// @title Keep3r
/// @notice The keeper network: keepers' bonds, jobs' credits, work and payment
contract Keep3r is
  Parameters,
  Roles,
  KeeperBonds,
  JobRegistration,
  TokenCredits,
  LiquidityCredits,
  Work,
  Disputes,
  JobMigration
{
  /// @param governance_ Who sets parameters and roles
  /// @param keep3rV1_ KP3R
  /// @param keep3rV1Proxy_ The minter of KP3R; it must let this contract mint
  constructor(
    address governance_,
    address keep3rV1_,
    address keep3rV1Proxy_
  ) Governable(governance_) Keep3rBase(keep3rV1_) Parameters(keep3rV1Proxy_) {}
}
