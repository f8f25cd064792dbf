// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {IResolverJob} from "../../interfaces/jobs/IResolverJob.sol";
import {IUpkeepForwarder} from "../../interfaces/jobs/IUpkeepForwarder.sol";
import {OwnedJob} from "../OwnedJob.sol";
import {UpkeepBridge} from "./UpkeepBridge.sol";

/// @title ResolverJob
/// @notice Runs tasks that were written for Gelato: a resolver says what to execute on a target
contract ResolverJob is IResolverJob, UpkeepBridge {
  /// @param keep3r_ The network
  /// @param owner_ Who sets the parameters, and who the job is offered to; not the zero address
  constructor(IKeep3r keep3r_, address owner_) OwnedJob(keep3r_, owner_) {}

  /// @inheritdoc IResolverJob
  /// @dev Always checked in the work: with a payload of its own a keeper could have the target do anything.
  function register(
    address owner,
    address resolver,
    bytes calldata resolverData,
    address target,
    UpkeepConfig calldata config
  ) external override returns (uint256 id, IUpkeepForwarder forwarder) {
    return _register(owner, resolver, target, resolverData, CheckMode.Static, config);
  }

  function _checkCall(bytes memory resolverData) internal pure override returns (bytes memory) {
    return resolverData;
  }

  function _performCall(bytes memory payload) internal pure override returns (bytes memory) {
    return payload;
  }
}
