// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {IKeep3rWorkable} from "../../interfaces/IKeep3rWorkable.sol";
import {Cooldown} from "../../jobs/mixins/Cooldown.sol";
import {ExclusiveKeeper} from "../../jobs/mixins/ExclusiveKeeper.sol";
import {GasCapped} from "../../jobs/mixins/GasCapped.sol";
import {PaymentCapped} from "../../jobs/mixins/PaymentCapped.sol";
import {Keep3rJob} from "../../jobs/Keep3rJob.sol";
import {OwnedJob} from "../../jobs/OwnedJob.sol";
import {Work__Mock} from "../Jobs__Mock.sol";

/// @notice Is told of every task that is done
interface ITaskListener {
  function onTask() external;
}

/// @notice A job that does one task of an inbox at a time, the oldest first, in each of the ways that a job can pay
contract InboxJob__Mock is OwnedJob, Work__Mock {
  error NothingToDo();
  error UnexpectedData();

  uint256 public gasToUse;
  ITaskListener public listener;
  uint256[] private _arrivals;
  uint256 private _done;

  constructor(IKeep3r keep3r_, address owner_) OwnedJob(keep3r_, owner_) {}

  function submit(uint256 tasks) external {
    for (uint256 i; i < tasks; ++i) {
      _arrivals.push(block.timestamp);
    }
  }

  function setGasToUse(uint256 gasToUse_) external {
    gasToUse = gasToUse_;
  }

  function setListener(ITaskListener listener_) external {
    listener = listener_;
  }

  /// @inheritdoc IKeep3rWorkable
  function workable() external view override returns (bool, bytes memory) {
    if (!_mayWork(msg.sender)) return (false, "");

    return (pending() != 0, "");
  }

  /// @inheritdoc IKeep3rWorkable
  function work(bytes calldata data) external override validateAndPayKeeper(msg.sender) {
    if (data.length != 0) revert UnexpectedData();
    _doTask();
  }

  function workBonded(
    KeeperRequirements calldata requirements
  ) external validateAndPayBondedKeeper(msg.sender, requirements) {
    _doTask();
  }

  function workForToken(address token, uint256 amount) external validateAndPayKeeperInToken(msg.sender, token, amount) {
    _doTask();
  }

  function workForAmount(uint256 payment) external validateAndPayKeeperAmount(msg.sender, payment) {
    _doTask();
  }

  function pending() public view returns (uint256) {
    return _arrivals.length - _done;
  }

  function _doTask() private {
    if (pending() == 0) revert NothingToDo();
    ++_done;
    _work(gasToUse);
    if (address(listener) != address(0)) listener.onTask();
  }

  function _oldest() internal view returns (uint256) {
    return pending() == 0 ? 0 : _arrivals[_done];
  }
}

contract GasCappedJob__Mock is InboxJob__Mock, GasCapped {
  constructor(IKeep3r keep3r_, address owner_) InboxJob__Mock(keep3r_, owner_) {}

  function _beforeWork(address keeper) internal override(Keep3rJob, GasCapped) {
    super._beforeWork(keeper);
  }

  function _mayWork(address keeper) internal view override(Keep3rJob, GasCapped) returns (bool) {
    return super._mayWork(keeper);
  }
}

contract CooldownJob__Mock is InboxJob__Mock, Cooldown {
  constructor(IKeep3r keep3r_, address owner_) InboxJob__Mock(keep3r_, owner_) {}

  function _beforeWork(address keeper) internal override(Keep3rJob, Cooldown) {
    super._beforeWork(keeper);
  }

  function _mayWork(address keeper) internal view override(Keep3rJob, Cooldown) returns (bool) {
    return super._mayWork(keeper);
  }
}

contract PaymentCappedJob__Mock is InboxJob__Mock, PaymentCapped {
  constructor(IKeep3r keep3r_, address owner_) InboxJob__Mock(keep3r_, owner_) {}

  function _beforePayment(address keeper) internal override(Keep3rJob, PaymentCapped) {
    super._beforePayment(keeper);
  }

  function _afterPayment(address keeper) internal override(Keep3rJob, PaymentCapped) {
    super._afterPayment(keeper);
  }

  function _gasAfterPayment() internal view override(Keep3rJob, PaymentCapped) returns (uint256) {
    return super._gasAfterPayment();
  }

  function _mayWork(address keeper) internal view override(Keep3rJob, PaymentCapped) returns (bool) {
    return super._mayWork(keeper);
  }
}

