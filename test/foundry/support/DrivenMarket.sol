// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {StdUtils} from "forge-std/StdUtils.sol";
import {IKeep3rOracle} from "../../../contracts/interfaces/IKeep3rOracle.sol";
import {UniswapV2Pair__Mock} from "../../../contracts/test/UniswapV2Pair__Mock.sol";
import {HonestMarket} from "../model/HonestMarket.sol";
import {Deployment} from "./Deployment.sol";

/// @notice An oracle of its own over a pair that goes wherever a seed says, beside its model. The pair accumulates as
/// Uniswap's does, but from where it is told to.
abstract contract DrivenMarket is Deployment, StdUtils {
  uint256 private constant CLOCK_WRAP = 2 ** 32;

  /// @dev Keep3rOracle's storage: see snapshots/storage.json. A history has a state, a raw reading, and the ring, whose
  /// second place is taken first.
  uint256 private constant HISTORIES_SLOT = 3;
  uint256 private constant FIRST_OBSERVATION = 2 + 1;

  /// @dev A price has a scale within this many powers of two from one.
  uint256 private constant PRICE_BITS = 54;
  /// @dev About what accumulators grow by in a day, before their scale, in bits: those that wrap do so within hours.
  uint256 private constant DAYS_GROWTH_BITS = 57;
  uint256 private constant HIGHEST_BITS = 111;

  UniswapV2Pair__Mock internal market;
  HonestMarket internal model;

  /// @dev What the pair had of both tokens when it was listed, in bits.
  uint256 private _bits0;
  uint256 private _bits1;
  uint256 private _seed;

  /// @param wraps Whether the clock and all accumulators wrap soon
  function _open(uint256 seed, bool wraps) internal {
    _seed = seed;
    if (wraps) vm.warp(CLOCK_WRAP - _draw(1, 1 days));
    bool kp3rFirst = _draw(0, 1) == 0;
    market =
      kp3rFirst
        ? new UniswapV2Pair__Mock(address(kp3r), address(weth))
        : new UniswapV2Pair__Mock(address(weth), address(kp3r));
    oracle = _deployOracle(address(market));
    model = new HonestMarket(address(kp3r));
    _setMaxChange(_draw(2_000, 10_000));
    _setLeastReserve(WAD);

    // KP3R for the least reserve and more, and of the other token any that makes a price with a scale
    uint256 kp3rBits = _draw(64, 108);
    uint256 leastBits = kp3rBits > PRICE_BITS + 8 ? kp3rBits - PRICE_BITS : 8;
    uint256 otherBits = _draw(leastBits, kp3rBits + PRICE_BITS < 108 ? kp3rBits + PRICE_BITS : 108);
    (_bits0, _bits1) = kp3rFirst ? (kp3rBits, otherBits) : (otherBits, kp3rBits);
    market.setReserves(uint112(_about(_bits0)), uint112(_about(_bits1)), uint32(vm.getBlockTimestamp()));

    if (wraps) _list(_beforeWrap(_shiftOf(0)), _beforeWrap(_shiftOf(1)));
    else _list(_draw(0, 2 ** 255), _draw(0, 2 ** 255));
    if (wraps) _storeFirst(2 ** 112 - _draw(1, 2 ** DAYS_GROWTH_BITS), 2 ** 112 - _draw(1, 2 ** DAYS_GROWTH_BITS));
  }

  /// @dev Up to so many powers of two from the price at the listing, with about as much in the pool.
  function _move(uint256 reach) internal {
    uint256 half = _draw(0, reach) / 2;
    if (_draw(0, 1) == 0) _touchAt(_about(_below(_bits0, half)), _about(_bits1 + half));
    else _touchAt(_about(_bits0 + half), _about(_below(_bits1, half)));
  }

  /// @dev By a hundredth at the most.
  function _drift() internal {
    (uint256 reserve0, uint256 reserve1, ) = market.getReserves();
    uint256 moved = (reserve1 * _draw(990, 1_010)) / 1_000;
    if (moved != 0 && moved < 2 ** 112) _touchAt(reserve0, moved);
  }

  /// @dev Anywhere that the reserves have room for, if it stands no longer than this: beyond 2^128 the readings of a span wrap
  /// more than once.
  function _push(uint256 duration) internal {
    uint256 reserve0 = _about(_draw(0, HIGHEST_BITS));
    uint256 reserve1 = _about(_draw(0, HIGHEST_BITS));
    uint256 grown0 = (((reserve1 << 112) / reserve0) >> _shiftOf(0)) * duration;
    uint256 grown1 = (((reserve0 << 112) / reserve1) >> _shiftOf(1)) * duration;
    if (grown0 < 2 ** 127 && grown1 < 2 ** 127) _touchAt(reserve0, reserve1);
    else _move(60);
  }

  function _touchAt(uint256 reserve0, uint256 reserve1) internal {
    (uint256 before0, uint256 before1, uint32 touchedAt) = market.getReserves();
    if (before0 != 0 && before1 != 0) {
      unchecked {
        uint256 duration = uint32(vm.getBlockTimestamp()) - touchedAt;
        market.setCumulatives(
          market.price0CumulativeLast() + ((before1 << 112) / before0) * duration,
          market.price1CumulativeLast() + ((before0 << 112) / before1) * duration
        );
      }
    }
    market.setReserves(uint112(reserve0), uint112(reserve1), uint32(vm.getBlockTimestamp()));
    model.watch(address(market));
  }

  function _setLeastReserve(uint256 amount) internal {
    vm.prank(governance);
    oracle.setMinKp3rReserve(amount);
    model.setMinKp3rReserve(amount);
  }

  function _setMaxChange(uint256 change) internal {
    vm.prank(governance);
    oracle.setMaxChange(change);
    model.setMaxChange(change);
  }

  function _wait(uint256 duration) internal {
    vm.warp(vm.getBlockTimestamp() + duration);
  }

  function _draw(uint256 least, uint256 most) internal returns (uint256) {
    _seed = uint256(keccak256(abi.encode(_seed)));
    return _bound(_seed, least, most);
  }

  function _about(uint256 bits) internal returns (uint256) {
    if (bits > HIGHEST_BITS) bits = HIGHEST_BITS;
    return _draw(2 ** bits, 2 ** (bits + 1) - 1);
  }

  function _list(uint256 cumulative0, uint256 cumulative1) private {
    market.setCumulatives(cumulative0, cumulative1);
    vm.prank(governance);
    oracle.addPair(address(market));
    model.addPair(address(market));
  }

  function _deployOracle(address factory) private returns (IKeep3rOracle) {
    bytes memory args = abi.encode(keep3r, governance, factory, kp3r, address(0));
    return IKeep3rOracle(deployCode("artifacts/contracts/Keep3rOracle.sol/Keep3rOracle.json", args));
  }

  /// @dev By the price at first: 41 bits of it are kept.
  function _shiftOf(uint256 side) private view returns (uint256 shift) {
    (uint8 shift0, uint8 shift1) = oracle.scaleOf(address(market));
    if (shift0 != 0) return side == 0 ? shift0 : shift1;

    (uint256 reserve0, uint256 reserve1, ) = market.getReserves();
    for (uint256 price = (reserve1 << 112) / reserve0; price >= 2 ** 41; price /= 2) ++shift;
    if (side == 1) shift = 144 - shift;
  }

  /// @dev Shortly before a scaled reading wraps; one in four, before the accumulator itself does.
  function _beforeWrap(uint256 shift) private returns (uint256) {
    uint256 wraps = _draw(0, 3) == 0 ? 0 : _draw(0, type(uint256).max) << (128 + shift);
    unchecked {
      return wraps - _draw(1, 2 ** (DAYS_GROWTH_BITS + shift));
    }
  }

  /// @dev Has the steady accumulators begin elsewhere than at zero.
  function _storeFirst(uint256 steady0, uint256 steady1) private {
    uint256 slot = uint256(keccak256(abi.encode(market, HISTORIES_SLOT))) + FIRST_OBSERVATION;
    uint256 timestamp = uint256(vm.load(address(oracle), bytes32(slot))) >> 224;
    vm.store(address(oracle), bytes32(slot), bytes32(steady0 | (steady1 << 112) | (timestamp << 224)));
  }

  function _below(uint256 bits, uint256 by) private pure returns (uint256) {
    return bits > by ? bits - by : 0;
  }
}
