// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOracleObservations} from "./IOracleObservations.sol";
import {IOraclePairs} from "./IOraclePairs.sol";
import {IOracleTerms} from "./IOracleTerms.sol";

/// @title Price oracle over Uniswap V2
/// @notice Arithmetic, time-weighted means of the steady prices of the KP3R pairs that governance lists. Anyone may observe
/// for free; keepers are paid for it, since the oracle is a job of the network.
///
/// A read ends at the newest observation while that is at most two periods old; else it ends now, the span since then
/// stepped as an observation would. It begins at an observation at least `periodSize` before its end, however old: no read
/// spans less than a period, and no silence stops one, it only makes the mean longer. In the block of a trade no read moves.
/// A push that lasts dt of a span raises its steady price by a fifth of `maxChange` or by dt / (span - dt), whichever is
/// more, or lowers it by dt / span, within `maxChange` a period.
///
/// Beware: a thin pair isn't read. The first span after a listing is taken at its plain mean. Whoever keeps a pair from being
/// observed leaves reads where they were for two periods.
interface IKeep3rOracle is IOraclePairs, IOracleObservations, IOracleTerms {
  /// @notice Thrown when a token isn't one of the pair's
  /// @param pair The pair
  /// @param token The token
  /// @custom:remedy Ask for one of the pair's two tokens.
  error TokenNotInPair(address pair, address token);

  /// @notice Thrown when the pair's observations don't reach back far enough, or too few of them are usable
  /// @param pair The pair
  /// @param required What the read takes: seconds for `averagePrice` and `current`, else a number of observations
  /// @param available What there is, in the same unit
  /// @custom:remedy Wait for more observations of the pair, or ask for a shorter time.
  error InsufficientHistory(address pair, uint256 required, uint256 available);

  /// @notice Thrown when the mean spans more time than the caller accepts
  /// @param pair The pair
  /// @param age Seconds that the mean spans
  /// @param maximum Seconds that it may span
  /// @custom:remedy Call `update` for the pair, as anyone may, and wait until an observation is `window` older than the
  /// newest; or accept a longer mean.
  error StalePrice(address pair, uint256 age, uint256 maximum);

  /// @notice Thrown when a granularity is zero or more than a ring can hold
  /// @param granularity What was asked for
  /// @param maximum The highest allowed
  /// @custom:remedy Ask for a granularity from 1 to `maximum`.
  error GranularityOutOfBounds(uint256 granularity, uint256 maximum);

  /// @notice Thrown when points or window is zero, or together they take more than a ring can hold
  /// @param points What was asked for
  /// @param window What was asked for
  /// @param maximum The highest product allowed
  /// @custom:remedy Ask for points and a window that aren't zero and whose product is at most `maximum`.
  error SampleOutOfBounds(uint256 points, uint256 window, uint256 maximum);

  /// @notice Thrown when a standard deviation is asked for with fewer than two samples
  /// @param count How many there are
  /// @custom:remedy Ask for two points or more.
  error TooFewSamples(uint256 count);

  /// @notice Thrown when a work would update no pair
  /// @custom:remedy Work when `workable` returns true, with the data that it returns.
  error NothingToUpdate();

  /// @notice The mean steady price of a listed pair, from the newest observation that is at least `window` before the end
  /// @dev Reverts with `PairNotListed`, `TokenNotInPair`, `Kp3rReserveTooLow` while the pair is thin, `InsufficientHistory`
  /// when no observation is old enough, and `StalePrice` when the mean spans more than `maxAge`.
  /// @param pair A listed pair
  /// @param tokenIn The token that is priced, in the pair's other token
  /// @param window Seconds; less than `periodSize` is taken for `periodSize`
  /// @param maxAge Seconds that the mean may span; the greatest uint256 for any
  /// @return averageX112 UQ112.112 of the tokens' own units, rounded down
  /// @return span The seconds that the mean is taken over; `periodSize` and `window` at the least
  function averagePrice(
    address pair,
    address tokenIn,
    uint256 window,
    uint256 maxAge
  ) external view returns (uint256 averageX112, uint256 span);

  /// @notice What an amount is worth at the mean of the shortest span that can be read: `periodSize` at the least
  /// @dev Reverts with `NoListedPair`, `Kp3rReserveTooLow`, `InsufficientHistory`. Panics if the answer takes more than
  /// 256 bits, as `quote`, `sample` and `volatility` do.
  /// @param tokenIn The token that is priced
  /// @param amountIn In tokenIn's own unit
  /// @param tokenOut The token that it is priced in
  /// @return amountOut In tokenOut's own unit, rounded down
  function current(address tokenIn, uint256 amountIn, address tokenOut) external view returns (uint256 amountOut);

  /// @notice As `current`, from an older observation
  /// @dev Reverts with `GranularityOutOfBounds`, `NoListedPair`, `Kp3rReserveTooLow`, `InsufficientHistory`
  /// @param tokenIn The token that is priced
  /// @param amountIn In tokenIn's own unit
  /// @param tokenOut The token that it is priced in
  /// @param granularity How many observations to go back from the newest; 1 to 127
  /// @return amountOut In tokenOut's own unit, rounded down
  function quote(
    address tokenIn,
    uint256 amountIn,
    address tokenOut,
    uint256 granularity
  ) external view returns (uint256 amountOut);

  /// @notice What an amount was worth in consecutive spans that end at the newest observation, however old that is
  /// @dev Reverts with `SampleOutOfBounds`, `NoListedPair`, `Kp3rReserveTooLow`, `InsufficientHistory`
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
  /// @dev Reverts with `KeeperNotValid`, `NothingToUpdate`, or as `workedFor` of the network does. The job pays for a look at
  /// every listed pair. `work(bytes)` observes the pairs that its data names, an ABI-encoded `address[]`: those that aren't
  /// listed or due, or are named again, are passed over, and neither their gas nor their calldata is paid.
  function work() external;
}
