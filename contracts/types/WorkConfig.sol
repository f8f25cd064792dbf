// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {replaceBits} from "./Bits.sol";

using {
  helper,
  maxGasPerWork,
  rewardPeriodTime,
  inflationPeriod,
  liquiditiesChangedIn,
  withHelper,
  withMaxGasPerWork,
  withRewardPeriodTime,
  withInflationPeriod,
  withLiquiditiesChangedIn
} for WorkConfig global;

/// @notice The parameters of the payment path: one slot, from the lowest bit
/// helper 160 | maxGasPerWork 24 | rewardPeriodTime 24 | inflationPeriod 32 | liquiditiesChangedIn 16
/// @dev Packed by hand, so that the payment path reads fields off one word. Every parameter is bounded where it is set,
/// so what is set fits.
type WorkConfig is uint256;

uint256 constant MAX_GAS_OFFSET = 160;
uint256 constant REWARD_PERIOD_OFFSET = 184;
uint256 constant INFLATION_PERIOD_OFFSET = 208;
uint256 constant LIQUIDITIES_CHANGED_OFFSET = 240;

/// @notice The contract that prices gas and liquidity
function helper(WorkConfig config) pure returns (address) {
  return address(uint160(WorkConfig.unwrap(config)));
}

/// @notice Gas
function maxGasPerWork(WorkConfig config) pure returns (uint256) {
  return uint24(WorkConfig.unwrap(config) >> MAX_GAS_OFFSET);
}

/// @notice Seconds
function rewardPeriodTime(WorkConfig config) pure returns (uint256) {
  return uint24(WorkConfig.unwrap(config) >> REWARD_PERIOD_OFFSET);
}

/// @notice Seconds
function inflationPeriod(WorkConfig config) pure returns (uint256) {
  return uint32(WorkConfig.unwrap(config) >> INFLATION_PERIOD_OFFSET);
}

/// @notice When the set of mining liquidities last changed, in units of 2 ** 16 seconds, about 18 hours
/// @dev A job that was last settled in that unit or before takes a fresh look at its liquidities. Coarse, so that it
/// fits: to look twice only costs gas.
function liquiditiesChangedIn(WorkConfig config) pure returns (uint256) {
  return WorkConfig.unwrap(config) >> LIQUIDITIES_CHANGED_OFFSET;
}

function withHelper(WorkConfig config, address value) pure returns (WorkConfig) {
  return WorkConfig.wrap(replaceBits(WorkConfig.unwrap(config), 0, type(uint160).max, uint160(value)));
}

function withMaxGasPerWork(WorkConfig config, uint256 value) pure returns (WorkConfig) {
  return WorkConfig.wrap(replaceBits(WorkConfig.unwrap(config), MAX_GAS_OFFSET, type(uint24).max, value));
}

function withRewardPeriodTime(WorkConfig config, uint256 value) pure returns (WorkConfig) {
  return WorkConfig.wrap(replaceBits(WorkConfig.unwrap(config), REWARD_PERIOD_OFFSET, type(uint24).max, value));
}

function withInflationPeriod(WorkConfig config, uint256 value) pure returns (WorkConfig) {
  return WorkConfig.wrap(replaceBits(WorkConfig.unwrap(config), INFLATION_PERIOD_OFFSET, type(uint32).max, value));
}

function withLiquiditiesChangedIn(WorkConfig config, uint256 value) pure returns (WorkConfig) {
  return WorkConfig.wrap(replaceBits(WorkConfig.unwrap(config), LIQUIDITIES_CHANGED_OFFSET, type(uint16).max, value));
}
