// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";

/// @title The oracle's pairs and their observations
/// @notice Governance lists Uniswap V2 pairs of KP3R. Each keeps a ring of 128 observations, at least `periodSize` apart:
/// Uniswap V2's own price accumulators, extended to the time of the observation, truncated modulo 2^224.
///
/// Beware: governance chooses which pairs are trusted. A thin pool is cheap to hold at a false price for long, and the
/// least KP3R reserve is only checked when a pair is listed.
interface IOraclePairs {
  /// @notice Emitted when a pair is listed
  /// @param pair The Uniswap V2 pair
  /// @param pairedToken Its token that isn't KP3R
  event PairAddition(address indexed pair, address indexed pairedToken);

  /// @notice Emitted when a pair is no longer listed
  /// @param pair The Uniswap V2 pair
  event PairRemoval(address indexed pair);

  /// @notice Emitted when a pair is observed
  /// @param pair The Uniswap V2 pair
  /// @param price0Cumulative token0's price in token1 times seconds, UQ112.112 modulo 2^224
  /// @param price1Cumulative token1's price in token0 times seconds, UQ112.112 modulo 2^224
  event PairUpdate(address indexed pair, uint224 price0Cumulative, uint224 price1Cumulative);

  /// @notice Emitted when the least KP3R reserve of a new pair changes
  /// @param minKp3rReserve KP3R, 18 decimals
  event MinKp3rReserveChange(uint256 minKp3rReserve);

  /// @notice Thrown when the oracle is built with the zero address for the factory or for KP3R
  /// @custom:remedy Deploy it with the addresses of the factory and of KP3R.
  error OracleZeroAddress();

  /// @notice Thrown when the least KP3R reserve is set out of its bounds
  /// @param value What was asked for
  /// @param minimum The lowest allowed
  /// @param maximum The highest allowed
  /// @custom:remedy Set it to something from `minimum` to `maximum`.
  error MinKp3rReserveOutOfBounds(uint256 value, uint256 minimum, uint256 maximum);

  /// @notice Thrown when a pair to be listed is listed already
  /// @param pair The pair
  /// @custom:remedy There is nothing to do: the pair is listed.
  error PairAlreadyListed(address pair);

  /// @notice Thrown when a pair is to be listed and as many as allowed are listed already
  /// @param maximum How many may be listed
  /// @custom:remedy Remove a pair first, by `removePair`.
  error TooManyPairs(uint256 maximum);

  /// @notice Thrown when an address to be listed isn't a pair that the factory made, be it a contract or not
  /// @param pair The address
  /// @custom:remedy List a pair that the oracle's factory made.
  error NotAFactoryPair(address pair);

  /// @notice Thrown when neither token of a pair to be listed is KP3R
  /// @param pair The pair
  /// @custom:remedy List a pair of KP3R.
  error PairWithoutKp3r(address pair);

  /// @notice Thrown when a pair to be listed holds too little KP3R
  /// @param pair The pair
  /// @param reserve Its KP3R reserve
  /// @param minimum The least KP3R reserve
  /// @custom:remedy Wait until the pair holds `minimum`, or have governance lower `minKp3rReserve`.
  error Kp3rReserveTooLow(address pair, uint256 reserve, uint256 minimum);

  /// @notice Thrown when a token has so large a supply that its pair's price may not fit the packed range
  /// @param token The token
  /// @param totalSupply Its supply
  /// @param limit What the supply must be below
  /// @custom:remedy Don't list a pair with this token: its price may not fit.
  error SupplyOutOfRange(address token, uint256 totalSupply, uint256 limit);

  /// @notice Thrown when a pair isn't listed
  /// @param pair The pair
  /// @custom:remedy Name a pair that `pairs` lists, or have governance list it.
  error PairNotListed(address pair);

  /// @notice Thrown when no listed pair is made of the two tokens
  /// @param tokenA One token
  /// @param tokenB The other token
  /// @custom:remedy Name two tokens whose pair is listed, or have governance list it.
  error NoListedPair(address tokenA, address tokenB);

  /// @notice Thrown when an observation is asked for that isn't held
  /// @param pair The pair
  /// @param back What was asked for, counted from the newest
  /// @param count How many are held
  /// @custom:remedy Ask for one of the `count` that are held, from 0 for the newest.
  error ObservationNotHeld(address pair, uint256 back, uint256 count);

  /// @notice How many pairs may be listed
  function MAX_PAIRS() external view returns (uint256);

  /// @notice What the supply of a pair's tokens must be below when it is listed: with it, a price times MAX_SPAN fits
  /// 224 bits. A token that mints beyond it later isn't noticed; a price can only be wrong when one reserve is as many
  /// times the other.
  function SUPPLY_LIMIT() external view returns (uint256);

  /// @notice Seconds between two observations of a pair at the least, and the least span of any read
  function periodSize() external view returns (uint256);

  /// @notice The factory whose pairs can be listed
  function factory() external view returns (IUniswapV2Factory);

  /// @notice The token that all listed pairs share
  function kp3r() external view returns (address);

  /// @notice The KP3R that a pair must hold to be listed, 18 decimals; 1 to 100,000 KP3R
  function minKp3rReserve() external view returns (uint256);

  /// @notice The listed pairs, in no order
  function pairs() external view returns (address[] memory);

  /// @notice Whether a pair is listed
  /// @param pair Any address
  function isListed(address pair) external view returns (bool);

  /// @notice The listed pair of two tokens, in either order
  /// @dev Reverts with `NoListedPair`
  /// @param tokenA One token
  /// @param tokenB The other token
  /// @return pair The pair
  function pairFor(address tokenA, address tokenB) external view returns (address pair);

  /// @notice How many observations of a pair are held, 128 at the most; listed or not
  /// @param pair Any address
  function observationCount(address pair) external view returns (uint256);

  /// @notice One observation of a pair, listed or not
  /// @dev Reverts with `ObservationNotHeld`
  /// @param pair Any address
  /// @param back Counted from the newest, which is 0
  /// @return timestamp When it was made, in seconds modulo 2^32
  /// @return price0Cumulative token0's price in token1 times seconds, UQ112.112 modulo 2^224
  /// @return price1Cumulative token1's price in token0 times seconds, UQ112.112 modulo 2^224
  function observationAt(
    address pair,
    uint256 back
  ) external view returns (uint32 timestamp, uint224 price0Cumulative, uint224 price1Cumulative);

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

  /// @notice Lists a pair, and observes it unless it was observed in the last `periodSize`. Only governance may call.
  /// @dev Reverts with `PairAlreadyListed`, `TooManyPairs`, `NotAFactoryPair`, `PairWithoutKp3r`, `Kp3rReserveTooLow`,
  /// `SupplyOutOfRange`. Observations from an earlier listing are used again.
  /// Never list a pair whose token calls out in the middle of a transfer: its pair can then be asked for a price while it
  /// has paid out LP tokens and not yet the reserves.
  /// @param pair A pair of the factory, one of its tokens KP3R
  function addPair(address pair) external;

  /// @notice Takes a pair off the list: it is neither priced nor due any more. Its observations stay. Only governance may
  /// call.
  /// @dev Reverts with `PairNotListed`
  /// @param pair A listed pair
  function removePair(address pair) external;

  /// @notice Sets the KP3R that a pair must hold to be listed. Only governance may call.
  /// @dev Reverts with `MinKp3rReserveOutOfBounds`. Listed pairs stay listed.
  /// @param minKp3rReserve KP3R, 18 decimals; 1 to 100,000 KP3R
  function setMinKp3rReserve(uint256 minKp3rReserve) external;
}
