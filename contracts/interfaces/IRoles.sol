// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Roles and dust
/// @notice Who may dispute and slash, and what governance may take out
interface IRoles {
  /// @notice Emitted when a slasher is appointed
  /// @param slasher The slasher
  event SlasherAdded(address slasher);

  /// @notice Emitted when a slasher is dismissed
  /// @param slasher The slasher
  event SlasherRemoved(address slasher);

  /// @notice Emitted when a disputer is appointed
  /// @param disputer The disputer
  event DisputerAdded(address disputer);

  /// @notice Emitted when a disputer is dismissed
  /// @param disputer The disputer
  event DisputerRemoved(address disputer);

  /// @notice Emitted when governance takes tokens that nobody is owed
  /// @param token The token
  /// @param amount In the token's own unit
  /// @param to The receiver
  event DustSent(address token, uint256 amount, address to);

  /// @notice Thrown when the address already is a slasher
  /// @custom:remedy There is nothing to do: it may slash.
  error SlasherExistent();

  /// @notice Thrown when the address isn't a slasher
  /// @custom:remedy There is nothing to do: it can't slash.
  error SlasherUnexistent();

  /// @notice Thrown when the address already is a disputer
  /// @custom:remedy There is nothing to do: it may dispute.
  error DisputerExistent();

  /// @notice Thrown when the address isn't a disputer
  /// @custom:remedy There is nothing to do: it can't dispute.
  error DisputerUnexistent();

  /// @notice Thrown when the caller isn't a slasher
  /// @custom:remedy Send it from a slasher. Governance appoints them with `addSlasher`.
  error OnlySlasher();

  /// @notice Thrown when the caller isn't a disputer
  /// @custom:remedy Send it from a disputer. Governance appoints them with `addDisputer`.
  error OnlyDisputer();

  /// @notice Thrown when governance asks for tokens that are owed to somebody
  /// @param amount What was asked for
  /// @param available What nobody is owed; 0 for a liquidity
  /// @custom:remedy Ask for at most `available`. Call `settle` first for the jobs that have spent the token.
  error DustInsufficient(uint256 amount, uint256 available);

  /// @notice Whether an address may slash
  /// @param slasher Any address
  function slashers(address slasher) external view returns (bool);

  /// @notice Whether an address may dispute
  /// @param disputer Any address
  function disputers(address disputer) external view returns (bool);

  /// @notice Appoints a slasher. Only governance may call.
  /// @param slasher The address; trusted with every bond and job that a disputer has frozen
  function addSlasher(address slasher) external;

  /// @notice Dismisses a slasher. Only governance may call.
  /// @param slasher The slasher
  function removeSlasher(address slasher) external;

  /// @notice Appoints a disputer. Only governance may call.
  /// @param disputer The address; trusted to freeze any keeper or job
  function addDisputer(address disputer) external;

  /// @notice Dismisses a disputer. Only governance may call.
  /// @param disputer The disputer
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
