// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {TransientSlot} from "@openzeppelin/contracts/utils/TransientSlot.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {IKeep3rHelper} from "../../interfaces/IKeep3rHelper.sol";
import {IKeep3rWorkable} from "../../interfaces/IKeep3rWorkable.sol";
import {IUpkeepBridge} from "../../interfaces/jobs/IUpkeepBridge.sol";
import {UpkeepRegistry} from "./UpkeepRegistry.sol";

/// @title UpkeepBridge
/// @notice How upkeeps are found, performed and paid for
abstract contract UpkeepBridge is IUpkeepBridge, UpkeepRegistry {
  using EnumerableSet for EnumerableSet.UintSet;
  using TransientSlot for *;

  /// @dev An ABI-encoded word and bytes, before the bytes themselves: the word, their offset and their length. So is what
  /// a check answers, and a keeper's own data.
  uint256 private constant HEAD = 3 * 32;
  uint256 private constant BYTES_OFFSET = 2 * 32;

  /// @dev `work(bytes)` before its data: a selector, an offset and a length.
  uint256 private constant WORK_HEAD = 4 + 2 * 32;

  /// @dev What a work is paid for beyond check and perform, with room for a refresh of the quote.
  uint256 private constant ESTIMATE_OVERHEAD = 200_000;
  uint256 private constant ESTIMATE_CALLDATA_BYTE = 16;

  /// @dev What it takes to charge the upkeep once the payment is known, as measured.
  uint256 private constant GAS_AFTER_PAYMENT = 4_200;

  /// @dev What another simulation can't go without. Where there is less, `workable` ends instead of running out.
  uint256 private constant SCAN_GAS = 100_000;

  /// @dev Of the work at hand; its calldata beyond that is the keeper's expense.
  uint256 private transient _workDataLength;

  // Finding work

  /// @inheritdoc IERC165
  function supportsInterface(bytes4 interfaceId) public view virtual override returns (bool) {
    return interfaceId == type(IUpkeepBridge).interfaceId || super.supportsInterface(interfaceId);
  }

  /// @inheritdoc IKeep3rWorkable
  function workable() external override returns (bool canWork, bytes memory data) {
    return workableFor(msg.sender);
  }

  /// @inheritdoc IUpkeepBridge
  function workableFor(address keeper) public override returns (bool canWork, bytes memory data) {
    uint256 count = _ids.length();
    if (count == 0 || !_mayWork(keeper)) return (false, "");

    // A hash, so that no rhythm of asking meets the same beginning every time
    uint256 start = uint256(keccak256(abi.encode(block.number))) % count;
    for (uint256 i; i < count && gasleft() > SCAN_GAS; ++i) {
      try this.simulate(keeper, _ids.at((start + i) % count)) {} catch (bytes memory reason) {
        if (bytes4(reason) == Simulated.selector) return (true, abi.decode(Bytes.slice(reason, 4), (bytes)));
      }
    }
  }

  /// @inheritdoc IUpkeepBridge
  function simulate(address keeper, uint256 id) external override nonReentrantView {
    uint256 gasAtStart = gasleft();
    // Closes the guard, as a work does; the revert opens it
    _reentrancyGuardStorageSlot().asBoolean().tstore(true);
    Upkeep storage known = _known(id);
    uint256 budget = _spendable(known);

    _begin(id, known);
    bytes memory payload = _check(id, known);
    bool offchain = known.checkMode == CheckMode.Offchain;
    if (offchain) _checkLength(payload.length, known.maxPerformData);
    _perform(id, known, payload);

    bytes memory data = offchain ? abi.encode(id, payload) : abi.encode(id);
    uint256 gasUsed = gasAtStart - gasleft() + ESTIMATE_OVERHEAD + ESTIMATE_CALLDATA_BYTE * data.length;
    uint256 payment = IKeep3rHelper(keep3r.keep3rHelper()).getRewardAmountFor(keeper, gasUsed);
    if (payment > budget) revert BudgetExceeded(id, payment, budget);

    revert Simulated(data);
  }

  // Work

  /// @inheritdoc IKeep3rWorkable
  function work(bytes calldata data) external override nonReentrant {
    if (data.length < 32) revert WorkDataMalformed(data.length);

    uint256 id = uint256(bytes32(data));
    (uint256 budget, uint256 earnedBefore) = _paidWork(id, data);

    uint256 payment = keep3r.workCompleted(msg.sender) - earnedBefore;
    _charge(id, budget, payment);

    emit UpkeepPerform(id, msg.sender, payment);
  }

  /// @return budget What the upkeep may spend; it is out of the books until it is charged
  /// @return earned What the keeper had earned right before its payment: other works may have been nested in this one
  function _paidWork(
    uint256 id,
    bytes calldata data
  ) private validateAndPayKeeper(msg.sender) returns (uint256 budget, uint256 earned) {
    Upkeep storage known = _known(id);
    _workDataLength = data.length;

    budget = _begin(id, known);
    bytes memory payload =
      known.checkMode == CheckMode.Offchain ? _keepersPayload(known, data) : _checkedPayload(id, data);
    _perform(id, known, payload);

    earned = keep3r.workCompleted(msg.sender);
  }

  /// @dev Takes the budget out of the books, inside of the meter. Putting back what is left costs next to nothing then.
  /// @return budget What the upkeep may spend
  function _begin(uint256 id, Upkeep storage known) private returns (uint256 budget) {
    if (known.paused) revert UpkeepPaused(id);
    uint256 until = known.performedAt + known.interval;
    if (block.timestamp < until) revert UpkeepCooling(id, until);

    // Seconds fit for 35,000 years
    known.performedAt = uint40(block.timestamp);
    budget = known.budget;
    if (budget == OPEN_BUDGET) return _spendable(known);

    known.budget = 0;
    reserved -= budget;
  }

  function _charge(uint256 id, uint256 budget, uint256 payment) private {
    if (payment > budget) revert BudgetExceeded(id, payment, budget);

    Upkeep storage known = _upkeeps[id];
    if (known.budget == OPEN_BUDGET) return;

    uint256 left = budget - payment;
    // It fits, as the budget did
    known.budget = uint128(left);
    reserved += left;
  }

  /// @dev What the upkeep's own check answers; a keeper has no say in it.
  function _checkedPayload(uint256 id, bytes calldata data) private returns (bytes memory) {
    if (data.length != 32) revert WorkDataMalformed(data.length);

    return _check(id, _upkeeps[id]);
  }

  /// @dev The encoding must be the shortest one, and what it holds no more than the upkeep's owner lets keepers bring: all
  /// of it is paid for.
  function _keepersPayload(Upkeep storage known, bytes calldata data) private view returns (bytes memory payload) {
    if (data.length >= HEAD) (, payload) = abi.decode(data, (uint256, bytes));
    if (data.length != HEAD + Math.ceilDiv(payload.length, 32) * 32) revert WorkDataMalformed(data.length);

    _checkLength(payload.length, known.maxPerformData);
  }

  /// @dev An upkeep that is only checked in simulation is checked there by a call that is undone.
  function _check(uint256 id, Upkeep storage known) private returns (bytes memory payload) {
    bytes memory data = _checkCall(known.checkData);
    bytes memory answer;
    if (known.checkMode == CheckMode.Static) {
      answer = known.forwarder.check(known.checkGasLimit, data);
    } else {
      try known.forwarder.checkUndone(known.checkGasLimit, data) {} catch (bytes memory reason) {
        answer = reason;
      }
    }

    // Decoding would revert without a name
    if (answer.length < HEAD) revert CheckFailed(id);
    (uint256 due, uint256 offset, uint256 length) = abi.decode(answer, (uint256, uint256, uint256));
    if (due > 1 || offset != BYTES_OFFSET || length > answer.length - HEAD) revert CheckFailed(id);
    if (due == 0) revert UpkeepNotDue(id);

    (, payload) = abi.decode(answer, (bool, bytes));
  }

  function _perform(uint256 id, Upkeep storage known, bytes memory payload) private {
    if (!known.forwarder.perform(known.gasLimit, _performCall(payload))) revert PerformFailed(id);
  }

  /// @dev The calldata of a check.
  function _checkCall(bytes memory checkData) internal pure virtual returns (bytes memory);

  /// @dev The calldata of a perform.
  function _performCall(bytes memory payload) internal pure virtual returns (bytes memory);

  /// @dev What the data at hand takes, so that nobody earns a margin on padding.
  function _paidCalldata() internal view virtual override returns (uint256) {
    return WORK_HEAD + _workDataLength;
  }

  function _gasAfterPayment() internal view virtual override returns (uint256) {
    return super._gasAfterPayment() + GAS_AFTER_PAYMENT;
  }
}
