// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOraclePairs} from "./IOraclePairs.sol";

/// @title Price oracle over Uniswap V2
/// @notice Arithmetic, time-weighted mean prices of the KP3R pairs that governance lists, from an observation to now at
/// the pair's last reserves, as Uniswap V2 does. Anyone may observe for free; keepers are paid for it, since the oracle is
/// a job of the network.
///
/// No read spans less than `periodSize`: right after an observation, the previous one is the base. Whoever holds a pool
/// at a price for dt out of a span moves the mean by dt / span of the way, and its inverse up by dt / (span - dt).
interface IKeep3rOracle is IOraclePairs {
  /// @notice Thrown when a token isn't one of the pair's
  /// @param pair The pair
  /// @param token The token
  /// @custom:remedy Ask for one of the pair's two tokens.
  error TokenNotInPair(address pair, address token);

  /// @notice Thrown when the observations held don't reach back far enough, or there are too few that are usable
  /// @param pair The pair
  /// @param required What the read takes: seconds for `averagePrice` and `current`, else a number of observations
  /// @param available What there is, in the same unit
  /// @custom:remedy Wait for more observations of the pair, or ask for a shorter time.
  error InsufficientHistory(address pair, uint256 required, uint256 available);

  /// @notice Thrown when the observation to start from is too old, or two of them are too far apart to tell the price
  /// @param pair The pair
  /// @param age Seconds: the observation's age, or the span between the two
  /// @param maximum Seconds: the oldest, or the longest, allowed
  /// @custom:remedy Have the pair updated: anyone may call `update`. Then wait until the observations reach back far
  /// enough.
  error StalePrice(address pair, uint256 age, uint256 maximum);

  /// @notice Thrown when a granularity is zero or more than a ring can hold
  /// @param granularity What was asked for
  /// @param maximum The highest allowed
  /// @custom:remedy Ask for 1 to `maximum`.
  error GranularityOutOfBounds(uint256 granularity, uint256 maximum);

  /// @notice Thrown when points or window is zero, or together they take more than a ring can hold
  /// @param points What was asked for
  /// @param window What was asked for
  /// @param maximum The highest product allowed
  /// @custom:remedy Ask for points and a window that aren't zero and whose product is at most `maximum`.
  error SampleOutOfBounds(uint256 points, uint256 window, uint256 maximum);

  /// @notice Thrown when a standard deviation is asked of less than two samples
  /// @param count How many there are
  /// @custom:remedy Ask for two points or more.
  error TooFewSamples(uint256 count);

  /// @notice Thrown when a work's data is longer than the list of all pairs
  /// @param length Its bytes
  /// @param maximum The most bytes allowed
  /// @custom:remedy Work with the data that `workable` answers.
  error WorkDataTooLong(uint256 length, uint256 maximum);

  /// @notice Thrown when a work updates no pair
  /// @custom:remedy Work when `workable` answers true, with the data that it answers.
  error NothingToUpdate();

  /// @notice The longest span that an average is taken over, in seconds
  function MAX_SPAN() external view returns (uint256);

  /// @notice How old the base of `current`, `quote`, `sample` and `volatility` may be, in seconds
  function MAX_AGE() external view returns (uint256);

  /// @notice The mean price of a listed pair from the newest observation that is at least `window` old, to now
  /// @dev Reverts with `PairNotListed`, `TokenNotInPair`, `InsufficientHistory` when no observation is old enough, and
  /// `StalePrice` when the one found is older than `maxAge` or MAX_SPAN.
  /// @param pair A listed pair
  /// @param tokenIn The token that is priced, in the pair's other token
  /// @param window Seconds; less than `periodSize` is taken for `periodSize`
  /// @param maxAge Seconds
  /// @return averageX112 UQ112.112 of the tokens' own units, rounded down
  /// @return span The seconds that the mean is taken over; `periodSize` and `window` at the least
  function averagePrice(
    address pair,
    address tokenIn,
    uint256 window,
    uint256 maxAge
  ) external view returns (uint256 averageX112, uint256 span);

  /// @notice What an amount is worth at the mean price since the newest observation that is at least `periodSize` old
  /// @dev Reverts with `NoListedPair`, `InsufficientHistory`, or `StalePrice` when that one is older than MAX_AGE.
  /// Panics if the answer takes more than 256 bits, as `quote`, `sample` and `volatility` do.
  /// @param tokenIn The token that is priced
  /// @param amountIn In tokenIn's own unit
  /// @param tokenOut The token that it is priced in
  /// @return amountOut In tokenOut's own unit, rounded down
  function current(address tokenIn, uint256 amountIn, address tokenOut) external view returns (uint256 amountOut);

  /// @notice As `current`, from an older observation
  /// @dev Reverts with `GranularityOutOfBounds`, `NoListedPair`, `InsufficientHistory`, or `StalePrice` when `current`
  /// would or the span is longer than MAX_SPAN
  /// @param tokenIn The token that is priced
  /// @param amountIn In tokenIn's own unit
  /// @param tokenOut The token that it is priced in
  /// @param granularity How many observations at least `periodSize` old to go back; 1 to 128, 1 is `current`'s
  /// @return amountOut In tokenOut's own unit, rounded down
  function quote(
    address tokenIn,
    uint256 amountIn,
    address tokenOut,
    uint256 granularity
  ) external view returns (uint256 amountOut);

  /// @notice What an amount was worth in consecutive spans that end at the newest observation
  /// @dev Reverts with `SampleOutOfBounds`, `NoListedPair`, `InsufficientHistory`, or `StalePrice` when `current` would
  /// or one of the spans is longer than MAX_SPAN
  /// @param tokenIn The token that is priced
  /// @param amountIn In tokenIn's own unit
  /// @param tokenOut The token that it is priced in
  /// @param points How many prices
  /// @param window How many observations each price spans; points times window is at most 127
  /// @return amountsOut In tokenOut's own unit, oldest first, each rounded down
  function sample(
    address tokenIn,
    uint256 amountIn,
    address tokenOut,
    uint256 points,
    uint256 window
  ) external view returns (uint256[] memory amountsOut);

  /// @notice The sample standard deviation (n - 1), rounded down
  /// @dev Reverts with `TooFewSamples`. Panics if the samples are so far apart that their squares take more than 256 bits.
  /// @param samples Two at the least
  function standardDeviation(uint256[] memory samples) external pure returns (uint256);

  /// @notice The standard deviation of what `sample` returns, in tokenOut's own unit
  /// @dev Reverts as `sample` and `standardDeviation` do
  /// @param tokenIn The token that is priced
  /// @param amountIn In tokenIn's own unit
  /// @param tokenOut The token that it is priced in
  /// @param points How many prices; two at the least
  /// @param window How many observations each price spans
  function volatility(
    address tokenIn,
    uint256 amountIn,
    address tokenOut,
    uint256 points,
    uint256 window
  ) external view returns (uint256);

  /// @notice Observes all listed pairs that are due and pays the caller. Keepers only.
  /// @dev Reverts with `KeeperNotValid`, `NothingToUpdate`, or as `workedFor` of the network does. `work(bytes)` does the
  /// same for the pairs that its data names, an ABI-encoded `address[]`: those that aren't listed or due, or are named
  /// again, are passed over. It reverts with `WorkDataTooLong` too.
  function work() external;
}
