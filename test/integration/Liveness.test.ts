import { BPS, DAY, HOUR, MINUTE } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { fundJob } from "#support/actors/owners";
import { loadFixture } from "#support/fixture";
import { FAIR, measure, type Paid } from "#support/payments/measure";
import { describeMeasured } from "#support/tools/coverage";
import { deployNaivelyPaidWorld } from "#support/worlds/naivelyPaid";
import { deployPaidWorld, type PaidWorld } from "#support/worlds/paid";
import { deployByRecipe } from "#support/worlds/recipe";

const SILENCES = [HOUR, 29 * HOUR, 71 * HOUR, 80 * HOUR, 10 * DAY];
const WINDOWS = [30 * MINUTE, 4 * HOUR, DAY];
const inHours = (seconds: number) => `${seconds / HOUR} h`;

/** A keeper works the job, which pays for the gas out of its own credits. */
function work(world: PaidWorld): Promise<Paid> {
  return measure(world, (sending) => world.job.connect(world.keeper).work(100_000, sending));
}

/** A keeper works the oracle, whose pair is due. */
function workOracle(world: PaidWorld): Promise<Paid> {
  return measure(world, (sending) => world.oracle.connect(world.keeper)["work()"](sending));
}

/** Checks that there is one payment, what is fair, by a quote of its own block. */
async function expectPaid({ helper }: PaidWorld, { count, percent }: Paid): Promise<void> {
  expect(count).to.equal(1);
  expect(percent).to.be.within(...FAIR);
  const { quotedAt } = await helper.cachedQuote();
  expect(quotedAt).to.equal(await time.latest());
}

/** The job has credits, the oracle has none, and no quote outlives the hour that maxQuoteAge is at the least. */
async function prepare(world: PaidWorld, window: number): Promise<void> {
  const { keep3r, helper, oracle, jobOwner, job } = world;
  await helper.setQuoteTwapTime(window);
  await helper.setQuoteLifetime(0);
  await helper.setMaxQuoteAge(HOUR);
  await fundJob(keep3r, jobOwner, job);
  expect(await keep3r.totalJobCredits(oracle)).to.equal(0);
}

/** Our oracle and helper anew, with two observations of the pair, as far apart as the window. */
async function withTwoObservations(world: PaidWorld, window: number): Promise<PaidWorld> {
  const { keep3r, kp3r, weth, pair } = world;
  const { Keep3rOracle: oracle, Keep3rHelper: helper } = await deployByRecipe(["Keep3rOracle", "Keep3rHelper"], {
    Keep3r: keep3r,
    KP3R: kp3r,
    UniswapV2Factory: await world.oracle.factory(),
    WETH9: weth,
    KP3R_WETH: pair,
  });
  await helper.setMinBoost(BPS);
  await keep3r.setKeep3rHelper(helper);
  const { timestamp } = await oracle.observationAt(pair, 0);
  await time.setNextBlockTimestamp(timestamp + BigInt(window));
  await oracle.update(pair);
  expect(await oracle.observationCount(pair)).to.equal(2);
  return { ...world, oracle, helper };
}

describeMeasured("LIV-1: no silence of the oracle stops a payment by gas", function () {
  for (const window of WINDOWS) {
    for (const silence of SILENCES) {
      it(`after ${inHours(silence)}, quoted over ${inHours(window)}, the oracle out of credits`, async function () {
        const world = await loadFixture(deployPaidWorld);
        await prepare(world, window);
        await time.increase(silence);
        await expect(workOracle(world)).to.be.revertedWithCustomError(world.keep3r, "InsufficientFunds");

        await expectPaid(world, await work(world));
        await world.oracle.update(world.pair);
        await expectPaid(world, await work(world));
      });

      it(`after ${inHours(silence)}, quoted over ${inHours(window)}, the oracle's own first`, async function () {
        const world = await loadFixture(deployPaidWorld);
        const { keep3r, oracle } = world;
        await prepare(world, window);
        await time.increase(silence);
        await keep3r.forceLiquidityCreditsToJob(oracle, await keep3r.totalJobCredits(world.job));

        await expectPaid(world, await workOracle(world));
        await expectPaid(world, await work(world));
      });

      it(`after ${inHours(silence)}, quoted over ${inHours(window)}, of two observations so far apart`, async function () {
        const world = await withTwoObservations(await loadFixture(deployPaidWorld), window);
        await prepare(world, window);
        await time.increase(silence);

        await expectPaid(world, await work(world));
        expect(await world.helper.bootstrapped()).to.equal(window + silence >= DAY);
        await world.oracle.update(world.pair);
        await expectPaid(world, await work(world));
      });
    }
  }
});

describeMeasured("A silence of 29 hours, by the old rule", function () {
  const SILENCE = 29 * HOUR;
  const WINDOW = 4 * HOUR;

  async function beSilent(): Promise<PaidWorld> {
    const world = await loadFixture(deployNaivelyPaidWorld);
    const { keep3r, helper, jobOwner, job, oracle } = world;
    await helper.setQuoteLifetime(0);
    for (const funded of [job, oracle]) await fundJob(keep3r, jobOwner, funded);
    await time.increase(SILENCE);
    return world;
  }

  it("stops every payment by gas, the oracle's own included", async function () {
    const world = await beSilent();
    await expect(work(world)).to.be.revertedWithCustomError(world.helper, "StaleQuote");
    await expect(workOracle(world)).to.be.revertedWithCustomError(world.helper, "StaleQuote");
  });

  it("stops them for four hours more after an update that nobody is paid for", async function () {
    const world = await beSilent();
    await world.oracle.update(world.pair);
    await time.increase(WINDOW - MINUTE);
    await expect(work(world)).to.be.revertedWithCustomError(world.helper, "StaleQuote");

    await time.increase(MINUTE);
    await expectPaid(world, await work(world));
  });
});
