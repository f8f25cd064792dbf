import { DEFAULTS, WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { ethers } from "hardhat";
import type { FeeToken__Mock, NoReturnToken__Mock, ReentrantToken__Mock } from "#typechain";
import { grant } from "../tokens/grants";
import { type CoreWorld, deployCoreWorld } from "./core";

/** The least that governance can set: every work uses up more, so that its payment is known beforehand. */
export const MAX_GAS_PER_WORK = DEFAULTS.Keep3r.maxGasPerWork.min;
const FORCED_CREDITS = 100_000n * WAD;

export interface SolvencyWorld extends CoreWorld {
  keepers: [HardhatEthersSigner, ...HardhatEthersSigner[]];
  fee: FeeToken__Mock;
  noReturn: NoReturnToken__Mock;
  reentrant: ReentrantToken__Mock;
}

/** Three keepers with no bond, a job with credits, and tokens of every kind, of which the re-entrant one is a job, too. */
export async function deploySolvencyWorld(): Promise<SolvencyWorld> {
  const world = await deployCoreWorld();
  const { keep3r, kp3r, job, jobOwner, keeper, other, stranger } = world;
  const keepers: SolvencyWorld["keepers"] = [keeper, other, stranger];
  const fee = await ethers.deployContract("FeeToken__Mock");
  const noReturn = await ethers.deployContract("NoReturnToken__Mock");
  const reentrant = await ethers.deployContract("ReentrantToken__Mock");
  for (const token of [fee, noReturn, reentrant]) await grant(token, [...keepers, jobOwner], keep3r, 10_000n * WAD);

  await keep3r.addJob(reentrant);
  await keep3r.forceLiquidityCreditsToJob(job, FORCED_CREDITS);
  await keep3r.forceLiquidityCreditsToJob(reentrant, FORCED_CREDITS);
  await keep3r.setMaxGasPerWork(MAX_GAS_PER_WORK);
  await keep3r.setBondTime(0n);
  for (const one of keepers) {
    await keep3r.connect(one).bond(kp3r, 0n);
    await keep3r.connect(one).activate(kp3r);
  }
  return { ...world, keepers, fee, noReturn, reentrant };
}
