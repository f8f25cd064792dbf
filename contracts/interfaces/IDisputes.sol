// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Disputes and slashing
/// @notice A dispute freezes an address, as a job and as a keeper; only who is in dispute can be slashed or revoked.
interface IDisputes {
  /// @notice Emitted when an address is frozen
  /// @param jobOrKeeper The address
  /// @param disputer Who froze it
  event Dispute(address indexed jobOrKeeper, address indexed disputer);

  /// @notice Emitted when an address is thawed
  /// @param jobOrKeeper The address
  /// @param resolver Who thawed it
  event Resolve(address indexed jobOrKeeper, address indexed resolver);

  /// @notice Emitted when a keeper loses bonds
  /// @param keeper The keeper
  /// @param slasher Who took them
  /// @param amount What was taken from bonds and unbonding amounts together, in the token's own unit; when the keeper is
  /// revoked, what was handed in and not activated too
  event KeeperSlash(address indexed keeper, address indexed slasher, uint256 amount);

  /// @notice Emitted when a keeper is revoked
  /// @param keeper The keeper
  /// @param slasher Who revoked it
  event KeeperRevoke(address indexed keeper, address indexed slasher);

  /// @notice Emitted when governance lets a revoked keeper bond again
  /// @param keeper The keeper
  event KeeperReinstatement(address indexed keeper);

  /// @notice Emitted when a job loses token credits
  /// @param job The job
  /// @param token The token
  /// @param slasher Who took them
  /// @param amount In the token's own unit
  event JobSlashToken(address indexed job, address token, address indexed slasher, uint256 amount);

  /// @notice Emitted when a job loses liquidity
  /// @param job The job
  /// @param liquidity The LP token
  /// @param slasher Who took it
  /// @param amount LP tokens
  event JobSlashLiquidity(address indexed job, address liquidity, address indexed slasher, uint256 amount);

  /// @notice Emitted when a token refuses to be sent to governance
  /// @param token The token
  /// @param amount What is held aside
  event SlashHeld(address indexed token, uint256 amount);

  /// @notice Emitted when governance fetches what was held aside
  /// @param token The token
  /// @param receiver Who receives it
  /// @param amount In the token's own unit
  event SlashHeldWithdrawal(address indexed token, address indexed receiver, uint256 amount);

  /// @notice Thrown when the address is in dispute already
  /// @custom:remedy There is nothing to do. A disputer ends the dispute with `resolve`.
  error AlreadyDisputed();

  /// @notice Thrown when the address isn't in dispute
  /// @custom:remedy Have a disputer call `dispute` first: only an address in dispute can be slashed, revoked or
  /// resolved.
  error NotDisputed();

  /// @notice Thrown when the keeper is in dispute
  /// @custom:remedy Wait until a disputer resolves the dispute.
  error Disputed();

  /// @notice Thrown when the job is in dispute
  /// @custom:remedy Wait until a disputer resolves the job's dispute.
  error JobDisputed();

  /// @notice Thrown when a job has no credits in the token
  /// @custom:remedy Name a token in which the job has credits: see `jobTokenCredits`.
  error JobTokenUnexistent();

  /// @notice Thrown when a job has fewer credits in the token
  /// @custom:remedy Take at most the job's `jobTokenCredits`.
  error JobTokenInsufficient();

  /// @notice Thrown when the keeper to reinstate wasn't revoked
  /// @custom:remedy There is nothing to do: the keeper isn't barred.
  error KeeperNotBarred();

  /// @notice Thrown when too little gas is left for what the token may use
  /// @custom:remedy Send the transaction again with a higher gas limit.
  error SlashOutOfGas();

  /// @notice Whether an address is in dispute
  /// @param jobOrKeeper Any address
  function disputes(address jobOrKeeper) external view returns (bool);

  /// @notice Freezes an address: as a job it can't be worked, paid from, withdrawn from or migrated; as a keeper it can't
  /// bond, activate, withdraw or be paid. Only a disputer may call.
  /// @dev Reverts with `OnlyDisputer`, `ZeroAddress`, `AlreadyDisputed`
  /// @param jobOrKeeper The address; not zero. It needn't be a job or keeper yet.
  function dispute(address jobOrKeeper) external;

  /// @notice Thaws an address. Only a disputer may call.
  /// @dev Reverts with `OnlyDisputer`, `NotDisputed`
  /// @param jobOrKeeper The address
  function resolve(address jobOrKeeper) external;

  /// @notice Takes up to `bondAmount + unbondAmount` from a keeper's bonds, from what is being unbonded first.
  /// Only a slasher may call.
  /// @dev KP3R is never minted again; other tokens go to governance. Reverts with `OnlySlasher`, `NotDisputed`,
  /// `ZeroAmount`, `BondsUnexistent`, `SlashOutOfGas`.
  /// @param keeper The keeper
  /// @param bonded The token; KP3R or any other
  /// @param bondAmount In the token's own unit; with `unbondAmount` cut off at what there is, so the greatest takes all
  /// @param unbondAmount In the token's own unit
  function slash(address keeper, address bonded, uint256 bondAmount, uint256 unbondAmount) external;

  /// @notice Takes all KP3R from a keeper and bars it. Only a slasher may call.
  /// @dev Bonds in other tokens remain: they can be slashed, and be withdrawn once the dispute is resolved. Other tokens that
  /// were handed in and not activated aren't bonds, and can't be slashed. Reverts with `OnlySlasher`, `NotDisputed`.
  /// @param keeper The keeper
  function revoke(address keeper) external;

  /// @notice Lets a revoked keeper bond again. Only governance may call.
  /// @param keeper The keeper
  function reinstate(address keeper) external;

  /// @notice Takes token credits from a job, for governance. Only a slasher may call.
  /// @dev Reverts with `OnlySlasher`, `NotDisputed`, `JobTokenUnexistent`, `JobTokenInsufficient`, `ZeroAmount`,
  /// `SlashOutOfGas`
  /// @param job The job
  /// @param token The token
  /// @param amount In the token's own unit
  function slashTokenFromJob(address job, address token, uint256 amount) external;

  /// @notice Takes liquidity from a job, for governance: from what its current owner is unbonding first.
  /// Only a slasher may call.
  /// @dev Reverts with `OnlySlasher`, `NotDisputed`, `JobLiquidityUnexistent`, `JobLiquidityInsufficient`, `ZeroAmount`,
  /// `QuoteOutOfGas`, `SlashOutOfGas`
  /// @param job The job
  /// @param liquidity The LP token
  /// @param amount LP tokens
  function slashLiquidityFromJob(address job, address liquidity, uint256 amount) external;

  /// @notice Takes liquidity that an earlier owner is unbonding from a job, for governance. Only a slasher may call.
  /// @dev Reverts as `slashLiquidityFromJob` does
  /// @param job The job
  /// @param liquidity The LP token
  /// @param owner Who unbonded it
  /// @param amount LP tokens
  function slashUnbondingLiquidityFromJob(address job, address liquidity, address owner, uint256 amount) external;

  /// @notice Sends all that is held aside of a token. Only governance may call.
  /// @param token The token
  /// @param receiver Who receives it; not zero
  function withdrawSlashHeld(address token, address receiver) external;
}
