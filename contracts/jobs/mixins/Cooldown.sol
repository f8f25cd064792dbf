// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICooldown} from "../../interfaces/jobs/ICooldown.sol";
import {Keep3rJob} from "../Keep3rJob.sol";
import {OwnedJob} from "../OwnedJob.sol";

/// @title Cooldown
/// @notice A mixin for jobs that need not, or must not, be worked too often
abstract contract Cooldown is ICooldown, OwnedJob {
  using SafeCast for uint256;

  /// @dev One slot.
  struct Pace {
    uint32 cooldown;
    uint48 workedAt;
  }

  Pace private _pace;

  /// @inheritdoc ICooldown
  function setCooldown(uint256 cooldown_) external override onlyOwner {
    _pace.cooldown = cooldown_.toUint32();

    emit CooldownChange(cooldown_);
  }

  /// @inheritdoc ICooldown
  function cooldown() external view override returns (uint256) {
    return _pace.cooldown;
  }

  /// @inheritdoc ICooldown
  function readyAt() public view override returns (uint256) {
    return uint256(_pace.workedAt) + _pace.cooldown;
  }

  /// @inheritdoc Keep3rJob
  function _beforeWork(address keeper) internal virtual override {
    uint256 ready = readyAt();
    if (block.timestamp < ready) revert CoolingDown(ready);

    super._beforeWork(keeper);

    // Before the work, so that it can't be re-entered; after the other mixins, which may ask when the job was ready.
    // 48 bits last for nine million years
    _pace.workedAt = uint48(block.timestamp);
  }

  /// @inheritdoc Keep3rJob
  function _mayWork(address keeper) internal view virtual override returns (bool) {
    return block.timestamp >= readyAt() && super._mayWork(keeper);
  }
}
