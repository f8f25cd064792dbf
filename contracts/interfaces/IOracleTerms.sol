// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The oracle's terms
interface IOracleTerms {
  /// @notice Emitted when the least KP3R reserve changes
  /// @param minKp3rReserve KP3R, 18 decimals
  event MinKp3rReserveChange(uint256 minKp3rReserve);

  /// @notice Emitted when the greatest change of a steady price changes
  /// @param maxChange BPS
  event MaxChangeChange(uint256 maxChange);

  /// @notice Thrown when `minKp3rReserve` is set out of its bounds
  /// @param value What was asked for
  /// @param minimum The lowest allowed
  /// @param maximum The highest allowed
  /// @custom:remedy Set it to a value from `minimum` to `maximum`.
  error MinKp3rReserveOutOfBounds(uint256 value, uint256 minimum, uint256 maximum);

  /// @notice Thrown when `maxChange` is set out of its bounds
  /// @param value What was asked for
  /// @param minimum The lowest allowed
  /// @param maximum The highest allowed
  /// @custom:remedy Set it to a value from `minimum` to `maximum`.
  error MaxChangeOutOfBounds(uint256 value, uint256 minimum, uint256 maximum);

  /// @notice The KP3R that a pair must hold to be listed, and to be read, 18 decimals; 1 to 100,000 KP3R
  function minKp3rReserve() external view returns (uint256);

  /// @notice How far a steady price follows the market in `periodSize`, BPS; 2,000 to 10,000. A span of n periods lets a
  /// price rise to 1 + n * maxChange times what it was, or fall by the same factor.
  function maxChange() external view returns (uint256);

  /// @notice Sets the KP3R that a pair must hold. Only governance may call.
  /// @dev Reverts with `MinKp3rReserveOutOfBounds`. Listed pairs stay listed; whether one is thin is judged by it from its
  /// next observation on.
  /// @param minKp3rReserve KP3R, 18 decimals; 1 to 100,000 KP3R
  function setMinKp3rReserve(uint256 minKp3rReserve) external;

  /// @notice Sets how far a steady price follows the market in `periodSize`. Only governance may call.
  /// @dev Reverts with `MaxChangeOutOfBounds`. A lower one withstands longer pushes, and follows real changes later. Spans
  /// that aren't closed yet count by the new one: update all pairs first.
  /// @param maxChange BPS; 2,000 to 10,000
  function setMaxChange(uint256 maxChange) external;
}
