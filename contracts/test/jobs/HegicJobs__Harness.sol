// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {IHegicOptions} from "../../interfaces/external/IHegicOptions.sol";
import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {HegicSimpleUnlockJob} from "../../jobs/hegic/HegicSimpleUnlockJob.sol";
import {HegicUnlockJob} from "../../jobs/hegic/HegicUnlockJob.sol";
import {PaymentMath} from "../../libraries/PaymentMath.sol";
import {Pricing__Mock} from "../Pricing__Mock.sol";
import {HegicOptions__Mock} from "../../simulation/Hegic__Mock.sol";

/// @notice The simple job with a mixin that lets nobody work
contract HegicSimpleUnlockJob__Harness is HegicSimpleUnlockJob {
  constructor(
    IKeep3r keep3r_,
    address owner_,
    IHegicOptions options_
  ) HegicSimpleUnlockJob(keep3r_, owner_, options_) {}

  function _mayWork(address) internal pure override returns (bool) {
    return false;
  }
}

/// @notice The job for lists with a mixin that lets nobody work
contract HegicUnlockJob__Harness is HegicUnlockJob {
  constructor(
    IKeep3r keep3r_,
    address owner_,
    IHegicOptions options_
  ) HegicUnlockJob(keep3r_, owner_, options_, AggregatorV3Interface(address(0)), 18, 0) {}

  function _mayWork(address) internal pure override returns (bool) {
    return false;
  }
}

/// @notice A helper whose gas price is set by hand, and whose boosts are the real ones of the bonds in the network
contract HegicHelper__Mock is Pricing__Mock {
  uint256 public constant BOOST_BASE = PaymentMath.BPS;

  IKeep3r public immutable keep3r;
  uint256 public gasPrice;

  constructor(IKeep3r keep3r_, uint256 gasPrice_) {
    keep3r = keep3r_;
    gasPrice = gasPrice_;
  }

  function setGasPrice(uint256 gasPrice_) external {
    gasPrice = gasPrice_;
  }

  function bonds(address keeper) external view returns (uint256) {
    return keep3r.bonds(keeper, keep3r.keep3rV1());
  }

  function getRewardBoostFor(uint256 bond) external view returns (uint256) {
    return PaymentMath.boost(bond, 11_000, 12_000, 200e18) * gasPrice;
  }
}

/// @notice Buys many options at once
contract HegicBuyer__Mock {
  function buy(HegicOptions__Mock options, uint256 count, uint256 period, uint256 amount) external payable {
    uint256 price = options.currentPrice();
    for (uint256 i; i < count; ++i) {
      options.create{value: msg.value / count}(period, amount, price, IHegicOptions.OptionType.Call);
    }
  }

  receive() external payable {}
}
