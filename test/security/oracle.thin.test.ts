import { HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { fundJob } from "#support/actors/owners";
import { itReplays } from "#support/behaviours/replays";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { FAIR, measure } from "#support/payments/measure";
import { describeMeasured } from "#support/tools/coverage";
import {
  type Action,
  addition,
  deployListedMarket,
  deployObservedMarket,
  donation,
  every,
  flashMintedObservation,
  move,
  observations,
  push,
  type Replay,
  replay,
  withdrawal,
} from "#support/worlds/market";
import { KP3R_RESERVE, observe } from "#support/worlds/oracle";
import { deployPaidWorld, KP3R_PER_ETH, type PaidWorld } from "#support/worlds/paid";
import { deployNaivelyPaidWorld } from "#support/worlds/naivelyPaid";
import { sell } from "#support/worlds/uniswap";

/** What is left of 1000 KP3R. */
const REST = (5n * WAD) / 1_000n;
/** Nine times the rest is sold into it. */
const FALLEN = 1 / 100;

/** Liquidity goes, and whoever sells next to no KP3R has the price at a hundredth. */
const EMPTIED: readonly Action[] = [withdrawal(MINUTE, REST), move(2 * MINUTE, FALLEN)];

describe("ORC-4: a pool without liquidity", function () {
  const END = 34 * HOUR;
  const BACK = 30 * HOUR;

  itReplays(
    "A pool emptied to 0.005 KP3R, its price at a hundredth",
    {
      actions: [...EMPTIED, ...observations(PERIOD_SIZE, END)],
      paidAt: every(10 * MINUTE, 10 * MINUTE, END),
    },
    // The last quote serves for a day
    { naive: { least: 1.03, most: 101 }, ours: { least: 1, most: 1, stops: [24.4, Infinity] } },
  );

  itReplays(
    "A pool emptied for a day and filled again at its price",
    {
      actions: [...EMPTIED, move(BACK, 1), addition(BACK + MINUTE, 1_000n * WAD), ...observations(PERIOD_SIZE, END)],
      paidAt: every(10 * MINUTE, 10 * MINUTE, END),
    },
    { naive: { least: 1, most: 101 }, ours: { least: 1, most: 1, stops: [24.4, 30.5] } },
  );

  itReplays(
    "A pool emptied to 0.005 KP3R, its price at a thousandth, that nobody observes for ten days",
    {
      actions: [withdrawal(MINUTE, REST), move(2 * MINUTE, 1 / 1000)],
      paidAt: every(30 * MINUTE, 30 * MINUTE, 240 * HOUR),
    },
    // The old rule reads no further back than eight hours
    {
      naive: { least: 1.13, most: 194, stops: [32.5, Infinity] },
      ours: { least: 1, most: 1, stops: [25.5, Infinity] },
    },
  );

  itReplays(
    "A pool emptied to dust, 0.01 KP3R given to it for a mean of nothing",
    {
      actions: [withdrawal(MINUTE, 3_300n), donation(2 * MINUTE, WAD / 100n), ...observations(PERIOD_SIZE, 100 * HOUR)],
      paidAt: every(30 * MINUTE, 30 * MINUTE, 100 * HOUR),
    },
    { naive: { least: 1.13, most: 3.04e12 }, ours: { least: 1, most: 1, stops: [24.5, Infinity] } },
  );

  it("A pool emptied and filled again: ours isn't read, whatever its price does, until an observation finds liquidity again", async function () {
    const market = await loadFixture(deployObservedMarket);
    const { oracle, pair, kp3r } = market;
    const read = () => oracle.averagePrice(pair, kp3r, 0, ethers.MaxUint256);
    await replay(market, { actions: [...EMPTIED, ...observations(PERIOD_SIZE, 2 * PERIOD_SIZE)], paidAt: [] });
    await expect(read()).to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow");

    const filled = [move(HOUR + MINUTE, 1), addition(HOUR + 2 * MINUTE, 1_000n * WAD)];
    await replay(market, { actions: filled, paidAt: [] });
    await expect(read()).to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow");

    await replay(market, { actions: observations(HOUR + PERIOD_SIZE, HOUR + PERIOD_SIZE), paidAt: [] });
    expect((await read()).averageX112).to.be.greaterThan(0);
  });
});

describe("ORC-3, ORC-4: a pool that a swap has emptied", function () {
  /** What the price comes to when 0.005 of 1000 KP3R are left. */
  const BOUGHT_UP = 4e10;
  const END = 14 * HOUR;

  // Liquidity is still there: it isn't thin, and a push like any other
  itReplays(
    "All but 0.005 KP3R bought for a block",
    {
      actions: [...push(PERIOD_SIZE / 2, BOUGHT_UP), ...observations(PERIOD_SIZE, END)],
      paidAt: every(10 * MINUTE, 10 * MINUTE, END),
    },
    { naive: { least: 2.99e-8, most: 1 }, ours: { least: 0.987, most: 1 } },
  );

  it("All but 0.005 KP3R bought while the pool is observed: it isn't thin", async function () {
    const market = await loadFixture(deployObservedMarket);
    const { oracle, pair } = market;
    const bought = [move(PERIOD_SIZE, BOUGHT_UP), ...observations(PERIOD_SIZE, PERIOD_SIZE)];
    await replay(market, { actions: bought, paidAt: [] });
    expect((await pair.getReserves())[0]).to.be.closeTo(REST, REST / 100n);
    expect(await oracle.isThin(pair)).to.equal(false);
  });
});

describe("ORC-4: a pair that is judged thin at a price that the market has left", function () {
  const EVERY = 10 * MINUTE;

  it("A push of 10^6 for a block of the first span: is found deep again, and priced fairly from the second day on", async function () {
    const market = await loadFixture(deployListedMarket);
    const { oracle, pair } = market;
    const END = 48 * HOUR;
    await replay(market, {
      actions: [...push(PERIOD_SIZE / 2, 1e6), ...observations(PERIOD_SIZE, 2 * PERIOD_SIZE)],
      paidAt: [],
    });
    expect(await oracle.isThin(pair)).to.equal(true);

    const quoted = await replay(market, {
      actions: observations(3 * PERIOD_SIZE, END),
      paidAt: every(EVERY, 36 * HOUR, END),
    });
    expect(await oracle.isThin(pair)).to.equal(false);
    for (const { at, ratio } of quoted) expect(ratio, `${at / HOUR} h`).to.be.closeTo(1, 1e-3);
  });

  it("A crash of 80 % while most liquidity leaves, of which enough remains: payments go on, and follow within five hours", async function () {
    const market = await loadFixture(deployObservedMarket);
    const { oracle, governance } = market;
    // 1000 KP3R are 1.8 times this. At a fifth of the price they are 2236, and what stays of them is 1.6 times this
    const minimum = (KP3R_RESERVE * 10n) / 18n;
    await oracle.connect(governance).setMinKp3rReserve(minimum);
    const END = 12 * HOUR;
    const quoted = await replay(market, {
      actions: [move(MINUTE, 0.2), withdrawal(2 * MINUTE, (minimum * 161n) / 100n), ...observations(PERIOD_SIZE, END)],
      paidAt: every(EVERY, EVERY, END),
      fair: (at) => (at < MINUTE ? 1 : 0.2),
    });
    for (const { at, ratio } of quoted) {
      expect(ratio, `${at / HOUR} h`).to.be.within(at > 5.5 * HOUR ? 0.8 : 0, 1.01);
    }
  });

  it("Known: who holds the price of an emptied pool at nothing moves it by a step of maxChange every 14 hours", async function () {
    const market = await loadFixture(deployObservedMarket);
    const { oracle, pair } = market;
    const END = 40 * HOUR;
    const quoted = await replay(market, {
      actions: [withdrawal(MINUTE, REST), move(2 * MINUTE, 1e-10), ...observations(PERIOD_SIZE, END)],
      paidAt: every(EVERY, EVERY, END),
    });
    expect(await oracle.isThin(pair)).to.equal(true);
    const most = (until: number) =>
      Math.max(...quoted.map(({ at, ratio }) => (ratio === "StaleQuote" || at > until ? 0 : ratio)));
    expect(most(14 * HOUR)).to.be.closeTo(1, 1e-9);
    expect(most(28 * HOUR)).to.be.within(1.04, 1.05);
    expect(most(END)).to.be.within(1.55, 1.57);
  });
});

describe("Known: a flash mint around an observation evades the judgement of thin pools", function () {
  const HELD = 4 * HOUR;
  const END = 14 * HOUR;

  /** The emptied pool's price is held for nothing, and each observation sees lent liquidity. */
  const LENT: Replay = {
    actions: [
      ...EMPTIED,
      ...every(PERIOD_SIZE, PERIOD_SIZE, HELD).map((at) => flashMintedObservation(at, 10_000n * WAD)),
      move(HELD + MINUTE, 1),
      addition(HELD + 2 * MINUTE, 1_000n * WAD),
      ...observations(HELD + PERIOD_SIZE, END),
    ],
    paidAt: every(10 * MINUTE, 10 * MINUTE, END),
  };

  itReplays("A pool emptied to 0.005 KP3R for four hours, liquidity lent to each observation", LENT, {
    naive: { least: 1, most: 54.8 },
    ours: { least: 1, most: 10.1 },
  });
});

describeMeasured("ORC-4: what a keeper is paid for work while the pool is empty", function () {
  /** Governance takes its liquidity out of the pool of 500 KP3R, and somebody sells nine times what is left. */
  async function empty({ oracle, pair, kp3r, governance }: PaidWorld, hours: number): Promise<void> {
    const kp3rIsToken0 = (await pair.token0()) === (await kp3r.getAddress());
    const supply = await pair.totalSupply();
    await pair.transfer(pair, supply - (supply * REST) / (await kp3r.balanceOf(pair)));
    await pair.burn(governance);

    const [reserve0, reserve1] = await pair.getReserves();
    const [reserveIn, reserveOut] = kp3rIsToken0 ? [reserve0, reserve1] : [reserve1, reserve0];
    const withFee = 9n * REST * 997n;
    const bought = (withFee * reserveOut) / (reserveIn * 1_000n + withFee);
    await kp3r.transfer(pair, 9n * REST);
    await pair.swap(kp3rIsToken0 ? 0n : bought, kp3rIsToken0 ? bought : 0n, governance, "0x");
    await observe(oracle, pair, (hours * HOUR) / PERIOD_SIZE);
  }

  /** Somebody buys KP3R until it has its price again, and governance brings its liquidity back. */
  async function fill({ oracle, pair, kp3r, weth, governance }: PaidWorld): Promise<void> {
    await sell(pair, weth, (9n * REST * WAD) / KP3R_PER_ETH / 10n);
    await kp3r.transfer(pair, 400n * WAD);
    await weth.mint(pair, (400n * WAD * WAD) / KP3R_PER_ETH);
    await pair.mint(governance);
    await observe(oracle, pair, 1);
  }

  const work = (world: PaidWorld) =>
    measure(world, (sending) => world.job.connect(world.keeper).work(100_000, sending));

  it("A pool emptied to 0.005 KP3R, 0.045 KP3R sold: the old rule makes a payment of 10,000 % of the cost", async function () {
    const world = await loadFixture(deployNaivelyPaidWorld);
    await fundJob(world.keep3r, world.jobOwner, world.job);
    await empty(world, 5);
    expect((await work(world)).percent).to.be.within(9_900, 10_200);
  });

  it("A pool emptied to 0.005 KP3R, 0.045 KP3R sold: ours pays by the last quote for a day, then nothing", async function () {
    const world = await loadFixture(deployPaidWorld);
    const { keep3r, helper, jobOwner } = world;
    await fundJob(keep3r, jobOwner, world.job);
    await empty(world, 5);
    expect((await work(world)).percent).to.be.within(...FAIR);

    await observe(world.oracle, world.pair, (20 * HOUR) / PERIOD_SIZE);
    await expect(work(world)).to.be.revertedWithCustomError(helper, "StaleQuote");
  });

  it("A pool emptied and filled again: ours pays what is fair from the next observation on", async function () {
    const world = await loadFixture(deployPaidWorld);
    await fundJob(world.keep3r, world.jobOwner, world.job);
    await empty(world, 25);
    await fill(world);
    expect((await work(world)).percent).to.be.within(...FAIR);
  });
});
