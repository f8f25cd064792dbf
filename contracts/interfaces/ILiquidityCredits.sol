// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Liquidity credits
/// @notice LP tokens bonded to a job mine KP3R credits that it pays keepers with: a leaky bucket. A position earns the
/// KP3R that underlies it every inflationPeriod; credits that nobody spends stop at what is mined in one reward period.
///
/// Prices are taken once a reward period for each kind of liquidity, by whoever touches a job of that kind first, and
/// rise by at most 25 % a period. When the quote fails the last price stays in force and is tried again after 30 minutes;
/// meanwhile no liquidity of that kind can be bonded.
interface ILiquidityCredits {
  /// @notice Emitted when a kind of liquidity is approved
  /// @param liquidity The LP token
  event LiquidityApproval(address liquidity);

  /// @notice Emitted when a kind of liquidity is revoked
  /// @param liquidity The LP token
  event LiquidityRevocation(address liquidity);

  /// @notice Emitted when governance gives a job credits
  /// @param job The job
  /// @param rewardedAt When its credits were settled: now
  /// @param currentCredits Its credits with those that were given, KP3R
  event LiquidityCreditsForced(address indexed job, uint256 rewardedAt, uint256 currentCredits);

  /// @notice Emitted when a touch re-values a job: in a new period, or because a price or what mines for it changed
  /// @param job The job
  /// @param rewardedAt When its credits were settled: now
  /// @param currentCredits Its credits
  /// @param periodCredits The most that mining fills them to, at its new value
  event LiquidityCreditsReward(address indexed job, uint256 rewardedAt, uint256 currentCredits, uint256 periodCredits);

  /// @notice Emitted when liquidity is bonded to a job
  /// @param job The job
  /// @param liquidity The LP token
  /// @param provider Who handed it in
  /// @param amount LP tokens
  event LiquidityAddition(address indexed job, address indexed liquidity, address indexed provider, uint256 amount);

  /// @notice Emitted when unbonded liquidity is withdrawn
  /// @param job The job
  /// @param liquidity The LP token
  /// @param receiver Who received it
  /// @param amount LP tokens
  event LiquidityWithdrawal(address indexed job, address indexed liquidity, address indexed receiver, uint256 amount);

  /// @notice Emitted when the price of a liquidity is taken
  /// @param liquidity The liquidity
  /// @param price KP3R per LP token, WAD
  event LiquidityPriceUpdate(address indexed liquidity, uint256 price);

  /// @notice Emitted when a price can't be had and the last one stays in force
  /// @param liquidity The liquidity
  /// @param price The price in force, KP3R per LP token, WAD
  event LiquidityQuoteFailed(address indexed liquidity, uint256 price);

  /// @notice Thrown when the liquidity is approved already
  /// @custom:remedy There is nothing to do: it can be bonded to jobs.
  error LiquidityPairApproved();

  /// @notice Thrown when the liquidity to revoke isn't approved
  /// @custom:remedy There is nothing to revoke. `approvedLiquidities` lists the kinds that mine.
  error LiquidityPairUnexistent();

  /// @notice Thrown when the liquidity isn't approved
  /// @custom:remedy Use a kind that `approvedLiquidities` lists, or have governance approve this one.
  error LiquidityPairUnapproved();

  /// @notice Thrown when the liquidity isn't a pair with KP3R that the oracle lists
  /// @custom:remedy Use a pair with KP3R that the oracle lists, or have its governance list the pair.
  error LiquidityPairInvalid();

  /// @notice Thrown when the liquidity has no price of this reward period, and none can be taken now
  /// @param liquidity The LP token
  /// @custom:remedy Wait until the pair has been observed for a day. If it is thin, add liquidity and call `update`; if
  /// it isn't listed, have governance list it. The oracle's `averagePrice` over a day tells the reason.
  error LiquidityUnpriced(address liquidity);

  /// @notice Thrown when the job's liquidity of that kind would be worth less than the minimum
  /// @custom:remedy Add more, or unbond all of it.
  error JobLiquidityLessThanMin();

  /// @notice Thrown when the amount received differs from the amount sent
  /// @param received LP tokens that arrived
  /// @param amount LP tokens that were to
  /// @custom:remedy Use another token: one that keeps a part of a transfer can't be bonded.
  error LiquidityNotReceived(uint256 received, uint256 amount);

  /// @notice Thrown when more liquidity is unbonded or slashed than there is
  /// @custom:remedy Take at most the job's `liquidityAmount`.
  error JobLiquidityInsufficient();

  /// @notice Thrown when a job has no liquidity of that kind
  /// @custom:remedy Name a liquidity that the job has: see `liquidityAmount`.
  error JobLiquidityUnexistent();

  /// @notice Thrown when a job would hold more than 8 kinds of liquidity
  /// @custom:remedy Unbond all of another kind first: a job holds at most 8.
  error JobLiquidityLimit();

