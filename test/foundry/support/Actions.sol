// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {StdUtils} from "forge-std/StdUtils.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IKeeperBonds} from "../../../contracts/interfaces/IKeeperBonds.sol";
import {ILiquidityCredits} from "../../../contracts/interfaces/ILiquidityCredits.sol";
import {IWork} from "../../../contracts/interfaces/IWork.sol";
import {Stage} from "./Stage.sol";

/// @notice What all handlers have in common: everything is done twice, by the model and by the network, and both must agree
/// on the outcome, down to the error's arguments. What is done is counted.
abstract contract Actions is Stage, StdUtils {
  error Disagreement(string action, bytes expected, bytes got);

  struct Count {
    string action;
    bytes4 refusal;
    uint256 count;
  }

  /// @dev More than any call takes that doesn't burn all it gets.
  uint256 private constant CALL_GAS = 6_000_000;

  Count[] internal _counts;
  mapping(bytes32 key => uint256 place) private _places;

  /// @dev What the re-entrant token is armed with.
  bool private _armed;
  bytes private _modelled;

  /// @dev Has the model and the network do the same.
  /// @return done Whether it was done; else it was refused as expected
  function _agree(
    string memory action,
    address caller,
    address target,
    bytes memory call,
    bytes memory modelled
  ) internal returns (bool done) {
    (bool expected, bytes memory reason) = address(model).call(modelled);
    return _check(action, caller, target, call, expected, reason);
  }

  /// @dev The oracle and its model, which go by the same names, and answer the same.
  function _agreeOnOracle(string memory action, address caller, bytes memory call) internal returns (bool done) {
    (bool expected, bytes memory reason) = address(market).call(call);
    bytes memory answer;
    (done, answer) = _compare(action, caller, address(oracle), call, expected, reason);
    if (done && reason.length != 0 && keccak256(answer) != keccak256(reason)) {
      revert Disagreement(action, reason, answer);
    }
  }

  /// @dev What changes nothing that the model knows of.
  function _done(string memory action, address caller, bytes memory call) internal {
    _check(action, caller, address(keep3r), call, true, "");
  }

  /// @dev What is to be refused whatever the model's state is.
  function _refuse(string memory action, address caller, bytes memory call, bytes4 refusal) internal {
    _check(action, caller, address(keep3r), call, false, abi.encodeWithSelector(refusal));
  }

  function _check(
    string memory action,
    address caller,
    address target,
    bytes memory call,
    bool expected,
    bytes memory reason
  ) private returns (bool done) {
    (done, ) = _compare(action, caller, target, call, expected, reason);
  }

  function _compare(
    string memory action,
    address caller,
    address target,
    bytes memory call,
    bool expected,
    bytes memory reason
  ) private returns (bool done, bytes memory answer) {
    vm.prank(caller, caller);
    (done, answer) = target.call{gas: CALL_GAS}(call);

    if (done != expected || (!done && keccak256(answer) != keccak256(reason))) {
      revert Disagreement(action, expected ? bytes("done") : reason, done ? bytes("done") : answer);
    }
    _count(action, done ? bytes4(0) : _selectorOf(answer));
    _checkReentry();
  }

  function _count(string memory action, bytes4 refusal) internal {
    ++_counterOf(action, refusal).count;
  }

  /// @dev What isn't done or reached by the end is in the report all the same: as never.
  function _expect(string memory goal) internal {
    _counterOf(goal, 0);
  }

  function _counterOf(string memory action, bytes4 refusal) private returns (Count storage) {
    bytes32 key = keccak256(abi.encode(action, refusal));
    if (_places[key] == 0) {
      _counts.push(Count(action, refusal, 0));
      _places[key] = _counts.length;
    }
    return _counts[_places[key] - 1];
  }

  function _reach(string memory state) internal {
    _count(string.concat("state: ", state), 0);
  }

  function _paidIn(address token) internal view returns (string memory) {
    return string.concat("a keeper was paid in a token that ", _manners[token]);
  }

  function _slashedOf(address token) internal view returns (string memory) {
    return string.concat("a bond was slashed of a token that ", _manners[token]);
  }

  /// @dev Lets the re-entrant token pay in bonds in its next transfer, which isn't guarded.
  function _armToPay(address keeper, uint256 payment) internal {
    _arm(
      abi.encodeCall(IWork.bondedPayment, (keeper, payment)),
      abi.encodeCall(model.bondedPayment, (address(reentrant), keeper, payment))
    );
  }

  /// @dev Lets it settle itself there: what it has spent is booked in the middle of a transfer of it.
  function _armToSettle() internal {
    _arm(
      abi.encodeCall(ILiquidityCredits.settle, (address(reentrant))),
      abi.encodeCall(model.settle, (address(reentrant)))
    );
  }

  function _armToBond() internal {
    _arm(abi.encodeCall(IKeeperBonds.bond, (address(kp3r), 0)), "");
  }

  /// @param modelled Nothing where the guard is to refuse it
  function _arm(bytes memory call, bytes memory modelled) private {
    _modelled = modelled;
    reentrant.arm(address(keep3r), call);
    _armed = true;
    _count("arm", 0);
  }

  /// @dev Once the token has called, the model does what it called, or it was refused by the guard.
  function _checkReentry() private {
    if (!_armed || reentrant.callee() != address(0)) return;

    _armed = false;
    bool expected;
    bytes memory reason = abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
    if (_modelled.length != 0) (expected, reason) = address(model).call(_modelled);

    (bool done, bytes memory answer) = (reentrant.answered(), reentrant.answer());
    if (done != expected || (!done && keccak256(answer) != keccak256(reason))) {
      revert Disagreement("re-enter", expected ? bytes("done") : reason, done ? bytes("done") : answer);
    }
    _count("re-enter", done ? bytes4(0) : _selectorOf(answer));
  }

  function _selectorOf(bytes memory reason) private pure returns (bytes4) {
    return reason.length == 0 ? bytes4(0xffffffff) : bytes4(reason);
  }

  /// @dev One of the tokens of which somebody has an amount, from a place in the list on; any if there is none.
  function _findToken(
    uint256 seed,
    address who,
    function(address, address) view returns (uint256) amountOf
  ) internal view returns (address token) {
    for (uint256 i; i < _tokens.length; ++i) {
      token = _tokens[((seed % _tokens.length) + i) % _tokens.length];
      if (amountOf(who, token) != 0) return token;
    }
  }

  /// @dev Whose liquidity of a job is being unbonded, if anybody's is.
  function _findUnbonding(address job, address kind, uint256 seed) internal view returns (address person) {
    for (uint256 i; i < _people.length; ++i) {
      person = _people[((seed % _people.length) + i) % _people.length];
      (, uint256 readyAfter) = model.jobUnbonds(job, kind, person);
      if (readyAfter != 0) return person;
    }
  }

  function _tokenCredits(address job, address token) internal view returns (uint256) {
    return model.tokenCredits(job, token);
  }

  function _pick(address[] memory list, uint256 seed) internal pure returns (address) {
    return list[seed % list.length];
  }
}
