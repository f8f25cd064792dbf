// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title A job that isn't worked while gas is dear
/// @notice The network pays whatever gas costs, so that keepers needn't consider it. The job's owner can: while the block's
/// base fee is above the cap, nobody works. What a keeper is paid above the base fee needs no cap, the network bounds it.
///
/// Beware: nobody can work at all while the base fee stays above the cap. Don't cap what must be done at any price.
///
/// For keepers: a node may answer a call that offers no gas price as if the base fee was zero. Simulate with the fees
/// that the transaction is going to offer.
interface IGasCapped {
  /// @notice Emitted when the cap changes
  /// @param maxBaseFee Wei per gas; 0 when there is no cap
  event MaxBaseFeeChange(uint256 maxBaseFee);

  /// @notice Thrown when the block's base fee is above the cap
  /// @param baseFee Wei per gas
  /// @param cap Wei per gas
  /// @custom:remedy Wait for a block with a lower base fee, or have the owner raise the cap.
  error BaseFeeAboveCap(uint256 baseFee, uint256 cap);

  /// @notice The highest base fee that the job is worked at, wei per gas; 0 when there is no cap, as at first
  function maxBaseFee() external view returns (uint256);

  /// @notice Sets the cap. Only the owner may call.
  /// @param maxBaseFee Wei per gas; 0 for none
  function setMaxBaseFee(uint256 maxBaseFee) external;
}
