// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IKeep3rOracle} from "./IKeep3rOracle.sol";

/// @title The helper's quote
/// @notice What an ETH is worth in KP3R, and what gas costs.
///
/// Quotes are cached. While the oracle can't answer, as of a pair that is thin or no longer listed, the last one serves, up
/// to `maxQuoteAge`; the feed can fail at any time without harm. A failure counts only if the call was given all the gas
/// that it may need, so nobody can bring one about with a gas limit.
///
/// Until the oracle holds a day of history of the listed KP3R/WETH pair, governance's `bootstrapKp3rPerEth` is the quote.
/// The first mean price taken after that ends the bootstrap for ever; should that one fail, governance's quote stays
/// until one succeeds.
interface IHelperQuote {
  /// @notice Emitted when the quote is refreshed
  /// @param kp3rPerEth WAD
  /// @param fastGas What the feed answered, wei per gas; 0 if it did not
  /// @param quotedAt When kp3rPerEth was quoted: now, or earlier while the oracle can't answer
  event QuoteRefresh(uint256 kp3rPerEth, uint256 fastGas, uint256 quotedAt);

  /// @notice Emitted when the oracle takes over from the bootstrap, for ever
  /// @param kp3rPerEth The first quote of the oracle, WAD
  event BootstrapEnd(uint256 kp3rPerEth);

  /// @notice Thrown when the oracle's factory has no pair of the helper's KP3R and WETH
  /// @param kp3r One token
  /// @param weth The other token
  /// @custom:remedy Create the pair of KP3R and WETH in the oracle's factory, then deploy the helper.
  error NoKp3rWethPair(address kp3r, address weth);

  /// @notice Thrown when the oracle doesn't answer and the last quote is too old
  /// @param quotedAt When it was quoted
  /// @param maxQuoteAge How old it may be, in seconds
  /// @custom:remedy Run `keep3r report prices`: it says why the oracle doesn't answer. If the pair is thin, add
  /// liquidity and call `update`; if it isn't listed, have governance list it. Meanwhile governance may raise
  /// `maxQuoteAge`.
  error StaleQuote(uint256 quotedAt, uint256 maxQuoteAge);

  /// @notice Thrown when a quote fails for which too little gas was left
  /// @param gasGiven Gas that was there
  /// @param gasNeeded Gas that must be there for the failure to count
  /// @custom:remedy Send the transaction again with a higher gas limit.
  error QuoteOutOfGas(uint256 gasGiven, uint256 gasNeeded);

  /// @notice The oracle of all prices
  function oracle() external view returns (IKeep3rOracle);

  /// @notice The pair that KP3R is priced in ETH by; nothing but bootstrap quotes until the oracle lists it
  function kp3rWethPair() external view returns (address);

  /// @notice Whether the oracle has taken over from the bootstrap
  function bootstrapped() external view returns (bool);

  /// @notice The cached quote as it stands; all zero before the first payment
  /// @return kp3rPerEth WAD
  /// @return fastGas What the feed answered, wei per gas; 0 if it did not
  /// @return quotedAt When kp3rPerEth was quoted
  /// @return refreshAt From when on a payment refreshes it
  function cachedQuote()
    external
    view
    returns (uint256 kp3rPerEth, uint256 fastGas, uint256 quotedAt, uint256 refreshAt);
}
