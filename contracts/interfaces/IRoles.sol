// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Roles and dust
/// @notice Who may dispute and slash, and what governance may take out
interface IRoles {
  /// @notice Emitted when a slasher is appointed
  event SlasherAdded(address slasher);

  /// @notice Emitted when a slasher is dismissed
  event SlasherRemoved(address slasher);

  /// @notice Emitted when a disputer is appointed
  event DisputerAdded(address disputer);

  /// @notice Emitted when a disputer is dismissed
  event DisputerRemoved(address disputer);

  /// @notice Emitted when governance takes tokens that nobody is owed
  event DustSent(address token, uint256 amount, address to);

  /// @notice Thrown when the address already is a slasher
  error SlasherExistent();

  /// @notice Thrown when the address isn't a slasher
  error SlasherUnexistent();

  /// @notice Thrown when the address already is a disputer
  error DisputerExistent();

  /// @notice Thrown when the address isn't a disputer
  error DisputerUnexistent();

  /// @notice Thrown when the caller isn't a slasher
  error OnlySlasher();

  /// @notice Thrown when the caller isn't a disputer
  error OnlyDisputer();

  /// @notice Thrown when governance asks for more than what nobody is owed
  /// @param amount What was asked for
  /// @param available What nobody is owed; 0 for a liquidity
  error DustInsufficient(uint256 amount, uint256 available);

  /// @notice Whether an address may slash
  function slashers(address slasher) external view returns (bool);

  /// @notice Whether an address may dispute
  function disputers(address disputer) external view returns (bool);

  /// @notice Appoints a slasher. Only governance may call.
  function addSlasher(address slasher) external;

  /// @notice Dismisses a slasher. Only governance may call.
  function removeSlasher(address slasher) external;

  /// @notice Appoints a disputer. Only governance may call.
  function addDisputer(address disputer) external;

  /// @notice Dismisses a disputer. Only governance may call.
  function removeDisputer(address disputer) external;

  /// @notice Sends tokens that nobody is owed, such as those sent here by mistake. Only governance may call.
  /// @dev Reverts with `OnlyGovernance`, `ZeroAddress`, `ZeroAmount`, `DustInsufficient`. What jobs have spent counts as owed
  /// until they are settled, by `settle(job)`. Of a liquidity that was ever priced nothing can be sent, as what is owed of
  /// it isn't summed up.
  /// @param token The token
  /// @param amount In the token's own unit; at most balance - owed
  /// @param to The receiver; not zero
  function sendDust(address token, uint256 amount, address to) external;
}
