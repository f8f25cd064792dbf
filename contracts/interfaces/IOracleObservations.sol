// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The oracle's observations
/// @notice Each pair keeps a ring of 128 observations, at least `periodSize` apart. Each closes a span, in which the
/// pair's own accumulators tell the arithmetic mean of either direction. The steady price follows these means: up at once
/// only as far as the harmonic mean confirms it, and up or down by at most `maxChange` a period. What means are read from
/// is the sum of steady price times seconds.
///
/// Prices and their sums are kept scaled: shift a steady price left by `scaleOf` for UQ112.112.
///
/// A pair whose liquidity, at its steady price, comes to less KP3R than `minKp3rReserve` is thin: its steady prices stand
/// still, and it isn't read, until an observation finds it deep enough again. Reads that end now look for themselves. As
/// the steady price stands still, the market's counts instead if it is lower, down to half for each observation in a row.
interface IOracleObservations {
  /// @notice Emitted when a pair is observed
  /// @param pair The Uniswap V2 pair
  /// @param price0 The steady price of token0 in token1 since the observation before, UQ112.112; 0 at the first
  /// @param price1 The steady price of token1 in token0 since the observation before, UQ112.112; 0 at the first
  /// @param thin Whether the pair is thin, so that prices stand still
  event PairUpdate(address indexed pair, uint256 price0, uint256 price1, bool thin);

  /// @notice Thrown when a pair isn't listed
  /// @param pair The pair
  /// @custom:remedy Name a pair that `pairs` lists, or have governance list it.
  error PairNotListed(address pair);

  /// @notice Thrown when a pair to be listed holds too little KP3R, or a pair to be read is thin
  /// @param pair The pair
  /// @param reserve Its KP3R reserve now. Whether a listed pair is thin goes by its steady price, not by what it holds
  /// after the last swap.
  /// @param minimum The least KP3R reserve
  /// @custom:remedy Add liquidity until the pair holds `minimum`, or have governance lower `minKp3rReserve`. Then call
  /// `update`: a listed pair is read again from its next observation on.
  error Kp3rReserveTooLow(address pair, uint256 reserve, uint256 minimum);

  /// @notice Thrown when the oracle doesn't hold that observation
  /// @param pair The pair
  /// @param back What was asked for, counted from the newest
  /// @param count How many are held
  /// @custom:remedy Ask for one of the `count` that it holds, from 0 for the newest.
  error ObservationNotHeld(address pair, uint256 back, uint256 count);

  /// @notice Seconds between two observations of a pair at the least, and the least span of any read
  function periodSize() external view returns (uint256);

  /// @notice Whether a pair was thin when it was last observed, listed or not
  /// @param pair Any address
  function isThin(address pair) external view returns (bool);

  /// @notice The bits that the scale takes off the prices of a pair, fixed at its first listing; zeros before
  /// @param pair Any address
  /// @return shift0 Of token0's price, 16 to 128
  /// @return shift1 Of token1's price, 16 to 128; both sum up to 144
  function scaleOf(address pair) external view returns (uint8 shift0, uint8 shift1);

  /// @notice How many observations of a pair are held, 128 at the most; listed or not
  /// @param pair Any address
  function observationCount(address pair) external view returns (uint256);

  /// @notice One observation of a pair, listed or not
  /// @dev Reverts with `ObservationNotHeld`. The mean between two is the difference of their sums modulo 2^112, by the
  /// seconds between them.
  /// @param pair Any address
  /// @param back Counted from the newest, which is 0
  /// @return timestamp When it was made, in seconds modulo 2^32
  /// @return steady0 token0's steady price times seconds, scaled, modulo 2^112
  /// @return steady1 token1's steady price times seconds, scaled, modulo 2^112
  function observationAt(
    address pair,
    uint256 back
  ) external view returns (uint32 timestamp, uint112 steady0, uint112 steady1);

  /// @notice How far back the observations of a pair reach, listed or not; zeros when there is none
  /// @param pair Any address
  /// @return oldestAge Seconds since the oldest observation held
  /// @return newestAge Seconds since the newest
  function historyOf(address pair) external view returns (uint256 oldestAge, uint256 newestAge);

  /// @notice Observes a listed pair if its newest observation is at least `periodSize` old. Anyone may call; unpaid.
  /// @dev Reverts with `PairNotListed`
  /// @param pair A listed pair
  /// @return updated Whether it was observed
  function update(address pair) external returns (bool updated);
}
