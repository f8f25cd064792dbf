// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IParameterBounds} from "../IParameterBounds.sol";
import {IPriceSource} from "./IPriceSource.sol";
import {IRebalanceVault} from "./IRebalanceVault.sol";

/// @title A job that keeps a vault's weights
/// @notice Has a vault of two tokens trade back to its target weight when the weight at the mean price has drifted past a
/// band. The mean price over hours decides whether there is work, which token is sold, how much, and for how much at the
/// least. The pool's price of the moment decides nothing; it can only stop a trade, by lying too far from the mean.
///
/// A sandwich gains no more than `maxSlippage` of what is traded, which is at most `maxPoolShare` of the pool's reserve,
/// once in a cool-down; all at the mean price. What a keeper simulates is undone: `workable` trades in a call that reverts.
///
/// Beware: the owner is trusted with the terms, and the vault's own administrator with the vault. Whoever holds the
/// pool at a price for dt moves the mean by dt / span of the way: the window is what makes that dear.
///
/// Prices are UQ112.112 of token1 per token0, values are in token1's own unit, weights are WAD shares held in token0.
interface IRebalanceJob is IParameterBounds {
  /// @notice The owner's terms. One slot, 32 bytes.
  struct Terms {
    /// @dev How far the weight drifts before there is work, BPS; 2 bytes
    uint16 band;
    /// @dev How far from the mean price the pool may be traded with, BPS of the mean; 2 bytes
    uint16 maxDeviation;
    /// @dev The most that a trade may lose, fee and price impact included, BPS of the amount at the mean price; 2 bytes
    uint16 maxSlippage;
    /// @dev The most that is sold at a time, BPS of the pool's reserve of that token; 2 bytes
    uint16 maxPoolShare;
    /// @dev Seconds from one rebalance to the next; 4 bytes
    uint32 cooldown;
    /// @dev Seconds that the mean price spans at the least, and twice that at the most; 4 bytes
    uint32 twapWindow;
    /// @dev The least value that is worth a trade, token1's own unit; 16 bytes
    uint128 minTrade;
  }

  /// @notice Emitted when the vault was rebalanced
  /// @param tokenIn The token that was sold
  /// @param sold How much of it, in its own unit
  /// @param bought How much of the other token it yielded, in that one's own unit
  /// @param weightBefore WAD, at the mean price
  /// @param weightAfter WAD, at the same price
  event Rebalance(address indexed tokenIn, uint256 sold, uint256 bought, uint256 weightBefore, uint256 weightAfter);

  /// @notice Emitted when the band changes
  /// @param band BPS
  event BandChange(uint256 band);

  /// @notice Emitted when the largest distance of the pool from the mean price changes
  /// @param maxDeviation BPS of the mean price
  event MaxDeviationChange(uint256 maxDeviation);

  /// @notice Emitted when the most that a trade may lose changes
  /// @param maxSlippage BPS of the amount at the mean price
  event MaxSlippageChange(uint256 maxSlippage);

  /// @notice Emitted when the most that is sold at a time changes
  /// @param maxPoolShare BPS of the pool's reserve
  event MaxPoolShareChange(uint256 maxPoolShare);

  /// @notice Emitted when the cool-down changes
  /// @param cooldown Seconds
  event CooldownChange(uint256 cooldown);

  /// @notice Emitted when the window of the mean price changes
  /// @param twapWindow Seconds
  event TwapWindowChange(uint256 twapWindow);

  /// @notice Emitted when the least value that is worth a trade changes
  /// @param minTrade In token1's own unit
  event MinTradeChange(uint256 minTrade);

  /// @notice Thrown when a contract is expected and the address has no code
  /// @param account The address
  /// @custom:remedy Check the address and the network: a contract has to be there.
  error WithoutCode(address account);

  /// @notice Thrown when the vault and the pair hold different tokens, or the same ones in another order
  /// @param vaultToken The vault's
  /// @param pairToken The pair's
  /// @custom:remedy Use a pair of the vault's tokens, in the same order.
  error AnotherToken(address vaultToken, address pairToken);

  /// @notice Thrown when a work comes with data, although everything is read from the chain
  /// @param length Its bytes
  /// @custom:remedy Work without data.
  error UnexpectedData(uint256 length);

  /// @notice Thrown when the last rebalance was too recent
  /// @param until When the next one may come, seconds since 1970
  /// @custom:remedy Work from `until` on.
  error CoolingDown(uint256 until);

  /// @notice Thrown when the vault's holdings are worth nothing
  /// @custom:remedy Wait until the vault holds something.
  error VaultEmpty();

  /// @notice Thrown when the vault's target weight is above 100 %
  /// @param targetWeight What the vault answers, BPS
  /// @custom:remedy Have the vault's administrator set a target of at most 10_000.
  error TargetWeightTooHigh(uint256 targetWeight);

