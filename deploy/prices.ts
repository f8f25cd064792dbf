import { WAD } from "@keep3r-network/sdk";
import type { Provider } from "ethers";
import { AggregatorV3Interface__factory } from "#typechain/factories/@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface__factory";
import { IUniswapV2Pair__factory } from "#typechain/factories/@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair__factory";
import type { Pool } from "./recipe/terms";

/**
 * By how many percent the price that payments begin with may differ from the pool's. It is the keeper's premium, minBoost:
 * a quote that is lower by more than that leaves keepers without their cost.
 */
export const TOLERANCE = 10n;

/** How old the last answer of a feed is, in seconds by the chain's clock. */
export async function ageOfAnswer(provider: Provider, feed: string): Promise<number> {
  const { updatedAt } = await AggregatorV3Interface__factory.connect(feed, provider).latestRoundData();
  const now = (await provider.getBlock("latest"))?.timestamp ?? 0;
  return now - Number(updatedAt);
}

/** KP3R per ether of a pool that is to be opened, WAD. */
export function kp3rPerEthIn({ kp3r, eth }: Pool): bigint {
  return (kp3r * WAD) / eth;
}

/** KP3R per ether in a pair's reserves, WAD; undefined of one that is empty, or doesn't answer. */
export async function kp3rPerEthOf(provider: Provider, pair: string, weth: string): Promise<bigint | undefined> {
  const known = IUniswapV2Pair__factory.connect(pair, provider);
  const answers = await Promise.all([known.getReserves(), known.token0()]).catch(() => undefined);
  if (answers === undefined) return undefined;
  const [[reserve0, reserve1], token0] = answers;
  const [eth, kp3r] = token0 === weth ? [reserve0, reserve1] : [reserve1, reserve0];
  return eth === 0n ? undefined : (kp3r * WAD) / eth;
}

/** Whether two prices are the same but for {@link TOLERANCE}. */
export function isNear(price: bigint, reference: bigint): boolean {
  const difference = price < reference ? reference - price : price - reference;
  return difference * 100n <= reference * TOLERANCE;
}
