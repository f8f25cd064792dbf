import { DEFAULTS, WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { Addressable } from "ethers";
import { ethers } from "hardhat";
import { JobsModel, type JobTerms } from "#model/jobs";
import type { ERC20__Mock, PlainJob__Mock } from "#typechain";
import { activateKeeper } from "../actors/keepers";
import { INFLATION_PERIOD, REWARD_PERIOD, UNBOND_TIME } from "../defaults";
import { grant } from "../tokens/grants";
import { type CoreWorld, deployCoreWorld } from "./core";

export const JOBS = ["alpha", "beta", "gamma"] as const;
export const KINDS = ["lpA", "lpB"] as const;
export const TOKENS = ["honest", "taxed"] as const;
export const OWNERS = ["jobOwner", "stranger"] as const;
const FORTUNE = 10n ** 9n * WAD;

export type JobName = (typeof JOBS)[number];
export type KindName = (typeof KINDS)[number];
export type TokenName = (typeof TOKENS)[number];
export type OwnerName = (typeof OWNERS)[number];

/** The core world with jobs of two owners, liquidity and tokens, by the names that the model gives them. */
export interface ModelledJobsWorld extends CoreWorld {
  jobs: Record<JobName, PlainJob__Mock>;
  kinds: Record<KindName, ERC20__Mock>;
  tokens: Record<TokenName, ERC20__Mock>;
  owners: Record<OwnerName, HardhatEthersSigner>;
  /** The model's name of an address. */
  names: ReadonlyMap<string, string>;
}

export async function deployModelledJobsWorld(): Promise<ModelledJobsWorld> {
  const core = await deployCoreWorld();
  const { keep3r, kp3r, keeper, jobOwner, stranger, pricing, liquidity, token, job } = core;
  const [beta, gamma] = [
    await ethers.deployContract("PlainJob__Mock", [keep3r]),
    await ethers.deployContract("PlainJob__Mock", [keep3r]),
  ];
  const lpB = await ethers.deployContract("ERC20__Mock", ["LP", "LP", 18]);
  const taxed: ERC20__Mock = await ethers.deployContract("FeeToken__Mock");
  await pricing.setPrice(lpB, WAD);
  await keep3r.approveLiquidity(lpB);
  await keep3r.connect(jobOwner).addJob(beta);
  await keep3r.connect(stranger).addJob(gamma);
  for (const held of [liquidity, lpB, token, taxed]) await grant(held, [jobOwner, stranger], keep3r, FORTUNE);
  await activateKeeper(keep3r, keeper, kp3r, 0n);

  const jobs = { alpha: job, beta, gamma };
  const kinds = { lpA: liquidity, lpB };
  const tokens = { honest: token, taxed };
  const owners = { jobOwner, stranger };
  const names = new Map([[ethers.ZeroAddress, "nobody"]]);
  for (const [name, named] of Object.entries<Addressable>({ ...jobs, ...kinds, ...tokens, ...owners })) {
    names.set(await named.getAddress(), name);
  }
  return { ...core, jobs, kinds, tokens, owners, names };
}

/** The parameters of the bucket, as they are deployed. */
export const JOB_TERMS: JobTerms = {
  rewardPeriodTime: REWARD_PERIOD,
  inflationPeriod: INFLATION_PERIOD,
  unbondTime: UNBOND_TIME,
  liquidityMinimum: DEFAULTS.Keep3r.liquidityMinimum.value,
  fee: DEFAULTS.Keep3r.fee.value,
};

/** A model of jobs of jobOwner; `quotes` has what a helper answers for a kind of liquidity, and nothing where it fails. */
export function modelJobs(jobs: readonly string[], quotes: Map<string, bigint>): JobsModel {
  const model = new JobsModel(JOB_TERMS, (kind) => quotes.get(kind));
  for (const kind of quotes.keys()) model.approve(kind);
  for (const job of jobs) model.addJob(job, "jobOwner");
  return model;
}

/** The model of the world as it is deployed. */
export function modelJobsWorld(quotes: Map<string, bigint>): JobsModel {
  for (const kind of KINDS) quotes.set(kind, WAD);
  const model = modelJobs(["alpha", "beta"], quotes);
  model.addJob("gamma", "stranger");
  return model;
}

/** Expects all that the chain tells of the jobs to be as the model has it. */
export async function expectSameJobs(world: ModelledJobsWorld, model: JobsModel): Promise<void> {
  const { keep3r, lens, keeper } = world;
  const now = await time.latest();

  for (const name of JOBS) {
    expect(await readJob(world, name), name).to.deep.equal(expectedJob(model, name, now));
    for (const kind of KINDS) {
      for (const owner of OWNERS) {
        const { amount, readyAfter } = model.pending(name, kind, owner);
        expect(
          await lens.jobPendingUnbonds(world.jobs[name], world.kinds[kind], world.owners[owner]),
          `pending of ${name}, ${kind}, ${owner}`,
        ).to.deep.equal([amount, readyAfter]);
      }
    }
  }
  for (const name of KINDS) {
    const { price, pricedAt, triedAt } = model.kind(name);
    expect(await lens.liquidityPrice(world.kinds[name]), `price of ${name}`).to.deep.equal([price, pricedAt, triedAt]);
    expect(await world.kinds[name].balanceOf(keep3r), `${name} held`).to.equal(model.liquidityHeld(name));
  }
  for (const name of TOKENS) {
    const held = model.tokensHeld(name);
    expect(await world.tokens[name].balanceOf(keep3r), `${name} held`).to.equal(held);
    expect(await lens.owed(world.tokens[name]), `${name} owed`).to.be.at.least(held);
  }
  expect(await keep3r.workCompleted(keeper)).to.equal(model.paid);
}

async function readJob({ keep3r, lens, jobs, names }: ModelledJobsWorld, name: JobName) {
  const state = await lens.jobState(jobs[name]);
  return {
    owner: names.get(state.owner),
    pendingOwner: names.get(state.pendingOwner),
    migratesTo: names.get(state.pendingMigration),
    disputed: state.disputed,
    stored: await keep3r.jobLiquidityCredits(jobs[name]),
    credits: state.credits,
    cap: state.periodCredits,
    value: state.value,
    settledAt: Number(state.rewardedAt),
    positions: new Map(
      state.liquidities.map(({ liquidity, amount, mining }) => [names.get(liquidity), { amount, mining }]),
    ),
    tokens: new Map(
      state.tokens.filter(({ credits }) => credits > 0n).map(({ token, credits }) => [names.get(token), credits]),
    ),
  };
}

function expectedJob(model: JobsModel, name: JobName, now: number) {
  const job = model.job(name);
  return {
    owner: job.owner ?? "nobody",
    pendingOwner: job.pendingOwner ?? "nobody",
    migratesTo: job.migration?.to ?? "nobody",
    disputed: job.disputed,
    stored: job.credits,
    credits: model.creditsAt(name, now),
    cap: model.cap(name),
    value: job.value,
    settledAt: job.settledAt,
    positions: job.positions,
    tokens: new Map([...job.tokens].filter(([, credits]) => credits > 0n)),
  };
}
