// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IKeep3rV1Proxy} from "./external/IKeep3rV1Proxy.sol";

/// @title KP3R
/// @notice The network's token: 18 decimals, permit, burnable by holders, minted by whom governance appoints
interface IKP3R is IERC20, IERC20Permit, IKeep3rV1Proxy {
  /// @notice Emitted when a minter is appointed
  /// @param minter The minter
  event MinterAdded(address indexed minter);

  /// @notice Emitted when a minter is dismissed
  /// @param minter The minter
  event MinterRemoved(address indexed minter);

  /// @notice Thrown when the caller isn't a minter
  /// @custom:remedy Have governance appoint the caller with `addMinter`.
  error OnlyMinter();

  /// @notice Thrown when the address is a minter already
  /// @custom:remedy There is nothing to do: the address may mint.
  error MinterExistent();

  /// @notice Thrown when the address isn't a minter
  /// @custom:remedy There is nothing to do: the address can't mint.
  error MinterUnexistent();

  /// @notice Thrown when the minter is the zero address
  /// @custom:remedy Name the contract that should mint.
  error MinterZeroAddress();

  /// @notice Whether an address may mint
  /// @param minter Any address
  function minters(address minter) external view returns (bool);

  /// @notice Appoints a minter. Only governance may call. A minter can create any amount: appoint contracts that can't be
  /// made to, such as Keep3r.
  /// @param minter The contract; not zero
  function addMinter(address minter) external;

  /// @notice Dismisses a minter. Only governance may call.
  /// @param minter The minter
  function removeMinter(address minter) external;

  /// @notice Destroys tokens of the caller
  /// @param amount KP3R, 18 decimals
  function burn(uint256 amount) external;
}
