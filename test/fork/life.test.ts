import { BPS, DAY, HOUR } from "@keep3r-network/sdk";
import { expect } from "chai";
import { checkStory, total } from "#simulation/checks";
import { type Departure, leave, work, type Work } from "#simulation/keeper";
import type { Operation } from "#simulation/setup";
import { keepSilent, type Silence } from "#simulation/silence";
import { loadFixture } from "#support/fixture";
import { deployOperatingForkWorld } from "#support/worlds/fork";
import { GROUND, mainnet } from "#support/worlds/mainnet";

const WORK_TIME = 21 * DAY;
/** From a work of the oracle to the next. */
const PACE = 3 * HOUR;
/** What a payment may exceed the boosted cost by, in BPS of it: PAY-1. */
const MARGIN = 10_500n;

describe("The life of a job and its keeper, three weeks over mainnet's market", () => {
  mainnet(...GROUND);

  let operation: Operation;
  let regular: Work[];
  let silence: Silence;
  /** Those of the oracle. */
  let works: Work[];
  let departure: Departure;

  before(async () => {
    operation = await loadFixture(deployOperatingForkWorld);
    regular = await workForWeeks(operation);
    silence = await keepSilent(operation, 2 * DAY);
    works = [...regular, silence.work];
    departure = await leave(operation.network);
  });

  async function workForWeeks({ network, market, gasMarket }: Operation): Promise<Work[]> {
    const end = network.chain.nextBlockAt + WORK_TIME;
    const done: Work[] = [];
    while (network.chain.nextBlockAt < end) {
      await market.tradeFor(PACE);
      done.push(await work(network, market, gasMarket));
    }
    return done;
  }

  it("has work for the keeper all the time", () => {
    expect(regular.length).to.be.within(WORK_TIME / PACE - 2, WORK_TIME / PACE);
  });

  it("mines more credits by its owner's liquidity than its works cost, without a gift of governance", async () => {
    const { keep3r, oracle } = operation.network;
    const mined = works
      .slice(1)
      .reduce((sum, { creditsBefore }, index) => sum + creditsBefore - (works[index]?.creditsAfter ?? 0n), 0n);

    expect(mined).to.be.above(total(works).reward);
    expect(await keep3r.queryFilter(keep3r.filters.LiquidityCreditsForced(oracle))).to.deep.equal([]);
  });

  it("PAY-1: pays every work its cost, and at most 105 % of it times the boost", async () => {
    const maxBoost = await operation.network.helper.maxBoost();

    for (const { worth, cost } of works) {
      expect(worth).to.be.at.least(cost);
      expect(worth * BPS * BPS).to.be.at.most(cost * maxBoost * MARGIN);
    }
  });

  it("LIV-1: pays the first work after two days of silence, by a mean over all of them", () => {
    const { span, quotedAt, work: first } = silence;

    expect(span).to.be.at.least(2 * DAY);
    expect(quotedAt).to.equal(first.timestamp);
    expect(first.worth).to.be.at.least(first.cost);
  });

  it("follows the market: every work is paid at a quote of its own", () => {
    expect(new Set(works.map(({ kp3rPerEth }) => kp3rPerEth)).size).to.equal(works.length);
  });

  it("SOL-1, SOL-2: passes every check that the demonstration makes, the keeper's departure included", async () => {
    const checks = await checkStory(operation, { works, silence, jobs: [], departure });

    expect(checks.filter(({ holds }) => !holds)).to.deep.equal([]);
    expect(checks.length).to.be.above(0);
  });

  it("CRD-3: gives the job's owner back exactly the liquidity that it provided", async () => {
    const { chain, accounts, keep3r, oracle, pair } = operation.network;
    const { jobOwner } = accounts;
    const { liquidity } = operation.funding;
    const before = await pair.balanceOf(jobOwner);

    await chain.land(() => keep3r.connect(jobOwner).unbondLiquidityFromJob(oracle, pair, liquidity));
    chain.waitUntil(Number(await keep3r.canWithdrawAfter(oracle, pair)) + 1);
    await chain.land(() => keep3r.connect(jobOwner).withdrawLiquidityFromJob(oracle, pair, jobOwner));

    expect((await pair.balanceOf(jobOwner)) - before).to.equal(liquidity);
  });
});
