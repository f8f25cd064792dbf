import { ethers } from "hardhat";
import { type Keep3r, Keep3r__factory, type PlainJob__Mock } from "#typechain";
import { type CoreWorld, deployCoreWorld } from "./core";

/**
 * A naive variant: a contract of contracts/test/security that has some of Keep3r's functions. It goes by Keep3r's type, so
 * that an attack is written once and replayed against both.
 */
export async function deployNaive(name: string, args: unknown[] = []): Promise<Keep3r> {
  const naive = await ethers.deployContract(name, args);
  const [governance] = await ethers.getSigners();
  return Keep3r__factory.connect(await naive.getAddress(), governance);
}

export interface TwoJobsWorld extends CoreWorld {
  /** Of the same owner as the job. */
  newJob: PlainJob__Mock;
}

/** The core world with a second job. */
export async function deployTwoJobsWorld(): Promise<TwoJobsWorld> {
  const world = await deployCoreWorld();
  const newJob = await ethers.deployContract("PlainJob__Mock", [world.keep3r]);
  await world.keep3r.connect(world.jobOwner).addJob(newJob);
  return { ...world, newJob };
}

/** The same two jobs, whose tokens and liquidity a naive escrow keeps. */
export async function deployNaiveEscrowWorld(): Promise<TwoJobsWorld> {
  const world = await deployTwoJobsWorld();
  const { jobOwner, stranger, job, newJob, liquidity, token } = world;
  const keep3r = await deployNaive("NaiveEscrow__Mock");
  for (const each of [job, newJob]) await keep3r.connect(jobOwner).addJob(each);
  for (const holder of [jobOwner, stranger]) {
    for (const held of [liquidity, token]) await held.connect(holder).approve(keep3r, ethers.MaxUint256);
  }
  return { ...world, keep3r };
}

/** A naive bucket of credits, which needs no LP tokens and takes anyone for a keeper, with two jobs of its own. */
async function deployNaiveCreditsWorld(name: "NaiveDeposits__Mock" | "NaivePeriods__Mock"): Promise<TwoJobsWorld> {
  const keep3r = await deployNaive(name);
  const job = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  const newJob = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  return { ...(await deployCoreWorld()), keep3r, job, newJob };
}

export const deployNaiveDepositsWorld = () => deployNaiveCreditsWorld("NaiveDeposits__Mock");
export const deployNaivePeriodsWorld = () => deployNaiveCreditsWorld("NaivePeriods__Mock");
