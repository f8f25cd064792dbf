import { HOUR, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { MAX_AGE, MAX_SPAN, PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import {
  deployListedOracleWorld,
  deployOracleWorld,
  KP3R_RESERVE,
  observe,
  Q112,
  WETH_RESERVE,
} from "#support/worlds/oracle";
import { createPair, deployTokenBeside, donate, sell } from "#support/worlds/uniswap";

const PRICE_0 = (WETH_RESERVE * Q112) / KP3R_RESERVE;
const PRICE_1 = (KP3R_RESERVE * Q112) / WETH_RESERVE;
const PERIOD = BigInt(PERIOD_SIZE);

/** Ten observations, one period apart, the newest just made; the price moved after each. */
async function deployObservedWorld() {
  const world = await deployListedOracleWorld();
  for (let i = 1n; i < 10n; i++) {
    await sell(world.pair, i % 3n === 0n ? world.weth : world.kp3r, i * WAD);
    await time.setNextBlockTimestamp((await time.latest()) + PERIOD_SIZE);
    await world.oracle.update(world.pair);
  }
  return { ...world, pairAddress: await world.pair.getAddress() };
}

/** The age in seconds of the observation so many places back. */
async function ageOf(
  { oracle, pair }: Awaited<ReturnType<typeof deployListedOracleWorld>>,
  back: number,
): Promise<bigint> {
  const [timestamp] = await oracle.observationAt(pair, back);
  return BigInt(await time.latest()) - timestamp;
}

describe("Keep3rOracle: prices", () => {
  describe("averagePrice", () => {
    it("refuses a pair that isn't listed", async () => {
      const { oracle, pair, kp3r } = await loadFixture(deployOracleWorld);
      await expect(oracle.averagePrice(pair, kp3r, PERIOD, MAX_AGE))
        .to.be.revertedWithCustomError(oracle, "PairNotListed")
        .withArgs(await pair.getAddress());
    });

    it("refuses a token that isn't the pair's", async () => {
      const { oracle, pairAddress, stranger } = await loadFixture(deployObservedWorld);
      await expect(oracle.averagePrice(pairAddress, stranger, PERIOD, MAX_AGE))
        .to.be.revertedWithCustomError(oracle, "TokenNotInPair")
        .withArgs(pairAddress, stranger.address);
    });

    it("refuses while the only observation is too young", async () => {
      const { oracle, pair, kp3r } = await loadFixture(deployListedOracleWorld);
      await time.increase(PERIOD_SIZE - 1);
      await expect(oracle.averagePrice(pair, kp3r, PERIOD, MAX_AGE))
        .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
        .withArgs(await pair.getAddress(), PERIOD, PERIOD - 1n);
    });

    it("refuses while the oldest observation is too young", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, pairAddress, kp3r } = world;
      const age = await ageOf(world, 9);
      await expect(oracle.averagePrice(pairAddress, kp3r, age + 1n, MAX_AGE))
        .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
        .withArgs(pairAddress, age + 1n, age);
      expect((await oracle.averagePrice(pairAddress, kp3r, age, MAX_AGE)).span).to.equal(age);
      await expect(oracle.averagePrice(pairAddress, kp3r, ethers.MaxUint256, MAX_AGE))
        .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
        .withArgs(pairAddress, ethers.MaxUint256, age);
    });

    it("refuses a base that is older than the caller allows", async () => {
      const { oracle, pairAddress, kp3r } = await loadFixture(deployObservedWorld);
      await time.increase(4 * HOUR);
      const { span } = await oracle.averagePrice(pairAddress, kp3r, HOUR, 4 * HOUR);
      expect(span).to.equal(4 * HOUR);
      await expect(oracle.averagePrice(pairAddress, kp3r, HOUR, 4 * HOUR - 1))
        .to.be.revertedWithCustomError(oracle, "StalePrice")
        .withArgs(pairAddress, 4 * HOUR, 4 * HOUR - 1);
    });

    it("refuses a base that is older than the accumulators can tell", async () => {
      const { oracle, pairAddress, kp3r } = await loadFixture(deployObservedWorld);
      await time.increase(MAX_SPAN);
      const { span } = await oracle.averagePrice(pairAddress, kp3r, HOUR, ethers.MaxUint256);
      expect(span).to.equal(MAX_SPAN);
      await time.increase(1);
      await expect(oracle.averagePrice(pairAddress, kp3r, HOUR, ethers.MaxUint256))
        .to.be.revertedWithCustomError(oracle, "StalePrice")
        .withArgs(pairAddress, MAX_SPAN + 1n, MAX_SPAN);
    });

    it("takes a window below the period for the period", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, pairAddress, kp3r } = world;
      const answer = await oracle.averagePrice(pairAddress, kp3r, PERIOD, MAX_AGE);
      expect(answer.span).to.equal(await ageOf(world, 1));
      expect(await oracle.averagePrice(pairAddress, kp3r, 0, MAX_AGE)).to.deep.equal(answer);
    });

    it("starts from the newest observation that is old enough, at any distance", async () => {
      const world = await loadFixture(deployListedOracleWorld);
      const { oracle, pair, weth } = world;
      const intervals = [1800, 1801, 7200, 1800, 40_000, 1805, 1800, 1800, 3600, 2000, 1800, 9000, 1800, 1800];
      for (const interval of intervals) await observe(oracle, pair, 1, interval);
      await time.increase(17);
      const ages = await Promise.all([...intervals.keys()].map((back) => ageOf(world, back)));
      for (const [back, age] of ages.slice(1).entries()) {
        for (const window of [(ages[back] ?? 0n) + 1n, age - 1n, age]) {
          const { span } = await oracle.averagePrice(pair, weth, window, MAX_AGE);
          expect(span, `window ${window}`).to.equal(window < PERIOD ? ages.find((each) => each >= PERIOD) : age);
        }
      }
    });

    it("prices both tokens, whichever is token0", async () => {
      const { oracle, factory, kp3r, pair, weth } = await loadFixture(deployListedOracleWorld);
      const token = await deployTokenBeside(kp3r, "below");
      const flipped = await createPair(factory, kp3r, KP3R_RESERVE, token, WETH_RESERVE);
      await oracle.addPair(flipped);
      await time.increase(PERIOD_SIZE);
      for (const [listed, paired] of [
        [pair, weth],
        [flipped, token],
      ] as const) {
        expect((await oracle.averagePrice(listed, kp3r, PERIOD, MAX_AGE)).averageX112).to.equal(PRICE_0);
        expect((await oracle.averagePrice(listed, paired, PERIOD, MAX_AGE)).averageX112).to.equal(PRICE_1);
      }
      await expect(oracle.averagePrice(flipped, weth, PERIOD, MAX_AGE))
        .to.be.revertedWithCustomError(oracle, "TokenNotInPair")
        .withArgs(await flipped.getAddress(), await weth.getAddress());
    });

    it("is weighted by time and extended to now at the last reserves", async () => {
      const { oracle, pair, kp3r } = await loadFixture(deployListedOracleWorld);
      const since = (await oracle.observationAt(pair, 0)).timestamp;
      await donate(pair, kp3r, KP3R_RESERVE);
      const changed = BigInt(await time.latest());
      await time.increase(PERIOD_SIZE);
      const now = BigInt(await time.latest());
      const grown = PRICE_0 * (changed - since) + (PRICE_0 / 2n) * (now - changed);
      expect(await oracle.averagePrice(pair, kp3r, PERIOD, MAX_AGE)).to.deep.equal([
        grown / (now - since),
        now - since,
      ]);
    });
  });

  describe("current", () => {
    it("refuses tokens without a listed pair", async () => {
      const { oracle, kp3r, weth, stranger } = await loadFixture(deployListedOracleWorld);
      for (const [tokenIn, tokenOut] of [
        [kp3r, stranger],
        [stranger, kp3r],
        [weth, stranger],
        [kp3r, kp3r],
      ] as const) {
        const tokens = [await ethers.resolveAddress(tokenIn), await ethers.resolveAddress(tokenOut)];
        await expect(oracle.current(tokenIn, WAD, tokenOut))
          .to.be.revertedWithCustomError(oracle, "NoListedPair")
          .withArgs(...tokens);
      }
    });

    it("refuses a base older than two days, until a period after the next update", async () => {
      const { oracle, pairAddress, kp3r, weth } = await loadFixture(deployObservedWorld);
      await time.increase(MAX_AGE + 1n);
      const expectStale = async (age: bigint) =>
        expect(oracle.current(kp3r, WAD, weth))
          .to.be.revertedWithCustomError(oracle, "StalePrice")
          .withArgs(pairAddress, age, MAX_AGE);
      await expectStale(MAX_AGE + 1n);
      await time.setNextBlockTimestamp((await time.latest()) + 1);
      await oracle.update(pairAddress);
      await expectStale(MAX_AGE + 2n);
      await time.increase(PERIOD_SIZE);
      expect(await oracle.current(kp3r, WAD, weth)).to.be.greaterThan(0n);
    });

    it("is worth the amount at the average since the newest usable observation", async () => {
      const { oracle, pairAddress, kp3r, weth } = await loadFixture(deployObservedWorld);
      for (const [tokenIn, tokenOut] of [
        [kp3r, weth],
        [weth, kp3r],
      ] as const) {
        const { averageX112 } = await oracle.averagePrice(pairAddress, tokenIn, PERIOD, MAX_AGE);
        expect(await oracle.current(tokenIn, 3n * WAD, tokenOut)).to.equal((averageX112 * 3n * WAD) / Q112);
        expect(await oracle.current(tokenIn, 0, tokenOut)).to.equal(0n);
      }
    });
  });

  describe("quote", () => {
    it("refuses a granularity that no ring can serve", async () => {
      const { oracle, kp3r, weth } = await loadFixture(deployObservedWorld);
      for (const granularity of [0n, 129n, ethers.MaxUint256]) {
        await expect(oracle.quote(kp3r, WAD, weth, granularity))
          .to.be.revertedWithCustomError(oracle, "GranularityOutOfBounds")
          .withArgs(granularity, 128);
      }
    });

    it("refuses tokens without a listed pair", async () => {
      const { oracle, weth, stranger } = await loadFixture(deployObservedWorld);
      await expect(oracle.quote(weth, WAD, stranger, 1))
        .to.be.revertedWithCustomError(oracle, "NoListedPair")
        .withArgs(await weth.getAddress(), stranger.address);
    });

    it("refuses to go further back than there are usable observations", async () => {
      const { oracle, pairAddress, kp3r, weth } = await loadFixture(deployObservedWorld);
      const expectShort = async (granularity: number, usable: number) =>
        expect(oracle.quote(kp3r, WAD, weth, granularity))
          .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
          .withArgs(pairAddress, granularity, usable);
      await expectShort(10, 9);
      await time.increase(PERIOD_SIZE);
      expect(await oracle.quote(kp3r, WAD, weth, 10)).to.be.greaterThan(0n);
      await expectShort(11, 10);
    });

    it("refuses when the newest usable observation is stale", async () => {
      const { oracle, pairAddress, kp3r, weth } = await loadFixture(deployObservedWorld);
      await time.increase(MAX_AGE + 1n);
      await expect(oracle.quote(kp3r, WAD, weth, 1))
        .to.be.revertedWithCustomError(oracle, "StalePrice")
        .withArgs(pairAddress, MAX_AGE + 1n, MAX_AGE);
    });

    it("refuses a span that is longer than the accumulators can tell", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, pair, pairAddress, kp3r, weth } = world;
      await observe(oracle, pair, 2, Number(MAX_AGE) - 1);
      await expect(oracle.quote(kp3r, WAD, weth, 2))
        .to.be.revertedWithCustomError(oracle, "StalePrice")
        .withArgs(pairAddress, await ageOf(world, 2), MAX_SPAN);
    });

    it("goes back one usable observation per granularity", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, pairAddress, kp3r, weth } = world;
      expect(await oracle.quote(kp3r, WAD, weth, 1)).to.equal(await oracle.current(kp3r, WAD, weth));
      for (let granularity = 1; granularity < 10; granularity++) {
        const age = await ageOf(world, granularity);
        const { averageX112 } = await oracle.averagePrice(pairAddress, kp3r, age, MAX_AGE);
        expect(await oracle.quote(kp3r, WAD, weth, granularity)).to.equal((averageX112 * WAD) / Q112);
      }
    });
  });

  describe("sample", () => {
    it("refuses points and windows that no ring can serve", async () => {
      const { oracle, kp3r, weth } = await loadFixture(deployObservedWorld);
      for (const [points, window] of [
        [0n, 1n],
        [1n, 0n],
        [128n, 1n],
        [1n, 128n],
        [64n, 2n],
        [2n ** 255n, 2n],
      ] as const) {
        await expect(oracle.sample(kp3r, WAD, weth, points, window))
          .to.be.revertedWithCustomError(oracle, "SampleOutOfBounds")
          .withArgs(points, window, 127);
      }
    });

    it("refuses tokens without a listed pair", async () => {
      const { oracle, weth, stranger } = await loadFixture(deployObservedWorld);
      await expect(oracle.sample(stranger, WAD, weth, 1, 1))
        .to.be.revertedWithCustomError(oracle, "NoListedPair")
        .withArgs(stranger.address, await weth.getAddress());
    });

    it("refuses more than there are observations", async () => {
      const { oracle, pairAddress, kp3r, weth } = await loadFixture(deployObservedWorld);
      await expect(oracle.sample(kp3r, WAD, weth, 5, 2))
        .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
        .withArgs(pairAddress, 11, 10);
    });

    it("refuses when the newest usable observation is stale", async () => {
      const { oracle, pairAddress, kp3r, weth } = await loadFixture(deployObservedWorld);
      await time.increase(MAX_AGE + 1n);
      await expect(oracle.sample(kp3r, WAD, weth, 1, 1))
        .to.be.revertedWithCustomError(oracle, "StalePrice")
        .withArgs(pairAddress, MAX_AGE + 1n, MAX_AGE);
    });

    it("refuses a span that is longer than the accumulators can tell", async () => {
      const { oracle, pair, pairAddress, kp3r, weth } = await loadFixture(deployObservedWorld);
      await observe(oracle, pair, 1, Number(MAX_SPAN) + 1);
      await time.increase(PERIOD_SIZE);
      await expect(oracle.sample(kp3r, WAD, weth, 3, 1))
        .to.be.revertedWithCustomError(oracle, "StalePrice")
        .withArgs(pairAddress, MAX_SPAN + 1n, MAX_SPAN);
    });

    it("ends at the newest observation, in steps of a window", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployObservedWorld);
      await time.increase(77);
      const first = await oracle.observationAt(pair, 6);
      const second = await oracle.observationAt(pair, 3);
      const third = await oracle.observationAt(pair, 0);
      const between = (from: typeof first, to: typeof first) =>
        (((to.price0Cumulative - from.price0Cumulative) / (to.timestamp - from.timestamp)) * WAD) / Q112;
      expect(await oracle.sample(kp3r, WAD, weth, 2, 3)).to.deep.equal([
        between(first, second),
        between(second, third),
      ]);
    });
  });

  describe("standardDeviation", () => {
    it("refuses less than two samples", async () => {
      const { oracle } = await loadFixture(deployOracleWorld);
      for (const samples of [[], [WAD]]) {
        await expect(oracle.standardDeviation(samples))
          .to.be.revertedWithCustomError(oracle, "TooFewSamples")
          .withArgs(samples.length);
      }
    });

    it("divides by one less than their number", async () => {
      const { oracle } = await loadFixture(deployOracleWorld);
      expect(await oracle.standardDeviation([2, 4])).to.equal(1);
      expect(await oracle.standardDeviation([20, 40, 30])).to.equal(10);
    });
  });

  describe("volatility", () => {
    it("refuses a single point", async () => {
      const { oracle, kp3r, weth } = await loadFixture(deployObservedWorld);
      await expect(oracle.volatility(kp3r, WAD, weth, 1, 1))
        .to.be.revertedWithCustomError(oracle, "TooFewSamples")
        .withArgs(1);
    });

    it("is the standard deviation of the samples", async () => {
      const { oracle, kp3r, weth } = await loadFixture(deployObservedWorld);
      const samples = [...(await oracle.sample(kp3r, WAD, weth, 9, 1))];
      const volatility = await oracle.volatility(kp3r, WAD, weth, 9, 1);
      expect(volatility).to.equal(await oracle.standardDeviation(samples));
      expect(volatility).to.be.greaterThan(0n);
    });
  });

  describe("observationAt", () => {
    it("refuses an observation that isn't held", async () => {
      const { oracle, pairAddress, stranger } = await loadFixture(deployObservedWorld);
      await expect(oracle.observationAt(pairAddress, 10))
        .to.be.revertedWithCustomError(oracle, "ObservationNotHeld")
        .withArgs(pairAddress, 10, 10);
      await expect(oracle.observationAt(stranger, 0))
        .to.be.revertedWithCustomError(oracle, "ObservationNotHeld")
        .withArgs(stranger.address, 0, 0);
    });
  });

  describe("historyOf", () => {
    it("is zero for a pair without observations", async () => {
      const { oracle, pair } = await loadFixture(deployOracleWorld);
      expect(await oracle.historyOf(pair)).to.deep.equal([0n, 0n]);
    });

    it("tells how far back the observations reach", async () => {
      const world = await loadFixture(deployObservedWorld);
      await time.increase(99);
      expect(await world.oracle.historyOf(world.pair)).to.deep.equal([await ageOf(world, 9), 99n]);
    });
  });
});
