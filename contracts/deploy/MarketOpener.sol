// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IMarketOpener} from "./IMarketOpener.sol";
import {IWrappedEther} from "./IWrappedEther.sol";

/// @title MarketOpener
/// @notice Opens the KP3R/WETH pair of a new network, whatever strangers have left in it
contract MarketOpener is IMarketOpener {
  using SafeERC20 for IERC20;
  using SafeERC20 for IWrappedEther;

  /// @inheritdoc IMarketOpener
  uint256 public constant override MIN_KP3R = 1e18;

  /// @inheritdoc IMarketOpener
  uint256 public constant override MIN_ETH = 1e15;

  /// @inheritdoc IMarketOpener
  IUniswapV2Pair public immutable override pair;

  /// @inheritdoc IMarketOpener
  IERC20 public immutable override kp3r;

  /// @inheritdoc IMarketOpener
  IWrappedEther public immutable override weth;

  /// @param factory Uniswap V2's, or one that makes such pairs
  /// @param kp3r_ The network's token
  /// @param weth_ The token that stands for ether
  constructor(IUniswapV2Factory factory, IERC20 kp3r_, IWrappedEther weth_) {
    address known = factory.getPair(address(kp3r_), address(weth_));
    if (known == address(0)) known = factory.createPair(address(kp3r_), address(weth_));

    pair = IUniswapV2Pair(known);
    kp3r = kp3r_;
    weth = weth_;
  }

  /// @inheritdoc IMarketOpener
  function open(uint256 kp3rAmount, address provider) external payable override {
    uint256 ethAmount = msg.value;
    if (kp3rAmount < MIN_KP3R || ethAmount < MIN_ETH) revert MarketTooSmall(kp3rAmount, ethAmount);
    if (pair.totalSupply() != 0) revert MarketAlreadyOpen(address(pair));

    kp3r.safeTransferFrom(msg.sender, address(this), kp3rAmount);
    weth.deposit{value: ethAmount}();

    pair.skim(address(this));
    (uint256 reserve0, uint256 reserve1, ) = pair.getReserves();
    if (reserve0 != 0 || reserve1 != 0) _clear(kp3rAmount, ethAmount);
    uint256 liquidity = _fillUp(kp3rAmount, ethAmount, provider);

    emit MarketOpening(provider, kp3rAmount, ethAmount, liquidity);

    kp3r.safeTransfer(provider, kp3r.balanceOf(address(this)));
    weth.safeTransfer(provider, weth.balanceOf(address(this)));
  }

  /// @dev What `sync` has made a reserve can't be skimmed, but whoever burns all liquidity gets it. The pair keeps the share
  /// of its MINIMUM_LIQUIDITY, which is dust.
  function _clear(uint256 kp3rAmount, uint256 ethAmount) private {
    kp3r.safeTransfer(address(pair), kp3rAmount);
    weth.safeTransfer(address(pair), ethAmount);
    uint256 liquidity = pair.mint(address(this));

    IERC20(address(pair)).safeTransfer(address(pair), liquidity);
    pair.burn(address(this));
  }

  /// @dev Adds what is missing to the amounts. Both are more than the dust: see MIN_ETH.
  function _fillUp(uint256 kp3rAmount, uint256 ethAmount, address provider) private returns (uint256 liquidity) {
    kp3r.safeTransfer(address(pair), kp3rAmount - kp3r.balanceOf(address(pair)));
    weth.safeTransfer(address(pair), ethAmount - weth.balanceOf(address(pair)));
    liquidity = pair.mint(provider);
  }
}