contract ExclusiveKeeperJob__Mock is InboxJob__Mock, ExclusiveKeeper {
  constructor(IKeep3r keep3r_, address owner_) InboxJob__Mock(keep3r_, owner_) {}

  function _dueSince() internal view override returns (uint256) {
    return _oldest();
  }

  function _beforeWork(address keeper) internal override(Keep3rJob, ExclusiveKeeper) {
    super._beforeWork(keeper);
  }

  function _afterPayment(address keeper) internal override(Keep3rJob, ExclusiveKeeper) {
    super._afterPayment(keeper);
  }

  function _gasAfterPayment() internal view override(Keep3rJob, ExclusiveKeeper) returns (uint256) {
    return super._gasAfterPayment();
  }

  function _mayWork(address keeper) internal view override(Keep3rJob, ExclusiveKeeper) returns (bool) {
    return super._mayWork(keeper);
  }
}

/// @notice All mixins, the seat last
contract AllMixinsJob__Mock is InboxJob__Mock, GasCapped, Cooldown, PaymentCapped, ExclusiveKeeper {
  constructor(IKeep3r keep3r_, address owner_) InboxJob__Mock(keep3r_, owner_) {}

  /// @dev Enough for calldata that is charged its floor price.
  function _paidCalldata() internal pure override returns (uint256) {
    return 8192;
  }

  function _dueSince() internal view override returns (uint256) {
    uint256 oldest = _oldest();
    return oldest == 0 || block.timestamp < readyAt() ? 0 : Math.max(oldest, readyAt());
  }

  function _beforeWork(address keeper) internal override(Keep3rJob, GasCapped, Cooldown, ExclusiveKeeper) {
    super._beforeWork(keeper);
  }

  function _beforePayment(address keeper) internal override(Keep3rJob, PaymentCapped) {
    super._beforePayment(keeper);
  }

  function _afterPayment(address keeper) internal override(Keep3rJob, PaymentCapped, ExclusiveKeeper) {
    super._afterPayment(keeper);
  }

  function _gasAfterPayment() internal view override(Keep3rJob, PaymentCapped, ExclusiveKeeper) returns (uint256) {
    return super._gasAfterPayment();
  }

  function _mayWork(
    address keeper
  ) internal view override(Keep3rJob, GasCapped, Cooldown, PaymentCapped, ExclusiveKeeper) returns (bool) {
    return super._mayWork(keeper);
  }
}

/// @notice All mixins the other way round, the job itself last
contract ReversedMixinsJob__Mock is ExclusiveKeeper, PaymentCapped, Cooldown, GasCapped, InboxJob__Mock {
  constructor(IKeep3r keep3r_, address owner_) InboxJob__Mock(keep3r_, owner_) {}

  /// @dev Enough for calldata that is charged its floor price.
  function _paidCalldata() internal pure override returns (uint256) {
    return 8192;
  }

  function _dueSince() internal view override returns (uint256) {
    uint256 oldest = _oldest();
    return oldest == 0 || block.timestamp < readyAt() ? 0 : Math.max(oldest, readyAt());
  }

  function _beforeWork(address keeper) internal override(Keep3rJob, GasCapped, Cooldown, ExclusiveKeeper) {
    super._beforeWork(keeper);
  }

  function _beforePayment(address keeper) internal override(Keep3rJob, PaymentCapped) {
    super._beforePayment(keeper);
  }

  function _afterPayment(address keeper) internal override(Keep3rJob, PaymentCapped, ExclusiveKeeper) {
    super._afterPayment(keeper);
  }

  function _gasAfterPayment() internal view override(Keep3rJob, PaymentCapped, ExclusiveKeeper) returns (uint256) {
    return super._gasAfterPayment();
  }

  function _mayWork(
    address keeper
  ) internal view override(Keep3rJob, GasCapped, Cooldown, PaymentCapped, ExclusiveKeeper) returns (bool) {
    return super._mayWork(keeper);
  }
}

/// @notice A keeper that is a contract and calls once more while its task is being done
contract ReentrantKeeper__Mock is ITaskListener {
  address private _target;
  bytes private _data;

  function arm(address target, bytes calldata data) external {
    (_target, _data) = (target, data);
  }

  function execute(address target, bytes calldata data) external {
    _call(target, data);
  }

  function onTask() external override {
    address target = _target;
    if (target == address(0)) return;

    delete _target;
    _call(target, _data);
  }

  function _call(address target, bytes memory data) private {
    (bool success, bytes memory answer) = target.call(data);
    if (success) return;

    assembly ("memory-safe") {
      revert(add(answer, 32), mload(answer))
    }
  }
}

/// @notice Asks for work in a transaction, where the block's base fee is what it is
contract WorkableProbe__Mock {
  event Answer(bool canWork, bytes data);

  function ask(IKeep3rWorkable job) external {
    (bool canWork, bytes memory data) = job.workable();
    emit Answer(canWork, data);
  }
}
