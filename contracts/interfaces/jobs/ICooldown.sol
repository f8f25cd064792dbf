// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title A job that rests between two works
/// @notice After a work nobody works for a while, neither again nor within the same transaction.
interface ICooldown {
  /// @notice Emitted when the time between two works changes
  /// @param cooldown Seconds
  event CooldownChange(uint256 cooldown);

  /// @notice Thrown when the job is worked too early
  /// @param readyAt The first second that it may be worked in
  /// @custom:remedy Work from `readyAt` on.
  error CoolingDown(uint256 readyAt);

  /// @notice The least number of seconds between two works; 0 for none, as at first
  function cooldown() external view returns (uint256);

  /// @notice The first second that the job may be worked in again, as the cool-down is set now; far in the past before the
  /// first work
  function readyAt() external view returns (uint256);

  /// @notice Sets the cool-down, which also holds for the work that was last. Only the owner may call.
  /// @dev Reverts with `SafeCastOverflowedUintDowncast` from 2^32 on.
  /// @param cooldown Seconds; 0 for none
  function setCooldown(uint256 cooldown) external;
}
