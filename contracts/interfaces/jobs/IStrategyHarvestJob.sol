// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Harvests and tends strategies of Yearn v2
/// @notice The owner lists strategies, each with the gas that a call of it takes and a cool-down. A keeper may harvest or
/// tend one when its own trigger says that this is worth the call's cost:
///
///   callCost = requiredGas * reference gas price * the keeper's boost
///
/// `work` takes `abi.encode(strategy, action)`, exactly two words. One work on a strategy, be it a harvest or a tend, starts
/// its cool-down, so that a cool-down sees one payment for it at the most, whatever its triggers say.
///
/// The job has to be the keeper of each strategy (`setKeeper` there).
///
/// Beware: strategies are trusted. What a trigger can be made to say by a deposit into its vault, this job believes; the
/// cool-down is what bounds it.
interface IStrategyHarvestJob {
  /// @notice What is done to a strategy
  enum Action {
    Harvest,
    Tend
  }

  /// @notice Emitted when a strategy is listed
  /// @param strategy The strategy
  /// @param requiredGas Gas that a harvest or tend of it is given
  /// @param coolDown Seconds between two works on it
  event StrategyAddition(address indexed strategy, uint256 requiredGas, uint256 coolDown);

  /// @notice Emitted when a listed strategy's terms change
  /// @param strategy The strategy
  /// @param requiredGas Gas that a harvest or tend of it is given
  /// @param coolDown Seconds between two works on it
  event StrategyChange(address indexed strategy, uint256 requiredGas, uint256 coolDown);

  /// @notice Emitted when a strategy is no longer listed
  /// @param strategy The strategy
  event StrategyRemoval(address indexed strategy);

  /// @notice Emitted when a strategy was worked
  /// @param strategy The strategy
  /// @param action What was done
  /// @param keeper Who did it
  event StrategyWork(address indexed strategy, Action indexed action, address indexed keeper);

  /// @notice Thrown when the strategy to be listed has no code
  /// @param strategy The address
  /// @custom:remedy Check the address and the network: a strategy has to be there.
  error StrategyWithoutCode(address strategy);

  /// @notice Thrown when a strategy to be listed is listed already
  /// @param strategy The strategy
  /// @custom:remedy There is nothing to do: it is listed.
  error StrategyAlreadyListed(address strategy);

  /// @notice Thrown when a strategy isn't listed
  /// @param strategy The address
  /// @custom:remedy Name a strategy that `strategies` lists.
  error StrategyNotListed(address strategy);

  /// @notice Thrown when the job already lists as many strategies as it can
  /// @param maximum How many may be listed
  /// @custom:remedy Remove a strategy first, or deploy another job.
  error TooManyStrategies(uint256 maximum);

  /// @notice Thrown when a strategy's required gas is out of its bounds
  /// @param value What was asked for
  /// @param minimum The least that is allowed
  /// @param maximum The most that is allowed
  /// @custom:remedy Set it to a value from `minimum` to `maximum`.
  error RequiredGasOutOfBounds(uint256 value, uint256 minimum, uint256 maximum);

  /// @notice Thrown when a strategy's cool-down is out of its bounds
  /// @param value What was asked for, seconds
  /// @param minimum The least that is allowed
  /// @param maximum The most that is allowed
  /// @custom:remedy Set it to a value from `minimum` to `maximum`.
  error CoolDownOutOfBounds(uint256 value, uint256 minimum, uint256 maximum);

  /// @notice Thrown when the data of a work isn't two words long
  /// @param length Its length in bytes
  /// @param expected What it has to be
  /// @custom:remedy Encode the data as `abi.encode(strategy, action)` does.
  error WorkDataLength(uint256 length, uint256 expected);

  /// @notice Thrown when a strategy was worked less than its cool-down ago
  /// @param strategy The strategy
  /// @param readyAt When it may be worked again
  /// @custom:remedy Work the strategy from `readyAt` on.
  error CoolingDown(address strategy, uint256 readyAt);

  /// @notice Thrown when the strategy's trigger says that the call isn't worth its cost
  /// @param strategy The strategy
  /// @param action What was to be done
  /// @param callCost What the trigger was told, wei
  /// @custom:remedy Wait until the strategy's trigger answers true.
  error NotTriggered(address strategy, Action action, uint256 callCost);

  /// @notice Thrown when too little gas is left to give the strategy all that it requires
  /// @param gasGiven What was left
  /// @param gasNeeded What has to be left
  /// @custom:remedy Send the transaction again with a higher gas limit.
  error StrategyOutOfGas(uint256 gasGiven, uint256 gasNeeded);

  /// @notice Thrown at the end of a dry run when the work would succeed
  /// @custom:remedy There is nothing wrong: send the work, it would succeed.
  error DryRunSucceeded();

  /// @notice How many strategies may be listed
  function MAX_STRATEGIES() external view returns (uint256);

  /// @notice The listed strategies, in no order
  /// @return list Their addresses
  function strategies() external view returns (address[] memory list);

  /// @notice The terms of a strategy; all zero when it isn't listed
  /// @param strategy The strategy
  /// @return requiredGas Gas that a harvest or tend of it is given
  /// @return coolDown Seconds between two works on it
  /// @return workedAt When it was last worked; 0 if it never was since it was listed
  function strategyOf(address strategy) external view returns (uint256 requiredGas, uint256 coolDown, uint256 workedAt);

  /// @notice Lists a strategy, which may be worked at once. Only the owner may call.
  /// @dev Reverts with `StrategyAlreadyListed`, `TooManyStrategies`, `StrategyWithoutCode`, `RequiredGasOutOfBounds`,
  /// `CoolDownOutOfBounds`
  /// @param strategy The strategy, whose keeper the job is to be
  /// @param requiredGas The gas limit of a harvest or tend, and the gas whose cost its triggers are told; 50,000 to
  /// 10,000,000. It is the most that the call can make the job pay for, the job's own overhead apart.
  /// @param coolDown Seconds between two works on it; 10 minutes to 30 days
  function addStrategy(address strategy, uint256 requiredGas, uint256 coolDown) external;

  /// @notice Changes the terms of a listed strategy; a cool-down that runs takes its new length. Only the owner may call.
  /// @dev Reverts with `StrategyNotListed`, `RequiredGasOutOfBounds`, `CoolDownOutOfBounds`
  /// @param strategy The strategy
  /// @param requiredGas As for `addStrategy`
  /// @param coolDown As for `addStrategy`
  function updateStrategy(address strategy, uint256 requiredGas, uint256 coolDown) external;

  /// @notice Takes a strategy off the list, whatever state it is in: it isn't called. Only the owner may call.
  /// @dev Reverts with `StrategyNotListed`. Listed again, it may be worked at once.
  /// @param strategy The strategy
  function removeStrategy(address strategy) external;

  /// @notice Does a work without payment, and reverts: with `DryRunSucceeded` if `work` would succeed, else with the
  /// error of the work. For simulation, by anyone; nothing that it does stays.
  /// @param strategy The strategy
  /// @param action What to do
  /// @param keeper Whose boost the call cost is reckoned with
  function dryRun(address strategy, Action action, address keeper) external;
}
