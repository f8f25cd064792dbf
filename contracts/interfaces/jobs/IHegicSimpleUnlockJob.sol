// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHegicOptionScan} from "./IHegicOptionScan.sol";

/// @title A job that unlocks Hegic's options one by one
/// @notice The data of `work` is an ABI-encoded `uint256`: an option's id.
///
/// Beware: it pays for gas whatever an option is worth. A keeper is paid as much for freeing a wei as for a thousand
/// ether, and the more the higher gas is. `HegicUnlockJob` weighs the one against the other.
interface IHegicSimpleUnlockJob is IHegicOptionScan {
  /// @notice Whether an option can be unlocked now: it is Active, and its expiration is past
  /// @param id Any number
  function unlockable(uint256 id) external view returns (bool);

  /// @notice Unlocks an option and pays the caller for the gas in KP3R. Keepers only.
  /// @dev Reverts with `KeeperNotValid`, `OptionUnknown`, `OptionNotActive`, `OptionNotExpired`, `OptionStillActive` when
  /// the options contract did nothing, or as `workedFor` of the network does. `work` does the same for the id that its
  /// data encodes, and reverts with `DataLengthMismatch` too.
  /// @param id The option
  function unlock(uint256 id) external;
}
