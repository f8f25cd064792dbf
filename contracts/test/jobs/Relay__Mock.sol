// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";
import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {Keep3rJob} from "../../jobs/Keep3rJob.sol";
import {RelayJob} from "../../jobs/RelayJob.sol";
import {WorkableJob} from "../../jobs/WorkableJob.sol";
import {PaymentCapped} from "../../jobs/mixins/PaymentCapped.sol";
import {BatchKeeper__Mock} from "../BatchKeeper__Mock.sol";

/// @notice A board on which users leave notes in their own name, as wasteful or loud as they like
contract Board__Mock is ERC2771Context {
  error WriterRefused(address writer);

  mapping(address writer => uint256) public notesOf;
  mapping(address writer => bool) public refused;

  constructor(address forwarder) ERC2771Context(forwarder) {}

  function setRefused(address writer, bool refused_) external {
    refused[writer] = refused_;
  }

  /// @notice Counts a note; the text is only there to be carried
  function write(bytes calldata) external {
    if (refused[_msgSender()]) revert WriterRefused(_msgSender());

    ++notesOf[_msgSender()];
  }

  /// @notice Counts a note, then uses up gas
  function writeSlowly(uint256 gasToUse) external {
    uint256 start = gasleft();
    ++notesOf[_msgSender()];
    while (start - gasleft() < gasToUse) {}
  }

  /// @notice Counts a note and returns that many bytes
  function writeLoudly(uint256 length) external {
    ++notesOf[_msgSender()];
    assembly {
      return(0, length)
    }
  }

  /// @notice Reverts with that many bytes
  function refuseLoudly(uint256 length) external pure {
    assembly {
      revert(0, length)
    }
  }
}

/// @notice A target that calls whatever its users tell it to
contract Agent__Mock is ERC2771Context {
  error CallRefused(bytes reason);

  constructor(address forwarder) ERC2771Context(forwarder) {}

  function execute(address called, bytes calldata data) external {
    (bool success, bytes memory reason) = called.call(data);
    if (!success) revert CallRefused(reason);
  }

  /// @notice Fails unless the call fails, and for this reason
  function executeInVain(address called, bytes calldata data, bytes4 expected) external {
    (bool success, bytes memory reason) = called.call(data);
    if (success || bytes4(reason) != expected) revert CallRefused(reason);
  }
}

/// @notice A target that burns all gas when it is asked whether it trusts the forwarder
contract Burner__Mock {
  function isTrustedForwarder(address) external pure returns (bool) {
    while (true) {}
    return true;
  }
}

/// @notice A relay with a mixin's hooks, which count and use up gas
contract HookedRelayJob__Mock is RelayJob {
  uint256 private constant GAS_TO_USE = 50_000;

  uint256 public begun;
  uint256 public paid;

  constructor(IKeep3r keep3r_, address owner_, ERC2771Forwarder forwarder_) RelayJob(keep3r_, owner_, forwarder_) {}

  function _beforeWork(address keeper) internal override {
    super._beforeWork(keeper);
    uint256 start = gasleft();
    ++begun;
    while (start - gasleft() < GAS_TO_USE) {}
  }

  function _afterPayment(address keeper) internal override {
    super._afterPayment(keeper);
    uint256 start = gasleft();
    ++paid;
    while (start - gasleft() < GAS_TO_USE) {}
  }

  function _gasAfterPayment() internal view override returns (uint256) {
    return super._gasAfterPayment() + GAS_TO_USE;
  }
}

/// @notice A relay that limits what its payments cost
contract CappedRelayJob__Mock is RelayJob, PaymentCapped {
  constructor(IKeep3r keep3r_, address owner_, ERC2771Forwarder forwarder_) RelayJob(keep3r_, owner_, forwarder_) {}

  function supportsInterface(bytes4 interfaceId) public view override(RelayJob, WorkableJob) returns (bool) {
    return super.supportsInterface(interfaceId);
  }

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

/// @notice A keeper that is a contract and hands in many batches in one transaction
contract RelayKeeper__Mock is BatchKeeper__Mock {
  function relayAll(RelayJob relay, bytes[] calldata batches) external {
    for (uint256 i; i < batches.length; ++i) {
      relay.work(batches[i]);
    }
  }
}
