// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {IKeep3rWorkable} from "../interfaces/IKeep3rWorkable.sol";
import {IYearnStrategy} from "../interfaces/external/IYearnStrategy.sol";
import {IStrategyHarvestJob} from "../interfaces/jobs/IStrategyHarvestJob.sol";
import {CallCost} from "./CallCost.sol";
import {OwnedJob} from "./OwnedJob.sol";

/// @title StrategyHarvestJob
/// @notice Harvests and tends strategies of Yearn v2 when their triggers find it worth the cost
contract StrategyHarvestJob is IStrategyHarvestJob, OwnedJob {
  using EnumerableSet for EnumerableSet.AddressSet;

  /// @dev One slot. A strategy is listed if its required gas isn't zero.
  struct Terms {
    uint32 requiredGas;
    uint32 coolDown; // seconds
    uint64 workedAt; // 0 if it never was
  }

  /// @inheritdoc IStrategyHarvestJob
  uint256 public constant override MAX_STRATEGIES = 20;

  uint256 private constant MIN_REQUIRED_GAS = 50_000;
  uint256 private constant MAX_REQUIRED_GAS = 10_000_000;

  /// @dev Above zero, so that an immediate repeat always reverts.
  uint256 private constant MIN_COOL_DOWN = 10 minutes;
  uint256 private constant MAX_COOL_DOWN = 30 days;

  /// @dev The bytes of an ABI-encoded strategy and action.
  uint256 private constant WORK_DATA = 2 * 32;

  /// @dev Gas for what comes between the reading and the strategy's call.
  uint256 private constant CALL_MARGIN = 5_000;

  /// @dev What a dry run is given for everything but the strategy's call: in the main, its trigger.
  uint256 private constant DRY_RUN_OVERHEAD = 1_000_000;

  EnumerableSet.AddressSet private _strategies;
  mapping(address strategy => Terms) private _terms;

  /// @param keep3r_ The network
  /// @param owner_ Who sets the parameters, and who the job is offered to; not the zero address
  constructor(IKeep3r keep3r_, address owner_) OwnedJob(keep3r_, owner_) {}

  // Strategies

  /// @inheritdoc IStrategyHarvestJob
  function strategies() external view override returns (address[] memory) {
    return _strategies.values();
  }

  /// @inheritdoc IStrategyHarvestJob
  function strategyOf(address strategy) external view override returns (uint256, uint256, uint256) {
    Terms memory terms = _terms[strategy];
    return (terms.requiredGas, terms.coolDown, terms.workedAt);
  }

  /// @inheritdoc IStrategyHarvestJob
  function addStrategy(address strategy, uint256 requiredGas, uint256 coolDown) external override onlyOwner {
    if (_terms[strategy].requiredGas != 0) revert StrategyAlreadyListed(strategy);
    if (_strategies.length() >= MAX_STRATEGIES) revert TooManyStrategies(MAX_STRATEGIES);
    if (strategy.code.length == 0) revert StrategyWithoutCode(strategy);

    _strategies.add(strategy);
    _setTerms(strategy, requiredGas, coolDown);

    emit StrategyAddition(strategy, requiredGas, coolDown);
  }

  /// @inheritdoc IStrategyHarvestJob
  function updateStrategy(address strategy, uint256 requiredGas, uint256 coolDown) external override onlyOwner {
    if (_terms[strategy].requiredGas == 0) revert StrategyNotListed(strategy);

    _setTerms(strategy, requiredGas, coolDown);

    emit StrategyChange(strategy, requiredGas, coolDown);
  }

  /// @inheritdoc IStrategyHarvestJob
  function removeStrategy(address strategy) external override onlyOwner {
    if (!_strategies.remove(strategy)) revert StrategyNotListed(strategy);

    delete _terms[strategy];

    emit StrategyRemoval(strategy);
  }

  function _setTerms(address strategy, uint256 requiredGas, uint256 coolDown) private {
    if (requiredGas < MIN_REQUIRED_GAS || requiredGas > MAX_REQUIRED_GAS) {
      revert RequiredGasOutOfBounds(requiredGas, MIN_REQUIRED_GAS, MAX_REQUIRED_GAS);
    }
    if (coolDown < MIN_COOL_DOWN || coolDown > MAX_COOL_DOWN) {
      revert CoolDownOutOfBounds(coolDown, MIN_COOL_DOWN, MAX_COOL_DOWN);
    }

    // Both fit, as was just checked
    _terms[strategy].requiredGas = uint32(requiredGas);
    _terms[strategy].coolDown = uint32(coolDown);
  }

  // Work

  /// @inheritdoc IKeep3rWorkable
  function work(bytes calldata data) external override validateAndPayKeeper(msg.sender) {
    if (data.length != WORK_DATA) revert WorkDataLength(data.length, WORK_DATA);

    (address strategy, Action action) = abi.decode(data, (address, Action));
    _work(strategy, action, msg.sender);
  }

  /// @inheritdoc IStrategyHarvestJob
  function dryRun(address strategy, Action action, address keeper) external override {
    _work(strategy, action, keeper);

    revert DryRunSucceeded();
  }

  /// @inheritdoc IKeep3rWorkable
  /// @dev Tries the works out, so that a strategy whose harvest fails doesn't stand in the way of the others. The one that
  /// waited longest comes first, so that one which is always ready doesn't either.
  function workable() external override returns (bool canWork, bytes memory data) {
    if (!_mayWork(msg.sender)) return (false, "");

    address[] memory candidates = _byLastWork();
    for (uint256 i; i < candidates.length; ++i) {
      if (_wouldWork(candidates[i], Action.Harvest)) return (true, abi.encode(candidates[i], Action.Harvest));
      if (_wouldWork(candidates[i], Action.Tend)) return (true, abi.encode(candidates[i], Action.Tend));
    }
    return (false, "");
  }

  /// @dev The cool-down starts before the strategy is called: whatever it calls back finds it running.
  function _work(address strategy, Action action, address keeper) private {
    Terms storage terms = _terms[strategy];
    uint256 requiredGas = terms.requiredGas;
    if (requiredGas == 0) revert StrategyNotListed(strategy);

    uint256 readyAt = uint256(terms.workedAt) + terms.coolDown;
    if (block.timestamp < readyAt) revert CoolingDown(strategy, readyAt);

    uint256 callCost = CallCost.inEth(keep3r, keeper, requiredGas);
    bool triggered =
      action == Action.Harvest
        ? IYearnStrategy(strategy).harvestTrigger(callCost)
        : IYearnStrategy(strategy).tendTrigger(callCost);
    if (!triggered) revert NotTriggered(strategy, action, callCost);

    // A time in seconds fits
    terms.workedAt = uint64(block.timestamp);

    emit StrategyWork(strategy, action, keeper);

    // With less than it requires a strategy may do a part of its work only, and swallow that it failed (EIP-150)
    uint256 gasGiven = gasleft();
    uint256 gasNeeded = (requiredGas * 64) / 63 + CALL_MARGIN;
    if (gasGiven < gasNeeded) revert StrategyOutOfGas(gasGiven, gasNeeded);

    if (action == Action.Harvest) IYearnStrategy(strategy).harvest{gas: requiredGas}();
    else IYearnStrategy(strategy).tend{gas: requiredGas}();
  }

  /// @dev Whatever the strategy does, this takes no more than the dry run's gas and a word of memory.
  function _wouldWork(address strategy, Action action) private returns (bool) {
    bytes memory request = abi.encodeCall(this.dryRun, (strategy, action, msg.sender));
    uint256 gasGiven = (uint256(_terms[strategy].requiredGas) * 64) / 63 + DRY_RUN_OVERHEAD;
    bytes32 answer;
    assembly ("memory-safe") {
      mstore(0, 0)
      // It always reverts; what it says is in the first four bytes
      pop(call(gasGiven, address(), 0, add(request, 0x20), mload(request), 0, 4))
      answer := mload(0)
    }
    return answer == bytes32(DryRunSucceeded.selector);
  }

  /// @dev The listed strategies, the one that was worked longest ago first.
  function _byLastWork() private view returns (address[] memory sorted) {
    sorted = _strategies.values();
    for (uint256 i = 1; i < sorted.length; ++i) {
      address strategy = sorted[i];
      uint256 workedAt = _terms[strategy].workedAt;
      uint256 place = i;
      while (place != 0 && _terms[sorted[place - 1]].workedAt > workedAt) {
        sorted[place] = sorted[place - 1];
        --place;
      }
      sorted[place] = strategy;
    }
  }

  /// @dev `work(bytes)`: a selector, then the offset and length of data before the data.
  function _paidCalldata() internal view virtual override returns (uint256) {
    return 4 + 2 * 32 + WORK_DATA;
  }
}
