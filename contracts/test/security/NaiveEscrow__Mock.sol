// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

/// @notice Keeps jobs' tokens and liquidity as Keep3r V2 did: what unbonds belongs to whoever owns the job's address, every
/// deposit starts a cool-down, all that is here is dust, and no entry is guarded
contract NaiveEscrow__Mock {
  using EnumerableSet for EnumerableSet.AddressSet;

  uint256 private constant COOL_DOWN = 1 minutes;
  uint256 private constant UNBOND_TIME = 14 days;

  mapping(address job => address) public jobOwner;
  mapping(address job => mapping(address liquidity => uint256)) public liquidityAmount;
  mapping(address job => mapping(address liquidity => uint256)) public pendingUnbonds;
  mapping(address job => mapping(address liquidity => uint256)) public canWithdrawAfter;
  mapping(address job => mapping(address token => uint256)) public jobTokenCredits;
  mapping(address job => mapping(address token => uint256)) private _addedAt;
  mapping(address job => EnumerableSet.AddressSet) private _tokens;

  error JobAlreadyAdded();
  error OnlyJobOwner();
  error JobTokenCreditsLocked();
  error UnbondsLocked();

  modifier onlyJobOwner(address job) {
    if (msg.sender != jobOwner[job]) revert OnlyJobOwner();
    _;
  }

  function addJob(address job) external {
    if (jobOwner[job] != address(0)) revert JobAlreadyAdded();
    jobOwner[job] = msg.sender;
  }

  function addLiquidityToJob(address job, address liquidity, uint256 amount) external {
    liquidityAmount[job][liquidity] += _take(liquidity, amount);
  }

  function unbondLiquidityFromJob(address job, address liquidity, uint256 amount) external onlyJobOwner(job) {
    liquidityAmount[job][liquidity] -= amount;
    pendingUnbonds[job][liquidity] += amount;
    canWithdrawAfter[job][liquidity] = block.timestamp + UNBOND_TIME;
  }

  function withdrawLiquidityFromJob(address job, address liquidity, address receiver) external onlyJobOwner(job) {
    if (block.timestamp <= canWithdrawAfter[job][liquidity]) revert UnbondsLocked();
    IERC20(liquidity).transfer(receiver, pendingUnbonds[job][liquidity]);
    // The fault itself
    // solhint-disable-next-line reentrancy
    pendingUnbonds[job][liquidity] = 0;
  }

  function addTokenCreditsToJob(address job, address token, uint256 amount) external {
    _tokens[job].add(token);
    _addedAt[job][token] = block.timestamp;
    jobTokenCredits[job][token] += _take(token, amount);
  }

  function withdrawTokenCreditsFromJob(
    address job,
    address token,
    uint256 amount,
    address receiver
  ) external onlyJobOwner(job) {
    if (block.timestamp <= _addedAt[job][token] + COOL_DOWN) revert JobTokenCreditsLocked();
    _pay(job, token, amount, receiver);
  }

  function directTokenPayment(address token, address keeper, uint256 amount) external {
    _pay(msg.sender, token, amount, keeper);
  }

  function acceptJobMigration(address fromJob, address toJob) external onlyJobOwner(toJob) {
    while (_tokens[fromJob].length() != 0) {
      address token = _tokens[fromJob].at(0);
      jobTokenCredits[toJob][token] += jobTokenCredits[fromJob][token];
      jobTokenCredits[fromJob][token] = 0;
      _tokens[fromJob].remove(token);
      _tokens[toJob].add(token);
    }
    delete jobOwner[fromJob];
  }

  function sendDust(address token, uint256 amount, address to) external {
    IERC20(token).transfer(to, amount);
  }

  function migrateJob(address, address) external pure {}

  function _take(address token, uint256 amount) internal returns (uint256) {
    uint256 before = IERC20(token).balanceOf(address(this));
    IERC20(token).transferFrom(msg.sender, address(this), amount);
    return IERC20(token).balanceOf(address(this)) - before;
  }

  function _pay(address job, address token, uint256 amount, address receiver) internal {
    uint256 left = jobTokenCredits[job][token] - amount;
    IERC20(token).transfer(receiver, amount);
    // The fault itself
    // solhint-disable-next-line reentrancy
    jobTokenCredits[job][token] = left;
  }
}
