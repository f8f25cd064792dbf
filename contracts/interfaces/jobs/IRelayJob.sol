// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";
import {IKeep3rWorkSource} from "../IKeep3rWorkSource.sol";
import {IParameterBounds} from "../IParameterBounds.sol";

/// @title A relay of signed requests
/// @notice Keepers hand in batches of ERC-2771 requests that users have signed, and the job pays for those that are executed.
/// A request that isn't is skipped: it spoils nothing for the others, keeps its nonce, and its gas is the keeper's own
/// expense. Every executed request is paid as a work of its own, by the gas that the network meters for it.
///
/// The data of `work` is `abi.encode(ERC2771Forwarder.ForwardRequestData[])`, without gaps or overlaps.
///
/// Beware: the owner is trusted with the list of targets. Who can sign requests to a target that does whatever it is told
/// has its gas paid for whatever it likes, up to the quotas. A keeper may be its own user: the quotas bound what it earns
/// by requests that serve nobody.
interface IRelayJob is IKeep3rWorkSource, IParameterBounds {
  /// @notice Why the job would skip a request before it asks the forwarder
  enum Refusal {
    /// @dev It wouldn't
    None,
    /// @dev It carries ether
    Value,
    /// @dev Its payload is longer than `MAX_PAYLOAD`
    Payload,
    /// @dev Its signature isn't 65 bytes long
    Signature,
    /// @dev Its target isn't on the list
    Target,
    /// @dev It asks for more gas than requests to its target may
    Gas,
    /// @dev Its deadline has passed
    Expired,
    /// @dev Its deadline is more than `maxLifetime` away
    Lifetime,
    /// @dev Its signer has used up its quota of the day
    UserQuota,
    /// @dev All users together have used up theirs
    DailyQuota
  }

  /// @notice Emitted when a target is listed, unlisted, or its most gas changes
  /// @param target The target
  /// @param maxGas Gas; 0 when it is unlisted
  event TargetChange(address indexed target, uint256 maxGas);

  /// @notice Emitted when the longest time that a request can be executed in changes
  /// @param maxLifetime Seconds
  event MaxLifetimeChange(uint256 maxLifetime);

  /// @notice Emitted when the requests that a user has a day change
  /// @param userQuota Requests a day
  event UserQuotaChange(uint256 userQuota);

  /// @notice Emitted when the requests that all users together have a day change
  /// @param dailyQuota Requests a day
  event DailyQuotaChange(uint256 dailyQuota);

  /// @notice Thrown when the job is deployed for a forwarder without code
  /// @param forwarder The address
  /// @custom:remedy Check the address and the network: an `ERC2771Forwarder` has to be there.
  error ForwarderWithoutCode(address forwarder);

  /// @notice Thrown when the data isn't the ABI encoding of a list of requests
  /// @custom:remedy Encode the data as `abi.encode(requests)` does.
  error RequestsMalformed();

  /// @notice Thrown when a batch is longer than `MAX_REQUESTS`
  /// @param count How many there are
  /// @param max How many are allowed
  /// @custom:remedy Split the batch.
  error TooManyRequests(uint256 count, uint256 max);

  /// @notice Thrown when too little gas is left for a request
  /// @param gasLeft What was left for it
  /// @param gasNeeded What has to be left
  /// @custom:remedy Send the transaction again with a higher gas limit.
  error RequestOutOfGas(uint256 gasLeft, uint256 gasNeeded);

  /// @notice Thrown when no request of a batch was executed
  /// @custom:remedy Leave out requests that `refusalOf` refuses or the forwarder doesn't verify: nonces may be used up.
  error NothingRelayed();

  /// @notice The most requests in a batch: 32
  function MAX_REQUESTS() external view returns (uint256);

  /// @notice The longest payload of a request, bytes: 2,048
  function MAX_PAYLOAD() external view returns (uint256);

  /// @notice The most gas that requests to a target can be allowed: 5,000,000
  function MAX_REQUEST_GAS() external view returns (uint256);

  /// @notice What executes the requests: OpenZeppelin's `ERC2771Forwarder`, which every target has to trust
  function forwarder() external view returns (ERC2771Forwarder);

  /// @notice The most gas that a request to a target may ask for; 0 unless the target is listed
  /// @param target Any address
  function maxGasOf(address target) external view returns (uint256);

  /// @notice A request is executed at most this long before its deadline, seconds; so that no signature is good for longer
  function maxLifetime() external view returns (uint256);

  /// @notice How many requests of a user are executed in a day of UTC
  function userQuota() external view returns (uint256);

  /// @notice How many requests are executed in a day of UTC, whoever signed them; however many accounts a user has
  function dailyQuota() external view returns (uint256);

  /// @notice How many requests of a user can still be executed today
  /// @param user Any address
  function quotaLeft(address user) external view returns (uint256);

  /// @notice Whether the job would hand a request to the forwarder, and if not, why: the first reason in the order of
  /// `Refusal`. Signature, nonce and trust are the forwarder's to judge (`verify`); whether the target reverts shows in a
  /// simulation.
  /// @param request The request, with its signature
  function refusalOf(ERC2771Forwarder.ForwardRequestData calldata request) external view returns (Refusal);

  /// @notice Lists a target, or changes the most gas that requests to it may ask for. Owner only.
  /// @dev Reverts with `ParameterOutOfBounds`
  /// @param target A contract that trusts the forwarder
  /// @param maxGas 0 to `MAX_REQUEST_GAS`; 0 unlists the target
  function setTarget(address target, uint256 maxGas) external;

  /// @notice Sets the longest time before its deadline that a request is executed. Owner only.
  /// @dev Reverts with `ParameterOutOfBounds`
  /// @param maxLifetime Seconds; a minute to 30 days
  function setMaxLifetime(uint256 maxLifetime) external;

  /// @notice Sets how many requests a user has a day. Owner only.
  /// @dev Reverts with `ParameterOutOfBounds`
  /// @param userQuota 0 to 1,000,000
  function setUserQuota(uint256 userQuota) external;

  /// @notice Sets how many requests all users together have a day. Owner only.
  /// @dev Reverts with `ParameterOutOfBounds`
  /// @param dailyQuota 0 to 1,000,000; 0 stops the relay
  function setDailyQuota(uint256 dailyQuota) external;
}
