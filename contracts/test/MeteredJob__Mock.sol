// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {IKeep3rHelper} from "../interfaces/IKeep3rHelper.sol";
import {Work__Mock} from "./Jobs__Mock.sol";

/// @notice A job that meters its gas by itself, as Keep3rMeteredJob did beside Keep3r V2: it measures in its own frame, adds
/// a bonus for what it can't see, and names the payment
abstract contract MeteredJob__Mock is Work__Mock {
  event GasMetered(uint256 initialGas, uint256 gasAfterWork, uint256 bonus);

  error KeeperNotValid();

  uint256 public constant BASE = 10_000;

  IKeep3r public keep3r;
  IKeep3rHelper public keep3rHelper;
  uint256 public gasBonus;
  uint256 public gasMultiplier;

  constructor(IKeep3r keep3r_, IKeep3rHelper keep3rHelper_, uint256 gasBonus_, uint256 gasMultiplier_) {
    keep3r = keep3r_;
    keep3rHelper = keep3rHelper_;
    gasBonus = gasBonus_;
    gasMultiplier = gasMultiplier_;
  }

  function work(uint256 gasToUse) external {
    uint256 initialGas = gasleft();
    if (!keep3r.isKeeper(msg.sender)) revert KeeperNotValid();
    _work(gasToUse);
    uint256 gasAfterWork = gasleft();
    keep3r.bondedPayment(msg.sender, _rewardFor(initialGas - gasAfterWork + gasBonus));
    emit GasMetered(initialGas, gasAfterWork, gasBonus);
  }

  function _rewardFor(uint256 gas) internal view virtual returns (uint256);
}

/// @notice The later form: the helper prices the gas, its boost included
contract BoostedMeteredJob__Mock is MeteredJob__Mock {
  constructor(
    IKeep3r keep3r_,
    IKeep3rHelper keep3rHelper_,
    uint256 gasBonus_,
    uint256 gasMultiplier_
  ) MeteredJob__Mock(keep3r_, keep3rHelper_, gasBonus_, gasMultiplier_) {}

  function _rewardFor(uint256 gas) internal view override returns (uint256) {
    return (keep3rHelper.getRewardAmountFor(msg.sender, gas) * gasMultiplier) / BASE;
  }
}

/// @notice The earlier form: the gas at the block's base fee, times a margin of the job's own
contract BaseFeeMeteredJob__Mock is MeteredJob__Mock {
  constructor(
    IKeep3r keep3r_,
    IKeep3rHelper keep3rHelper_,
    uint256 gasBonus_,
    uint256 gasMultiplier_
  ) MeteredJob__Mock(keep3r_, keep3rHelper_, gasBonus_, gasMultiplier_) {}

  function _rewardFor(uint256 gas) internal view override returns (uint256) {
    return keep3rHelper.quote((block.basefee * gas * gasMultiplier) / BASE);
  }
}
