// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {IKeep3rWorkable} from "../../interfaces/IKeep3rWorkable.sol";
import {IYearnStrategy} from "../../interfaces/external/IYearnStrategy.sol";
import {StrategyHarvestJob} from "../../jobs/StrategyHarvestJob.sol";
import {Pricing__Mock} from "../Pricing__Mock.sol";

/// @notice A helper whose prices are set by hand, that of gas among them
contract HelperPricing__Mock is Pricing__Mock {
  uint256 public constant BOOST_BASE = 10_000;

  IKeep3r private immutable _keep3r;
  uint256 public gasPrice;

  constructor(IKeep3r keep3r_) {
    _keep3r = keep3r_;
  }

  function setGasPrice(uint256 gasPrice_) external {
    gasPrice = gasPrice_;
  }

  function bonds(address keeper) external view returns (uint256) {
    return _keep3r.bonds(keeper, _keep3r.keep3rV1());
  }

  /// @notice Boosts by a tenth who has bonded anything
  function getRewardBoostFor(uint256 bonds_) external view returns (uint256) {
    return gasPrice * (bonds_ == 0 ? 10_000 : 11_000);
  }
}

/// @notice A strategy that is always ready, and fails, burns gas or calls back on demand
contract HostileStrategy__Mock is IYearnStrategy {
  enum Mode {
    Honest,
    TriggerReverts,
    TriggerBurnsGas,
    TriggerBombs,
    TriggerAnswersNothing,
    HarvestReverts,
    HarvestBurnsGas,
    HarvestBombs,
    HarvestReenters
  }

  Mode public mode;
  IKeep3rWorkable public job;
  bytes public data;
  uint256 public gasGiven;
  uint256 public tends;

  function setMode(Mode mode_) external {
    mode = mode_;
  }

  /// @notice Has the next harvests work the job, as a keeper itself
  function reenter(IKeep3rWorkable job_, bytes calldata data_) external {
    mode = Mode.HarvestReenters;
    (job, data) = (job_, data_);
  }

  /// @notice Calls anything as the strategy
  function execute(address called, bytes calldata data_) external {
    (bool success, ) = called.call(data_);
    require(success, "call failed");
  }

  function harvest() external override {
    gasGiven = gasleft();
    if (mode == Mode.HarvestReverts) revert("refused");
    if (mode == Mode.HarvestBurnsGas) _burn();
    if (mode == Mode.HarvestReenters) job.work(data);
    if (mode == Mode.HarvestBombs) {
      assembly {
        revert(0, 1000000)
      }
    }
  }

  function tend() external override {
    ++tends;
  }

  function harvestTrigger(uint256) external view override returns (bool) {
    if (mode == Mode.TriggerReverts) revert("refused");
    if (mode == Mode.TriggerBurnsGas) _burn();
    if (mode == Mode.TriggerBombs) {
      assembly {
        revert(0, 1000000)
      }
    }
    if (mode == Mode.TriggerAnswersNothing) {
      assembly {
        return(0, 0)
      }
    }
    return true;
  }

  function tendTrigger(uint256) external view override returns (bool) {
    return mode == Mode.Honest;
  }

  function _burn() private pure {
    assembly {
      invalid()
    }
  }
}

/// @notice The job with a mixin that lets one keeper work
contract SeatedStrategyHarvestJob__Mock is StrategyHarvestJob {
  address private immutable _seated;

  constructor(IKeep3r keep3r_, address owner_, address seated_) StrategyHarvestJob(keep3r_, owner_) {
    _seated = seated_;
  }

  function _mayWork(address keeper) internal view override returns (bool) {
    return keeper == _seated && super._mayWork(keeper);
  }
}
