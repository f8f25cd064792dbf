// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {IHegicOptions} from "../../interfaces/external/IHegicOptions.sol";
import {IHegicPool} from "../../interfaces/external/IHegicPool.sol";
import {HegicOptions__Mock} from "../../simulation/Hegic__Mock.sol";

/// @notice Options that stop to do anything when they are told to unlock
contract HegicIdleOptions__Mock is HegicOptions__Mock {
  bool public idle;

  constructor(
    AggregatorV3Interface priceProvider_
  ) HegicOptions__Mock(IERC20(address(0)), priceProvider_, msg.sender) {}

  function setIdle(bool idle_) external {
    idle = idle_;
  }

  function unlockAll(uint256[] calldata ids) external override {
    if (idle) return;
    for (uint256 i; i < ids.length; ++i) {
      unlock(ids[i]);
    }
  }

  function unlock(uint256 id) public override {
    if (!idle) super.unlock(id);
  }
}

/// @notice Options that call their unlocker again before they obey; can be made a keeper
contract HegicReentrantOptions__Mock is HegicOptions__Mock {
  bytes public onUnlock;

  constructor(
    AggregatorV3Interface priceProvider_
  ) HegicOptions__Mock(IERC20(address(0)), priceProvider_, msg.sender) {}

  function execute(address called, bytes calldata data) external {
    Address.functionCall(called, data);
  }

  function setOnUnlock(bytes calldata data) external {
    onUnlock = data;
  }

  function unlockAll(uint256[] calldata ids) external override {
    _callBack();
    for (uint256 i; i < ids.length; ++i) {
      super.unlock(ids[i]);
    }
  }

  function unlock(uint256 id) public override {
    _callBack();
    super.unlock(id);
  }

  function _callBack() private {
    bytes memory data = onUnlock;
    delete onUnlock;
    if (data.length != 0) Address.functionCall(msg.sender, data);
  }
}

/// @notice Options as an old compiler builds them, where an id beyond the last burns all the gas
contract HegicOldOptions__Mock is IHegicOptions {
  IHegicOptions private immutable _inner;

  constructor(IHegicOptions inner) {
    _inner = inner;
  }

  function unlock(uint256 id) external override {
    _inner.unlock(id);
  }

  function unlockAll(uint256[] calldata ids) external override {
    _inner.unlockAll(ids);
  }

  function options(
    uint256 id
  ) external view override returns (State, address, uint256, uint256, uint256, uint256, uint256, OptionType) {
    (bool known, bytes memory answer) = address(_inner).staticcall(abi.encodeCall(IHegicOptions.options, (id)));
    assembly {
      if iszero(known) {
        invalid()
      }
      return(add(answer, 0x20), mload(answer))
    }
  }

  function pool() external view override returns (IHegicPool) {
    return _inner.pool();
  }
}
