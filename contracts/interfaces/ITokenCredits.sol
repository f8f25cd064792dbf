// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Token credits
/// @notice Tokens that a job pays keepers with. Rebasing tokens are not supported: what they take or give is not noticed.
interface ITokenCredits {
  /// @notice Emitted when a job is credited
  /// @param job The job
  /// @param token The token
  /// @param provider Who handed them in
  /// @param amount What arrived, before the fee
  event TokenCreditAddition(address indexed job, address indexed token, address indexed provider, uint256 amount);

  /// @notice Emitted when token credits are taken out
  /// @param job The job
  /// @param token The token
  /// @param receiver Who received them
  /// @param amount In the token's own unit
  event TokenCreditWithdrawal(address indexed job, address indexed token, address indexed receiver, uint256 amount);

  /// @notice Thrown when the token is KP3R, which only liquidity credits
  /// @custom:remedy Bond liquidity to the job, or credit it with another token.
  error TokenUnallowed();

  /// @notice Thrown when more is withdrawn than the job has
  /// @custom:remedy Take at most the job's `jobTokenCredits`.
  error InsufficientJobTokenCredits();

  /// @notice Thrown when a job would hold more than 8 kinds of tokens
  /// @custom:remedy Use a token in which the job has credits, or first withdraw all credits in another token.
  error JobTokenLimit();

  /// @notice What a job can pay in a token
  /// @param job Any address
  /// @param token The token
  function jobTokenCredits(address job, address token) external view returns (uint256);

  /// @notice Credits a job with tokens. Anyone may call; a token that the job has no credits in only its owner.
  /// @dev Measured by balance difference; `fee` of it, rounded up, goes to governance.
  /// Reverts with `TokenUnallowed`, `WithoutCode`, `JobUnavailable`, `ZeroAmount`, `OnlyJobOwner`, `JobTokenLimit`.
  /// @param job The job
  /// @param token The token; not KP3R
  /// @param amount In the token's own unit
  function addTokenCreditsToJob(address job, address token, uint256 amount) external;

  /// @notice Takes token credits out, at any time. Only the job's owner may call.
  /// @dev Reverts with `OnlyJobOwner`, `ZeroAddress`, `JobDisputed`, `ZeroAmount`, `InsufficientJobTokenCredits`
  /// @param job The job
  /// @param token The token
  /// @param amount In the token's own unit; the greatest uint256 takes all, whatever a stranger adds in the meantime
  /// @param receiver Who receives them
  function withdrawTokenCreditsFromJob(address job, address token, uint256 amount, address receiver) external;
}
