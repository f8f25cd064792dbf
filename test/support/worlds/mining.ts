import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { ethers } from "hardhat";
import type { PlainJob__Mock } from "#typechain";
import { toPeriodStart } from "../tools/time";
import { type CoreWorld, deployActiveWorld } from "./core";

export interface MiningWorld extends CoreWorld {
  /** When the liquidity was added: a second after a reward period began. */
  addedAt: number;
}

/** A job without forced credits that mines one KP3R a day, up to five, and an active keeper. */
export async function deployMiningWorld(): Promise<MiningWorld> {
  const world = await deployActiveWorld();
  const { keep3r, jobOwner, keeper, liquidity, job } = world;
  await job.connect(keeper).workForAmount(0, 50n * WAD);
  await toPeriodStart();
  await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 34n * WAD);
  return { ...world, addedAt: await time.latest() };
}

/** The same with another job of the same owner, whose liquidity was added right after the first one's. */
export async function deployTwoMiningJobsWorld(): Promise<MiningWorld & { otherJob: PlainJob__Mock }> {
  const world = await deployMiningWorld();
  const { keep3r, jobOwner, liquidity } = world;
  const otherJob = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  await keep3r.connect(jobOwner).addJob(otherJob);
  await keep3r.connect(jobOwner).addLiquidityToJob(otherJob, liquidity, 68n * WAD);
  return { ...world, otherJob };
}