  /// @notice Thrown when a quote fails for which too little gas was left
  /// @param gasGiven Gas that was there
  /// @param gasNeeded Gas that must be there for the failure to count
  /// @custom:remedy Send the transaction again with a higher gas limit.
  error QuoteOutOfGas(uint256 gasGiven, uint256 gasNeeded);

  /// @notice The approved kinds of liquidity
  /// @return list The LP tokens, in no order
  function approvedLiquidities() external view returns (address[] memory list);

  /// @notice LP tokens of one kind bonded to a job
  /// @param job Any address
  /// @param liquidity The LP token
  function liquidityAmount(address job, address liquidity) external view returns (uint256);

  /// @notice A job's credits as they were last settled
  /// @param job Any address
  /// @return liquidityCredits KP3R, 18 decimals
  function jobLiquidityCredits(address job) external view returns (uint256 liquidityCredits);

  /// @notice The most that mining fills a job's credits to, at its stored value
  /// @param job Any address
  /// @return periodCredits KP3R, 18 decimals
  function jobPeriodCredits(address job) external view returns (uint256 periodCredits);

  /// @notice A job's credits as of now, at its stored value
  /// @param job Any address
  /// @return credits KP3R, 18 decimals
  function totalJobCredits(address job) external view returns (uint256 credits);

  /// @notice When a job's credits were last settled
  /// @param job Any address
  function rewardedAt(address job) external view returns (uint256);

  /// @notice The credits that liquidity mines in a reward period, at the price at which `addLiquidityToJob` would value it
  /// @param liquidity The LP token
  /// @param amount LP tokens
  /// @return periodCredits KP3R; 0 when the liquidity isn't approved, or no price of this period can be had
  function quoteLiquidity(address liquidity, uint256 amount) external view returns (uint256 periodCredits);

  /// @notice Lets a kind of liquidity mine credits. Only governance may call.
  /// @dev Reverts with `LiquidityPairApproved`, `LiquidityPairInvalid`, or `ZeroAddress` when there is no helper
  /// @param liquidity The LP token; a pair with KP3R that the oracle lists
  function approveLiquidity(address liquidity) external;

  /// @notice Stops a kind of liquidity from mining. Only governance may call.
  /// @dev At each job's next touch its share of the mined credits goes. The tokens stay bonded until the job's owner
  /// unbonds and withdraws them.
  /// @param liquidity The LP token
  function revokeLiquidity(address liquidity) external;

  /// @notice Gives a job credits. Only governance may call.
  /// @dev Reverts with `OnlyGovernance`, `JobUnavailable`, `ZeroAmount`, `QuoteOutOfGas`
  /// @param job The job
  /// @param amount KP3R, 18 decimals
  function forceLiquidityCreditsToJob(address job, uint256 amount) external;

  /// @notice Settles a job's credits up to now, re-valuing it if its prices are of an earlier period, and books what it has
  /// spent of its tokens, so that it no longer counts as owed. Anyone may call.
  /// @dev Reverts with `JobUnavailable`, `QuoteOutOfGas`
  /// @param job The job
  function settle(address job) external;

  /// @notice Bonds LP tokens of the caller to a job. Anyone may call; a kind that is new to the job only its owner.
  /// @dev The tokens become the job owner's; what anyone else adds must be worth the minimum by itself. Mints nothing at
  /// once. Reverts with `LiquidityPairUnapproved`, `JobUnavailable`, `ZeroAmount`, `OnlyJobOwner`, `JobLiquidityLimit`,
  /// `LiquidityUnpriced`, `JobLiquidityLessThanMin`, `LiquidityNotReceived`, `QuoteOutOfGas`.
  /// @param job The job
  /// @param liquidity The LP token
  /// @param amount LP tokens
  function addLiquidityToJob(address job, address liquidity, uint256 amount) external;

  /// @notice Starts to unbond liquidity; its share of the mined credits goes. Only the job's owner may call.
  /// @dev What remains must be zero or worth the minimum, unless the liquidity is revoked. Restarts the clock of all that
  /// the owner has pending. Reverts with `OnlyJobOwner`, `ZeroAmount`, `JobLiquidityUnexistent`,
  /// `JobLiquidityInsufficient`, `JobLiquidityLessThanMin`, `QuoteOutOfGas`.
  /// @param job The job
  /// @param liquidity The LP token
  /// @param amount LP tokens; the greatest uint256 takes all, whatever a stranger adds in the meantime
  function unbondLiquidityFromJob(address job, address liquidity, uint256 amount) external;

  /// @notice Sends the liquidity that the caller unbonded from a job, whoever owns the job now
  /// @dev Reverts with `ZeroAddress`, `UnbondsUnexistent`, `UnbondsLocked`, `JobDisputed`
  /// @param job The job
  /// @param liquidity The LP token
  /// @param receiver Who receives it; not zero
  function withdrawLiquidityFromJob(address job, address liquidity, address receiver) external;
}
