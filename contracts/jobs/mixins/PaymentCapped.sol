// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SlotDerivation} from "@openzeppelin/contracts/utils/SlotDerivation.sol";
import {TransientSlot} from "@openzeppelin/contracts/utils/TransientSlot.sol";
import {IPaymentCapped} from "../../interfaces/jobs/IPaymentCapped.sol";
import {Keep3rJob} from "../Keep3rJob.sol";
import {OwnedJob} from "../OwnedJob.sol";

/// @title PaymentCapped
/// @notice A mixin for jobs whose funds must not be drained
abstract contract PaymentCapped is IPaymentCapped, OwnedJob {
  using SafeCast for uint256;
  using SlotDerivation for bytes32;
  using TransientSlot for *;

  /// @dev One slot.
  struct Caps {
    uint80 perWork;
    uint80 perDay;
    uint80 paid; // on `day`
    uint16 day; // since 1970
  }

  /// @dev Where the transaction keeps what each keeper had earned before its payment. Apart for each, as a token payment
  /// can hand over to another keeper's work.
  // Hashed by the compiler.
  // solhint-disable-next-line gas-small-strings
  bytes32 private constant EARNED_BEFORE = keccak256("keep3r.PaymentCapped.earnedBefore");

  /// @dev What `_afterPayment` takes without a daily cap, with one, and with one for a transaction's later payments, which
  /// find the slot written already: measured.
  uint256 private constant GAS_OF_CHECK = 2_100;
  uint256 private constant GAS_OF_COUNT = 5_500;
  uint256 private constant GAS_OF_LATER_COUNT = 2_700;

  bool private transient _counted;

  Caps private _caps;

  /// @inheritdoc IPaymentCapped
  function setMaxPayment(uint256 maxPayment_) external override onlyOwner {
    _caps.perWork = maxPayment_.toUint80();

    emit MaxPaymentChange(maxPayment_);
  }

  /// @inheritdoc IPaymentCapped
  function setMaxDailyPayment(uint256 maxDailyPayment_) external override onlyOwner {
    _caps.perDay = maxDailyPayment_.toUint80();

    emit MaxDailyPaymentChange(maxDailyPayment_);
  }

  /// @inheritdoc IPaymentCapped
  function maxPayment() external view override returns (uint256) {
    return _caps.perWork;
  }

  /// @inheritdoc IPaymentCapped
  function maxDailyPayment() external view override returns (uint256) {
    return _caps.perDay;
  }

  /// @inheritdoc IPaymentCapped
  function paidToday() public view override returns (uint256) {
    return _caps.day == _today() ? _caps.paid : 0;
  }

  /// @inheritdoc Keep3rJob
  function _beforePayment(address keeper) internal virtual override {
    super._beforePayment(keeper);

    _earnedBefore(keeper).tstore(keep3r.workCompleted(keeper));
  }

  /// @inheritdoc Keep3rJob
  function _afterPayment(address keeper) internal virtual override {
    super._afterPayment(keeper);

    uint256 payment = keep3r.workCompleted(keeper) - _earnedBefore(keeper).tload();
    Caps memory caps = _caps;
    if (caps.perWork != 0 && payment > caps.perWork) revert PaymentAboveCap(payment, caps.perWork);

    if (caps.perDay == 0) return;
    uint256 paid = paidToday() + payment;
    if (paid > caps.perDay) revert DailyPaymentAboveCap(paid, caps.perDay);

    // Not above a cap of as many bits; the days fit until 2149
    _caps.paid = uint80(paid);
    _caps.day = uint16(_today());
    _counted = true;
  }

  /// @inheritdoc Keep3rJob
  function _gasAfterPayment() internal view virtual override returns (uint256) {
    uint256 gasOfCount = _counted ? GAS_OF_LATER_COUNT : GAS_OF_COUNT;
    return super._gasAfterPayment() + (_caps.perDay == 0 ? GAS_OF_CHECK : gasOfCount);
  }

  /// @inheritdoc Keep3rJob
  function _mayWork(address keeper) internal view virtual override returns (bool) {
    uint256 cap = _caps.perDay;
    return (cap == 0 || paidToday() < cap) && super._mayWork(keeper);
  }

  function _earnedBefore(address keeper) private pure returns (TransientSlot.Uint256Slot) {
    return EARNED_BEFORE.deriveMapping(keeper).asUint256();
  }

  function _today() private view returns (uint256) {
    return block.timestamp / 1 days;
  }
}
