import { DAY, HOUR, WAD } from "@keep3r-network/sdk";
import { AbiCoder } from "ethers";
import type { HegicUnlockJob } from "#typechain";
import {
  buyOptions,
  deploySimpleUnlockJob,
  deployUnlockJob,
  type HegicMarket,
  openBitcoinMarket,
  openEtherMarket,
} from "#simulation/jobs/hegicMarket";
import { cost, type Measure, type Stage, work } from "../stage";

const CREDITS = 100n * WAD;
const SATOSHIS = 10n ** 8n;
/** Options of the first work, which isn't measured. */
const WARM_UP = 2;

/** A paid work each, by a keeper and a job that have worked before. */
export const HEGIC_ROWS: Record<string, Measure> = {
  "HegicSimpleUnlockJob: 1 option": async (stage) => {
    const market = await openEtherMarket(stage, 100n * WAD);
    const job = await deploySimpleUnlockJob(stage, market, CREDITS);
    await write(stage, market, WARM_UP + 1, WAD);
    const unlock = (id: number) => cost(stage, () => job.connect(stage.veteran).unlock(id));
    await unlock(0);
    return unlock(1);
  },

  "HegicUnlockJob: 1 option": (stage) => unlockList(stage, 1),

  "HegicUnlockJob: 3 options": (stage) => unlockList(stage, 3),

  "HegicUnlockJob: 12 options": (stage) => unlockList(stage, 12),

  "HegicUnlockJob: 50 options": (stage) => unlockList(stage, 50),

  "HegicUnlockJob: 3 options, paid in a token": async (stage) => {
    const job = await prepare(stage, 3);
    const { chain, keep3r, token, accounts } = stage;
    await chain.land(() => token.connect(accounts.jobOwner).approve(keep3r, 100n * WAD));
    await chain.land(() => keep3r.connect(accounts.jobOwner).addTokenCreditsToJob(job, token, 100n * WAD));
    await chain.land(() => job.connect(accounts.jobOwner).setTokenReward(token, WAD));
    return unlockSecond(stage, job, 3);
  },

  "HegicUnlockJob: 3 options, WBTC pool": async (stage) => {
    const market = await openBitcoinMarket(stage, 10n * SATOSHIS);
    const job = await deployUnlockJob(stage, market, CREDITS);
    await write(stage, market, WARM_UP + 3 + 1, SATOSHIS / 10n);
    return unlockSecond(stage, job, 3);
  },
};

async function unlockList(stage: Stage, count: number): Promise<number> {
  const job = await prepare(stage, count);
  return unlockSecond(stage, job, count);
}

/** The ether pool with a job, and options for two works and one more, so that the pool isn't empty after them. */
async function prepare(stage: Stage, count: number): Promise<HegicUnlockJob> {
  const market = await openEtherMarket(stage, 100n * WAD);
  const job = await deployUnlockJob(stage, market, CREDITS);
  await write(stage, market, WARM_UP + count + 1, WAD);
  return job;
}

/** Sells options alike, and waits until they are over; then a work refreshes the quote. */
async function write(stage: Stage, market: HegicMarket, count: number, amount: bigint): Promise<void> {
  await buyOptions(stage, market, Array<bigint>(count).fill(amount));
  await stage.market.tradeAndObserveUntil(stage.chain.nextBlockAt + DAY + HOUR);
  await work(stage, stage.veteran);
}

/** What a list costs after another. */
async function unlockSecond(stage: Stage, job: HegicUnlockJob, count: number): Promise<number> {
  const ids = Array.from({ length: WARM_UP + count }, (_, id) => id);
  const unlock = (list: number[]) =>
    cost(stage, () => job.connect(stage.veteran).work(AbiCoder.defaultAbiCoder().encode(["uint256[]"], [list])));
  await unlock(ids.slice(0, WARM_UP));
  return unlock(ids.slice(WARM_UP));
}
