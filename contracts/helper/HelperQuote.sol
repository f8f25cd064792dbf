// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {IHelperQuote} from "../interfaces/IHelperQuote.sol";
import {IKeep3rOracle} from "../interfaces/IKeep3rOracle.sol";
import {TwapMath} from "../libraries/TwapMath.sol";
import {CachedQuote, QuoteTerms} from "../types/HelperTypes.sol";
import {HelperParameters} from "./HelperParameters.sol";

/// @title HelperQuote
/// @notice KP3R per ETH and the fast gas price: where they come from, and what happens when they don't
abstract contract HelperQuote is IHelperQuote, HelperParameters {
  uint256 internal constant WAD = 1e18;

  /// @dev However long ago a mean begins, it is better than none: the longer, the harder to move.
  uint256 internal constant ANY_AGE = type(uint256).max;

  /// @dev The history that ends the bootstrap.
  uint256 private constant BOOTSTRAP_HISTORY = 1 days;

  /// @dev What a call that may fail is given: several times what the oracle and Chainlink's feed take.
  uint256 private constant ORACLE_GAS = 150_000;
  uint256 private constant FEED_GAS = 100_000;

  /// @dev Gas for what comes between the reading and the call, a cold account included.
  uint256 private constant CALL_MARGIN = 5_000;

  /// @dev The five words of `latestRoundData`, and where the two stand that matter.
  uint256 private constant ROUND_LENGTH = 0xa0;
  uint256 private constant ANSWER_OFFSET = 0x20;
  uint256 private constant UPDATED_AT_OFFSET = 0x60;

  /// @inheritdoc IHelperQuote
  IKeep3rOracle public immutable override oracle;

  /// @inheritdoc IHelperQuote
  address public immutable override kp3rWethPair;

  constructor(IKeep3rOracle oracle_, address weth_) {
    _checkToken(address(oracle_), oracle_.kp3r());

    oracle = oracle_;
    kp3rWethPair = oracle_.factory().getPair(_kp3r, weth_);
    if (kp3rWethPair == address(0)) revert NoKp3rWethPair(_kp3r, weth_);
  }

  // Quotes

  /// @inheritdoc IHelperQuote
  function bootstrapped() external view override returns (bool) {
    return _cachedQuote.bootstrapped;
  }

  /// @inheritdoc IHelperQuote
  function cachedQuote()
    external
    view
    override
    returns (uint256 kp3rPerEth, uint256 fastGas, uint256 quotedAt, uint256 refreshAt)
  {
    CachedQuote memory cached = _cachedQuote;
    return (cached.kp3rPerEth, cached.fastGas, cached.quotedAt, cached.refreshAt);
  }

  function _refresh() internal returns (uint256 kp3rPerEth, uint256 fastGas) {
    CachedQuote memory last = _cachedQuote;
    CachedQuote memory fresh = _refreshed(last);
    _cachedQuote = fresh;

    emit QuoteRefresh(fresh.kp3rPerEth, fresh.fastGas, fresh.quotedAt);
    if (fresh.bootstrapped && !last.bootstrapped) emit BootstrapEnd(fresh.kp3rPerEth);
    return (fresh.kp3rPerEth, fresh.fastGas);
  }

  /// @dev The cached quote, or what a refresh that is due makes of it.
  function _currentQuote() internal view returns (CachedQuote memory current) {
    current = _cachedQuote;
    if (block.timestamp >= current.refreshAt) current = _refreshed(current);
  }

  /// @dev The feed's answer alone, whatever becomes of the oracle.
  function _currentFastGas() internal view returns (uint256) {
    return block.timestamp >= _cachedQuote.refreshAt ? _fastGas(_quoteTerms) : _cachedQuote.fastGas;
  }

  /// @dev Of the oracle and the feed either may fail: the last quote serves for the one, the base fee for the other. Times
  /// fit until 2106.
  function _refreshed(CachedQuote memory last) private view returns (CachedQuote memory fresh) {
    QuoteTerms memory terms = _quoteTerms;
    fresh.fastGas = _fastGas(terms);
    fresh.quotedAt = uint32(block.timestamp);
    fresh.refreshAt = uint32(block.timestamp + terms.quoteLifetime);

    fresh.kp3rPerEth = last.bootstrapped || _hasHistory() ? _meanKp3rPerEth(terms.quoteTwapTime) : 0;
    if (fresh.kp3rPerEth != 0) {
      fresh.bootstrapped = true;
      return fresh;
    }
    if (!last.bootstrapped) {
      // Fits: its setter's bound
      fresh.kp3rPerEth = uint112(bootstrapKp3rPerEth);
      return fresh;
    }

    uint256 staleAt = uint256(last.quotedAt) + terms.maxQuoteAge + 1;
    if (block.timestamp >= staleAt) revert StaleQuote(last.quotedAt, terms.maxQuoteAge);

    fresh.kp3rPerEth = last.kp3rPerEth;
    fresh.quotedAt = last.quotedAt;
    fresh.bootstrapped = true;
    if (fresh.refreshAt > staleAt) fresh.refreshAt = uint32(staleAt);
  }

  /// @dev The oracle answers for any address, listed or not, so nothing is caught: with too little gas it all reverts.
  function _hasHistory() private view returns (bool) {
    (uint256 oldestAge, ) = oracle.historyOf(kp3rWethPair);
    return oldestAge >= BOOTSTRAP_HISTORY;
  }

  /// @dev The inverse of the mean price of KP3R, WAD, rounded down; 0 if there is none, or it is out of all proportion.
  function _meanKp3rPerEth(uint256 twapTime) private view returns (uint112) {
    uint256 gasGiven = gasleft();
    try oracle.averagePrice{gas: ORACLE_GAS}(kp3rWethPair, _kp3r, twapTime, ANY_AGE) returns (
      uint256 averageX112,
      uint256
    ) {
      if (averageX112 == 0) return 0;

      // Fits: WAD is below 2^60
      uint256 kp3rPerEth = (WAD * TwapMath.Q112) / averageX112;
      return kp3rPerEth > type(uint112).max ? 0 : uint112(kp3rPerEth);
    } catch {
      _checkGas(gasGiven, ORACLE_GAS);
      return 0;
    }
  }

  /// @dev What the feed answers, at most 2^64 - 1; 0 if that is nothing, or nothing that can be used. Whatever the feed
  /// does, it takes no more than its gas and five words of memory.
  function _fastGas(QuoteTerms memory terms) private view returns (uint64) {
    address feed = terms.fastGasFeed;
    if (feed == address(0)) return 0;

    uint256 gasGiven = gasleft();
    bytes memory request = abi.encodeCall(AggregatorV3Interface.latestRoundData, ());
    bool answered;
    int256 answer;
    uint256 updatedAt;
    assembly ("memory-safe") {
      let round := mload(0x40)
      answered := staticcall(FEED_GAS, feed, add(request, 0x20), mload(request), round, ROUND_LENGTH)
      answered := and(answered, gt(returndatasize(), sub(ROUND_LENGTH, 1)))
      answer := mload(add(round, ANSWER_OFFSET))
      updatedAt := mload(add(round, UPDATED_AT_OFFSET))
    }

    if (!answered) {
      _checkGas(gasGiven, FEED_GAS);
      return 0;
    }
    if (answer <= 0 || updatedAt > block.timestamp) return 0;
    if (block.timestamp - updatedAt > terms.fastGasMaxAge) return 0;
    return uint256(answer) > type(uint64).max ? type(uint64).max : uint64(uint256(answer));
  }

  /// @dev A call had all the gas it may need only if a 63/64 share of what was left covers it (EIP-150).
  function _checkGas(uint256 gasGiven, uint256 callGas) private pure {
    uint256 gasNeeded = (callGas * 64) / 63 + CALL_MARGIN;
    if (gasGiven < gasNeeded) revert QuoteOutOfGas(gasGiven, gasNeeded);
  }
}
