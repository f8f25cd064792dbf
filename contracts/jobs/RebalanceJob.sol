// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {IKeep3rWorkable} from "../interfaces/IKeep3rWorkable.sol";
import {IPriceSource} from "../interfaces/jobs/IPriceSource.sol";
import {IRebalanceJob} from "../interfaces/jobs/IRebalanceJob.sol";
import {IRebalanceVault} from "../interfaces/jobs/IRebalanceVault.sol";
import {TwapMath} from "../libraries/TwapMath.sol";
import {OwnedJob} from "./OwnedJob.sol";
import {RebalanceTerms} from "./RebalanceTerms.sol";

/// @title RebalanceJob
/// @notice Keeps the weights of a vault of two tokens, by the mean price of their Uniswap V2 pair
contract RebalanceJob is RebalanceTerms {
  using Math for uint256;

  uint256 private constant BPS = 10_000;
  uint256 private constant WAD = 1e18;

  /// @dev What to trade, and what it is judged by afterwards.
  struct Plan {
    bool sells0;
    uint256 amountIn;
    uint256 minAmountOut;
    uint256 priceX112;
    uint256 held0;
    uint256 held1;
    uint256 target;
    uint256 weight;
  }

  /// @inheritdoc IRebalanceJob
  IRebalanceVault public immutable override vault;

  /// @inheritdoc IRebalanceJob
  IUniswapV2Pair public immutable override pair;

  /// @inheritdoc IRebalanceJob
  IPriceSource public immutable override source;

  address private immutable _token0;
  address private immutable _token1;

  /// @inheritdoc IRebalanceJob
  uint256 public override rebalancedAt;

  /// @param keep3r_ The network
  /// @param owner_ Who sets the terms, and who the job is offered to
  /// @param vault_ The vault, which then has to accept the job
  /// @param pair_ The pair of the vault's tokens, in the vault's order
  /// @param source_ Prices the pair; not checked before the first work, since its history may still be short
  /// @param minTrade_ See `setMinTrade`
  constructor(
    IKeep3r keep3r_,
    address owner_,
    IRebalanceVault vault_,
    IUniswapV2Pair pair_,
    IPriceSource source_,
    uint256 minTrade_
  ) OwnedJob(keep3r_, owner_) {
    if (address(source_).code.length == 0) revert WithoutCode(address(source_));

    vault = vault_;
    pair = pair_;
    source = source_;
    _token0 = _sameToken(vault_.token0(), pair_.token0());
    _token1 = _sameToken(vault_.token1(), pair_.token1());
    _setMinTrade(minTrade_);
  }

  // Work

  /// @inheritdoc IKeep3rWorkable
  function workable() external override returns (bool canWork, bytes memory data) {
    if (!_mayWork(msg.sender)) return (false, "");

    // What the vault and its tokens will do can't be told from outside, so they do it, and it is undone. Only the selector
    // of the outcome is read: a reason that comes from the vault may be too long to copy.
    (, bytes32 reason, ) = LowLevelCall.callReturn64Bytes(address(this), abi.encodeCall(this.simulate, ()));
    canWork = LowLevelCall.returnDataSize() == 4 && bytes4(reason) == SimulationSucceeded.selector;
  }

  /// @inheritdoc IRebalanceJob
  function simulate() external override {
    _rebalance();
    revert SimulationSucceeded();
  }

  /// @inheritdoc IKeep3rWorkable
  function work(bytes calldata data) external override validateAndPayKeeper(msg.sender) {
    if (data.length != 0) revert UnexpectedData(data.length);

    _rebalance();
  }

  /// @dev Time and holdings are noted before the vault is called: whoever is called back by a token finds the job cooling
  /// down.
  function _rebalance() private {
    Plan memory todo = _plan();
    rebalancedAt = block.timestamp;

    address tokenIn = todo.sells0 ? _token0 : _token1;
    vault.rebalance(tokenIn, todo.amountIn, todo.minAmountOut);

    (uint256 held0, uint256 held1) = vault.holdings();
    (uint256 sold, uint256 bought) = todo.sells0
      ? (todo.held0.saturatingSub(held0), held1.saturatingSub(todo.held1))
      : (todo.held1.saturatingSub(held1), held0.saturatingSub(todo.held0));
    if (sold > todo.amountIn || bought < todo.minAmountOut) {
      revert TradeOutOfBounds(sold, todo.amountIn, bought, todo.minAmountOut);
    }

    uint256 weight = _weightOf(TwapMath.amountOutDown(held0, todo.priceX112), held1);
    if (_distance(weight, todo.target) >= _distance(todo.weight, todo.target)) {
      revert WeightNotImproved(todo.weight, weight);
    }

    emit Rebalance(tokenIn, sold, bought, todo.weight, weight);
  }

  // Plan

  /// @inheritdoc IRebalanceJob
  function plan() external view override returns (address tokenIn, uint256 amountIn, uint256 minAmountOut) {
    Plan memory todo = _plan();
    return (todo.sells0 ? _token0 : _token1, todo.amountIn, todo.minAmountOut);
  }

  function _plan() private view returns (Plan memory todo) {
    Terms memory terms_ = _terms;
    uint256 until = rebalancedAt + terms_.cooldown;
    if (block.timestamp < until) revert CoolingDown(until);

    uint256 window = terms_.twapWindow;
    (todo.priceX112, ) = source.averagePrice(address(pair), _token0, window, 2 * window);
    (todo.held0, todo.held1) = vault.holdings();
    uint256 targetWeight = vault.targetWeight();
    if (targetWeight > BPS) revert TargetWeightTooHigh(targetWeight);

    uint256 value0 = TwapMath.amountOutDown(todo.held0, todo.priceX112);
    todo.weight = _weightOf(value0, todo.held1);
    todo.target = (targetWeight * WAD) / BPS;
    if (_distance(todo.weight, todo.target) <= (terms_.band * WAD) / BPS) revert WithinBand(todo.weight, todo.target);

    todo.sells0 = todo.weight > todo.target;
    uint256 wanted0 = (value0 + todo.held1).mulDiv(targetWeight, BPS);
    todo.amountIn = todo.sells0 ? todo.held0.mulDiv(value0 - wanted0, value0) : wanted0 - value0;
    _fitToPool(todo, terms_);
  }

  /// @dev Bounds the amount by the pool's depth, and names its price.
  function _fitToPool(Plan memory todo, Terms memory terms_) private view {
    (uint256 reserve0, uint256 reserve1, ) = pair.getReserves();
    uint256 expected = TwapMath.amountOutDown(reserve0, todo.priceX112);
    if (_distance(reserve1, expected) * BPS > expected * terms_.maxDeviation) revert PoolDeviates(reserve1, expected);

    uint256 reserveIn = todo.sells0 ? reserve0 : reserve1;
    todo.amountIn = Math.min(todo.amountIn, (reserveIn * terms_.maxPoolShare) / BPS);
    uint256 value = todo.sells0 ? TwapMath.amountOutDown(todo.amountIn, todo.priceX112) : todo.amountIn;
    if (value < terms_.minTrade) revert TradeTooSmall(value, terms_.minTrade);

    // Rounded up, for the vault: never zero. Nor is the price: any pool would deviate from that, or be too empty to trade.
    (uint256 multiplier, uint256 divisor) = todo.sells0
      ? (todo.priceX112, TwapMath.Q112)
      : (TwapMath.Q112, todo.priceX112);
    uint256 fairOut = todo.amountIn.mulDiv(multiplier, divisor, Math.Rounding.Ceil);
    todo.minAmountOut = fairOut.mulDiv(BPS - terms_.maxSlippage, BPS, Math.Rounding.Ceil);
  }

  function _weightOf(uint256 value0, uint256 value1) private pure returns (uint256) {
    uint256 total = value0 + value1;
    if (total == 0) revert VaultEmpty();

    return value0.mulDiv(WAD, total);
  }

  function _distance(uint256 a, uint256 b) private pure returns (uint256) {
    return a > b ? a - b : b - a;
  }

  /// @dev `work(bytes)` without data: a selector, then the offset and length of the data.
  function _paidCalldata() internal view virtual override returns (uint256) {
    return 4 + 2 * 32;
  }

  function _sameToken(address vaultToken, address pairToken) private pure returns (address) {
    if (vaultToken != pairToken) revert AnotherToken(vaultToken, pairToken);
    return vaultToken;
  }
}
