// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IHegicOptions} from "../../interfaces/external/IHegicOptions.sol";
import {IHegicSimpleUnlockJob} from "../../interfaces/jobs/IHegicSimpleUnlockJob.sol";
import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {IKeep3rWorkable} from "../../interfaces/IKeep3rWorkable.sol";
import {OwnedJob} from "../OwnedJob.sol";
import {HegicOptionScan} from "./HegicOptionScan.sol";

/// @title HegicSimpleUnlockJob
/// @notice Pays keepers to unlock Hegic's options, one at a time and whatever they are worth
contract HegicSimpleUnlockJob is IHegicSimpleUnlockJob, OwnedJob, HegicOptionScan, ReentrancyGuardTransient {
  /// @dev The bytes of an ABI-encoded id.
  uint256 private constant DATA_LENGTH = 32;

  /// @param keep3r_ The network
  /// @param owner_ Who the job is offered to
  /// @param options_ The options contract to keep clear
  constructor(
    IKeep3r keep3r_,
    address owner_,
    IHegicOptions options_
  ) OwnedJob(keep3r_, owner_) HegicOptionScan(options_) {}

  /// @inheritdoc IKeep3rWorkable
  function workable() external view override returns (bool canWork, bytes memory data) {
    if (!_mayWork(msg.sender)) return (false, "");

    (bool found, uint256 id, ) = _nextUnlockable(scanFrom, scanFrom + SCAN_WINDOW);
    return found ? (true, abi.encode(id)) : (false, bytes(""));
  }

  /// @inheritdoc IKeep3rWorkable
  function work(bytes calldata data) external override nonReentrant validateAndPayKeeper(msg.sender) {
    if (data.length != DATA_LENGTH) revert DataLengthMismatch(data.length, DATA_LENGTH);

    _unlock(abi.decode(data, (uint256)));
  }

  /// @inheritdoc IHegicSimpleUnlockJob
  function unlock(uint256 id) external override nonReentrant validateAndPayKeeper(msg.sender) {
    _unlock(id);
  }

  /// @inheritdoc IHegicSimpleUnlockJob
  function unlockable(uint256 id) external view override returns (bool) {
    return _canUnlock(_read(id));
  }

  /// @dev Looks before and after, so that nobody is paid for an option that ended before, or didn't end.
  function _unlock(uint256 id) private {
    _valueOf(id);

    options.unlock(id);

    (IHegicOptions.State state, , , , , , , ) = options.options(id);
    if (state == IHegicOptions.State.Active) revert OptionStillActive(id);
  }

  /// @dev A selector and an id; `work(bytes)` has the offset and length of data before it.
  function _paidCalldata() internal view virtual override returns (uint256) {
    return 4 + DATA_LENGTH + (msg.sig == this.work.selector ? 2 * 32 : 0);
  }
}
