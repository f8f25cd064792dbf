// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IHelperQuote} from "../../../contracts/interfaces/IHelperQuote.sol";
import {IKeep3rHelper} from "../../../contracts/interfaces/IKeep3rHelper.sol";
import {HonestMarket} from "./HonestMarket.sol";
import {KeeperModel} from "./KeeperModel.sol";

/// @notice What a unit of gas is paid, as it is documented, by the model of the oracle; and what it may be paid at the most or
/// the least whatever pushes there were. There is no feed: the base fee and a tip are the reference.
abstract contract QuoteModel is KeeperModel {
  struct Quote {
    uint256 kp3rPerEth;
    /// @dev Bounds by the honest market.
    uint256 least;
    uint256 most;
    uint256 quotedAt;
    uint256 refreshAt;
    bool bootstrapped;
  }

  uint256 private constant BPS = 10_000;
  uint256 private constant ETH_X112 = 1e18 * 2 ** 112;

  IKeep3rHelper public helper;
  HonestMarket public market;
  Quote public quote;

  address private _wethPair;

  function setHelper(IKeep3rHelper helper_, HonestMarket market_) external {
    (helper, market, _wethPair) = (helper_, market_, helper_.kp3rWethPair());
  }

  /// @notice Somebody asks for the rate, and pays for the refresh that may be due
  function refresh() external {
    _refreshed();
  }

  /// @dev Wei of gas price * boost * KP3R per ETH, for a keeper's bond.
  function _rate(uint256 bond) internal returns (uint256) {
    uint256 targetBond = helper.targetBond();
    uint256 boost = (helper.maxBoost() * Math.min(bond, targetBond)) / targetBond;
    uint256 gasPrice = Math.min(tx.gasprice, block.basefee + helper.minPriorityFee());
    return gasPrice * Math.max(boost, helper.minBoost()) * _refreshed();
  }

  function _refreshed() private returns (uint256) {
    if (block.timestamp < quote.refreshAt) return quote.kp3rPerEth;

    quote.refreshAt = block.timestamp + helper.quoteLifetime();
    if (_requote()) return quote.kp3rPerEth;

    // While there is none, the last one serves for a while
    uint256 maxAge = helper.maxQuoteAge();
    uint256 servesUntil = quote.quotedAt + maxAge;
    if (block.timestamp > servesUntil) revert IHelperQuote.StaleQuote(quote.quotedAt, maxAge);
    quote.refreshAt = Math.min(quote.refreshAt, servesUntil + 1);
    return quote.kp3rPerEth;
  }

  /// @return Whether the oracle answers, or never did, so that the bootstrap's price is all there is
  function _requote() private returns (bool) {
    uint256 window = helper.quoteTwapTime();
    try market.averagePrice(_wethPair, kp3r, window, type(uint256).max) returns (uint256 averageX112, uint256) {
      (uint256 leastX112, uint256 mostX112) = market.rangeOf(_wethPair, kp3r, window);
      (quote.kp3rPerEth, quote.quotedAt, quote.bootstrapped) = (ETH_X112 / averageX112, block.timestamp, true);
      (quote.least, quote.most) = (ETH_X112 / mostX112, Math.ceilDiv(ETH_X112, leastX112));
      return true;
    } catch {
      if (quote.bootstrapped) return false;
      uint256 bootstrap = helper.bootstrapKp3rPerEth();
      (quote.kp3rPerEth, quote.least, quote.most, quote.quotedAt) = (bootstrap, bootstrap, bootstrap, block.timestamp);
      return true;
    }
  }
}
