import { DAY, GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import { ethers } from "hardhat";
import type {
  AllMixinsJob__Mock,
  CooldownJob__Mock,
  ExclusiveKeeperJob__Mock,
  GasCappedJob__Mock,
  InboxJob__Mock,
  PaymentCappedJob__Mock,
} from "#typechain";
import type { Account } from "#simulation/accounts";
import { cost, type Measure, type Stage } from "../stage";

const TERMS = { termTime: 30 * DAY, slaTime: HOUR, barTime: DAY, restTime: DAY, bonusInterval: DAY };
/** Between two works, longer than the cool-down and shorter than the quote's lifetime. */
const PAUSE = 120;

/** What a work takes with each mixin: compare with the first row. */
export const MIXIN_ROWS: Record<string, Measure> = {
  "job without mixins": async (stage) => secondWork(stage, await newJob<InboxJob__Mock>(stage, "InboxJob__Mock")),

  GasCapped: async (stage) => {
    const job = await newJob<GasCappedJob__Mock>(stage, "GasCappedJob__Mock");
    await asOwner(stage, (owner) => job.connect(owner).setMaxBaseFee(100n * GWEI));
    return secondWork(stage, job);
  },

  Cooldown: async (stage) => {
    const job = await newJob<CooldownJob__Mock>(stage, "CooldownJob__Mock");
    await asOwner(stage, (owner) => job.connect(owner).setCooldown(60));
    return secondWork(stage, job);
  },

  "PaymentCapped: a cap for each work": async (stage) => {
    const job = await newJob<PaymentCappedJob__Mock>(stage, "PaymentCappedJob__Mock");
    await asOwner(stage, (owner) => job.connect(owner).setMaxPayment(10n * WAD));
    return secondWork(stage, job);
  },

  "PaymentCapped: a cap for each day": async (stage) => {
    const job = await newJob<PaymentCappedJob__Mock>(stage, "PaymentCappedJob__Mock");
    await asOwner(stage, (owner) => job.connect(owner).setMaxDailyPayment(100n * WAD));
    return secondWork(stage, job);
  },

  "ExclusiveKeeper: the holder": async (stage) => secondWork(stage, await newSeat(stage, 0n)),

  "ExclusiveKeeper: the holder, with a premium": async (stage) => secondWork(stage, await newSeat(stage, WAD / 100n)),

  "ExclusiveKeeper: a successor, with a bonus": async (stage) => {
    const job = await newSeat(stage, 0n);
    await stage.chain.land(() => job.connect(stage.novice).work("0x"));
    stage.chain.wait(2 * HOUR);
    await refreshQuote(stage);
    return cost(stage, () => job.connect(stage.veteran).work("0x"));
  },

  "job with all mixins: the holder, with a premium": async (stage) => {
    const job = await newJob<AllMixinsJob__Mock>(stage, "AllMixinsJob__Mock");
    await asOwner(stage, (owner) => job.connect(owner).setMaxBaseFee(100n * GWEI));
    await asOwner(stage, (owner) => job.connect(owner).setCooldown(60));
    await asOwner(stage, (owner) => job.connect(owner).setMaxPayment(10n * WAD));
    await asOwner(stage, (owner) => job.connect(owner).setMaxDailyPayment(100n * WAD));
    await setSeat(stage, job, WAD / 100n);
    return secondWork(stage, job);
  },
};

/** A job with credits and work for all of its life. */
async function newJob<T extends InboxJob__Mock>(stage: Stage, name: string): Promise<T> {
  const { chain, keep3r, accounts } = stage;
  const { governance, jobOwner } = accounts;
  const job = (await chain.deploy(() => ethers.deployContract(name, [keep3r, jobOwner], governance))) as unknown as T;
  await chain.land(() => keep3r.connect(governance).forceLiquidityCreditsToJob(job, 100n * WAD));
  await chain.land(() => job.connect(jobOwner).submit(5));
  return job;
}

async function newSeat(stage: Stage, premium: bigint): Promise<ExclusiveKeeperJob__Mock> {
  const job = await newJob<ExclusiveKeeperJob__Mock>(stage, "ExclusiveKeeperJob__Mock");
  await setSeat(stage, job, premium);
  return job;
}

async function setSeat(
  stage: Stage,
  job: ExclusiveKeeperJob__Mock | AllMixinsJob__Mock,
  premium: bigint,
): Promise<void> {
  await asOwner(stage, (owner) => job.connect(owner).setSeatTerms(TERMS));
  await asOwner(stage, (owner) => job.connect(owner).setSeatRewards(WAD, premium, premium));
}

async function asOwner(
  { chain, accounts }: Stage,
  send: (owner: Account) => ReturnType<InboxJob__Mock["submit"]>,
): Promise<void> {
  await chain.land(() => send(accounts.jobOwner));
}

/** The veteran's second work of the job, with a quote that is cached. */
async function secondWork(stage: Stage, job: InboxJob__Mock): Promise<number> {
  await refreshQuote(stage);
  await stage.chain.land(() => job.connect(stage.veteran).work("0x"));
  stage.chain.wait(PAUSE);
  return cost(stage, () => job.connect(stage.veteran).work("0x"));
}

async function refreshQuote({ chain, helper, accounts }: Stage): Promise<void> {
  await chain.land(() => helper.connect(accounts.passerby).workRate(0));
}
