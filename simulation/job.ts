import { WAD } from "@keep3r-network/sdk";
import { type AddressLike, MaxUint256 } from "ethers";
import type { Network } from "./network";
import { eventOf } from "./events";
import type { Market } from "./market";

export interface Funding {
  /** What went into the pool, wei of each. */
  kp3r: bigint;
  eth: bigint;
  /** LP tokens bonded to the job. */
  liquidity: bigint;
  /** KP3R that the network values them at. */
  value: bigint;
  /** KP3R, what mining fills the job's credits to. */
  periodCredits: bigint;
}

/** The oracle's owner funds the oracle. */
export function fundOracle(network: Network, market: Market, amount: bigint): Promise<Funding> {
  return fundJob(network, market, network.oracle, amount);
}

/** A job's owner provides liquidity through the router, and bonds all of it to the job. */
export async function fundJob(network: Network, market: Market, job: AddressLike, amount: bigint): Promise<Funding> {
  const { chain, accounts, uniswap, kp3r, pair, keep3r, lens } = network;
  const { jobOwner } = accounts;
  const eth = (amount * (await market.spotPrice())) / WAD;

  const before = await pair.balanceOf(jobOwner);
  const provided = await chain.land(() =>
    uniswap.router.connect(jobOwner).addLiquidityETH(kp3r, amount, 0n, 0n, jobOwner, MaxUint256, { value: eth }),
  );
  const minted = await eventOf(pair, pair.getEvent("Mint"), provided);
  const liquidity = (await pair.balanceOf(jobOwner)) - before;

  await chain.land(() => pair.connect(jobOwner).approve(keep3r, liquidity));
  await chain.land(() => keep3r.connect(jobOwner).addLiquidityToJob(job, pair, liquidity));

  const { value, periodCredits } = await lens.jobState(job);
  const first = (await pair.token0()) === (await kp3r.getAddress());
  const [inKp3r, inEth] = first ? [minted.amount0, minted.amount1] : [minted.amount1, minted.amount0];
  return { kp3r: inKp3r, eth: inEth, liquidity, value, periodCredits };
}
