// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Disputes and slashing
/// @notice A dispute freezes an address, as a job and as a keeper; only who is in dispute can be slashed or revoked.
interface IDisputes {
  /// @notice Emitted when an address is frozen
  event Dispute(address indexed jobOrKeeper, address indexed disputer);

  /// @notice Emitted when an address is thawed
  event Resolve(address indexed jobOrKeeper, address indexed resolver);

  /// @notice Emitted when a keeper loses bonds
  event KeeperSlash(address indexed keeper, address indexed slasher, uint256 amount);

  /// @notice Emitted when a keeper is revoked
  event KeeperRevoke(address indexed keeper, address indexed slasher);

  /// @notice Emitted when governance lets a revoked keeper bond again
  event KeeperReinstatement(address indexed keeper);

  /// @notice Emitted when a job loses token credits
  event JobSlashToken(address indexed job, address token, address indexed slasher, uint256 amount);

  /// @notice Emitted when a job loses liquidity
  event JobSlashLiquidity(address indexed job, address liquidity, address indexed slasher, uint256 amount);

  /// @notice Emitted when a token refuses to be sent to governance
  /// @param token The token
  /// @param amount What is held aside
  event SlashHeld(address indexed token, uint256 amount);

  /// @notice Emitted when governance fetches what was held aside
  event SlashHeldWithdrawal(address indexed token, address indexed receiver, uint256 amount);

  /// @notice Thrown when the address is in dispute already
  error AlreadyDisputed();

  /// @notice Thrown when the address isn't in dispute
  error NotDisputed();

  /// @notice Thrown when the keeper is in dispute
  error Disputed();

  /// @notice Thrown when the job is in dispute
  error JobDisputed();

  /// @notice Thrown when a job has no credits in the token
  error JobTokenUnexistent();

  /// @notice Thrown when a job has fewer credits in the token
  error JobTokenInsufficient();

  /// @notice Thrown when the keeper to reinstate wasn't revoked
  error KeeperNotBarred();

  /// @notice Thrown when less gas is left than a token may use up
  error SlashOutOfGas();

  /// @notice Whether an address is in dispute
  function disputes(address jobOrKeeper) external view returns (bool);

  /// @notice Freezes an address: as a job it can't be worked, paid from, withdrawn from or migrated; as a keeper it can't
  /// bond, activate, withdraw or be paid. Only a disputer may call.
  /// @dev Reverts with `OnlyDisputer`, `ZeroAddress`, `AlreadyDisputed`
  function dispute(address jobOrKeeper) external;

  /// @notice Thaws an address. Only a disputer may call.
  /// @dev Reverts with `OnlyDisputer`, `NotDisputed`
  function resolve(address jobOrKeeper) external;

  /// @notice Takes up to `bondAmount + unbondAmount` from a keeper's bonds, from what is being unbonded first.
  /// Only a slasher may call.
  /// @dev KP3R is never minted again; other tokens go to governance. Reverts with `NotDisputed`, `ZeroAmount`,
  /// `BondsUnexistent`, `SlashOutOfGas`.
  function slash(address keeper, address bonded, uint256 bondAmount, uint256 unbondAmount) external;

  /// @notice Takes all KP3R from a keeper and bars it. Only a slasher may call.
  /// @dev Reverts with `OnlySlasher`, `NotDisputed`. Bonds in other tokens remain and can be slashed, or unbonded once the dispute is resolved.
  function revoke(address keeper) external;

  /// @notice Lets a revoked keeper bond again. Only governance may call.
  function reinstate(address keeper) external;

  /// @notice Takes token credits from a job, for governance. Only a slasher may call.
  /// @dev Reverts with `NotDisputed`, `JobTokenUnexistent`, `JobTokenInsufficient`, `ZeroAmount`, `SlashOutOfGas`
  function slashTokenFromJob(address job, address token, uint256 amount) external;

  /// @notice Takes liquidity from a job, for governance: from what its current owner is unbonding first.
  /// Only a slasher may call.
  /// @dev Reverts with `NotDisputed`, `JobLiquidityUnexistent`, `JobLiquidityInsufficient`, `ZeroAmount`, `SlashOutOfGas`
  function slashLiquidityFromJob(address job, address liquidity, uint256 amount) external;

  /// @notice Takes liquidity that an earlier owner is unbonding from a job, for governance. Only a slasher may call.
  function slashUnbondingLiquidityFromJob(address job, address liquidity, address owner, uint256 amount) external;

  /// @notice Sends all that is held aside of a token. Only governance may call.
  function withdrawSlashHeld(address token, address receiver) external;
}
