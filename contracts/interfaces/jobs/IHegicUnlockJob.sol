// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {IHegicPool} from "../external/IHegicPool.sol";
import {IHegicOptionScan} from "./IHegicOptionScan.sol";

/// @title A job that unlocks Hegic's options in lists that are worth their cost
/// @notice One job serves one options contract and its pool. The data of `work` is an ABI-encoded `uint256[]`: the ids of
/// options that have expired, in ascending order. Which of them to unlock together is the keeper's to find. The job asks
/// that
///
///   callCost <= min(poolUsage, 80) * unlockValue / 80
///
/// where callCost is what the network would pay this keeper for `unlockGasCost` gas an option, in the pool's token;
/// unlockValue is `unlockValueMultiplier` percent of what the list frees, locked capital and premiums; and poolUsage is the
/// percentage of the pool that is locked. A pool at 80 % can't write another option, so there capital is worth most.
///
/// Beware: the pool's usage is a figure of the moment. A liquidity provider past its lock-up can withdraw before a work
/// and return after it, which raises the usage in between. It can raise what a work may cost to `unlockValueMultiplier`
/// percent of what it frees, never beyond.
///
/// The job trusts its options contract and pool, which its deployer chose, with the gas that they take: a payment for gas
/// is for the gas that was used, and `unlockGasCost` only what the rule reckons with.
interface IHegicUnlockJob is IHegicOptionScan {
  /// @notice What the rule reckons with at a moment
  struct UnlockTerms {
    /// @dev Percent of the pool that is locked; 0 to 100
    uint256 usage;
    /// @dev Percent of what is freed
    uint256 multiplier;
    /// @dev In the pool's own unit
    uint256 costPerOption;
    /// @dev The longest list that is allowed and, if the reward is a token, that the job can pay for
    uint256 maxOptions;
  }

  /// @notice Emitted when the gas that the rule reckons an option with changes
  /// @param unlockGasCost Gas
  event UnlockGasCostChange(uint256 unlockGasCost);

  /// @notice Emitted when the percentage of what is freed that may be spent changes
  /// @param unlockValueMultiplier Percent
  event UnlockValueMultiplierChange(uint256 unlockValueMultiplier);

  /// @notice Emitted when the reward changes
  /// @param token What keepers are paid in; zero for KP3R, by gas
  /// @param amountPerOption In the token's own unit
  event TokenRewardChange(address indexed token, uint256 amountPerOption);

  /// @notice Thrown when a job is deployed with a feed that doesn't answer in wei
  /// @param decimals The feed's, which should be 18
  /// @custom:remedy Use the feed of the token's price in ether.
  error FeedNotInEther(uint256 decimals);

  /// @notice Thrown when a reward has a token without an amount, or an amount without a token
  /// @param token The token
  /// @param amountPerOption In the token's own unit
  /// @custom:remedy Name a token and an amount, or neither for KP3R by gas.
  error RewardIncomplete(address token, uint256 amountPerOption);

  /// @notice Thrown when a list is empty or too long
  /// @param count How many ids it has
  /// @param maximum The most that are allowed
  /// @custom:remedy Name 1 to `maximum` options.
  error ListOutOfBounds(uint256 count, uint256 maximum);

  /// @notice Thrown when an id isn't above the one before it
  /// @param previous The id before it
  /// @param id The id
  /// @custom:remedy Sort the list, and name each option once.
  error IdsNotAscending(uint256 previous, uint256 id);

  /// @notice Thrown when the feed's answer isn't positive, or is from the future, or too old
  /// @param answer What it says
  /// @param updatedAt When it said so
  /// @custom:remedy Wait for the feed's next answer.
  error FeedUnusable(int256 answer, uint256 updatedAt);

  /// @notice Thrown when a list costs more than the value that it frees
  /// @param callCost In the pool's own unit
  /// @param weightedUnlockValue In the pool's own unit
  /// @custom:remedy Leave out options that free little, or wait for a lower gas price or a fuller pool.
  error CostAboveValue(uint256 callCost, uint256 weightedUnlockValue);

  /// @notice Thrown when the options contract freed less capital than it should
  /// @param available What the pool has available after the work
  /// @param expected What it should have
  /// @custom:remedy Don't work it: the options contract doesn't behave as the job expects.
  error CapitalNotFreed(uint256 available, uint256 expected);

