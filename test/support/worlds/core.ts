import { WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { ethers } from "hardhat";
import type { ERC20__Mock, Job__Mock, Keep3r, Keep3rLens, KP3R, PlainJob__Mock, Pricing__Mock } from "#typechain";
import { activateKeeper } from "../actors/keepers";
import { type Actors, nameSigners } from "../actors/signers";
import { FIRST_WORK_GAS, LATER_WORK_GAS, RATE } from "../payments/rate";
import { grant } from "../tokens/grants";
import { deployByRecipe } from "./recipe";

const GRANT = 1_000n * WAD;

export interface CoreWorld extends Actors {
  kp3r: KP3R;
  keep3r: Keep3r;
  lens: Keep3rLens;
  /** A helper whose prices are set by hand. */
  pricing: Pricing__Mock;
  /** An LP token, priced at 1 KP3R. */
  liquidity: ERC20__Mock;
  token: ERC20__Mock;
  /** Registered by jobOwner, without funds. */
  job: PlainJob__Mock;
}

/** Keep3r with the real KP3R, prices set by hand, and a job; everyone holds 1000 of each token and approves Keep3r. */
export async function deployCoreWorld(): Promise<CoreWorld> {
  const actors = await nameSigners();
  const { governance, jobOwner, disputer, slasher } = actors;
  const everyone = Object.values(actors);
  const pricing = await ethers.deployContract("Pricing__Mock");
  const liquidity = await ethers.deployContract("ERC20__Mock", ["LP", "LP", 18]);
  await pricing.setRate(RATE, FIRST_WORK_GAS, LATER_WORK_GAS);
  await pricing.setPrice(liquidity, WAD);
  const {
    KP3R: kp3r,
    Keep3r: keep3r,
    Keep3rLens: lens,
  } = await deployByRecipe(
    ["KP3R", "Keep3r", "Keep3rLens"],
    { Keep3rHelper: pricing, KP3R_WETH: liquidity },
    { supply: GRANT * BigInt(everyone.length), disputers: [disputer], slashers: [slasher] },
  );
  const token = await ethers.deployContract("ERC20__Mock", ["Token", "TKN", 18]);
  const job = await ethers.deployContract("PlainJob__Mock", [keep3r]);

  for (const actor of everyone) {
    if (actor !== governance) await kp3r.transfer(actor, GRANT);
    await kp3r.connect(actor).approve(keep3r, ethers.MaxUint256);
  }
  for (const held of [liquidity, token]) await grant(held, everyone, keep3r, GRANT);

  await keep3r.connect(jobOwner).addJob(job);
  return { ...actors, kp3r, keep3r, lens, pricing, liquidity, token, job };
}

/** The same with an active keeper that has bonded 100 KP3R, and 50 KP3R of forced credits for the job. */
export async function deployActiveWorld(): Promise<CoreWorld> {
  const world = await deployCoreWorld();
  const { keep3r, kp3r, keeper, job } = world;
  await activateKeeper(keep3r, keeper, kp3r, 100n * WAD);
  await keep3r.forceLiquidityCreditsToJob(job, 50n * WAD);
  return world;
}

/** A job on Keep3rJob that has registered itself, and whose owner has accepted it. */
export async function deployJob(keep3r: Keep3r, owner: HardhatEthersSigner): Promise<Job__Mock> {
  const job = await ethers.deployContract("Job__Mock", [keep3r, owner]);
  await keep3r.connect(owner).acceptJobOwnership(job);
  return job;
}
