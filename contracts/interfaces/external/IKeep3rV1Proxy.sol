// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title A minter of KP3R, as Keep3rV1Proxy on mainnet is
interface IKeep3rV1Proxy {
  /// @notice Mints KP3R to the caller, which must be a minter
  /// @param amount KP3R, 18 decimals
  function mint(uint256 amount) external;
}
