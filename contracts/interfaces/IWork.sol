// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Work and payment
/// @notice What a job calls. `msg.sender` is always the job. `isKeeper` or `isBondedKeeper` opens a gas meter, any
/// payment closes it; the meter is kept by job and keeper and ends with the transaction.
///
/// Open and close the meter in the same call frame of the job, or the reading is off by 1/64 of the gas left
/// per frame. `Keep3rJob` does it right.
interface IWork {
  /// @notice Emitted when a keeper is paid
  /// @param credit The token of the payment; KP3R for credits
  /// @param job The job that paid
  /// @param keeper The keeper that was paid
  /// @param payment The amount, in the token's own unit
  /// @param gasLeft The gas that was left when the payment was measured
  event KeeperWork(
    address indexed credit,
    address indexed job,
    address indexed keeper,
    uint256 payment,
    uint256 gasLeft
  );

  /// @notice Thrown when this job opened no meter for this keeper in this transaction
  /// @custom:remedy Let the job call `isKeeper` or `isBondedKeeper` for this keeper earlier in the transaction, as
  /// `Keep3rJob` does.
  error GasNotInitialized();

  /// @notice Thrown when the calling address isn't a registered job
  /// @custom:remedy Register the job with `addJob`.
  error JobUnapproved();

  /// @notice Thrown when the job's credits don't cover the payment
  /// @custom:remedy Fund the job: bond liquidity with `addLiquidityToJob` and let it mine, or credit the token with
  /// `addTokenCreditsToJob`.
  error InsufficientFunds();

  /// @notice Whether the address is an active keeper, neither in dispute nor revoked; opens the meter if so
  /// @param keeper The address to check
  /// @return isKeeper True when it may be paid
  function isKeeper(address keeper) external returns (bool isKeeper);

  /// @notice As `isKeeper`, with requirements
  /// @param keeper The address to check
  /// @param bond The token that must be bonded; KP3R or any other
  /// @param minBond The least bonded amount of it
  /// @param earned The least KP3R earned in the keeper's lifetime
  /// @param age The least number of seconds since the keeper was first activated
  /// @return isBondedKeeper True when it may be paid and meets all requirements
  function isBondedKeeper(
    address keeper,
    address bond,
    uint256 minBond,
    uint256 earned,
    uint256 age
  ) external returns (bool isBondedKeeper);

  /// @notice Pays the keeper for the gas metered since `isKeeper`, in bonded KP3R from the job's credits
  /// @dev See `workedFor` for errors
  /// @param keeper The keeper to pay
  function worked(address keeper) external;

  /// @notice As `worked`, for the metered gas and gas that the job vouches for
  /// @dev payment = (min(gasUsed + extraGas, maxGasPerWork) + overhead) * gas price * boost * KP3R per ETH, rounded down.
  /// The boost is that of the KP3R that was bonded when the meter was opened. The overhead is what the meter can't see:
  /// `IKeep3rPricing.workRate`.
  /// Reverts with `GasNotInitialized`, the helper's `StaleQuote`, `ZeroAddress` when there is no helper, `QuoteOutOfGas`,
  /// `JobDisputed`, `JobUnapproved`, `Disputed`, `KeeperBarred`, `InsufficientFunds`.
  /// @param keeper The keeper to pay
  /// @param extraGas Gas that the meter can't see, such as the transaction's calldata; 2 ** 24 - 1 at the most, and beyond
  /// it counts as that
  function workedFor(address keeper, uint256 extraGas) external;

  /// @notice Pays the keeper an amount of the job's choosing, in bonded KP3R from the job's credits
  /// @dev Reverts with `ZeroAddress`, `JobDisputed`, `JobUnapproved`, `Disputed`, `KeeperBarred`, `InsufficientFunds`,
  /// `QuoteOutOfGas`. Closes the meter, if there is one: its gas counts as paid.
  /// @param keeper The keeper to pay; not the zero address
  /// @param payment KP3R, 18 decimals
  function bondedPayment(address keeper, uint256 payment) external;

  /// @notice Pays the keeper from the job's token credits, at once
  /// @dev Reverts with `ZeroAddress`, `Disputed`, `KeeperBarred`, `JobDisputed`, `JobUnapproved`, `InsufficientFunds`.
  /// Closes the meter, if there is one: its gas counts as paid.
  /// @param token The token to pay with
  /// @param keeper The keeper to pay; not the zero address
  /// @param amount In the token's own unit
  function directTokenPayment(address token, address keeper, uint256 amount) external;

  /// @notice The KP3R that a keeper has earned in its lifetime, 18 decimals
  /// @param keeper Any address
  function workCompleted(address keeper) external view returns (uint256);

  /// @notice When a job last paid from its credits; 0 if it never did
  /// @param job Any address
  function workedAt(address job) external view returns (uint256);
}
