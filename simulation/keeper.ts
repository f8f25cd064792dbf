import { decodePayments, WAD } from "@keep3r-network/sdk";
import { MaxUint256 } from "ethers";
import { IKeep3rWorkable__factory } from "#typechain";
import { eventOf } from "./events";
import type { GasMarket } from "./gasMarket";
import type { Market } from "./market";
import { addressOf, type Network } from "./network";

/** Several times what a work takes. What it is paid doesn't depend on it. */
const GAS_LIMIT = 1_000_000n;

/** What a paid work was: all of it from its receipt, its event, and reads right before and after. */
export interface Work {
  timestamp: number;
  gasUsed: bigint;
  /** Wei per gas, as paid. */
  gasPrice: bigint;
  /** Wei. */
  cost: bigint;
  /** KP3R. */
  reward: bigint;
  /** The quote that the payment was made at, KP3R per ETH, WAD. */
  kp3rPerEth: bigint;
  /** The reward at that quote, wei. */
  worth: bigint;
  /** Credits of the job as of the work's block, before and after the payment, KP3R. */
  creditsBefore: bigint;
  creditsAfter: bigint;
  /** Wei per KP3R in the pool. */
  spotPrice: bigint;
}

/** How a keeper left, KP3R. */
export interface Departure {
  bonded: bigint;
  withdrawn: bigint;
  balanceBefore: bigint;
  balanceAfter: bigint;
}

/** Hands in KP3R. It can be activated after the time that is returned. */
export async function bond(network: Network, amount: bigint): Promise<number> {
  const { chain, accounts, kp3r, keep3r } = network;
  const { keeper } = accounts;
  await chain.land(() => kp3r.connect(keeper).approve(keep3r, MaxUint256));
  await chain.land(() => keep3r.connect(keeper).bond(kp3r, amount));
  return Number(await keep3r.canActivateAfter(keeper, kp3r));
}

/** Makes the keeper one; returns the KP3R that were burned for its bond. */
export async function activate(network: Network): Promise<bigint> {
  const { chain, accounts, kp3r, keep3r } = network;
  const receipt = await chain.land(() => keep3r.connect(accounts.keeper).activate(kp3r));
  const { amount } = await eventOf(keep3r, keep3r.getEvent("Activation"), receipt);
  return amount;
}

/** Waits for the oracle to be due, block by block, and does its work. */
export async function work(network: Network, market: Market, gasMarket: GasMarket): Promise<Work> {
  await gasMarket.move();
  const data = await whenWorkable(network);
  return workJob(network, market, gasMarket, await network.oracle.getAddress(), data);
}

/** Does the work of any job, with the data that the job or the keeper has found for it. */
export async function workJob(
  network: Network,
  market: Market,
  gasMarket: GasMarket,
  job: string,
  data: string,
): Promise<Work> {
  const { chain, accounts, keep3r, helper } = network;
  const creditsBefore = await keep3r.totalJobCredits(job, await chain.asOfNextBlock());

  const timestamp = chain.nextBlockAt;
  const { baseFee, fees } = gasMarket;
  const receipt = await chain.landAt(baseFee, () =>
    IKeep3rWorkable__factory.connect(job, accounts.keeper).work(data, { ...fees, gasLimit: GAS_LIMIT }),
  );

  const [paid, ...others] = decodePayments(receipt, await addressOf(keep3r));
  if (paid === undefined || others.length > 0) throw new Error(`${receipt.hash} made no payment, or several.`);
  const { payment: reward } = paid;
  const { kp3rPerEth } = await helper.cachedQuote();
  return {
    timestamp,
    gasUsed: receipt.gasUsed,
    gasPrice: receipt.gasPrice,
    cost: receipt.fee,
    reward,
    kp3rPerEth,
    worth: (reward * WAD) / kp3rPerEth,
    creditsBefore,
    creditsAfter: await keep3r.jobLiquidityCredits(job),
    spotPrice: await market.spotPrice(),
  };
}

/** Does all the work that comes up until a time, while the market goes on. */
export async function workUntil(
  timestamp: number,
  network: Network,
  market: Market,
  gasMarket: GasMarket,
  onWork: (work: Work) => void = () => undefined,
): Promise<Work[]> {
  const { chain, oracle } = network;
  const periodSize = Number(await oracle.periodSize());
  const works: Work[] = [];
  while (chain.nextBlockAt < timestamp) {
    const done = await work(network, market, gasMarket);
    works.push(done);
    onWork(done);
    await market.tradeFor(periodSize);
  }
  return works;
}

/** Unbonds everything, waits, and withdraws it as KP3R that can be spent. */
export async function leave(network: Network): Promise<Departure> {
  const { chain, accounts, kp3r, keep3r } = network;
  const { keeper } = accounts;
  const balanceBefore = await kp3r.balanceOf(keeper);

  const bonded = await keep3r.bonds(keeper, kp3r);
  await chain.land(() => keep3r.connect(keeper).unbond(kp3r, bonded));
  // What can be withdrawn after a second can be withdrawn in the next.
  chain.waitUntil(Number(await keep3r.canWithdrawAfter(keeper, kp3r)) + 1);
  const receipt = await chain.land(() => keep3r.connect(keeper).withdraw(kp3r));

  const { amount: withdrawn } = await eventOf(keep3r, keep3r.getEvent("Withdrawal"), receipt);
  return { bonded, withdrawn, balanceBefore, balanceAfter: await kp3r.balanceOf(keeper) };
}

/** What to hand to the oracle's work in the first block from now on that has work. */
async function whenWorkable({ chain, oracle }: Network): Promise<string> {
  for (;;) {
    const [canWork, data] = await oracle.workable(await chain.asOfNextBlock());
    if (canWork) return data;
    chain.waitForBlock();
  }
}
