// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IKeep3r} from "./IKeep3r.sol";

/// @title A job built on `Keep3rJob`
interface IKeep3rJob {
  /// @notice What a job may ask of its keepers beyond being active
  struct KeeperRequirements {
    /// @dev The token that must be bonded; KP3R or any other
    address bond;
    /// @dev The least bonded amount of it
    uint256 minBond;
    /// @dev The least KP3R earned in the keeper's lifetime
    uint256 earned;
    /// @dev The least number of seconds since the keeper was first activated
    uint256 age;
  }

  /// @notice Thrown when the address to be paid isn't a keeper that the job accepts
  /// @custom:remedy Work from an active keeper that isn't in dispute and has the bond, earnings and age that the job
  /// asks for.
  error KeeperNotValid();

  /// @notice Thrown when a job is built for the zero address as its network
  /// @custom:remedy Deploy it with the network's address.
  error Keep3rZeroAddress();

  /// @notice Thrown when a transaction whose calldata was paid for by its floor price has this job pay for gas again: the
  /// floor covers that gas too
  /// @custom:remedy Send less calldata beyond what the work needs, or have the job pay for less of it (`_paidCalldata`) or
  /// once a transaction.
  error CalldataFloorPaid();

  /// @notice The network that the job is registered with and paid through
  function keep3r() external view returns (IKeep3r);
}
