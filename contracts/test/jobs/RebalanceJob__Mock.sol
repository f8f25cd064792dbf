// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {IPriceSource} from "../../interfaces/jobs/IPriceSource.sol";
import {IRebalanceVault} from "../../interfaces/jobs/IRebalanceVault.sol";
import {RebalanceJob} from "../../jobs/RebalanceJob.sol";

/// @notice A job that only its owner works, as a mixin would have it
contract RebalanceJob__Mock is RebalanceJob {
  error NotForYou(address keeper);

  constructor(
    IKeep3r keep3r_,
    address owner_,
    IRebalanceVault vault_,
    IUniswapV2Pair pair_,
    IPriceSource source_,
    uint256 minTrade_
  ) RebalanceJob(keep3r_, owner_, vault_, pair_, source_, minTrade_) {}

  function _beforeWork(address keeper) internal override {
    if (!_mayWork(keeper)) revert NotForYou(keeper);
    super._beforeWork(keeper);
  }

  function _mayWork(address keeper) internal view override returns (bool) {
    return keeper == owner() && super._mayWork(keeper);
  }
}