  /// @notice The most options in a list
  function MAX_OPTIONS() external view returns (uint256);

  /// @notice The pool of the options
  function pool() external view returns (IHegicPool);

  /// @notice Chainlink's feed of the pool token's price, wei for a whole token; zero when the pool is in ether
  function feed() external view returns (AggregatorV3Interface);

  /// @notice How old the feed's answer may be, seconds
  function feedMaxAge() external view returns (uint256);

  /// @notice A whole token of the pool, in its own unit
  function tokenUnit() external view returns (uint256);

  /// @notice The gas that the rule reckons an option with; 20_000 to 1_000_000, 175_000 by default
  function unlockGasCost() external view returns (uint256);

  /// @notice The most that may be spent of what is freed, percent; 1 to 99, 10 by default
  function unlockValueMultiplier() external view returns (uint256);

  /// @notice What keepers are paid
  /// @return token Zero for KP3R, by the gas they used
  /// @return amountPerOption In the token's own unit
  function tokenReward() external view returns (address token, uint96 amountPerOption);

  /// @notice Whether `work` would unlock a list for the caller now
  /// @dev Simulate as the keeper: its boost is part of the cost
  /// @param ids Any numbers
  function unlockable(uint256[] calldata ids) external view returns (bool);

  /// @notice Reverts as `work` would for a list and a keeper, the keeper's own standing and the payment apart
  /// @dev Reverts with `ListOutOfBounds`, `IdsNotAscending`, `OptionUnknown`, `OptionNotActive`, `OptionNotExpired`,
  /// `FeedUnusable`, `CostAboveValue`
  /// @param keeper Who would work
  /// @param ids The list
  /// @return total What the list frees, in the pool's own unit
  function checkUnlock(address keeper, uint256[] calldata ids) external view returns (uint256 total);

  /// @notice What the rule reckons with now
  /// @dev Reverts with `FeedUnusable`, or as the pool, the feed or the network do
  /// @param keeper Whose boost applies
  function terms(address keeper) external view returns (UnlockTerms memory);

  /// @notice What the rule takes a list to cost, in the pool's own unit; rounded up for each option
  /// @dev Reverts with `FeedUnusable`
  /// @param keeper Whose boost applies
  /// @param count How many options
  function callCost(address keeper, uint256 count) external view returns (uint256);

  /// @notice What a list may cost now, in the pool's own unit
  /// @dev Reverts with `ListOutOfBounds`, `IdsNotAscending`, `OptionUnknown`, `OptionNotActive`, `OptionNotExpired`
  /// @param ids The list
  function weightedUnlockValue(uint256[] calldata ids) external view returns (uint256);

  /// @notice What freeing capital may cost at a usage of the pool, rounded down
  /// @param total What is freed, in the pool's own unit
  /// @param usage Percent; above 80 counts as 80
  function weigh(uint256 total, uint256 usage) external view returns (uint256);

  /// @notice 100 - availableBalance * 100 / totalBalance of the pool, percent, rounded up; 0 for a pool that is empty
  function poolUsage() external view returns (uint256);

  /// @notice Sets the gas that the rule reckons an option with. Only the owner may call.
  /// @dev Reverts with `ParameterOutOfBounds`
  /// @param unlockGasCost Gas; 20_000 to 1_000_000
  function setUnlockGasCost(uint256 unlockGasCost) external;

  /// @notice Sets the percentage of what is freed that may be spent. Only the owner may call.
  /// @dev Reverts with `ParameterOutOfBounds`
  /// @param unlockValueMultiplier Percent; 1 to 99
  function setUnlockValueMultiplier(uint256 unlockValueMultiplier) external;

  /// @notice Sets what keepers are paid. Only the owner may call.
  /// @dev Reverts with `RewardIncomplete`. Beware: whoever buys an option can be who unlocks it, so the amount should be
  /// worth less than the smallest option costs its buyer. The rule goes by gas whatever the reward.
  /// @param token A token that the job has credits in; zero for KP3R, by the gas they used
  /// @param amountPerOption In the token's own unit; zero if the token is
  function setTokenReward(address token, uint96 amountPerOption) external;
}
