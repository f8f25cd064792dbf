// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IWrappedEther} from "./IWrappedEther.sol";

/// @title IMarketOpener
/// @notice Opens the KP3R/WETH pair of a new network in one transaction, at the price of the amounts it is given, whatever
/// strangers have left in the pair. Used once, by the deployment; nothing of the network refers to it afterwards.
/// @dev Why a stranger can't spoil the opening: anyone can create the pair, send WETH to it and make that a reserve with
/// `sync`. Uniswap's router then looks for the price of a reserve of no KP3R, and reverts for ever. Until the pair has
/// liquidity nobody can swap, burn or mint there without KP3R, which only the deployer has. So WETH is all that can lie in it,
/// and WETH is all that has to be cleared out.
///
/// Why it can't take anything: it holds nothing between transactions, it has neither owner nor settings, it takes KP3R from
/// its caller only, and all that is left over goes to the provider.
interface IMarketOpener {
  /// @notice Emitted when the pair is opened
  /// @param provider Who was given the liquidity
  /// @param kp3rAmount KP3R in the pair's reserves, wei
  /// @param ethAmount WETH in the pair's reserves, wei
  /// @param liquidity LP tokens of the provider, wei
  event MarketOpening(address indexed provider, uint256 kp3rAmount, uint256 ethAmount, uint256 liquidity);

  /// @notice Thrown when the pair has liquidity already
  /// @param pair The KP3R/WETH pair
  /// @custom:remedy Somebody who has KP3R opened the market. Deploy over the KP3R and pair that exist instead.
  error MarketAlreadyOpen(address pair);

  /// @notice Thrown when so little is to be put into the pair that clearing it first wouldn't be sure to work
  /// @param kp3rAmount KP3R, wei
  /// @param ethAmount Ether, wei
  /// @custom:remedy Put in at least one KP3R and 0.001 ether.
  error MarketTooSmall(uint256 kp3rAmount, uint256 ethAmount);

  /// @notice The least KP3R that a market is opened with, wei
  function MIN_KP3R() external view returns (uint256);

  /// @notice The least ether that a market is opened with, wei. With both, even all the ether there is can be cleared out.
  function MIN_ETH() external view returns (uint256);

  /// @notice The pair that is opened; it exists from this contract's creation on, at the latest
  function pair() external view returns (IUniswapV2Pair);

  /// @notice The network's token
  function kp3r() external view returns (IERC20);

  /// @notice The token that stands for ether
  function weth() external view returns (IWrappedEther);

  /// @notice Puts the caller's KP3R and the ether that is sent along into the pair. Anyone may call, with KP3R of their own
  /// that they have approved. The reserves are exactly these amounts afterwards.
  /// @dev Reverts with `MarketTooSmall` or `MarketAlreadyOpen`
  /// @param kp3rAmount KP3R, wei
  /// @param provider Who is given the LP tokens, and WETH and KP3R that strangers had left in the pair
  function open(uint256 kp3rAmount, address provider) external payable;
}
