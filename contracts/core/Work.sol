// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {TransientSlot} from "@openzeppelin/contracts/utils/TransientSlot.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {IKeep3rPricing} from "../interfaces/IKeep3rPricing.sol";
import {IWork} from "../interfaces/IWork.sol";
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

  /// @inheritdoc IWork
  function isKeeper(address keeper) external override returns (bool) {
    uint256 gasLeft = _gasLeft();

    if (!_mayWork(_keepers[keeper].flags())) return false;

    _openMeter(keeper, gasLeft);
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

    _openMeter(keeper, gasLeft);
    return true;
  }

  /// @inheritdoc IWork
  function worked(address keeper) external override {
    _payForGas(keeper, 0);
  }

  /// @inheritdoc IWork
  function workedFor(address keeper, uint256 extraGas) external override {
    _payForGas(keeper, extraGas);
  }

  /// @inheritdoc IWork
  function bondedPayment(address keeper, uint256 payment) external override {
    _checkNotZero(keeper);
    _checkPayable(_keepers[keeper].flags());

    uint256 gasLeft = _closeMeter(keeper);
    _payInBonds(keeper, _settledToPay(_config), payment, gasLeft);
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
    PackedKeeper known = _keepers[keeper];
    _checkPayable(known.flags());

    WorkConfig config = _config;
    (uint256 rate, uint256 firstWorkGas, uint256 laterWorkGas) = _workRate(config.helper(), known.bond());
    PackedJob job = _settledToPay(config);

    uint256 paidBefore = _gasPaid;
    uint256 gasLeft = _gasLeft();
    uint256 paidGas;
    unchecked {
      // Sums of gas; only a helper that lies could make them overflow, and it needn't: it names the price
      uint256 gasUsed = _gasUsed(opened, gasLeft, paidBefore);
      if (extraGas > config.maxGasPerWork()) extraGas = config.maxGasPerWork();
      paidGas = gasUsed + extraGas;
      // An enclosing meter sees the extra gas and this payment's overhead as well, but never the transaction's base, nor its
      // calldata: nothing encloses who is paid for that
      _gasPaid = paidBefore + paidGas + laterWorkGas + 1;

      if (paidGas > config.maxGasPerWork()) paidGas = config.maxGasPerWork();
      paidGas += paidBefore == 0 ? firstWorkGas : laterWorkGas;
    }
    meter.tstore(0);

    _payInBonds(keeper, job, (paidGas * rate) / PaymentMath.RATE_SCALE, gasLeft);
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
  function _payInBonds(address keeper, PackedJob job, uint256 payment, uint256 gasLeft) private {
    if (payment > job.credits()) revert InsufficientFunds();

    _jobs[msg.sender] = job.paid(payment);
    _keepers[keeper] = _keepers[keeper].earn(payment);

    emit KeeperWork(keep3rV1, msg.sender, keeper, payment, gasLeft);
  }

  /// @dev Opening stores the gas left plus the gas paid so far, so that what nested and earlier works are paid for drops
  /// out of the difference.
  function _openMeter(address keeper, uint256 gasLeft) private {
    unchecked {
      _meter(keeper).tstore(gasLeft + _gasPaid);
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
      return Math.saturatingSub(opened, gasLeft + paid);
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
