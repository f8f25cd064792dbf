// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IUpkeepCall} from "./IUpkeepCall.sol";
import {IUpkeepRegistry} from "./IUpkeepRegistry.sol";

/// @title A job that runs upkeeps of other networks
/// @notice A work is one perform of one upkeep. It reverts as a whole unless the check says yes and the perform succeeds,
/// and its payment, to the wei, is taken from the upkeep's budget.
///
/// The data of `work` is `abi.encode(id)`: what is performed is what the check answers on the spot. Only an upkeep whose
/// check is for simulation takes a keeper's data: `abi.encode(id, performData)`, with at most the upkeep's
/// `maxPerformData` bytes of it.
///
/// Beware: targets are anyone's. One that tells a simulation from a transaction can make a keeper's transaction fail.
interface IUpkeepBridge is IUpkeepRegistry, IUpkeepCall {
  /// @notice Emitted when an upkeep was performed
  /// @param id The upkeep
  /// @param keeper Who performed it
  /// @param payment What it was paid out of the upkeep's budget, KP3R
  event UpkeepPerform(uint256 indexed id, address indexed keeper, uint256 payment);

  /// @notice Thrown when the data of `work` doesn't fit the upkeep
  /// @param length Its bytes
  /// @custom:remedy Encode the data as `abi.encode(id)` does, or `abi.encode(id, performData)` for an upkeep that is
  /// checked in simulation only.
  error WorkDataMalformed(uint256 length);

  /// @notice Thrown when the upkeep's owner has paused it
  /// @param id The upkeep
  /// @custom:remedy Wait until its owner resumes it.
  error UpkeepPaused(uint256 id);

  /// @notice Thrown when the upkeep's interval hasn't passed
  /// @param id The upkeep
  /// @param until When it may be performed again
  /// @custom:remedy Perform it from `until` on.
  error UpkeepCooling(uint256 id, uint256 until);

  /// @notice Thrown when the check reverts, or answers anything but `(bool, bytes)` of bounded length. A check that is
  /// undone fails like this for want of gas, too.
  /// @param id The upkeep
  /// @custom:remedy Send more gas. If the error persists, the upkeep's owner has to repair the check.
  error CheckFailed(uint256 id);

  /// @notice Thrown when the check says that there is no work
  /// @param id The upkeep
  /// @custom:remedy Wait until `workable` names it.
  error UpkeepNotDue(uint256 id);

  /// @notice Thrown when the target reverts, runs out of its gas limit, or has no code anymore
  /// @param id The upkeep
  /// @custom:remedy Simulate it again. If the error persists, its owner has to raise its gas limit or repair the
  /// target.
  error PerformFailed(uint256 id);

  /// @notice Thrown when the payment is more than the upkeep may spend
  /// @param id The upkeep
  /// @param payment KP3R
  /// @param budget What it may spend, KP3R
  /// @custom:remedy Have the bridge's owner raise its budget, or wait for a lower gas price.
  error BudgetExceeded(uint256 id, uint256 payment, uint256 budget);

  /// @notice Thrown by `simulate` when there is work
  /// @param data What to hand to `work`
  /// @custom:remedy There is nothing wrong: send the work with `data`, it would succeed.
  error Simulated(bytes data);

  /// @notice As `workable`, for a keeper that is named, whoever calls
  /// @dev A check with Chainlink's `cannotExecute` wants a transaction that comes from the zero address: simulate with
  /// `from: 0x0` and name the keeper. Upkeeps are asked one after the other, from a place that each block chooses anew, so
  /// that none stands behind another for long, as far as the simulation's gas goes.
  /// @param keeper Who would be paid
  /// @return canWork Whether there is work
  /// @return data What to hand to `work`
  function workableFor(address keeper) external returns (bool canWork, bytes memory data);

  /// @notice Performs an upkeep as `work` would for a keeper, except for the payment, and undoes it: always reverts
  /// @dev Meant for simulation; anyone may call, and nothing comes of it. Reverts with `Simulated` when there is work, or
  /// with what `work` would revert with. The payment is estimated at the reference gas price. Doesn't ask what a mixin
  /// thinks of the keeper.
  /// @param keeper Who would be paid
  /// @param id The upkeep
  function simulate(address keeper, uint256 id) external;
}
