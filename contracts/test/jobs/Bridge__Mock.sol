// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {AutomationJob} from "../../jobs/bridges/AutomationJob.sol";
import {PaymentMath} from "../../libraries/PaymentMath.sol";
import {Pricing__Mock} from "../Pricing__Mock.sol";

/// @notice Prices by hand, and what a keeper would be paid at them
contract RewardPricing__Mock is Pricing__Mock {
  function getRewardAmountFor(address, uint256 gasUsed) external view returns (uint256) {
    return (gasUsed * rate) / PaymentMath.RATE_SCALE;
  }
}

/// @notice A bridge with a mixin that lets in nobody but one keeper, and pays a gratuity after the payment
contract PickyAutomationJob__Mock is AutomationJob {
  error NotTheOne(address keeper);

  uint256 private constant GRATUITY = 1e15;
  address public immutable theOne;

  constructor(IKeep3r keep3r_, address owner_, address theOne_) AutomationJob(keep3r_, owner_) {
    theOne = theOne_;
  }

  function _mayWork(address keeper) internal view override returns (bool) {
    return keeper == theOne && super._mayWork(keeper);
  }

  function _beforeWork(address keeper) internal override {
    super._beforeWork(keeper);
    if (keeper != theOne) revert NotTheOne(keeper);
  }

  function _afterPayment(address keeper) internal override {
    super._afterPayment(keeper);
    keep3r.bondedPayment(keeper, GRATUITY);
  }
}
