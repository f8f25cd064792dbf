import { DAY, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { ethers } from "hardhat";
import type { ERC20__Mock, PlainJob__Mock } from "#typechain";
import { cost, delta, fund, type Measure, type Stage, toMiddleOfPeriod, work } from "./stage";

export const BATCH = 10;

/** The oracle's. */
const PERIOD = 30 * MINUTE;

/** Every row that has a budget, each measured on a stage of its own. */
export const ROWS: Record<string, Measure> = {
  "isKeeper+worked, steady state, quote cached: delta": (stage) =>
    delta(stage, () => stage.job.connect(stage.veteran).work(0)),

  /** As keepers find it: somebody has observed the pair within two periods. */
  "isKeeper+worked, quote refreshed: delta": async (stage) => {
    const { chain, market, job, veteran } = stage;
    await market.tradeAndObserveUntil(chain.nextBlockAt + HOUR);
    chain.wait(10 * MINUTE);
    return delta(stage, () => job.connect(veteran).work(0));
  },

  /** After a silence of three periods: the oracle asks the pair. */
  "isKeeper+worked, quote refreshed, open span: delta": async (stage) => {
    await stage.market.tradeFor(90 * MINUTE);
    return delta(stage, () => stage.job.connect(stage.veteran).work(0));
  },

  "isKeeper+worked, first work of a reward period, one liquidity: delta": async (stage) => {
    await toMiddleOfPeriod(stage);
    // Somebody else's payment has refreshed the quote
    await stage.chain.land(() => stage.helper.workRate(0));
    return delta(stage, () => stage.job.connect(stage.veteran).work(0));
  },

  "isKeeper+worked, a keeper's first: delta": (stage) => delta(stage, () => stage.job.connect(stage.novice).work(0)),

  "isBondedKeeper+worked, steady state, quote cached: delta": (stage) =>
    delta(stage, () => stage.job.connect(stage.veteran).workBonded(0, stage.kp3r, WAD, 1n, 1n)),

  "isKeeper+bondedPayment: delta": (stage) =>
    delta(stage, () => stage.job.connect(stage.veteran).workForAmount(0, WAD / 1000n)),

  "isKeeper+directTokenPayment: delta": (stage) =>
    delta(stage, () => stage.job.connect(stage.veteran).workForToken(0, stage.token, WAD)),

  "bond KP3R, first": async (stage) => {
    const { keep3r, kp3r, accounts } = stage;
    await stage.chain.land(() => keep3r.connect(stage.novice).bond(kp3r, WAD));
    await stage.chain.land(() => kp3r.connect(accounts.keeper).approve(keep3r, 100n * WAD));
    return cost(stage, () => keep3r.connect(accounts.keeper).bond(kp3r, 10n * WAD));
  },

  "activate KP3R, first": async (stage) => {
    const { keep3r, kp3r, chain, accounts } = stage;
    await chain.land(() => kp3r.connect(accounts.keeper).approve(keep3r, 100n * WAD));
    await chain.land(() => keep3r.connect(accounts.keeper).bond(kp3r, 10n * WAD));
    await chain.land(() => keep3r.connect(stage.novice).bond(kp3r, WAD));
    chain.wait(4 * DAY);
    return cost(stage, () => keep3r.connect(accounts.keeper).activate(kp3r));
  },

  "unbond KP3R, first": (stage) => cost(stage, () => stage.keep3r.connect(stage.veteran).unbond(stage.kp3r, 10n * WAD)),

  "withdraw KP3R": async (stage) => {
    const { keep3r, kp3r, chain, veteran, novice } = stage;
    await chain.land(() => keep3r.connect(novice).bond(kp3r, WAD));
    await chain.land(() => keep3r.connect(veteran).unbond(kp3r, 10n * WAD));
    chain.wait(15 * DAY);
    return cost(stage, () => keep3r.connect(veteran).withdraw(kp3r));
  },

  addJob: async (stage) => cost(stage, async () => stage.keep3r.addJob(await newJob(stage))),

  "addLiquidityToJob, first": async (stage) => {
    const job = await registeredJob(stage);
    return Number((await fund(stage, job, 50n * WAD)).gasUsed);
  },

  "addLiquidityToJob, second": async (stage) => Number((await fund(stage, stage.job, 50n * WAD)).gasUsed),

  unbondLiquidityFromJob: (stage) =>
    cost(stage, () =>
      stage.keep3r.connect(stage.accounts.jobOwner).unbondLiquidityFromJob(stage.job, stage.pair, 20n * WAD),
    ),

  withdrawLiquidityFromJob: async (stage) => {
    const { keep3r, pair, chain, job, accounts } = stage;
    await chain.land(() => keep3r.connect(accounts.jobOwner).unbondLiquidityFromJob(job, pair, 20n * WAD));
    chain.wait(15 * DAY);
    return cost(stage, () => keep3r.connect(accounts.jobOwner).withdrawLiquidityFromJob(job, pair, accounts.jobOwner));
  },

  "addTokenCreditsToJob, first": async (stage) => {
    const { keep3r, accounts } = stage;
    const token = await stage.chain.deploy(() => ethers.deployContract("ERC20__Mock", ["New", "NEW", 18]));
    await stage.chain.land(() => token.mint(accounts.jobOwner, 100n * WAD));
    await stage.chain.land(() => token.connect(accounts.jobOwner).approve(keep3r, 100n * WAD));
    return cost(stage, () => keep3r.connect(accounts.jobOwner).addTokenCreditsToJob(stage.job, token, 10n * WAD));
  },

  withdrawTokenCreditsFromJob: (stage) => {
    const { keep3r, job, token, accounts } = stage;
    return cost(stage, () =>
      keep3r.connect(accounts.jobOwner).withdrawTokenCreditsFromJob(job, token, WAD, accounts.jobOwner),
    );
  },

  "acceptJobMigration, 1 liquidity": (stage) => migrate(stage, 1),

  "acceptJobMigration, 3 liquidities": (stage) => migrate(stage, 3),

  "oracle update, one pair, full ring": async (stage) => {
    const { chain, market, oracle, pair } = stage;
    await market.tradeAndObserveUntil(chain.nextBlockAt + 128 * PERIOD);
    await market.tradeFor(PERIOD);
    return cost(stage, () => oracle.update(pair));
  },

  "oracle update, one pair, while the ring fills": async (stage) => {
    const { chain, oracle } = stage;
    const { pair } = await openMarket(stage);
    chain.wait(PERIOD);
    await chain.land(() => oracle.update(pair));
    chain.wait(PERIOD);
    return cost(stage, () => oracle.update(pair));
  },

  "10 works by one contract keeper in one transaction, each: delta": async (stage) => {
    const { paid, unpaid } = await batch(stage);
    return Math.round((paid - unpaid) / BATCH);
  },
};

async function newJob({ chain, keep3r }: Stage): Promise<PlainJob__Mock> {
  return chain.deploy(() => ethers.deployContract("PlainJob__Mock", [keep3r]));
}

async function registeredJob(stage: Stage): Promise<PlainJob__Mock> {
  const job = await newJob(stage);
  await stage.chain.land(() => stage.keep3r.connect(stage.accounts.jobOwner).addJob(job));
  return job;
}

/** Migrates a job that has worked, with as many kinds of liquidity, to one that is fresh. */
async function migrate(stage: Stage, kinds: number): Promise<number> {
  const { chain, keep3r, job, accounts } = stage;
  const { jobOwner } = accounts;
  for (let i = 1; i < kinds; i++) await addKind(stage);
  const toJob = await registeredJob(stage);
  await chain.land(() => keep3r.connect(jobOwner).migrateJob(job, toJob));
  chain.wait(HOUR);
  return cost(stage, () => keep3r.connect(jobOwner).acceptJobMigration(job, toJob));
}

/** A market for KP3R other than that for ether. */
export interface Kind {
  token: ERC20__Mock;
  pair: Stage["pair"];
}

/** Opens another market for KP3R, waits until it has a price, and bonds its liquidity to the job. */
export async function addKind(stage: Stage): Promise<Kind> {
  const { chain, keep3r, job, accounts, market } = stage;
  const { governance, jobOwner } = accounts;
  const kind = await openMarket(stage);
  await market.tradeAndObserveUntil(chain.nextBlockAt + DAY + HOUR);
  await chain.land(() => keep3r.connect(governance).approveLiquidity(kind.pair));
  await chain.land(() => kind.pair.connect(jobOwner).approve(keep3r, ethers.MaxUint256));
  await chain.land(() => keep3r.connect(jobOwner).addLiquidityToJob(job, kind.pair, 50n * WAD));
  return kind;
}

/** Opens another market for KP3R, which the oracle lists. */
async function openMarket({ chain, kp3r, oracle, uniswap, accounts, ...stage }: Stage): Promise<Kind> {
  const { governance, jobOwner } = accounts;
  const token = await chain.deploy(() => ethers.deployContract("ERC20__Mock", ["Paired", "PRD", 18], governance));
  await chain.land(() => uniswap.factory.createPair(kp3r, token));
  const pair = stage.pair.attach(await uniswap.factory.getPair(kp3r, token)) as Stage["pair"];
  await chain.land(() => kp3r.connect(governance).transfer(pair, 1_000n * WAD));
  await chain.land(() => token.mint(pair, 1_000n * WAD));
  await chain.land(() => pair.connect(governance).mint(jobOwner));
  await chain.land(() => oracle.connect(governance).addPair(pair));
  return { token, pair };
}

/** What ten different jobs worked by a contract in one transaction cost, paid and unpaid. */
export async function batch(stage: Stage): Promise<{ paid: number; unpaid: number }> {
  const { chain, keep3r, kp3r, accounts } = stage;
  const keeper = await chain.deploy(() => ethers.deployContract("BatchKeeper__Mock"));
  const asKeeper = (data: string) => chain.land(() => keeper.execute(keep3r, data));
  await asKeeper(keep3r.interface.encodeFunctionData("bond", [await kp3r.getAddress(), 0]));
  await stage.market.tradeAndObserveUntil(chain.nextBlockAt + 4 * DAY);
  await asKeeper(keep3r.interface.encodeFunctionData("activate", [await kp3r.getAddress()]));

  const paid: string[] = [];
  const unpaid: string[] = [];
  for (let i = 0; i < BATCH; i++) {
    const job = await registeredJob(stage);
    await chain.land(() => keep3r.connect(accounts.governance).forceLiquidityCreditsToJob(job, 100n * WAD));
    paid.push(await job.getAddress());
    unpaid.push(await (await chain.deploy(() => ethers.deployContract("UnpaidJob__Mock"))).getAddress());
  }
  await work(stage, stage.veteran);
  await chain.land(() => keeper.workAll(paid, 0));
  await chain.land(() => keeper.workAll(unpaid, 0));

  return {
    paid: await cost(stage, () => keeper.workAll(paid, 0)),
    unpaid: await cost(stage, () => keeper.workAll(unpaid, 0, { gasLimit: 4_000_000 })),
  };
}
