// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice What every payment reads besides the quote: one slot
struct RewardTerms {
  uint16 minBoost; // 2 bytes, BPS
  uint16 maxBoost; // 2 bytes, BPS
  uint88 targetBond; // 11 bytes, KP3R
  uint16 gasPriceCeiling; // 2 bytes, BPS of the base fee
  uint40 minPriorityFee; // 5 bytes, wei per gas
  uint24 firstWorkGas; // 3 bytes, gas
  uint24 laterWorkGas; // 3 bytes, gas
} // 28 bytes

/// @notice The quote that payments use until it is due for a refresh: one slot
struct CachedQuote {
  uint112 kp3rPerEth; // 14 bytes, WAD
  uint64 fastGas; // 8 bytes, wei per gas; 0 when the feed has no answer
  uint32 quotedAt; // 4 bytes, when kp3rPerEth was quoted
  uint32 refreshAt; // 4 bytes, the first second in which it is due for a refresh
  bool bootstrapped; // 1 byte, whether the oracle has taken over for ever
} // 31 bytes

/// @notice What only a refresh reads: one slot
struct QuoteTerms {
  address fastGasFeed; // 20 bytes, zero for none
  uint24 fastGasMaxAge; // 3 bytes, seconds
  uint32 quoteTwapTime; // 4 bytes, seconds
  uint16 quoteLifetime; // 2 bytes, seconds
  uint24 maxQuoteAge; // 3 bytes, seconds
} // 32 bytes
