import { BPS, GWEI, WAD } from "@keep3r-network/sdk";

/** What a payment rate is divided by: it is a gas price, times a boost in BPS, times a quote in KP3R per ETH. */
export const RATE_SCALE = BPS * WAD;

/** The rate of the worlds whose prices are set by hand: 10 gwei, boost 1.0, 10 KP3R per ETH. */
export const RATE = 10n * GWEI * BPS * 10n * WAD;
/** Gas that these worlds add to a transaction's first work, and to each one after it. */
export const FIRST_WORK_GAS = 34_000n;
export const LATER_WORK_GAS = 9_000n;

/** What gas is paid at that rate, KP3R. */
export function payFor(gas: bigint): bigint {
  return (gas * RATE) / RATE_SCALE;
}
