// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IHegicOptions} from "../../interfaces/external/IHegicOptions.sol";
import {IKeep3r} from "../../interfaces/IKeep3r.sol";
import {IKeep3rWorkable} from "../../interfaces/IKeep3rWorkable.sol";
import {OwnedJob} from "../OwnedJob.sol";
import {HegicOptionScan} from "./HegicOptionScan.sol";
import {HegicUnlockRule} from "./HegicUnlockRule.sol";

/// @title HegicUnlockJob
/// @notice Pays keepers to unlock Hegic's options in lists that free more than they cost
contract HegicUnlockJob is HegicUnlockRule, ReentrancyGuardTransient {
  /// @dev An ABI-encoded `uint256[]`: its offset, its length, and a word for each.
  uint256 private constant LIST_HEAD = 64;

  /// @dev What comes before the meter is opened: the reward's slot, and the guard.
  uint256 private constant GAS_BEFORE_METER = 2_300;

  /// @dev The bytes of the data that is worked on.
  uint256 private transient _dataLength;

  /// @param keep3r_ The network
  /// @param owner_ Who sets the parameters, and who the job is offered to
  /// @param options_ The options contract to keep clear
  /// @param feed_ The price of the pool's token, wei for a whole token, 18 decimals; zero for a pool in ether
  /// @param tokenDecimals Of the pool's token; 18 at the most, and just that for ether
  /// @param feedMaxAge_ Seconds, 10 minutes to 7 days; zero for ether
  constructor(
    IKeep3r keep3r_,
    address owner_,
    IHegicOptions options_,
    AggregatorV3Interface feed_,
    uint256 tokenDecimals,
    uint256 feedMaxAge_
  ) OwnedJob(keep3r_, owner_) HegicOptionScan(options_) HegicUnlockRule(options_, feed_, tokenDecimals, feedMaxAge_) {}

  /// @inheritdoc IKeep3rWorkable
  function workable() external view override returns (bool canWork, bytes memory data) {
    if (!_mayWork(msg.sender)) return (false, "");

    // Called from outside, so that nothing the feed, the pool or the network does makes this revert
    try this.terms(msg.sender) returns (UnlockTerms memory terms_) {
      uint256[] memory ids = _pick(terms_);
      return ids.length == 0 ? (false, bytes("")) : (true, abi.encode(ids));
    } catch {
      return (false, "");
    }
  }

  /// @inheritdoc IKeep3rWorkable
  function work(bytes calldata data) external override nonReentrant {
    TokenReward memory reward = tokenReward;
    if (reward.token == address(0)) return _unlockForGas(data);

    uint256[] memory ids = _decode(data);
    _unlockForToken(ids, reward.token, ids.length * reward.amountPerOption);
  }

  function _unlockForGas(bytes calldata data) private validateAndPayKeeper(msg.sender) {
    _unlock(_decode(data));
  }

  function _unlockForToken(
    uint256[] memory ids,
    address token,
    uint256 amount
  ) private validateAndPayKeeperInToken(msg.sender, token, amount) {
    _unlock(ids);
  }

  /// @dev What is paid for is the capital, so that is what has to be there afterwards.
  function _unlock(uint256[] memory ids) private {
    (uint256 total, uint256 available) = _check(msg.sender, ids);

    options.unlockAll(ids);

    uint256 expected = available + total;
    available = pool.availableBalance();
    if (available < expected) revert CapitalNotFreed(available, expected);
  }

  /// @dev Nothing but the list, at its usual place.
  function _decode(bytes calldata data) private returns (uint256[] memory ids) {
    ids = abi.decode(data, (uint256[]));

    uint256 expected = LIST_HEAD + 32 * ids.length;
    if (data.length != expected) revert DataLengthMismatch(data.length, expected);

    _dataLength = expected;
  }

  /// @dev `work(bytes)` with just this list: a selector, then the offset and length of data before the data.
  function _paidCalldata() internal view virtual override returns (uint256) {
    return 4 + 2 * 32 + _dataLength;
  }

  function _gasAfterPayment() internal view virtual override returns (uint256) {
    return super._gasAfterPayment() + GAS_BEFORE_METER;
  }

  // The list that everyone is offered

  /// @dev The longest list that the rule lets through. As every option costs the same, it is made of those that free most.
  function _pick(UnlockTerms memory terms_) private view returns (uint256[] memory ids) {
    uint256[] memory values;
    uint256 count;
    (ids, values, count) = _mostValuable(terms_.maxOptions);

    uint256 total;
    uint256 longest;
    for (uint256 i; i < count; ++i) {
      total = Math.saturatingAdd(total, values[i]);
      if ((i + 1) * terms_.costPerOption <= weigh(total, terms_.usage)) longest = i + 1;
    }

    // Shortens the list to the options at its front.
    assembly ("memory-safe") {
      mstore(ids, longest)
    }
    Arrays.sort(ids);
  }

  /// @dev Of the options in the window that can be unlocked those that free most, in descending order. They are inserted
  /// one by one, so that the gas is bounded whatever options somebody has bought.
  function _mostValuable(
    uint256 maximum
  ) private view returns (uint256[] memory ids, uint256[] memory values, uint256 count) {
    ids = new uint256[](maximum);
    values = new uint256[](maximum);
    if (maximum == 0) return (ids, values, 0);

    uint256 end = scanFrom + SCAN_WINDOW;
    (bool found, uint256 id, uint256 value) = _nextUnlockable(scanFrom, end);
    for (; found; (found, id, value) = _nextUnlockable(id + 1, end)) {
      if (count < maximum) ++count;
      else if (value <= values[count - 1]) continue;

      uint256 place = count - 1;
      for (; place != 0 && values[place - 1] < value; --place) {
        (ids[place], values[place]) = (ids[place - 1], values[place - 1]);
      }
      (ids[place], values[place]) = (id, value);
    }
  }
}
