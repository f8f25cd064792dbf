// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {IHegicOptions} from "../../interfaces/external/IHegicOptions.sol";
import {ITroveManager} from "../../interfaces/external/ITroveManager.sol";

/// @title The proxy that Chainlink publishes for a feed
interface IFeedProxy is AggregatorV3Interface {
  /// @notice Where the answers come from
  function aggregator() external view returns (address);
}

/// @title Hegic's options, for who buys them
interface IHegicOptionsMarket is IHegicOptions {
  /// @notice USD for the pool's token, 8 decimals
  function priceProvider() external view returns (AggregatorV3Interface);

  /// @notice What a buyer pays, wei; what it consists of comes after it
  function fees(
    uint256 period,
    uint256 amount,
    uint256 strike,
    OptionType optionType
  ) external view returns (uint256 total);

  function create(
    uint256 period,
    uint256 amount,
    uint256 strike,
    OptionType optionType
  ) external payable returns (uint256 optionId);
}

/// @title Hegic's pool of ether, for who provides it
interface IHegicEtherPool {
  function provide(uint256 minMint) external payable returns (uint256 mint);
}

/// @title Liquity's list of troves, and where they are opened
interface ILiquityTroves is ITroveManager {
  function borrowerOperationsAddress() external view returns (address);

  function sortedTroves() external view returns (address);
}

interface ILiquityBorrowing {
  function openTrove(uint256 maxFee, uint256 lusd, address upperHint, address lowerHint) external payable;
}

interface ILiquitySortedTroves {
  /// @notice The riskiest
  function getLast() external view returns (address borrower);
}

/// @title A vault of Yearn v2
interface IYearnVault {
  function governance() external view returns (address);

  /// @notice The strategies in use come first; zero ends the list
  function withdrawalQueue(uint256 index) external view returns (address strategy);
}

/// @title A strategy of Yearn v2, for who governs it
interface IYearnStrategyRoles {
  /// @notice After how many seconds without a report a harvest is overdue
  function maxReportDelay() external view returns (uint256);

  function setKeeper(address keeper) external;
}
