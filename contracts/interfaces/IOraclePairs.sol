// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";

/// @title The oracle's pairs
/// @notice Governance lists Uniswap V2 pairs of KP3R.
///
/// Beware: governance chooses which pairs are trusted. A thin pool is cheap to hold at a false price for long. A token
/// that its issuer can mint at will moves the price of its pair's LP tokens: don't list it.
interface IOraclePairs {
  /// @notice Emitted when a pair is listed
  /// @param pair The Uniswap V2 pair
  /// @param pairedToken Its token that isn't KP3R
  event PairAddition(address indexed pair, address indexed pairedToken);

  /// @notice Emitted when a pair is no longer listed
  /// @param pair The Uniswap V2 pair
  event PairRemoval(address indexed pair);

  /// @notice Thrown when the oracle is deployed with the zero address for the factory or for KP3R
  /// @custom:remedy Deploy it with the addresses of the factory and of KP3R.
  error OracleZeroAddress();

  /// @notice Thrown when a pair to be listed is listed already
  /// @param pair The pair
  /// @custom:remedy There is nothing to do: the pair is listed.
  error PairAlreadyListed(address pair);

  /// @notice Thrown when the oracle already lists as many pairs as it can
  /// @param maximum How many may be listed
  /// @custom:remedy Remove a pair first, with `removePair`.
  error TooManyPairs(uint256 maximum);

  /// @notice Thrown when the address to be listed isn't a pair that the factory made
  /// @param pair The address
  /// @custom:remedy List a pair that the oracle's factory made.
  error NotAFactoryPair(address pair);

  /// @notice Thrown when neither token of a pair to be listed is KP3R
  /// @param pair The pair
  /// @custom:remedy List a pair of KP3R.
  error PairWithoutKp3r(address pair);

  /// @notice Thrown when a pair to be listed has an empty reserve, or a price that the oracle can't scale
  /// @param pair The pair
  /// @custom:remedy List a pair whose two reserves, in the tokens' own units, are within a factor of 2^56 of each
  /// other.
  error PriceOutOfRange(address pair);

  /// @notice Thrown when a token's supply is so large that its pair's price may not fit
  /// @param token The token
  /// @param totalSupply Its supply
  /// @param limit What the supply must be below
  /// @custom:remedy Don't list a pair with this token.
  error SupplyOutOfRange(address token, uint256 totalSupply, uint256 limit);

  /// @notice Thrown when no listed pair is made of the two tokens
  /// @param tokenA One token
  /// @param tokenB The other token
  /// @custom:remedy Name two tokens whose pair is listed, or have governance list it.
  error NoListedPair(address tokenA, address tokenB);

  /// @notice How many pairs may be listed
  function MAX_PAIRS() external view returns (uint256);

  /// @notice What the supply of a pair's tokens must be below when it is listed. A token that mints beyond it later isn't
  /// noticed.
  function SUPPLY_LIMIT() external view returns (uint256);

  /// @notice The factory whose pairs can be listed
  function factory() external view returns (IUniswapV2Factory);

  /// @notice The token that all listed pairs share
  function kp3r() external view returns (address);

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

  /// @notice Observes all listed pairs whose newest observation is at least `periodSize` old. Anyone may call; unpaid.
  /// @return updated Whether any was observed
  function updateAll() external returns (bool updated);

  /// @notice Lists a pair, and observes it unless it was observed in the last `periodSize`. Only governance may call.
  /// @dev Reverts with `PairAlreadyListed`, `TooManyPairs`, `NotAFactoryPair`, `PairWithoutKp3r`, `Kp3rReserveTooLow`,
  /// `SupplyOutOfRange`, `PriceOutOfRange`. Observations from an earlier listing are used again, and its scale with them.
  /// The scale is that of the pool's price at its first listing, and the first span is taken at its plain mean: list a
  /// pair while its price is the market's, and look at `scaleOf` afterwards.
  /// Never list a pair whose token calls out in the middle of a transfer: its pair can then be asked for a price while it
  /// has paid out LP tokens and not yet the reserves.
  /// @param pair A pair of the factory, one of its tokens KP3R
  function addPair(address pair) external;

  /// @notice Takes a pair off the list: it is neither priced nor due any more. Its observations stay. Only governance may
  /// call.
  /// @dev Reverts with `PairNotListed`
  /// @param pair A listed pair
  function removePair(address pair) external;
}
