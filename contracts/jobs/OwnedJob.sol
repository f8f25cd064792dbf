// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {WorkableJob} from "./WorkableJob.sol";

/// @title OwnedJob
/// @notice A workable job with an owner who sets its parameters. It registers itself when it is built and offers itself to
/// that owner, who then holds two things that are handed over apart: the contract, by `transferOwnership`, and the job's
/// funds in the network, by `acceptJobOwnership` and `changeJobOwnership` of Keep3r.
abstract contract OwnedJob is WorkableJob, Ownable2Step {
  /// @param keep3r_ The network
  /// @param owner_ Who sets the parameters, and who the job is offered to; not the zero address
  constructor(IKeep3r keep3r_, address owner_) WorkableJob(keep3r_, owner_) Ownable(owner_) {}
}
