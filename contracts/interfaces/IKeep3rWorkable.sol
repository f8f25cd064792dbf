// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @title What a keeper bot asks of a job
/// @notice A bot that knows this interface can work any job: it simulates `workable`, and when the answer is yes it
/// sends `work` with the data that came with it. Discovered through ERC-165.
interface IKeep3rWorkable is IERC165 {
  /// @notice Whether there is work that the job pays for now
  /// @dev Meant for simulation (`eth_call`). A job may declare it `view`.
  /// @return canWork Whether the job has work for a keeper that it accepts. That its credits cover the payment, and that it
  /// isn't in dispute, the job need not look up: simulate `work(data)` before it is sent.
  /// @return data What to hand to `work`; empty when there is no work
  function workable() external returns (bool canWork, bytes memory data);

  /// @notice Does the work and pays the caller. Reverts when there is nothing to do.
  /// @param data As `workable` returned it, or of the keeper's own making
  function work(bytes calldata data) external;
}
