import { BPS, DAY, HOUR } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { checkStory, total } from "#simulation/checks";
import { type Departure, leave, type Work, workUntil } from "#simulation/keeper";
import { type Perform, performUpkeep, type Unlock, unlockOptions } from "#simulation/library";
import { type Operation, ORACLE_FUNDING, setUp } from "#simulation/setup";
import { keepSilent, type Silence } from "#simulation/silence";
import { loadFixture } from "#support/fixture";

const WORK_TIME = 10 * HOUR;
/** What a payment may exceed the boosted cost by, in BPS of it: PAY-1. */
const MARGIN = 10_500n;

async function tellStory() {
  const operation = await setUp(ethers.provider, await ethers.getSigners());
  const { network, market, gasMarket } = operation;
  const regular = await workUntil(network.chain.nextBlockAt + WORK_TIME, network, market, gasMarket);
  const silence = await keepSilent(operation, 2 * DAY);
  const unlock = await unlockOptions(operation);
  const perform = await performUpkeep(operation);
  const departure = await leave(network);
  return { operation, regular, silence, unlock, perform, departure };
}

describe("A job and its keeper from beginning to end, over Uniswap's own contracts", () => {
  let operation: Operation;
  let regular: Work[];
  let silence: Silence;
  /** Those of the oracle. */
  let works: Work[];
  let unlock: Unlock;
  let perform: Perform;
  let departure: Departure;

  before(async () => {
    ({ operation, regular, silence, unlock, perform, departure } = await loadFixture(tellStory));
    works = [...regular, silence.work];
  });

  it("lets the oracle take over from governance's quote", async () => {
    const { helper } = operation.network;

    expect(await helper.bootstrapped()).to.be.true;
    const quotes = works.map(({ kp3rPerEth }) => kp3rPerEth);
    expect(new Set(quotes).size).to.equal(works.length);
    expect(quotes).not.to.include(await helper.bootstrapKp3rPerEth());
  });

  it("values the job's liquidity at the KP3R that it provided", () => {
    const { funding } = operation;

    expect(funding.kp3r).to.be.closeTo(ORACLE_FUNDING, ORACLE_FUNDING / 1000n);
    // A day's mean and the spot price that the liquidity went in at differ.
    expect(funding.value).to.be.closeTo(funding.kp3r, funding.kp3r / 10n);
  });

  it("mines the job's credits from the day it was funded", async () => {
    const { network, funding } = operation;
    const { keep3r, oracle } = network;
    const [addition] = await keep3r.queryFilter(keep3r.filters.LiquidityAddition(oracle));
    const { timestamp } = (await addition?.getBlock()) ?? { timestamp: 0 };
    const [first] = works;

    const elapsed = BigInt((first?.timestamp ?? 0) - timestamp);
    const mined = (funding.value * elapsed) / (await keep3r.inflationPeriod());
    expect(first?.creditsBefore).to.equal(mined < funding.periodCredits ? mined : funding.periodCredits);
  });

  it("has work for the keeper twice an hour", async () => {
    const periodSize = Number(await operation.network.oracle.periodSize());

    expect(regular.length).to.be.within(WORK_TIME / periodSize - 1, WORK_TIME / periodSize);
  });

  it("PAY-1: pays every work its cost, and at most 105 % of it times the boost", async () => {
    const maxBoost = await operation.network.helper.maxBoost();

    for (const { worth, cost } of works) {
      expect(worth).to.be.at.least(cost);
      expect(worth * BPS * BPS).to.be.at.most(cost * maxBoost * MARGIN);
    }
  });

  it("LIV-1: pays the first work after two days in which nobody worked or updated the oracle", () => {
    const { observationAge, kp3rPerEth, span, quotedAt, work } = silence;

    expect(observationAge).to.be.within(2 * DAY, 2 * DAY + HOUR);
    // One mean over the whole silence, no older quote
    expect(span).to.be.within(2 * DAY, 2 * DAY + HOUR);
    expect(quotedAt).to.equal(work.timestamp);
    expect(work.kp3rPerEth).to.be.closeTo(kp3rPerEth, kp3rPerEth / 10_000n);
    expect(work.worth).to.be.at.least(work.cost);
  });

  it("has options unlocked in a list that the job's rule lets through, which frees capital", () => {
    expect(unlock.options).to.be.above(1);
    expect(unlock.work.worth).to.be.at.most(unlock.weightedValue);
    expect(unlock.usageAfter).to.be.below(unlock.usageBefore);
    expect(unlock.work.worth).to.be.at.least(unlock.work.cost);
  });

  it("has an upkeep for Chainlink Automation performed, at the expense of its own budget", () => {
    expect(perform.countAfter).to.equal(perform.countBefore + 1n);
    expect(perform.budgetAfter).to.equal(perform.budgetBefore - perform.work.reward);
    expect(perform.work.worth).to.be.at.least(perform.work.cost);
  });

  it("lets the keeper leave with its bond and all that it earned", async () => {
    const { accounts, keep3r, kp3r } = operation.network;
    const earned = total([...works, unlock.work, perform.work]).reward;

    expect(await keep3r.workCompleted(accounts.keeper)).to.equal(earned);
    expect(departure.withdrawn).to.equal(operation.bonded + earned);
    expect(departure.balanceAfter - departure.balanceBefore).to.equal(departure.withdrawn);
    expect(await keep3r.bonds(accounts.keeper, kp3r)).to.equal(0n);
  });

  it("SOL-1, SOL-2: passes every check that the demonstration makes", async () => {
    const checks = await checkStory(operation, { works, silence, jobs: [unlock.work, perform.work], departure });

    expect(checks.filter(({ holds }) => !holds)).to.deep.equal([]);
    expect(checks.length).to.be.above(0);
  });
});
