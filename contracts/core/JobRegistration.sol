// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IJobRegistration} from "../interfaces/IJobRegistration.sol";
import {Job, JobFlags} from "../types/Job.sol";
import {Position} from "../types/Position.sol";
import {Pending, Registration} from "../types/Types.sol";
import {WorkConfig} from "../types/WorkConfig.sol";
import {Accounting} from "./Accounting.sol";

/// @title JobRegistration
/// @notice Jobs: their list and who owns them
abstract contract JobRegistration is Accounting {
  /// @inheritdoc IJobRegistration
  function addJob(address job) external override nonReentrant {
    Registration storage registration = _registrations[job];

    if (registration.owner != address(0)) {
      _displaceStranger(job, registration);
    } else {
      if (msg.sender != job) _checkCode(job);
      _jobList.push(job);
      // Four billion jobs would each have paid for a slot
      registration.place = uint32(_jobList.length);
    }

    registration.owner = msg.sender;
    registration.bySelf = msg.sender == job;

    emit JobAddition(job, msg.sender);
  }

  /// @inheritdoc IJobRegistration
  function changeJobOwnership(address job, address newOwner) external override onlyJobOwner(job) {
    _jobPendingOwners[job] = newOwner;

    emit JobOwnershipChange(job, msg.sender, newOwner);
  }

  /// @inheritdoc IJobRegistration
  function acceptJobOwnership(address job) external override {
    if (msg.sender != _jobPendingOwners[job]) revert OnlyPendingJobOwner();
    _checkJobUndisputed(job);

    address previousOwner = _registrations[job].owner;
    _registrations[job].owner = msg.sender;
    _withdrawOffers(job);

    emit JobOwnershipAssent(job, previousOwner, msg.sender);
  }

  /// @inheritdoc IJobRegistration
  function jobs() external view override returns (address[] memory) {
    return _copy(_jobList);
  }

  /// @inheritdoc IJobRegistration
  function jobOwner(address job) external view override returns (address) {
    return _registrations[job].owner;
  }

  /// @inheritdoc IJobRegistration
  function jobPendingOwner(address job) external view override returns (address) {
    return _jobPendingOwners[job];
  }

  /// @dev Makes way for a job that registers itself. Bounded: 8 liquidities and 8 tokens, all put in by the stranger's leave.
  function _displaceStranger(address jobAddress, Registration storage registration) private {
    bool worked = _jobs[jobAddress].flags() & JobFlags.WORKED != 0;
    if (msg.sender != jobAddress || registration.bySelf || worked) revert JobAlreadyAdded();
    _checkJobUndisputed(jobAddress);

    address stranger = registration.owner;
    WorkConfig config = _config;
    Job memory job = _settled(jobAddress, config).unpack();
    _removeShare(job, config, job.value);
    job.value = 0;
    while (job.liquidityCount != 0) {
      Position position = _popPosition(jobAddress, job);
      _unbondLiquidity(jobAddress, position.liquidity(), stranger, position.amount());
    }
    _jobs[jobAddress] = job.pack();

    while (registration.tokenCount != 0) {
      (address token, uint256 credits) = _popToken(jobAddress);
      if (credits == 0) continue;
      Pending storage pending = _pendingUnbonds[stranger][token];
      // Only of a token that means nothing there can be more: it mustn't keep the stranger in place
      pending.amount = uint224(Math.min(pending.amount + credits, type(uint224).max));
      // They could be taken out at any time, so they wait for nothing, nor do they delay what is waiting already
      if (pending.readyAfter == 0) pending.readyAfter = _after(0);
      emit Unbonding(stranger, token, credits);
    }
    _withdrawOffers(jobAddress);

    emit JobDisplacement(jobAddress, stranger);
  }
}