  /// @notice Thrown when the weight at the mean price hasn't left the band
  /// @param weight WAD
  /// @param target WAD
  /// @custom:remedy Wait: there is nothing to rebalance.
  error WithinBand(uint256 weight, uint256 target);

  /// @notice Thrown when the pool's price is too far from the mean price
  /// @param reserve1 What the pool has of token1
  /// @param expected What it would have at the mean price for its token0
  /// @custom:remedy Wait until the pool's price is near its mean again.
  error PoolDeviates(uint256 reserve1, uint256 expected);

  /// @notice Thrown when the possible trade is too small to be worth it
  /// @param value At the mean price
  /// @param minTrade The least
  /// @custom:remedy Wait until there is more to trade, or until the pool is deeper.
  error TradeTooSmall(uint256 value, uint256 minTrade);

  /// @notice Thrown when the vault sold more, or received less, than agreed
  /// @param sold What the vault has less of the token sold
  /// @param amountIn The most it was to sell
  /// @param bought What the vault has more of the other token
  /// @param minAmountOut The least it was to get
  /// @custom:remedy Simulate again: the pool may have moved. If the error persists, the vault is at fault.
  error TradeOutOfBounds(uint256 sold, uint256 amountIn, uint256 bought, uint256 minAmountOut);

  /// @notice Thrown when the weight is no nearer to the target than it was
  /// @param weightBefore WAD
  /// @param weightAfter WAD
  /// @custom:remedy Simulate again: the pool may have moved. If the error persists, the vault is at fault.
  error WeightNotImproved(uint256 weightBefore, uint256 weightAfter);

  /// @notice Thrown by `simulate` when all went well
  /// @custom:remedy There is nothing wrong: send the work, it would succeed.
  error SimulationSucceeded();

  /// @notice Sets how far the weight drifts before there is work. Owner only.
  /// @param band BPS of the vault's value, 100 to 5_000
  function setBand(uint256 band) external;

  /// @notice Sets how far from the mean price the pool may be traded with. Owner only.
  /// @param maxDeviation BPS of the mean, 10 to 1_000
  function setMaxDeviation(uint256 maxDeviation) external;

  /// @notice Sets the most that a trade may lose. Owner only.
  /// @dev Has to cover the venue's fee, 30 BPS on Uniswap V2, and the price impact, about `maxPoolShare`. What it has
  /// beyond them is what a sandwich can take.
  /// @param maxSlippage BPS of the amount at the mean price, 10 to 1_000
  function setMaxSlippage(uint256 maxSlippage) external;

  /// @notice Sets the most that is sold at a time. Owner only.
  /// @dev A trade moves the pool's price by about twice this. Below the pool's fee, who sandwiches it pays more in fees, two
  /// of them, than that movement is worth.
  /// @param maxPoolShare BPS of the pool's reserve of the token that is sold, 1 to 1_000
  function setMaxPoolShare(uint256 maxPoolShare) external;

  /// @notice Sets the time from one rebalance to the next. Owner only.
  /// @param cooldown Seconds, 10 minutes to 30 days
  function setCooldown(uint256 cooldown) external;

  /// @notice Sets the window of the mean price. Owner only.
  /// @param twapWindow Seconds, an hour to a day
  function setTwapWindow(uint256 twapWindow) external;

  /// @notice Sets the least value that is worth a trade. Owner only.
  /// @dev Not below what a work costs: it is what keeps dust, donated or left by a drained pool, from being paid for.
  /// @param minTrade In token1's own unit, 1 to 2^128 - 1
  function setMinTrade(uint256 minTrade) external;

  /// @notice Does the rebalance and undoes it: always reverts, with `SimulationSucceeded` where `work` would succeed for a
  /// keeper, else with the reason why not
  function simulate() external;

  /// @notice What a work would trade now
  /// @dev Reverts with `CoolingDown`, `TargetWeightTooHigh`, `VaultEmpty`, `WithinBand`, `PoolDeviates`, `TradeTooSmall`,
  /// or as the price source does
  /// @return tokenIn The token to sell
  /// @return amountIn How much of it
  /// @return minAmountOut The least of the other token that it has to yield
  function plan() external view returns (address tokenIn, uint256 amountIn, uint256 minAmountOut);

  /// @notice The vault that is kept in balance
  function vault() external view returns (IRebalanceVault);

  /// @notice The pair whose price and depth are read. The vault may trade elsewhere.
  function pair() external view returns (IUniswapV2Pair);

  /// @notice Where the mean price comes from
  function source() external view returns (IPriceSource);

  /// @notice The owner's terms
  function terms() external view returns (Terms memory);

  /// @notice When the vault was last rebalanced, seconds since 1970; 0 if it never was
  function rebalancedAt() external view returns (uint256);
}
