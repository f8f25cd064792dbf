import { DAY, WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import type { AddressLike } from "ethers";
import { ethers } from "hardhat";
import { fundJob as provideLiquidity } from "#simulation/job";
import type { Network } from "#simulation/network";
import type { Operation } from "#simulation/setup";
import type { Keep3r } from "#typechain";
import { buy } from "./traders";

/** Registers a job, unless it is one, and gives it credits. */
export async function fundJob(keep3r: Keep3r, owner: HardhatEthersSigner, job: AddressLike): Promise<void> {
  if ((await keep3r.jobOwner(job)) === ethers.ZeroAddress) await keep3r.connect(owner).addJob(job);
  await keep3r.forceLiquidityCreditsToJob(job, 50n * WAD);
}

/** Has the owner take over a job that registered itself, and governance give it credits. */
export async function takeOver(
  keep3r: Keep3r,
  owner: HardhatEthersSigner,
  job: AddressLike,
  credits: bigint,
): Promise<void> {
  await keep3r.connect(owner).acceptJobOwnership(job);
  await keep3r.forceLiquidityCreditsToJob(job, credits);
}

/** The same in the next blocks of a chain, with credits of an ether's worth of KP3R, which are returned. */
export async function adopt({ chain, accounts, keep3r, helper }: Network, job: AddressLike): Promise<bigint> {
  const credits = await helper.quote(WAD);
  await chain.land(() => keep3r.connect(accounts.jobOwner).acceptJobOwnership(job));
  await chain.land(() => keep3r.forceLiquidityCreditsToJob(job, credits));
  return credits;
}

/** Has a job's owner buy KP3R and provide it for the job, which mines credits for a day. */
export async function fundByLiquidity({ network, market }: Operation, job: AddressLike, ether: bigint): Promise<void> {
  await provideLiquidity(network, market, job, await buy(network, network.accounts.jobOwner, ether));
  await market.tradeAndObserveUntil(network.chain.nextBlockAt + DAY);
}
