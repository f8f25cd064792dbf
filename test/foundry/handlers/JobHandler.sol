// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IJobMigration} from "../../../contracts/interfaces/IJobMigration.sol";
import {IJobRegistration} from "../../../contracts/interfaces/IJobRegistration.sol";
import {ILiquidityCredits} from "../../../contracts/interfaces/ILiquidityCredits.sol";
import {ITokenCredits} from "../../../contracts/interfaces/ITokenCredits.sol";
import {Actions} from "../support/Actions.sol";

/// @notice Job owners, and strangers who register, fund or squat jobs
abstract contract JobHandler is Actions {
  uint256 private constant ALL = type(uint256).max;

  /// @dev One in so many is called by somebody who may not.
  uint256 private constant WRONG_CALLER = 12;
  uint256 private constant SELF_REGISTRATION = 8;

  function addJob(uint256 seed, uint256 callerSeed) external {
    address job = _pick(_jobs, seed);
    address caller = callerSeed % SELF_REGISTRATION == 0 ? job : _pick(_people, callerSeed);
    bool taken = keep3r.jobOwner(job) != address(0);

    bool done = _agree(
      "addJob",
      caller,
      address(keep3r),
      abi.encodeCall(IJobRegistration.addJob, (job)),
      abi.encodeCall(model.addJob, (caller, job))
    );
    if (done && taken) _reach("a job displaced a stranger");
  }

  /// @dev Offers a job to one of the owners; what is on offer is accepted, by whom it was offered to or not.
  function handOverJob(uint256 seed, uint256 toSeed) external {
    (address job, address caller) = _jobAndCaller(seed, _jobs);
    if (keep3r.jobOwner(job) == job) caller = job;
    address newOwner = _pick(_owners, toSeed);

    if (keep3r.jobPendingOwner(job) == address(0)) {
      _agree(
        "changeJobOwnership",
        caller,
        address(keep3r),
        abi.encodeCall(IJobRegistration.changeJobOwnership, (job, newOwner)),
        abi.encodeCall(model.changeJobOwnership, (caller, job, newOwner))
      );
    } else {
      _agree(
        "acceptJobOwnership",
        newOwner,
        address(keep3r),
        abi.encodeCall(IJobRegistration.acceptJobOwnership, (job)),
        abi.encodeCall(model.acceptJobOwnership, (newOwner, job))
      );
    }
  }

  function addTokenCredits(uint256 seed, uint256 tokenSeed, uint256 amount) external {
    (address job, address caller) = _jobAndCaller(seed, _jobs);
    address token = _pick(_tokens, tokenSeed);
    amount = _bound(amount, 0, token == address(wide) ? 2 ** 129 : 300 * WAD);

    _agree(
      "addTokenCreditsToJob",
      caller,
      address(keep3r),
      abi.encodeCall(ITokenCredits.addTokenCreditsToJob, (job, token, amount)),
      abi.encodeCall(model.addTokenCreditsToJob, (caller, job, token, amount))
    );
  }

  function withdrawTokenCredits(uint256 seed, uint256 tokenSeed, uint256 amount) external {
    (address job, address caller) = _jobAndCaller(seed, _jobs);
    address token = _findToken(tokenSeed, job, _tokenCredits);
    amount = amount % 5 == 0 ? ALL : _bound(amount, 0, (model.tokenCredits(job, token) * 11) / 10 + 1);

    _agree(
      "withdrawTokenCreditsFromJob",
      caller,
      address(keep3r),
      abi.encodeCall(ITokenCredits.withdrawTokenCreditsFromJob, (job, token, amount, caller)),
      abi.encodeCall(model.withdrawTokenCreditsFromJob, (caller, job, token, amount))
    );
  }

  function addLiquidity(uint256 seed, uint256 kindSeed, uint256 amount) external {
    (address job, address caller) = _jobAndCaller(seed, _plainJobs());
    address kind = _pick(_pairs, kindSeed);
    amount = _bound(amount, 0, IERC20(kind).balanceOf(caller) / 4);

    bool done = _agree(
      "addLiquidityToJob",
      caller,
      address(keep3r),
      abi.encodeCall(ILiquidityCredits.addLiquidityToJob, (job, kind, amount)),
      abi.encodeCall(model.addLiquidityToJob, (caller, job, kind, amount))
    );
    if (done && market.isPushed(kind)) _reach("liquidity was added while its pair was pushed");
  }

  function unbondLiquidity(uint256 seed, uint256 kindSeed, uint256 amount) external {
    (address job, address caller) = _jobAndCaller(seed, _plainJobs());
    address kind = _pick(_pairs, kindSeed);
    if (keep3r.liquidityAmount(job, kind) == 0) kind = _pick(_pairs, (kindSeed % 2) + 1);
    uint256 bonded = keep3r.liquidityAmount(job, kind);
    // A third of the time all of it, by either name, since what remains must not be too little
    if (amount % 3 == 0) amount = amount % 2 == 0 ? ALL : bonded;
    else amount = _bound(amount, 0, (bonded * 11) / 10 + 1);

    bool done = _agree(
      "unbondLiquidityFromJob",
      caller,
      address(keep3r),
      abi.encodeCall(ILiquidityCredits.unbondLiquidityFromJob, (job, kind, amount)),
      abi.encodeCall(model.unbondLiquidityFromJob, (caller, job, kind, amount))
    );
    (bool approved, , , ) = model.kinds(kind);
    if (done && !approved) _reach("revoked liquidity was unbonded");
  }

  function withdrawLiquidity(uint256 seed, uint256 kindSeed, uint256 callerSeed) external {
    address job = _pick(_plainJobs(), seed);
    address kind = _pick(_pairs, kindSeed);
    address caller = _findUnbonding(job, kind, callerSeed);

    bool done = _agree(
      "withdrawLiquidityFromJob",
      caller,
      address(keep3r),
      abi.encodeCall(ILiquidityCredits.withdrawLiquidityFromJob, (job, kind, caller)),
      abi.encodeCall(model.withdrawLiquidityFromJob, (caller, job, kind))
    );
    if (done && caller != keep3r.jobOwner(job)) _reach("a former owner withdrew liquidity");
  }

  function settle(uint256 seed) external {
    address job = _pick(_jobs, seed);

    _agree(
      "settle",
      stranger,
      address(keep3r),
      abi.encodeCall(ILiquidityCredits.settle, (job)),
      abi.encodeCall(model.settle, (job))
    );
  }

  function migrate(uint256 seed, uint256 toSeed) external {
    (address job, address caller) = _jobAndCaller(seed, _plainJobs());
    address toJob = _pick(_plainJobs(), toSeed);

    _agree(
      "migrateJob",
      caller,
      address(keep3r),
      abi.encodeCall(IJobMigration.migrateJob, (job, toJob)),
      abi.encodeCall(model.migrateJob, (caller, job, toJob))
    );
  }

  function acceptMigration(uint256 seed, uint256 callerSeed) external {
    address fromJob = _pick(_plainJobs(), seed);
    address toJob = keep3r.pendingJobMigrations(fromJob);
    if (toJob == address(0)) toJob = _jobs[callerSeed % 3];
    address caller = callerSeed % WRONG_CALLER == 0 ? stranger : keep3r.jobOwner(toJob);
    if (caller == address(0)) caller = stranger;
    bool hadLiquidity = model.cap(fromJob) != 0;

    bool done = _agree(
      "acceptJobMigration",
      caller,
      address(keep3r),
      abi.encodeCall(IJobMigration.acceptJobMigration, (fromJob, toJob)),
      abi.encodeCall(model.acceptJobMigration, (caller, fromJob, toJob))
    );
    if (done && hadLiquidity) _reach("a job migrated with liquidity");
  }

  function _jobAndCaller(uint256 seed, address[] memory list) private view returns (address job, address caller) {
    job = _pick(list, seed);
    caller = keep3r.jobOwner(job);
    // Who isn't the owner may still fund a job, and a job that owns itself has nothing to fund it with
    if (caller == address(0) || caller == job || (seed / 4) % WRONG_CALLER == 0) caller = stranger;
  }

  /// @dev Those that may have liquidity: the re-entrant token's calls are to take no more gas than a slash gives them.
  function _plainJobs() private view returns (address[] memory plain) {
    plain = new address[](_jobs.length - 1);
    for (uint256 i; i < plain.length; ++i) plain[i] = _jobs[i];
  }
}
