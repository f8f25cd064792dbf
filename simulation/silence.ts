import { WAD } from "@keep3r-network/sdk";
import { MaxUint256 } from "ethers";
import { type Work, work } from "./keeper";
import type { Scene } from "./setup";

const Q112 = 1n << 112n;

/** A time in which nobody works and nobody updates the oracle, and the work that ends it. */
export interface Silence {
  /** Seconds from the newest observation to the work. */
  observationAge: number;
  /** What the oracle answers right before the work: KP3R per ETH, WAD, and the seconds that this is a mean of. */
  kp3rPerEth: bigint;
  span: number;
  /** Seconds since 1970. */
  quotedAt: number;
  work: Work;
}

/** Lets the market trade while the oracle is left alone, then does its work. */
export async function keepSilent({ network, market, gasMarket }: Scene, seconds: number): Promise<Silence> {
  const { chain, oracle, helper, kp3r, pair } = network;
  const { timestamp } = await oracle.observationAt(pair, 0);
  await market.tradeFor(seconds);

  const window = await helper.quoteTwapTime();
  const { averageX112, span } = await oracle.averagePrice(pair, kp3r, window, MaxUint256, await chain.asOfNextBlock());
  const done = await work(network, market, gasMarket);
  const { quotedAt } = await helper.cachedQuote();
  return {
    observationAge: done.timestamp - Number(timestamp),
    kp3rPerEth: (WAD * Q112) / averageX112,
    span: Number(span),
    quotedAt: Number(quotedAt),
    work: done,
  };
}
