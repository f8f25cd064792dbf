// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Two-step governance
/// @notice One address sets parameters and roles. It is handed over in two steps, so that it can't be lost to a typo.
interface IGovernable {
  /// @notice Emitted when a new governance is proposed
  /// @param pendingGovernance The address that may accept
  event GovernanceProposal(address pendingGovernance);

  /// @notice Emitted when the proposed governance accepts
  /// @param governance The new governance
  event GovernanceSet(address governance);

  /// @notice Thrown when the caller isn't governance
  /// @custom:remedy Send it from the address that `governance` returns.
  error OnlyGovernance();

  /// @notice Thrown when the caller isn't the proposed governance
  /// @custom:remedy Send it from the address that `pendingGovernance` returns, or have governance propose the sender.
  error OnlyPendingGovernance();

  /// @notice Thrown when the proposed governance is the zero address
  /// @custom:remedy Propose an address whose key somebody holds.
  error NoGovernanceZeroAddress();

  /// @notice The address that sets parameters and roles
  function governance() external view returns (address);

  /// @notice The address that may accept governance; zero when none is proposed
  function pendingGovernance() external view returns (address);

  /// @notice Proposes a new governance, replacing an earlier proposal. Only governance may call.
  /// @param governance The address proposed; not zero
  function setGovernance(address governance) external;

  /// @notice Makes the caller governance. Only the proposed governance may call.
  function acceptGovernance() external;
}
