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

  /// @notice Thrown when the job doesn't accept the address as a keeper
  /// @custom:remedy Work from an active keeper that isn't in dispute, and that has the bond, earnings and age which the
  /// job asks for.
  error KeeperNotValid();

  /// @notice Thrown when a job is deployed with the zero address as its network
  /// @custom:remedy Deploy it with the network's address.
  error Keep3rZeroAddress();

  /// @notice Thrown when this job is to pay for gas again in a transaction whose calldata it paid for by the floor
  /// price, which covers that gas
  /// @custom:remedy Send only the calldata that the work needs, or have the job pay for less of it (`_paidCalldata`) or
  /// once a transaction.
  error CalldataFloorPaid();

  /// @notice The network that the job is registered with and paid through
  function keep3r() external view returns (IKeep3r);
}
