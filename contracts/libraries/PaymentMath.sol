// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Payment mathematics
/// @notice What a work costs and what it earns; pure functions only
library PaymentMath {
  /// @dev Boosts and fees: 10_000 is one.
  uint256 internal constant BPS = 10_000;

  /// @dev A payment rate is wei per gas * boost * KP3R per ETH, so it carries the scales of the last two.
  uint256 internal constant RATE_SCALE = BPS * 1e18;

  /// @dev EIP-2028: what a zero and a non-zero byte of calldata cost.
  uint256 private constant ZERO_BYTE_GAS = 4;
  uint256 private constant NON_ZERO_BYTE_GAS = 16;

  /// @dev EIP-7623: a transaction costs at least 2.5 times as much for its calldata, whatever it executes.
  uint256 private constant FLOOR_NUMERATOR = 5;
  uint256 private constant FLOOR_DENOMINATOR = 2;

  /// @dev The lowest bit of every byte of a word.
  uint256 private constant BYTE_ONES = 0x0101010101010101010101010101010101010101010101010101010101010101;

  /// @notice The share of the reward that a bond earns: max(minBoost, maxBoost * min(bond, target) / target), rounded down
  /// @param bond KP3R bonded by the keeper
  /// @param minBoost BPS, for no bond
  /// @param maxBoost BPS, from the target on
  /// @param targetBond KP3R; not zero
  /// @return BPS
  function boost(uint256 bond, uint256 minBoost, uint256 maxBoost, uint256 targetBond) internal pure returns (uint256) {
    if (bond >= targetBond) return maxBoost;

    unchecked {
      // A boost is below 2^16 and a bond that is below the target below 2^88
      uint256 boosted = (maxBoost * bond) / targetBond;
      return boosted > minBoost ? boosted : minBoost;
    }
  }

  /// @notice The gas price that the network pays at the most: clamp(fastGas, base fee + tip, base fee * ceiling + tip)
  /// @param fastGas Wei per gas as the feed says; 0 when the feed has no answer
  /// @param baseFee Wei per gas of the block
  /// @param ceiling BPS of the base fee
  /// @param minPriorityFee Wei per gas
  /// @return Wei per gas
  function referenceGasPrice(
    uint256 fastGas,
    uint256 baseFee,
    uint256 ceiling,
    uint256 minPriorityFee
  ) internal pure returns (uint256) {
    unchecked {
      // There isn't the ether for a base fee of 2^128 wei; a ceiling is below 2^16 and a tip below 2^40
      uint256 lowest = baseFee + minPriorityFee;
      if (fastGas <= lowest) return lowest;

      uint256 highest = (baseFee * ceiling) / BPS + minPriorityFee;
      return fastGas < highest ? fastGas : highest;
    }
  }

  /// @notice The two prices of a transaction's calldata, by EIP-2028 and EIP-7623
  /// @param length Bytes of `msg.data`
  /// @param nonZero How many of them aren't zero
  /// @return standard Gas that it costs beside what is executed
  /// @return floor Gas that the transaction costs at the least, without its base
  function calldataPrices(uint256 length, uint256 nonZero) internal pure returns (uint256 standard, uint256 floor) {
    standard = length * ZERO_BYTE_GAS + nonZero * (NON_ZERO_BYTE_GAS - ZERO_BYTE_GAS);
    floor = (standard * FLOOR_NUMERATOR) / FLOOR_DENOMINATOR;
  }

  /// @notice What a transaction's calldata adds to the gas that it executes
  /// @param standard By EIP-2028
  /// @param floor By EIP-7623
  /// @param executed Gas that the transaction executes, without its base and calldata
  /// @return max(standard, floor - executed)
  function calldataGas(uint256 standard, uint256 floor, uint256 executed) internal pure returns (uint256) {
    return floor > standard + executed ? floor - executed : standard;
  }

  /// @notice What a part of `msg.data` costs by EIP-2028, without the floor price of EIP-7623
  /// @param start Where it begins, in bytes of `msg.data`
  /// @param end Where it ends, not included; at most the length of `msg.data`
  function standardCalldataGas(uint256 start, uint256 end) internal pure returns (uint256) {
    return (end - start) * ZERO_BYTE_GAS + nonZeroCalldata(start, end) * (NON_ZERO_BYTE_GAS - ZERO_BYTE_GAS);
  }

  /// @notice How many bytes of a part of `msg.data` aren't zero
  /// @dev A word at a time: the bits of every byte are folded onto its lowest, and the lowest are added up by a product.
  /// Bytes beyond `msg.data` read as zero.
  /// @param start Where it begins, in bytes of `msg.data`
  /// @param end Where it ends, not included; at most the length of `msg.data`
  function nonZeroCalldata(uint256 start, uint256 end) internal pure returns (uint256 count) {
    unchecked {
      // No length of calldata comes near 2^256. The product is meant to wrap: its highest byte is the sum of all bytes, 32
      // at the most
      for (; start < end; start += 32) {
        uint256 word;
        assembly ("memory-safe") {
          word := calldataload(start)
        }
        if (end - start < 32) word >>= 8 * (32 - (end - start));
        word |= word >> 4;
        word |= word >> 2;
        word |= word >> 1;
        word &= BYTE_ONES;
        count += (word * BYTE_ONES) >> 248;
      }
    }
  }
}
