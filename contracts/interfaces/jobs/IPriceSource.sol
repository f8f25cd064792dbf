// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title A source of time-weighted prices
/// @notice The one function that a job needs of an oracle. `Keep3rOracle` has it, for the pairs that it lists.
///
/// Beware: who trusts the job trusts its source. It must answer a mean over time that a trade in the same block doesn't
/// move, and revert rather than answer from less history than asked for.
interface IPriceSource {
  /// @notice The mean price of a pair over a window that ends now, or shortly ago
  /// @dev Reverts where it can't tell.
  /// @param pair A Uniswap V2 pair
  /// @param tokenIn The token that is priced, in the pair's other token
  /// @param window Seconds that the mean spans at the least
  /// @param maxAge Seconds that it spans at the most
  /// @return averageX112 UQ112.112 of the tokens' own units, rounded down
  /// @return span The seconds that the mean is taken over
  function averagePrice(
    address pair,
    address tokenIn,
    uint256 window,
    uint256 maxAge
  ) external view returns (uint256 averageX112, uint256 span);
}
