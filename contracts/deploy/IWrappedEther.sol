// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title IWrappedEther
/// @notice What the deployment asks of WETH9, or of what stands for the native token elsewhere
interface IWrappedEther is IERC20 {
  /// @notice Gives the caller as many tokens as it sends wei
  function deposit() external payable;
}
