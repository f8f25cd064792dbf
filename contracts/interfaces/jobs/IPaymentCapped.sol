// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title A job that spends no more than its owner wants
/// @notice Caps the KP3R that the job pays for a work and in a UTC day. A work that would cost more reverts, payment and all,
/// so whatever goes wrong with a price, a target or the job's own rule, a day can't take more than the cap.
///
/// What counts is what the keeper's lifetime earnings grow by from right before the payment on: exactly the payment and
/// what other mixins add to it.
///
/// Beware:
/// - a day begins at 00:00 UTC, so two days' caps can be spent around midnight;
/// - tokens aren't counted; the job's token credits bound them;
/// - towards the end of a day's cap a work may cost more than what is left. `workable` can't know; the simulation of `work`
///   tells;
/// - a job that pays several times in a work, as `RelayJob` does for each request, is held to `maxPayment` at each payment;
/// - a cap that is below what an honest work costs stops the job.
interface IPaymentCapped {
  /// @notice Emitted when the cap of a work changes
  /// @param maxPayment KP3R, 18 decimals; 0 when there is no cap
  event MaxPaymentChange(uint256 maxPayment);

  /// @notice Emitted when the cap of a day changes
  /// @param maxDailyPayment KP3R, 18 decimals; 0 when there is no cap
  event MaxDailyPaymentChange(uint256 maxDailyPayment);

  /// @notice Thrown when a work costs more than the cap
  /// @param payment KP3R, 18 decimals
  /// @param cap KP3R, 18 decimals
  /// @custom:remedy Work with less gas or at a lower gas price, or have the owner raise the cap.
  error PaymentAboveCap(uint256 payment, uint256 cap);

  /// @notice Thrown when a work would raise what was paid today above the cap
  /// @param paidToday What it would raise it to, KP3R, 18 decimals
  /// @param cap KP3R, 18 decimals
  /// @custom:remedy Wait until 00:00 UTC, or have the owner raise the cap.
  error DailyPaymentAboveCap(uint256 paidToday, uint256 cap);

  /// @notice The most KP3R for a work, 18 decimals; 0 when there is no cap, as at first
  function maxPayment() external view returns (uint256);

  /// @notice The most KP3R for a UTC day, 18 decimals; 0 when there is no cap, as at first
  function maxDailyPayment() external view returns (uint256);

  /// @notice What was paid since 00:00 UTC, KP3R, 18 decimals. Nothing is counted while there is no daily cap.
  function paidToday() external view returns (uint256);

  /// @notice Sets the cap of a work. Only the owner may call.
  /// @dev Reverts with `SafeCastOverflowedUintDowncast` from 2^80 on.
  /// @param maxPayment KP3R, 18 decimals; 0 for none
  function setMaxPayment(uint256 maxPayment) external;

  /// @notice Sets the cap of a day; what was counted today stays counted. Only the owner may call.
  /// @dev Reverts with `SafeCastOverflowedUintDowncast` from 2^80 on.
  /// @param maxDailyPayment KP3R, 18 decimals; 0 for none
  function setMaxDailyPayment(uint256 maxDailyPayment) external;
}
