import { WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { setBalance, time } from "@nomicfoundation/hardhat-network-helpers";
import type { AddressLike } from "ethers";
import { ethers } from "hardhat";
import { JobsModel } from "#model/jobs";
import type { ERC20__Mock } from "#typechain";
import { type CoreWorld, deployActiveWorld, INFLATION_PERIOD, REWARD_PERIOD, toPeriodStart, UNBOND_TIME } from "./core";

export const MAX_UINT88 = 2n ** 88n - 1n;
/** What the token credits of a deposit come to, after the default fee of 30 BPS, rounded up. */
export const lessFee = (amount: bigint): bigint => amount - (amount * 30n + 9_999n) / 10_000n;

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

/** The same with another job of the same owner, which has mined for as long. */
export async function deployTwoMiningJobsWorld() {
  const world = await deployMiningWorld();
  const { keep3r, jobOwner, liquidity } = world;
  const otherJob = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  await keep3r.connect(jobOwner).addJob(otherJob);
  await keep3r.connect(jobOwner).addLiquidityToJob(otherJob, liquidity, 68n * WAD);
  return { ...world, otherJob };
}

/** Another approved kind of liquidity, of which the job's owner and the stranger hold 1000. */
export async function deployKind(world: CoreWorld, price = WAD): Promise<ERC20__Mock> {
  const { keep3r, pricing, jobOwner, stranger } = world;
  const kind = await ethers.deployContract("ERC20__Mock", ["LP", "LP", 18]);
  for (const holder of [jobOwner, stranger]) {
    await kind.mint(holder, 1_000n * WAD);
    await kind.connect(holder).approve(keep3r, ethers.MaxUint256);
  }
  await pricing.setPrice(kind, price);
  await keep3r.approveLiquidity(kind);
  return kind;
}

/** A job's credits in as many new tokens. */
export async function addTokens(world: CoreWorld, job: AddressLike, count: number): Promise<ERC20__Mock[]> {
  const { keep3r, jobOwner } = world;
  const tokens: ERC20__Mock[] = [];
  for (let i = 0; i < count; i++) {
    const token = await ethers.deployContract("ERC20__Mock", ["Token", "TKN", 18]);
    await token.mint(jobOwner, 1_000n);
    await token.connect(jobOwner).approve(keep3r, ethers.MaxUint256);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000n);
    tokens.push(token);
  }
  return tokens;
}

/** A job's liquidity of as many new kinds, worth 10 KP3R each. */
export async function addKinds(world: CoreWorld, job: AddressLike, count: number): Promise<ERC20__Mock[]> {
  const kinds: ERC20__Mock[] = [];
  for (let i = 0; i < count; i++) {
    const kind = await deployKind(world);
    await world.keep3r.connect(world.jobOwner).addLiquidityToJob(job, kind, 10n * WAD);
    kinds.push(kind);
  }
  return kinds;
}

/** A contract as the sender of calls that it has no function for. */
export async function asSender(contract: AddressLike): Promise<HardhatEthersSigner> {
  const address = await ethers.resolveAddress(contract);
  await setBalance(address, 10n * WAD);
  return ethers.getImpersonatedSigner(address);
}

/** Mines at a time, so that views answer as of then. */
export async function goTo(timestamp: number): Promise<void> {
  await time.increaseTo(timestamp);
}

/** Moves to the second in which what is unbonded now can just be withdrawn. */
export async function passUnbondTime(): Promise<void> {
  await time.increase(UNBOND_TIME);
}

/** The default parameters of the bucket, and jobs of jobOwner; `quotes` is what a helper says, nothing where it fails. */
export function modelJobs(jobs: readonly string[], quotes: Map<string, bigint>): JobsModel {
  const model = new JobsModel(
    {
      rewardPeriodTime: REWARD_PERIOD,
      inflationPeriod: INFLATION_PERIOD,
      unbondTime: UNBOND_TIME,
      liquidityMinimum: 3n * WAD,
      fee: 30n,
    },
    (kind) => quotes.get(kind),
  );
  for (const kind of quotes.keys()) model.approve(kind);
  for (const job of jobs) model.addJob(job, "jobOwner");
  return model;
}
