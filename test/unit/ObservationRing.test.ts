import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { Random } from "#support/tools/random";
import { deployListedOracleWorld, observe, type OracleWorld } from "#support/worlds/oracle";

const PERIOD = BigInt(PERIOD_SIZE);
const ANY_AGE = ethers.MaxUint256;
const OPEN_SPAN_AGE = 2n * PERIOD;

/** Seconds between observations, of which some are as short as can be, some long, and none like its neighbours. */
const FEW_INTERVALS = [1800, 1801, 7200, 1800, 40_000, 1805, 1800, 1800, 3600, 2000, 1800, 9000, 1800, 1800];

async function deployFewWorld() {
  const world = await deployListedOracleWorld();
  for (const interval of FEW_INTERVALS) await observe(world.oracle, world.pair, 1, interval);
  return world;
}

/** A ring that is full and has wrapped, of observations whose intervals a seed has chosen. */
async function deployFullWorld() {
  const world = await deployListedOracleWorld();
  const random = new Random(11);
  for (let i = 0; i < 140; i++) {
    const interval = random.pick([0, 0, 0, 1, 30, PERIOD_SIZE - 1, PERIOD_SIZE, 20 * PERIOD_SIZE]);
    await observe(world.oracle, world.pair, 1, PERIOD_SIZE + interval + random.between(0, 2));
  }
  return world;
}

/** A ring that is full, of observations as close as can be. */
async function deployRegularWorld() {
  const world = await deployListedOracleWorld();
  await observe(world.oracle, world.pair, 140);
  return world;
}

/** Where reads end now, and how long the span from each observation to there is; the shortest first. */
async function spansOf({ oracle, pair }: OracleWorld): Promise<bigint[]> {
  const count = Number(await oracle.observationCount(pair));
  const times = await Promise.all(
    Array.from({ length: count }, async (_, back) => (await oracle.observationAt(pair, back)).timestamp),
  );
  const [now, newest = 0n] = [BigInt(await time.latest()), times[0]];
  const end = now - newest > OPEN_SPAN_AGE ? now : newest;
  return times.map((each) => end - each);
}

/** Asks for every window at which the base may change, and a second to either side, and compares with a search one by one. */
async function expectNewestBases(world: OracleWorld): Promise<void> {
  const { oracle, pair, kp3r } = world;
  const spans = await spansOf(world);
  const longest = spans.at(-1) ?? 0n;
  for (const around of spans) {
    for (const window of [around - 1n, around, around + 1n]) {
      if (window < PERIOD) continue;
      const read = oracle.averagePrice(pair, kp3r, window, ANY_AGE);
      const expected = spans.find((span) => span >= window);
      if (expected !== undefined) {
        expect((await read).span, `window ${window}`).to.equal(expected);
      } else {
        await expect(read)
          .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
          .withArgs(await pair.getAddress(), window, longest);
      }
    }
  }
}

describe("ObservationRing: the search for where a mean begins", () => {
  for (const [title, deploy] of [
    ["a few observations at any distance", deployFewWorld],
    ["a full ring of observations at any distance", deployFullWorld],
    ["a full ring of observations as close as can be", deployRegularWorld],
  ] as const) {
    it(`finds the newest observation that is old enough among ${title}`, async () => {
      await expectNewestBases(await loadFixture(deploy));
    });

    it(`finds it from an end that is later than the newest observation, among ${title}`, async () => {
      const world = await loadFixture(deploy);
      for (const silence of [OPEN_SPAN_AGE + 1n, 7n * PERIOD + 5n]) {
        await time.increase(silence);
        await expectNewestBases(world);
      }
    });
  }

  it("takes the newest observation itself once it is old enough", async () => {
    const { oracle, pair, kp3r } = await loadFixture(deployFewWorld);
    await time.increase(5n * PERIOD);
    for (const window of [PERIOD, 2n * PERIOD, 5n * PERIOD]) {
      expect((await oracle.averagePrice(pair, kp3r, window, ANY_AGE)).span).to.equal(5n * PERIOD);
    }
    expect((await oracle.averagePrice(pair, kp3r, 5n * PERIOD + 1n, ANY_AGE)).span).to.equal(5n * PERIOD + 1_800n);
  });

  it("takes a window that no history reaches, up to the greatest number", async () => {
    const { oracle, pair, kp3r } = await loadFixture(deployFewWorld);
    const reach = FEW_INTERVALS.reduce((sum, interval) => sum + BigInt(interval), 0n);
    for (const window of [reach + 1n, 2n ** 32n, 2n ** 255n, ethers.MaxUint256]) {
      await expect(oracle.averagePrice(pair, kp3r, window, ANY_AGE))
        .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
        .withArgs(await pair.getAddress(), window, reach);
    }
  });
});
