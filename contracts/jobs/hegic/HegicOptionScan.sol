// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ParameterBounds} from "../../governance/ParameterBounds.sol";
import {IHegicOptions} from "../../interfaces/external/IHegicOptions.sol";
import {IHegicOptionScan} from "../../interfaces/jobs/IHegicOptionScan.sol";

/// @title HegicOptionScan
/// @notice Reads Hegic's options, and finds those that can be unlocked
abstract contract HegicOptionScan is IHegicOptionScan, ParameterBounds {
  /// @notice What matters of an option
  struct Option {
    bool known;
    bool active;
    uint256 expiration;
    /// @dev What unlocking it frees: locked amount and premium
    uint256 value;
  }

  /// @inheritdoc IHegicOptionScan
  uint256 public constant override SCAN_WINDOW = 500;

  /// @dev Twice what reading an option takes. An id beyond the last may burn all the gas that it is given.
  uint256 private constant OPTION_GAS = 50_000;

  /// @inheritdoc IHegicOptionScan
  IHegicOptions public immutable override options;

  /// @inheritdoc IHegicOptionScan
  uint256 public override scanFrom;

  constructor(IHegicOptions options_) {
    if (address(options_).code.length == 0) revert WithoutCode(address(options_));

    options = options_;
  }

  /// @inheritdoc IHegicOptionScan
  function advanceScan(uint256 to) external override {
    uint256 id = scanFrom;
    _checkBounds(to, id + 1, id + SCAN_WINDOW);

    for (; id < to; ++id) {
      Option memory option = _read(id);
      if (!option.known) revert OptionUnknown(id);
      if (option.active) revert OptionStillActive(id);
    }
    scanFrom = to;

    emit ScanFromChange(to);
  }

  /// @inheritdoc IHegicOptionScan
  function findUnlockable(
    uint256 from,
    uint256 count
  ) external view override returns (uint256[] memory ids, uint256[] memory freed) {
    ids = new uint256[](count);
    freed = new uint256[](count);

    uint256 length;
    (bool found, uint256 id, uint256 value) = _nextUnlockable(from, from + count);
    for (; found; (found, id, value) = _nextUnlockable(id + 1, from + count)) {
      (ids[length], freed[length]) = (id, value);
      ++length;
    }

    // Shortens both to what was found, which is at their front.
    assembly ("memory-safe") {
      mstore(ids, length)
      mstore(freed, length)
    }
  }

  /// @dev The first option of a range that can be unlocked. The range ends where the options do.
  function _nextUnlockable(uint256 from, uint256 end) internal view returns (bool found, uint256 id, uint256 value) {
    for (id = from; id < end; ++id) {
      Option memory option = _read(id);
      if (!option.known) break;
      if (_canUnlock(option)) return (true, id, option.value);
    }
  }

  /// @dev What unlocking an option frees, in the pool's own unit; reverts if it can't be unlocked.
  function _valueOf(uint256 id) internal view returns (uint256) {
    Option memory option = _read(id);
    if (!option.known) revert OptionUnknown(id);
    if (!option.active) revert OptionNotActive(id);
    if (!_canUnlock(option)) revert OptionNotExpired(id, option.expiration);

    return option.value;
  }

  function _canUnlock(Option memory option) internal view returns (bool) {
    return option.active && option.expiration < block.timestamp;
  }

  /// @dev An option that can't be read isn't known, whatever the reason, too little gas among them. So nothing may depend
  /// on an option not being known but a refusal.
  function _read(uint256 id) internal view returns (Option memory option) {
    try options.options{gas: OPTION_GAS}(id) returns (
      IHegicOptions.State state,
      address,
      uint256,
      uint256,
      uint256 lockedAmount,
      uint256 premium,
      uint256 expiration,
      IHegicOptions.OptionType
    ) {
      option = Option(true, state == IHegicOptions.State.Active, expiration, Math.saturatingAdd(lockedAmount, premium));
    } catch {}
  }
}
