// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {Governable} from "./governance/Governable.sol";
import {HelperParameters} from "./helper/HelperParameters.sol";
import {HelperQuote} from "./helper/HelperQuote.sol";
import {IKeep3r} from "./interfaces/IKeep3r.sol";
import {IKeep3rHelper} from "./interfaces/IKeep3rHelper.sol";
import {IKeep3rOracle} from "./interfaces/IKeep3rOracle.sol";
import {IKeep3rPricing} from "./interfaces/IKeep3rPricing.sol";
import {LiquidityMath} from "./libraries/LiquidityMath.sol";
import {PaymentMath} from "./libraries/PaymentMath.sol";
import {RewardTerms} from "./types/HelperTypes.sol";

/// @title Keep3rHelper
/// @notice What a unit of gas and what an LP token are worth in KP3R
contract Keep3rHelper is IKeep3rHelper, HelperQuote {
  /// @dev The least span of the mean that LP tokens are priced by.
  uint256 private constant LIQUIDITY_TWAP_TIME = 1 days;

  /// @inheritdoc IKeep3rHelper
  uint256 public constant override BOOST_BASE = PaymentMath.BPS;

  /// @param governance_ Who sets the parameters
  /// @param keep3rV2_ The network whose bonds the views read; its KP3R is what the helper counts in
  /// @param oracle_ Where prices are from; of the same KP3R
  /// @param weth_ Wrapped ether; the oracle's factory must have its pair with KP3R
  constructor(
    address governance_,
    IKeep3r keep3rV2_,
    IKeep3rOracle oracle_,
    address weth_
  ) Governable(governance_) HelperParameters(keep3rV2_) HelperQuote(oracle_, weth_) {}

  // Payments

  /// @inheritdoc IKeep3rPricing
  /// @dev Open to anyone: all that a call can do is refresh a quote that is due, as the next payment would. In steady
  /// state it reads two slots.
  function workRate(
    uint256 bond
  ) external override returns (uint256 rate, uint256 firstWorkGas_, uint256 laterWorkGas_) {
    (uint256 kp3rPerEth, uint256 fastGas) = (_cachedQuote.kp3rPerEth, _cachedQuote.fastGas);
    if (block.timestamp >= _cachedQuote.refreshAt) (kp3rPerEth, fastGas) = _refresh();

    RewardTerms storage terms = _rewardTerms;
    uint256 gasPrice = PaymentMath.referenceGasPrice(
      fastGas,
      block.basefee,
      terms.gasPriceCeiling,
      terms.minPriorityFee
    );
    if (tx.gasprice < gasPrice) gasPrice = tx.gasprice;

    uint256 boost = PaymentMath.boost(bond, terms.minBoost, terms.maxBoost, terms.targetBond);
    // A boost is below 2^16 and the quote below 2^112, and there isn't the ether to pay 2^128 wei for a unit of gas.
    unchecked {
      rate = gasPrice * boost * kp3rPerEth;
    }
    (firstWorkGas_, laterWorkGas_) = (terms.firstWorkGas, terms.laterWorkGas);
  }

  // Liquidity

  /// @inheritdoc IKeep3rPricing
  /// @dev Reverts with `LiquidityWithoutPrice`, `LiquidityWithoutSupply`, and what `averagePrice` of the oracle does
  function quoteLiquidity(address liquidity) external view override returns (uint256) {
    (uint256 averageX112, ) = oracle.averagePrice(liquidity, _kp3r, LIQUIDITY_TWAP_TIME, ANY_AGE);
    if (averageX112 == 0) revert LiquidityWithoutPrice(liquidity);

    IUniswapV2Pair pair = IUniswapV2Pair(liquidity);
    (uint256 reserve0, uint256 reserve1, ) = pair.getReserves();
    // Reserves are below 2^112
    uint256 k = reserve0 * reserve1;

    uint256 supply = pair.totalSupply();
    if (supply == 0) revert LiquidityWithoutSupply(liquidity);
    // Should the fee have been turned off since, the pair counts as if it wasn't: that prices it lower
    supply += LiquidityMath.pendingFeeDown(supply, k, pair.kLast());

    return LiquidityMath.kp3rPerLiquidityDown(k, averageX112, supply);
  }

  /// @inheritdoc IKeep3rPricing
  function checkLiquidity(address liquidity) external view override {
    // The oracle lists no pair without KP3R
    if (!oracle.isListed(liquidity)) revert LiquidityPairInvalid();
  }

  // Views

  /// @inheritdoc IKeep3rHelper
  // V2's name
  // solhint-disable-next-line func-name-mixedcase
  function KP3R() external view override returns (address) {
    return _kp3r;
  }

  /// @inheritdoc IKeep3rHelper
  function bonds(address keeper) public view override returns (uint256) {
    return keep3rV2.bonds(keeper, _kp3r);
  }

  /// @inheritdoc IKeep3rHelper
  function quote(uint256 eth) external view override returns (uint256) {
    return Math.mulDiv(eth, _currentQuote().kp3rPerEth, WAD);
  }

  /// @inheritdoc IKeep3rHelper
  /// @dev Asks the feed alone, so that it answers whatever becomes of the oracle.
  function getFastGas() public view override returns (uint256) {
    RewardTerms storage terms = _rewardTerms;
    return PaymentMath.referenceGasPrice(_currentFastGas(), block.basefee, terms.gasPriceCeiling, terms.minPriorityFee);
  }

  /// @inheritdoc IKeep3rHelper
  function quoteGas(uint256 gas) external view override returns (uint256) {
    return gas * getFastGas();
  }

  /// @inheritdoc IKeep3rHelper
  function getRewardBoostFor(uint256 bonds_) public view override returns (uint256) {
    RewardTerms storage terms = _rewardTerms;
    return PaymentMath.boost(bonds_, terms.minBoost, terms.maxBoost, terms.targetBond) * getFastGas();
  }

  /// @inheritdoc IKeep3rHelper
  function getPaymentParams(
    uint256 bonds_
  ) external view override returns (uint256 boost, uint256 oneEthQuote, uint256 extra) {
    return (getRewardBoostFor(bonds_), _currentQuote().kp3rPerEth, _rewardTerms.firstWorkGas);
  }

  /// @inheritdoc IKeep3rHelper
  function getRewardAmount(uint256 gasUsed) external view override returns (uint256) {
    // V2's and V1's own meaning; it decides nothing
    // solhint-disable-next-line avoid-tx-origin
    return getRewardAmountFor(tx.origin, gasUsed);
  }

  /// @inheritdoc IKeep3rHelper
  function getRewardAmountFor(address keeper, uint256 gasUsed) public view override returns (uint256) {
    uint256 rate = getRewardBoostFor(bonds(keeper)) * _currentQuote().kp3rPerEth;
    return Math.mulDiv(gasUsed, rate, PaymentMath.RATE_SCALE);
  }

  /// @inheritdoc IKeep3rHelper
  function getQuoteLimit(uint256 gas) external view override returns (uint256) {
    // V2's and V1's own meaning; it decides nothing
    // solhint-disable-next-line avoid-tx-origin
    return getRewardAmountFor(tx.origin, gas);
  }

  /// @inheritdoc IKeep3rHelper
  function getQuoteLimitFor(address origin, uint256 gas) external view override returns (uint256) {
    return getRewardAmountFor(origin, gas);
  }
}
