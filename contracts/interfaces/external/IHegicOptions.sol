// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IHegicPool} from "./IHegicPool.sol";

/// @title What jobs ask of a Hegic v888 options contract: HegicETHOptions or HegicWBTCOptions on mainnet
interface IHegicOptions {
  /// @notice An option is created Active. It ends as Exercised by its holder or, once its time is over, as Expired.
  enum State {
    Inactive,
    Active,
    Exercised,
    Expired
  }

  /// @notice What its holder may do with the pool's token: sell it for the strike, or buy it
  enum OptionType {
    Invalid,
    Put,
    Call
  }

  /// @notice An option. Ids begin at zero and have no gaps; one that was never given out reverts without a reason.
  /// @param id The option
  /// @return state Where it is in its life
  /// @return holder Who may exercise it
  /// @return strike USD, 8 decimals
  /// @return amount What it covers, in the pool's token
  /// @return lockedAmount What the pool keeps for it, in the pool's token
  /// @return premium What its buyer paid for it, in the pool's token; the pool's own once the option has ended
  /// @return expiration The last second in which it can be exercised
  /// @return optionType Put or Call
  function options(
    uint256 id
  )
    external
    view
    returns (
      State state,
      address holder,
      uint256 strike,
      uint256 amount,
      uint256 lockedAmount,
      uint256 premium,
      uint256 expiration,
      OptionType optionType
    );

  /// @notice The pool that the options are written on; never changes
  function pool() external view returns (IHegicPool);

  /// @notice Ends an option that nobody exercised, and frees its capital. Anyone may call.
  /// @dev Reverts if the option isn't Active, or its expiration isn't past
  /// @param id The option
  function unlock(uint256 id) external;

  /// @notice `unlock` for each of a list; reverts as a whole
  /// @param ids The options
  function unlockAll(uint256[] calldata ids) external;
}
