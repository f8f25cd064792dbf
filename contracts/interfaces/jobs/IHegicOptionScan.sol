// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IParameterBounds} from "../IParameterBounds.sol";
import {IHegicOptions} from "../external/IHegicOptions.sol";

/// @title Finding options to unlock
/// @notice What the jobs for Hegic share. Hegic doesn't say how many options there are, nor which of them are over, so
/// `workable` looks at a window of ids that begins at `scanFrom`. Options beyond the window can be worked all the same:
/// by whoever names them.
interface IHegicOptionScan is IParameterBounds {
  /// @notice Emitted when the window moves on
  /// @param scanFrom Where it begins now
  event ScanFromChange(uint256 scanFrom);

  /// @notice Thrown when a job is deployed for an options contract without code
  /// @param account The address
  /// @custom:remedy Check the address and the network: the options contract has to be there.
  error WithoutCode(address account);

  /// @notice Thrown when no option has that id
  /// @param id The option
  /// @custom:remedy Name an option that exists: ids begin at zero.
  error OptionUnknown(uint256 id);

  /// @notice Thrown when an option isn't Active: it was exercised or unlocked
  /// @param id The option
  /// @custom:remedy Leave it out of the list: somebody was faster.
  error OptionNotActive(uint256 id);

  /// @notice Thrown when an option can still be exercised
  /// @param id The option
  /// @param expiration The last second in which it can be
  /// @custom:remedy Leave it out of the list until the second after `expiration`.
  error OptionNotExpired(uint256 id, uint256 expiration);

  /// @notice Thrown when the window would skip an option that is Active
  /// @param id The option
  /// @custom:remedy Unlock it first, once it has expired, or don't move the window beyond it.
  error OptionStillActive(uint256 id);

  /// @notice Thrown when the data of `work` isn't exactly what it encodes
  /// @param length Its bytes
  /// @param expected The bytes it should have
  /// @custom:remedy Work with the data that `workable` returns.
  error DataLengthMismatch(uint256 length, uint256 expected);

  /// @notice The options contract that is kept clear
  function options() external view returns (IHegicOptions);

  /// @notice How many ids `workable` looks at, and `advanceScan` passes over at the most
  function SCAN_WINDOW() external view returns (uint256);

  /// @notice The first id that `workable` looks at. None before it was Active when it was passed over.
  function scanFrom() external view returns (uint256);

  /// @notice The options of a range of ids that can be unlocked now, whatever they are worth
  /// @dev For calls from outside the chain: reading an option takes about 20,000 gas
  /// @param from The first id to look at
  /// @param count How many ids to look at
  /// @return ids In ascending order
  /// @return freed What unlocking each of them frees, locked amount and premium, in the pool's own unit
  function findUnlockable(
    uint256 from,
    uint256 count
  ) external view returns (uint256[] memory ids, uint256[] memory freed);

  /// @notice Moves the window on, past options that have ended. Anyone may call; nobody is paid.
  /// @dev Reverts with `ParameterOutOfBounds`, `OptionUnknown`, `OptionStillActive`
  /// @param to Where it is to begin; `scanFrom` + 1 to `scanFrom` + SCAN_WINDOW
  function advanceScan(uint256 to) external;
}
