// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IRebalanceVault} from "../../interfaces/jobs/IRebalanceVault.sol";

/// @notice A vault of one owner that trades with the Uniswap V2 pair of its two tokens
contract PairVault__Mock is IRebalanceVault, Ownable {
  using SafeERC20 for IERC20;

  error NotTheJob(address caller);
  error TokenNotHeld(address token);
  error YieldTooLow(uint256 bought, uint256 minAmountOut);

  IUniswapV2Pair public immutable pair;
  address public immutable override token0;
  address public immutable override token1;

  address public job;
  uint256 public override targetWeight;

  constructor(IUniswapV2Pair pair_, address owner_, uint256 targetWeight_) Ownable(owner_) {
    pair = pair_;
    token0 = pair_.token0();
    token1 = pair_.token1();
    targetWeight = targetWeight_;
  }

  function setJob(address job_) external onlyOwner {
    job = job_;
  }

  function setTargetWeight(uint256 targetWeight_) external onlyOwner {
    targetWeight = targetWeight_;
  }

  function deposit(uint256 amount0, uint256 amount1) external onlyOwner {
    IERC20(token0).safeTransferFrom(msg.sender, address(this), amount0);
    IERC20(token1).safeTransferFrom(msg.sender, address(this), amount1);
  }

  function withdraw(uint256 amount0, uint256 amount1) external onlyOwner {
    IERC20(token0).safeTransfer(msg.sender, amount0);
    IERC20(token1).safeTransfer(msg.sender, amount1);
  }

  function rebalance(address tokenIn, uint256 amountIn, uint256 minAmountOut) external virtual override {
    if (msg.sender != job) revert NotTheJob(msg.sender);
    if (tokenIn != token0 && tokenIn != token1) revert TokenNotHeld(tokenIn);

    IERC20 tokenOut = IERC20(tokenIn == token0 ? token1 : token0);
    uint256 heldBefore = tokenOut.balanceOf(address(this));
    _swap(tokenIn, amountIn);

    uint256 bought = tokenOut.balanceOf(address(this)) - heldBefore;
    if (bought < minAmountOut) revert YieldTooLow(bought, minAmountOut);
  }

  function holdings() public view override returns (uint256, uint256) {
    return (IERC20(token0).balanceOf(address(this)), IERC20(token1).balanceOf(address(this)));
  }

  /// @dev What the pair received is what it is asked to pay for: a token may keep some of a transfer.
  function _swap(address tokenIn, uint256 amountIn) internal {
    bool zeroForOne = tokenIn == token0;
    (uint256 reserve0, uint256 reserve1, ) = pair.getReserves();
    (uint256 reserveIn, uint256 reserveOut) = zeroForOne ? (reserve0, reserve1) : (reserve1, reserve0);

    IERC20(tokenIn).safeTransfer(address(pair), amountIn);
    uint256 withFee = (IERC20(tokenIn).balanceOf(address(pair)) - reserveIn) * 997;
    uint256 amountOut = (withFee * reserveOut) / (reserveIn * 1000 + withFee);
    pair.swap(zeroForOne ? 0 : amountOut, zeroForOne ? amountOut : 0, address(this), "");
  }
}

/// @notice A vault that on demand does other than its job told it
contract DisobedientVault__Mock is PairVault__Mock {
  using SafeERC20 for IERC20;

  enum Mode {
    Obeys,
    Reverts,
    Sleeps,
    SellsTwice,
    KeepsHalf,
    TakesDeposit,
    BurnsGas,
    Bombs
  }

  Mode public mode;

  constructor(
    IUniswapV2Pair pair_,
    address owner_,
    uint256 targetWeight_
  ) PairVault__Mock(pair_, owner_, targetWeight_) {}

  function setMode(Mode mode_) external {
    mode = mode_;
  }

  function rebalance(address tokenIn, uint256 amountIn, uint256) external override {
    address tokenOut = tokenIn == token0 ? token1 : token0;
    if (mode == Mode.Reverts) revert("out of order");
    if (mode == Mode.Sleeps) return;
    if (mode == Mode.BurnsGas) {
      assembly {
        invalid()
      }
    }
    if (mode == Mode.Bombs) {
      assembly {
        revert(0, 1000000)
      }
    }
    uint256 heldBefore = IERC20(tokenOut).balanceOf(address(this));
    _swap(tokenIn, mode == Mode.SellsTwice ? 2 * amountIn : amountIn);
    if (mode == Mode.KeepsHalf) {
      IERC20(tokenOut).safeTransfer(owner(), (IERC20(tokenOut).balanceOf(address(this)) - heldBefore) / 2);
    }
    // All that the owner has, so that the weight ends farther off on the other side
    if (mode == Mode.TakesDeposit) {
      IERC20(tokenOut).safeTransferFrom(owner(), address(this), IERC20(tokenOut).balanceOf(owner()));
    }
  }
}
