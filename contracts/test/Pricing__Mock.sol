// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IKeep3rPricing} from "../interfaces/IKeep3rPricing.sol";

/// @notice A helper whose prices are set by hand, and which can be made to fail
contract Pricing__Mock is IKeep3rPricing {
  error QuoteRefused();
  error LiquidityPairInvalid();

  uint256 public rate;
  /// @dev What the rate rises by for a wei of bond.
  uint256 public ratePerBond;
  uint256 public firstWorkGas;
  uint256 public laterWorkGas;
  mapping(address liquidity => uint256) public prices;
  mapping(address liquidity => bool) public refusing;
  uint256 public gasToBurn;

  function setRate(uint256 rate_, uint256 firstWorkGas_, uint256 laterWorkGas_) external {
    rate = rate_;
    firstWorkGas = firstWorkGas_;
    laterWorkGas = laterWorkGas_;
  }

  function setRatePerBond(uint256 ratePerBond_) external {
    ratePerBond = ratePerBond_;
  }

  function setPrice(address liquidity, uint256 price) external {
    prices[liquidity] = price;
    refusing[liquidity] = false;
  }

  function refuse(address liquidity) external {
    refusing[liquidity] = true;
  }

  function setGasToBurn(uint256 gasToBurn_) external {
    gasToBurn = gasToBurn_;
  }

  function workRate(uint256 bond) external view override returns (uint256, uint256, uint256) {
    return (rate + bond * ratePerBond, firstWorkGas, laterWorkGas);
  }

  function quoteLiquidity(address liquidity) external view override returns (uint256) {
    uint256 start = gasleft();
    while (start - gasleft() < gasToBurn) {}
    if (refusing[liquidity]) revert QuoteRefused();
    return prices[liquidity];
  }

  function checkLiquidity(address liquidity) external view override {
    if (prices[liquidity] == 0) revert LiquidityPairInvalid();
  }
}
