// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IGasCapped} from "../../interfaces/jobs/IGasCapped.sol";
import {Keep3rJob} from "../Keep3rJob.sol";
import {OwnedJob} from "../OwnedJob.sol";

/// @title GasCapped
/// @notice A mixin for jobs that aren't worth their gas at any price
abstract contract GasCapped is IGasCapped, OwnedJob {
  /// @inheritdoc IGasCapped
  uint256 public override maxBaseFee;

  /// @inheritdoc IGasCapped
  function setMaxBaseFee(uint256 maxBaseFee_) external override onlyOwner {
    maxBaseFee = maxBaseFee_;

    emit MaxBaseFeeChange(maxBaseFee_);
  }

  /// @inheritdoc Keep3rJob
  function _beforeWork(address keeper) internal virtual override {
    uint256 cap = maxBaseFee;
    if (_isAbove(cap)) revert BaseFeeAboveCap(block.basefee, cap);

    super._beforeWork(keeper);
  }

  /// @inheritdoc Keep3rJob
  function _mayWork(address keeper) internal view virtual override returns (bool) {
    return !_isAbove(maxBaseFee) && super._mayWork(keeper);
  }

  function _isAbove(uint256 cap) private view returns (bool) {
    return cap != 0 && block.basefee > cap;
  }
}
