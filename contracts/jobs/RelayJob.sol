// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IRelayJob} from "../interfaces/jobs/IRelayJob.sol";
import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {IKeep3rWorkable} from "../interfaces/IKeep3rWorkable.sol";
import {IKeep3rWorkSource} from "../interfaces/IKeep3rWorkSource.sol";
import {PaymentMath} from "../libraries/PaymentMath.sol";
import {OwnedJob} from "./OwnedJob.sol";
import {WorkableJob} from "./WorkableJob.sol";
import {ForwardRequests} from "./relay/ForwardRequests.sol";
import {RelayRules} from "./relay/RelayRules.sol";

/// @title RelayJob
/// @notice Gasless transactions: executes what users have signed, and pays the keeper for each request that was executed
contract RelayJob is RelayRules, OwnedJob, ReentrancyGuardTransient {
  /// @inheritdoc IRelayJob
  uint256 public constant override MAX_REQUESTS = 32;

  /// @dev What the forwarder may use besides the request's own gas: some three times what it does.
  uint256 private constant FORWARDER_GAS = 100_000;

  /// @dev Gas for what comes between the reading and the call, a cold account included.
  uint256 private constant CALL_MARGIN = 5_000;

  /// @dev What a work takes besides its requests and what is measured: the way in and out.
  uint256 private constant GAS_OUTSIDE_METER = 2_000;

  /// @dev What lies between a payment and the next request's checks, and isn't measured: the request is counted.
  uint256 private constant GAS_BETWEEN_REQUESTS = 400;

  /// @inheritdoc IRelayJob
  ERC2771Forwarder public immutable override forwarder;

  /// @param keep3r_ The network
  /// @param owner_ Who sets the parameters, and who the job is offered to; not the zero address
  /// @param forwarder_ The forwarder that the targets trust
  constructor(IKeep3r keep3r_, address owner_, ERC2771Forwarder forwarder_) OwnedJob(keep3r_, owner_) {
    if (address(forwarder_).code.length == 0) revert ForwarderWithoutCode(address(forwarder_));

    forwarder = forwarder_;
  }

  // Work

  /// @inheritdoc IKeep3rWorkable
  /// @dev The requests are with whoever collects them, so there is never an answer here.
  function workable() external pure override returns (bool, bytes memory) {
    return (false, "");
  }

  /// @inheritdoc IKeep3rWorkSource
  function workSource() external pure override returns (string memory) {
    return "erc2771-requests";
  }

  /// @inheritdoc IKeep3rWorkable
  function work(bytes calldata data) external override nonReentrant {
    uint256 gasAtStart = gasleft();
    _beforeWork(msg.sender);
    _relayAll(data, gasAtStart);
  }

  /// @dev Each request is metered and paid by itself, so that those in between which fail stay out of the payment, and so
  /// does what other jobs pay for while a request is executed.
  /// @param gasAtStart What was left when the work began
  function _relayAll(bytes calldata data, uint256 gasAtStart) private {
    ERC2771Forwarder.ForwardRequestData[] calldata requests = ForwardRequests.decode(data, MAX_REQUESTS);
    Terms memory terms = _termsToday();
    uint256 relayedBefore = terms.relayed;
    bool calldataIsSent = _calldataIsSent();

    uint256 start = ForwardRequests.firstOf(requests);
    uint256 extraGas = gasAtStart - gasleft() + GAS_OUTSIDE_METER;
    for (uint256 i; i < requests.length; ++i) {
      uint256 gasBefore = gasleft();
      ERC2771Forwarder.ForwardRequestData calldata request = requests[i];
      uint256 end = ForwardRequests.checkedEnd(request, start);
      bool refused = _refusalOf(request, terms) != Refusal.None;
      uint256 gasOfChecks = gasBefore - gasleft();
      if (!refused && _execute(request)) {
        _count(request.from, terms);

        extraGas += gasOfChecks;
        if (calldataIsSent) extraGas += PaymentMath.standardCalldataGas(start, end);
        _pay(extraGas);
        extraGas = GAS_BETWEEN_REQUESTS;
      }
      start = end;
    }
    if (start != ForwardRequests.endOf(data)) revert RequestsMalformed();
    if (terms.relayed == relayedBefore) revert NothingRelayed();
  }

  /// @dev Opens the meter and has a request executed. Whatever the forwarder and the target do, they take no more than
  /// their gas and return nothing; and with less gas than they may need nothing is tried, so that who sends the
  /// transaction has no say in what becomes of a request.
  function _execute(ERC2771Forwarder.ForwardRequestData calldata request) private returns (bool executed) {
    if (!keep3r.isKeeper(msg.sender)) revert KeeperNotValid();

    address called = address(forwarder);
    bytes memory execution = abi.encodeCall(ERC2771Forwarder.execute, (request));
    uint256 callGas = FORWARDER_GAS + _withReserve(request.gas);
    uint256 gasNeeded = _withReserve(callGas) + CALL_MARGIN;
    uint256 gasLeft = gasleft();
    if (gasLeft < gasNeeded) revert RequestOutOfGas(gasLeft, gasNeeded);

    assembly ("memory-safe") {
      executed := call(callGas, called, 0, add(execution, 32), mload(execution), 0, 0)
    }
  }

  /// @dev Closes the meter, as the modifiers of Keep3rJob do.
  function _pay(uint256 extraGas) private {
    _beforePayment(msg.sender);
    keep3r.workedFor(msg.sender, extraGas + _gasAfterPayment());
    _afterPayment(msg.sender);
  }

  /// @dev What has to be left for a call to get an amount of gas: it gets 63/64 at most (EIP-150).
  function _withReserve(uint256 gas_) private pure returns (uint256) {
    return (gas_ * 64) / 63 + 1;
  }

  /// @dev A contract can make calldata up in memory, where it costs next to nothing.
  function _calldataIsSent() private view returns (bool) {
    // The origin is compared with the sender, never trusted by itself.
    // solhint-disable-next-line avoid-tx-origin
    return msg.sender == tx.origin && msg.sender.code.length == 0;
  }

  /// @inheritdoc IERC165
  function supportsInterface(bytes4 interfaceId) public view virtual override(IERC165, WorkableJob) returns (bool) {
    return interfaceId == type(IKeep3rWorkSource).interfaceId || super.supportsInterface(interfaceId);
  }
}
