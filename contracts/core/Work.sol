// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {StorageSlot} from "@openzeppelin/contracts/utils/StorageSlot.sol";
import {TransientSlot} from "@openzeppelin/contracts/utils/TransientSlot.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {IKeep3rPricing} from "../interfaces/IKeep3rPricing.sol";
import {IWork} from "../interfaces/IWork.sol";
import {Keep3rSlots} from "../libraries/Keep3rSlots.sol";
import {PaymentMath} from "../libraries/PaymentMath.sol";
import {JobFlags, PackedJob} from "../types/Job.sol";
import {KeeperFlags, PackedKeeper} from "../types/Keeper.sol";
import {TokenCredit} from "../types/TokenCredit.sol";
import {WorkConfig} from "../types/WorkConfig.sol";
import {Accounting} from "./Accounting.sol";

/// @title Work
/// @notice The payment path: what a job calls before and after its work
abstract contract Work is Accounting {
  using SafeERC20 for IERC20;
  using TransientSlot for *;

  /// @dev A meter's word: gas when it was opened 168 | the keeper's bond 88.
  uint256 private constant METER_SHIFT = 88;

  /// @dev The share of laterWorkGas, in BPS, for a job that was paid for in this block before: its account and its code are
  /// warm in a transaction that works it again.
  uint256 private constant AGAIN_SHARE = 6_100;

  /// @dev What the first payment of a transaction takes more than the others, beside what `firstWorkGas` has more of the
  /// transaction's base: the keeper's slot is written for the first time.
  uint256 private constant FIRST_WRITE_GAS = 2_800;

  /// @dev The most gas that a job can vouch for: no parameter allows more, and sums of it don't overflow.
  uint256 private constant MAX_EXTRA_GAS = type(uint24).max;

  /// @inheritdoc IWork
  function isKeeper(address keeper) external override returns (bool) {
    uint256 gasLeft = _gasLeft();

    PackedKeeper known = _keepers[keeper];
    if (!_mayWork(known.flags())) return false;

    _openMeter(keeper, gasLeft, known.bond());
    return true;
  }

  /// @inheritdoc IWork
  function isBondedKeeper(
    address keeper,
    address bond_,
    uint256 minBond,
    uint256 earned,
    uint256 age
  ) external override returns (bool) {
    uint256 gasLeft = _gasLeft();

    PackedKeeper known = _keepers[keeper];
    if (!_mayWork(known.flags())) return false;
    if (known.earned() < earned || block.timestamp - known.firstSeen() < age) return false;
    if ((bond_ == keep3rV1 ? known.bond() : _tokenBonds[keeper][bond_]) < minBond) return false;

    _openMeter(keeper, gasLeft, known.bond());
    return true;
  }

  /// @inheritdoc IWork
  function worked(address keeper) external override {
    _payForGas(keeper, 0);
  }

  /// @inheritdoc IWork
  function workedFor(address keeper, uint256 extraGas) external override {
    _payForGas(keeper, Math.min(extraGas, MAX_EXTRA_GAS));
  }

  /// @inheritdoc IWork
  function bondedPayment(address keeper, uint256 payment) external override {
    _checkNotZero(keeper);

    uint256 gasLeft = _closeMeter(keeper);
    _payInBonds(keeper, _settledToPay(_config), _wordOf(msg.sender, Keep3rSlots.JOBS), payment, gasLeft);
  }

  /// @inheritdoc IWork
  function directTokenPayment(address token, address keeper, uint256 amount) external override nonReentrant {
    _checkNotZero(keeper);
    _checkPayable(_keepers[keeper].flags());
    PackedJob job = _jobs[msg.sender];
    if (job.flags() & JobFlags.DISPUTED != 0) revert JobDisputed();
    if (job.flags() & JobFlags.WORKED == 0) {
      if (_registrations[msg.sender].owner == address(0)) revert JobUnapproved();
      _jobs[msg.sender] = job.withFlags(JobFlags.WORKED);
    }
    TokenCredit credit = _jobTokenCredits[msg.sender][token];
    if (amount > credit.amount()) revert InsufficientFunds();

    _jobTokenCredits[msg.sender][token] = credit.spend(amount);

    emit KeeperWork(token, msg.sender, keeper, amount, _closeMeter(keeper));

    IERC20(token).safeTransfer(keeper, amount);
  }

  /// @inheritdoc IWork
  function workCompleted(address keeper) external view override returns (uint256) {
    return _keepers[keeper].earned();
  }

  /// @inheritdoc IWork
  function workedAt(address job) external view override returns (uint256) {
    return _jobs[job].workedAt();
  }

  /// @dev The quote may write to the helper, so it comes first; settling calls nothing but views; the meter is read after
  /// both, so that the keeper is paid for them.
  function _payForGas(address keeper, uint256 extraGas) private {
    TransientSlot.Uint256Slot meter = _meter(keeper);
    uint256 opened = meter.tload();
    if (opened == 0) revert GasNotInitialized();

    WorkConfig config = _config;
    (uint256 rate, uint256 firstWorkGas, uint256 laterWorkGas) = _workRate(config.helper(), uint88(opened));
    PackedJob job = _settledToPay(config);
    StorageSlot.Uint256Slot storage jobWord = _wordOf(msg.sender, Keep3rSlots.JOBS);
    // The first write to a slot in a transaction is dear and the others are cheap. Written here, it is the meter that sees
    // which it is, and what the payment leaves is cheap to write. Not zero: a slot that was empty when the transaction began,
    // of a job that is funded and worked in one, would be filled anew at each payment, for 20,000 gas that no meter sees
    jobWord.value = 1;

    uint256 paidBefore = _gasPaid;
    uint256 gasLeft = _gasLeft();
    uint256 paidGas;
    unchecked {
      // Sums of gas; only a helper that lies could make them overflow, and it needn't: it names the price
      paidGas = _gasUsed(opened, gasLeft, paidBefore) + extraGas;

      uint256 overhead = laterWorkGas;
      if (paidBefore == 0) overhead += FIRST_WRITE_GAS;
      else if (job.workedAt() == block.timestamp) overhead = (laterWorkGas * AGAIN_SHARE) / PaymentMath.BPS;
      // An enclosing meter sees the extra gas and this payment's overhead as well, but never the transaction's base, nor its
      // calldata: nothing encloses who is paid for that
      _gasPaid = paidBefore + paidGas + overhead + 1;

      if (paidGas > config.maxGasPerWork()) paidGas = config.maxGasPerWork();
      paidGas += paidBefore == 0 ? firstWorkGas : overhead;
    }
    meter.tstore(0);

    _payInBonds(keeper, job, jobWord, (paidGas * rate) / PaymentMath.RATE_SCALE, gasLeft);
  }

  /// @dev IKeep3rPricing.workRate of the helper; reverts with the helper's error. By hand, since decoding three words by
  /// the compiler takes 270 gas more.
  function _workRate(
    address helper,
    uint256 bond_
  ) private returns (uint256 rate, uint256 firstWorkGas, uint256 laterWorkGas) {
    bytes4 selector = IKeep3rPricing.workRate.selector;
    bool answered;
    assembly ("memory-safe") {
      let free := mload(0x40)
      mstore(free, selector)
      mstore(add(free, 4), bond_)
      if iszero(call(gas(), helper, 0, free, 36, free, 96)) {
        returndatacopy(free, 0, returndatasize())
        revert(free, returndatasize())
      }
      answered := gt(returndatasize(), 95)
      rate := mload(free)
      firstWorkGas := mload(add(free, 32))
      laterWorkGas := mload(add(free, 64))
    }
    // Nobody is there
    if (!answered) revert ZeroAddress();
  }

  /// @dev The calling job, settled, if it may pay at all.
  function _settledToPay(WorkConfig config) private returns (PackedJob job) {
    job = _settled(msg.sender, config);
    if (job.flags() & JobFlags.DISPUTED != 0) revert JobDisputed();
    // Whoever has paid from its credits before is registered; it needn't be looked up again
    if (job.workedAt() == 0 && _registrations[msg.sender].owner == address(0)) revert JobUnapproved();
  }

  /// @dev Moves credits of a settled job to a keeper's bond.
  /// @param jobWord Where the job's word stands
  function _payInBonds(
    address keeper,
    PackedJob job,
    StorageSlot.Uint256Slot storage jobWord,
    uint256 payment,
    uint256 gasLeft
  ) private {
    // Read only now: whoever was called before could have changed it
    StorageSlot.Uint256Slot storage keeperWord = _wordOf(keeper, Keep3rSlots.KEEPERS);
    PackedKeeper known = PackedKeeper.wrap(keeperWord.value);
    _checkPayable(known.flags());
    if (payment > job.credits()) revert InsufficientFunds();

    jobWord.value = PackedJob.unwrap(job.paid(payment));
    keeperWord.value = PackedKeeper.unwrap(known.earn(payment));

    emit KeeperWork(keep3rV1, msg.sender, keeper, payment, gasLeft);
  }

  /// @dev Where a mapping keeps the word of an account, found once for reading and writing.
  function _wordOf(address account, bytes32 mappingSlot) private pure returns (StorageSlot.Uint256Slot storage) {
    return StorageSlot.getUint256Slot(Hashes.efficientKeccak256(bytes32(uint256(uint160(account))), mappingSlot));
  }

  /// @dev Opening stores the gas left plus the gas paid so far, so that what nested and earlier works are paid for drops
  /// out of the difference. Below it stands the bond that the boost goes by: it needn't be read again.
  function _openMeter(address keeper, uint256 gasLeft, uint256 bond_) private {
    unchecked {
      // Both fit: a bond is a uint88
      _meter(keeper).tstore(((gasLeft + _gasPaid) << METER_SHIFT) | bond_);
    }
  }

  /// @dev Closes the meter, if there is one, for a payment that doesn't depend on it; the gas counts as paid all the same.
  function _closeMeter(address keeper) private returns (uint256 gasLeft) {
    TransientSlot.Uint256Slot meter = _meter(keeper);
    uint256 paidBefore = _gasPaid;
    gasLeft = _gasLeft();

    _gasPaid = paidBefore + _gasUsed(meter.tload(), gasLeft, paidBefore) + 1;
    meter.tstore(0);
  }

  /// @dev A job that closes the meter in a frame above the one it opened it in reads less than nothing: it pays for none.
  function _gasUsed(uint256 opened, uint256 gasLeft, uint256 paid) private pure returns (uint256) {
    unchecked {
      // Sums of gas are far below 2 ** 256
      return Math.saturatingSub(opened >> METER_SHIFT, gasLeft + paid);
    }
  }

  /// @dev What the job's frame had left when it called: a call hands on 63/64 of it (EIP-150). The result of a difference
  /// doesn't depend on the transaction's gas limit.
  function _gasLeft() private view returns (uint256) {
    unchecked {
      return (gasleft() * 64) / 63;
    }
  }

  /// @dev The transient slot of the meter between the calling job and a keeper.
  function _meter(address keeper) private view returns (TransientSlot.Uint256Slot) {
    return
      Hashes.efficientKeccak256(bytes32(uint256(uint160(msg.sender))), bytes32(uint256(uint160(keeper)))).asUint256();
  }

  function _mayWork(uint256 flags) private pure returns (bool) {
    return flags & (KeeperFlags.ACTIVE | KeeperFlags.DISPUTED) == KeeperFlags.ACTIVE;
  }
}
