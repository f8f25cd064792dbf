import { ethers } from "hardhat";
import { addKind, type Kind } from "../tools/gas/rows";
import { delta, setStage, type Stage, toMiddleOfPeriod } from "../tools/gas/stage";
import { DAY, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";

const CROWDS = [1, 100, 10_000];
const LIQUIDITIES = [1, 2, 3, 4, 5];

/** As many members as are sure to fit into a transaction. */
const GROUP = 50;
const GROUP_GAS = 25_000_000;
/** What moves the price of a market of 1,000 tokens by a hundredth. */
const GIFT = 10n * WAD;

/** What isKeeper and worked cost over the same work without payment, by the state in which they find the network. */
export interface Worked {
  cached: number;
  refreshed: number;
  firstOfPeriod: number;
}

export interface Scaling {
  /** By the number of jobs, and of keepers. */
  crowds: Record<number, Worked>;
  /** By the number of liquidities of the job. */
  liquidities: Record<number, Worked>;
}

export async function measureScaling(say: (step: string) => void): Promise<Scaling> {
  return { crowds: await measureCrowds(say), liquidities: await measureLiquidities(say) };
}

async function measureCrowds(say: (step: string) => void): Promise<Record<number, Worked>> {
  const figures: Record<number, Worked> = {};
  const stage = await freshStage();
  await removeNovice(stage);
  const { chain, keep3r, accounts } = stage;
  await chain.land(() => keep3r.connect(accounts.governance).setBondTime(0));
  const crowd = await chain.deploy(() => ethers.deployContract("Crowd__Mock", [keep3r]));

  let size = 1;
  for (const target of CROWDS) {
    while (size < target) {
      const group = Math.min(GROUP, target - size);
      await chain.land(() => crowd.join(group, { gasLimit: GROUP_GAS }));
      await chain.land(() => crowd.activateLast(group, { gasLimit: GROUP_GAS }));
      size += group;
      if (size % 1_000 === 0) say(`registered ${size} of ${target} jobs and keepers`);
    }
    await checkSize(stage, target);
    say(`measuring worked with ${target} jobs and keepers`);
    figures[target] = await measureWorked(stage, []);
  }
  return figures;
}

async function measureLiquidities(say: (step: string) => void): Promise<Record<number, Worked>> {
  const figures: Record<number, Worked> = {};
  const stage = await freshStage();
  const kinds: Kind[] = [];
  for (const count of LIQUIDITIES) {
    say(`measuring worked with ${count} liquidities`);
    while (kinds.length + 1 < count) kinds.push(await addKind(stage));
    figures[count] = await measureWorked(stage, kinds);
  }

  const { keep3r, job } = stage;
  const failures = await keep3r.queryFilter(keep3r.filters.LiquidityQuoteFailed());
  if (failures.length > 0)
    throw new Error(`${failures.length} quotes of liquidity failed for ${await job.getAddress()}.`);
  return figures;
}

async function freshStage(): Promise<Stage> {
  await ethers.provider.send("hardhat_reset", []);
  return setStage();
}

/** Three works of one reward period, the first of it to begin with; somebody has observed the pairs shortly before. */
async function measureWorked(stage: Stage, kinds: readonly Kind[]): Promise<Worked> {
  const { chain, helper, job, market, veteran } = stage;
  const measure = () => delta(stage, () => job.connect(veteran).work(0));
  await toMiddleOfPeriod(stage);
  await moveKinds(stage, kinds);

  // Somebody else's payment has refreshed the quote
  await chain.land(() => helper.workRate(0));
  const firstOfPeriod = await measure();
  const cached = await measure();
  await market.tradeAndObserveUntil(chain.nextBlockAt + HOUR);
  chain.wait(10 * MINUTE);
  return { firstOfPeriod, cached, refreshed: await measure() };
}

/** Moves the prices of the other markets, so that a new period finds new ones, and lets a day pass that they are taken over. */
async function moveKinds({ chain, market, accounts }: Stage, kinds: readonly Kind[]): Promise<void> {
  if (kinds.length === 0) return;
  for (const { token, pair } of kinds) {
    await chain.land(() => token.mint(pair, GIFT));
    await chain.land(() => pair.connect(accounts.passerby).sync());
  }
  await market.tradeAndObserveUntil(chain.nextBlockAt + DAY + HOUR);
}

/** The stage's second keeper isn't needed here, and would be one too many. */
async function removeNovice({ chain, keep3r, novice, accounts }: Stage): Promise<void> {
  await chain.land(() => keep3r.connect(accounts.disputer).dispute(novice));
  await chain.land(() => keep3r.connect(accounts.slasher).revoke(novice));
}

/** The oracle, itself a job, comes on top. */
async function checkSize({ keep3r }: Stage, size: number): Promise<void> {
  const jobs = (await keep3r.jobs()).length - 1;
  const keepers = (await keep3r.keepers()).length;
  if (jobs !== size || keepers !== size) {
    throw new Error(`There are ${jobs} jobs and ${keepers} keepers instead of ${size} of each.`);
  }
}
