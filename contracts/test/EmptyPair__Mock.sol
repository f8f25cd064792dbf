// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {UniswapV2Pair__Mock} from "./UniswapV2Pair__Mock.sol";

/// @notice A pair that nobody has LP tokens of, whatever its reserves
contract EmptyPair__Mock is UniswapV2Pair__Mock {
  constructor(address token0_, address token1_) UniswapV2Pair__Mock(token0_, token1_) {}

  function totalSupply() external pure returns (uint256) {
    return 0;
  }
}
