// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {IKeep3rHelper} from "../interfaces/IKeep3rHelper.sol";

/// @title CallCost
/// @notice What a keeper's call costs its job: for rules that weigh a work against what it brings
library CallCost {
  /// @notice What the network rewards a keeper for gas at the reference gas price, in ether: the most that it is paid for
  /// that gas, since a keeper that pays less for its gas is paid less
  /// @dev gas * reference gas price * boost, rounded up. The oracle has no part in it.
  /// @param keep3r The network
  /// @param keeper Whose boost applies; any address
  /// @param gas Gas that is paid for
  /// @return Wei
  function inEth(IKeep3r keep3r, address keeper, uint256 gas) internal view returns (uint256) {
    IKeep3rHelper helper = IKeep3rHelper(keep3r.keep3rHelper());
    uint256 boostedPrice = helper.getRewardBoostFor(helper.bonds(keeper));
    uint256 base = helper.BOOST_BASE();
    return (gas * boostedPrice + base - 1) / base;
  }
}
