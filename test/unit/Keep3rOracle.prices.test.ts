import { DAY, HOUR, WAD } from "@keep3r-network/sdk";
import { PANIC_CODES } from "@nomicfoundation/hardhat-chai-matchers/panic";
import { setCode, takeSnapshot, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { deployListedOracleWorld, deployOracleWorld, deployTwoPairsWorld, observe, Q112 } from "#support/worlds/oracle";
import {
  accumulate,
  awaitMeans,
  deployObservedWorld,
  deploySteadyWorld,
  EVEN,
  EVEN_SHIFT,
  meanBetween,
  MEAN_0,
  MEAN_1,
  observeMeans,
  setReserves,
} from "#support/worlds/steady";
import { sell } from "#support/worlds/uniswap";

const ANY_AGE = ethers.MaxUint256;
const PERIOD = BigInt(PERIOD_SIZE);
/** A pair whose newest observation is no older than this is looked after. */
const OPEN_SPAN_AGE = 2 * PERIOD_SIZE;

describe("Keep3rOracle: prices", () => {
  describe("averagePrice", () => {
    it("refuses a pair that isn't listed", async () => {
      const { oracle, pair, kp3r } = await loadFixture(deployOracleWorld);
      await expect(oracle.averagePrice(pair, kp3r, PERIOD, ANY_AGE))
        .to.be.revertedWithCustomError(oracle, "PairNotListed")
        .withArgs(await pair.getAddress());
    });

    it("refuses a token that isn't the pair's", async () => {
      const { oracle, pair, otherPair, weth, stranger } = await loadFixture(deployTwoPairsWorld);
      for (const [listed, token] of [
        [pair, stranger.address],
        [otherPair, await weth.getAddress()],
      ] as const) {
        await expect(oracle.averagePrice(listed, token, PERIOD, ANY_AGE))
          .to.be.revertedWithCustomError(oracle, "TokenNotInPair")
          .withArgs(await listed.getAddress(), token);
      }
    });

    it("ORC-1: refuses while there is a single observation that isn't older than two periods", async () => {
      const { oracle, pair, kp3r } = await loadFixture(deployListedOracleWorld);
      await time.increase(OPEN_SPAN_AGE);
      for (const window of [0n, PERIOD, PERIOD + 1n]) {
        await expect(oracle.averagePrice(pair, kp3r, window, ANY_AGE))
          .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
          .withArgs(await pair.getAddress(), window < PERIOD ? PERIOD : window, 0);
      }
      await time.increase(1);
      expect(await oracle.averagePrice(pair, kp3r, 0, ANY_AGE)).to.deep.equal([MEAN_0, 2n * PERIOD + 1n]);
    });

    it("refuses a window that reaches further back than the oldest observation", async () => {
      const { oracle, pairAddress, kp3r } = await loadFixture(deployObservedWorld);
      const all = 9n * PERIOD;
      for (const window of [all + 1n, ethers.MaxUint256]) {
        await expect(oracle.averagePrice(pairAddress, kp3r, window, ANY_AGE))
          .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
          .withArgs(pairAddress, window, all);
      }
      expect((await oracle.averagePrice(pairAddress, kp3r, all, ANY_AGE)).span).to.equal(all);
    });

    it("refuses a mean that is longer than the caller takes, and none else", async () => {
      const { oracle, pairAddress, kp3r } = await loadFixture(deployObservedWorld);
      const [newestAt] = await oracle.observationAt(pairAddress, 0);
      for (const [window, age, span] of [
        [PERIOD, 0n, PERIOD],
        [4n * PERIOD - 1n, 0n, 4n * PERIOD],
        [PERIOD, BigInt(10 * DAY), BigInt(10 * DAY)],
      ] as const) {
        if (age !== 0n) await time.increaseTo(newestAt + age);
        expect((await oracle.averagePrice(pairAddress, kp3r, window, span)).span).to.equal(span);
        await expect(oracle.averagePrice(pairAddress, kp3r, window, span - 1n))
          .to.be.revertedWithCustomError(oracle, "StalePrice")
          .withArgs(pairAddress, span, span - 1n);
      }
    });

    it("ORC-1: takes a window below the period for the period", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, pairAddress, kp3r } = world;
      const expected = [await meanBetween(world, 0, 1, 0), PERIOD];
      for (const window of [0n, 1n, PERIOD - 1n, PERIOD]) {
        expect(await oracle.averagePrice(pairAddress, kp3r, window, ANY_AGE)).to.deep.equal(expected);
      }
      expect((await oracle.averagePrice(pairAddress, kp3r, PERIOD + 1n, ANY_AGE)).span).to.equal(2n * PERIOD);
    });

    it("prices both tokens, whichever is token0", async () => {
      const { oracle, pair, otherPair, kp3r, weth } = await loadFixture(deployTwoPairsWorld);
      for (const each of [pair, otherPair]) await observe(oracle, each, 1);
      const other = await ethers.getContractAt("ERC20__Mock", await otherPair.token0());
      expect((await oracle.averagePrice(pair, kp3r, 0, ANY_AGE)).averageX112).to.equal(MEAN_0);
      expect((await oracle.averagePrice(pair, weth, 0, ANY_AGE)).averageX112).to.equal(MEAN_1);
      // The scale takes 69 bits off the price of KP3R, and 75 off the other
      const tenth = ((Q112 / 10n) >> 69n) << 69n;
      expect((await oracle.averagePrice(otherPair, kp3r, 0, ANY_AGE)).averageX112).to.equal(tenth);
      expect((await oracle.averagePrice(otherPair, other, 0, ANY_AGE)).averageX112).to.equal(10n * Q112);
    });

    it("rounds the mean down", async () => {
      const world = await loadFixture(deploySteadyWorld);
      await observeMeans(world, [EVEN - 1n, EVEN + 1n], { span: PERIOD_SIZE + 1 });
      const [span, grown] = [2n * PERIOD + 1n, EVEN * PERIOD + (EVEN - 1n) * (PERIOD + 1n)];
      expect(await world.oracle.averagePrice(world.pair, world.token0, span, ANY_AGE)).to.deep.equal([
        (grown << EVEN_SHIFT) / span,
        span,
      ]);
    });
  });

  describe("where a read ends", () => {
    it("is the newest observation while that isn't older than two periods: the pair isn't asked", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, pairAddress, kp3r, weth } = world;
      const [average, quoted] = [await meanBetween(world, 0, 1, 0), await meanBetween(world, 0, 3, 0)];
      await sell(world.pair, kp3r, 1_000_000n * WAD);
      await setCode(pairAddress, "0x");
      const [newestAt] = await oracle.observationAt(pairAddress, 0);
      await time.increaseTo(newestAt + BigInt(OPEN_SPAN_AGE));
      expect(await oracle.averagePrice(pairAddress, kp3r, PERIOD, ANY_AGE)).to.deep.equal([average, PERIOD]);
      expect(await oracle.current(kp3r, WAD, weth)).to.equal((average * WAD) / Q112);
      expect(await oracle.quote(kp3r, WAD, weth, 3)).to.equal((quoted * WAD) / Q112);

      await time.increase(1);
      for (const read of [
        () => oracle.averagePrice(pairAddress, kp3r, PERIOD, ANY_AGE),
        () => oracle.current(kp3r, WAD, weth),
        () => oracle.quote(kp3r, WAD, weth, 3),
      ]) {
        await expect(read()).to.be.revertedWithoutReason();
      }
    });

    it("is now from then on, the span since stepped as an observation would", async () => {
      const world = await loadFixture(deploySteadyWorld);
      const { oracle, pair, token0, token1 } = world;
      const span = BigInt(OPEN_SPAN_AGE + 1);
      // Not confirmed, and a fall that is bounded at 1 + 0.5 * 3601 / 1800
      await awaitMeans(world, [EVEN * 9n, EVEN / 9n], { span: Number(span) });
      const bound = 10_000n * PERIOD + 5_000n * span;
      const price0 = EVEN + (EVEN * 5_000n * span + 10_000n * PERIOD - 1n) / (10_000n * PERIOD);
      const price1 = (EVEN * 10_000n * PERIOD + bound - 1n) / bound;
      expect(await oracle.averagePrice(pair, token0, 0, ANY_AGE)).to.deep.equal([price0 << EVEN_SHIFT, span]);
      expect(await oracle.averagePrice(pair, token1, 0, ANY_AGE)).to.deep.equal([price1 << EVEN_SHIFT, span]);
      expect(await oracle.current(token0, WAD, token1)).to.equal(((price0 << EVEN_SHIFT) * WAD) / Q112);

      // With the span before, in which the price was one
      const both = ((EVEN * PERIOD + price0 * span) << EVEN_SHIFT) / (PERIOD + span);
      expect((await oracle.averagePrice(pair, token0, PERIOD + span, ANY_AGE)).averageX112).to.equal(both);
      expect(await oracle.quote(token0, WAD, token1, 1)).to.equal((both * WAD) / Q112);

      await oracle.update(pair);
      expect(
        (await oracle.observationAt(pair, 0)).timestamp - (await oracle.observationAt(pair, 1)).timestamp,
      ).to.equal(span + 1n);
    });

    it("gives the same answers before and after an observation in the same second", async () => {
      const world = await loadFixture(deploySteadyWorld);
      const { oracle, pair, token0, token1 } = world;
      const [means, span] = [[EVEN * 9n, EVEN], 7 * PERIOD_SIZE] as const;
      const reads = async (back: number) => [
        ...(await oracle.averagePrice(pair, token0, PERIOD, ANY_AGE)),
        ...(await oracle.averagePrice(pair, token1, 8n * PERIOD, ANY_AGE)),
        await oracle.quote(token0, WAD, token1, back),
      ];
      const snapshot = await takeSnapshot();
      await awaitMeans(world, means, { span });
      const before = await reads(1);
      await snapshot.restore();
      await observeMeans(world, means, { span });
      expect(await reads(2)).to.deep.equal(before);
    });

    it("LIV-1: no silence stops a read: it makes the mean longer", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployListedOracleWorld);
      await observe(oracle, pair, 1);
      for (const silence of [HOUR, DAY, 10 * DAY, 1_000 * DAY, 100 * 365 * DAY]) {
        await time.increase(silence);
        const { newestAge } = await oracle.historyOf(pair);
        expect(newestAge).to.be.at.least(silence);
        const base = newestAge > OPEN_SPAN_AGE ? newestAge : PERIOD;
        expect(await oracle.averagePrice(pair, kp3r, PERIOD, ANY_AGE)).to.deep.equal([MEAN_0, base]);
        expect(await oracle.current(weth, WAD, kp3r)).to.equal((MEAN_1 * WAD) / Q112);
        expect(await oracle.quote(kp3r, WAD, weth, 1)).to.equal((MEAN_0 * WAD) / Q112);
        expect(await oracle.sample(kp3r, WAD, weth, 1, 1)).to.deep.equal([(MEAN_0 * WAD) / Q112]);
      }
    });

    it("counts what the pair will have accumulated at its reserves since it was last touched", async () => {
      const world = await loadFixture(deploySteadyWorld);
      const { oracle, double, pair, token0 } = world;
      await accumulate(double, [EVEN, EVEN], 3 * PERIOD_SIZE);
      const [newestAt] = await oracle.observationAt(pair, 0);
      const now = Number(newestAt) + 4 * PERIOD_SIZE;
      // What the pair has accumulated until a period ago, and reserves for the rest
      await setReserves(double, [2n ** 70n, 2n ** 70n], now - PERIOD_SIZE);
      await time.increaseTo(now);
      expect(await oracle.averagePrice(pair, token0, 0, ANY_AGE)).to.deep.equal([EVEN << EVEN_SHIFT, 4n * PERIOD]);
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

    it("ORC-1: refuses before the second observation", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployListedOracleWorld);
      await expect(oracle.current(kp3r, WAD, weth))
        .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
        .withArgs(await pair.getAddress(), PERIOD, 0);
      await observe(oracle, pair, 1);
      expect(await oracle.current(kp3r, WAD, weth)).to.equal((MEAN_0 * WAD) / Q112);
    });

    it("panics when the answer takes more than 256 bits", async () => {
      const { oracle, kp3r, weth } = await loadFixture(deployObservedWorld);
      await expect(oracle.current(weth, ethers.MaxUint256, kp3r)).to.be.revertedWithPanic(
        PANIC_CODES.ARITHMETIC_OVERFLOW,
      );
    });

    it("is worth the amount at the mean of the last span", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, kp3r, weth } = world;
      for (const [tokenIn, tokenOut] of [
        [kp3r, weth],
        [weth, kp3r],
      ] as const) {
        const averageX112 = await meanBetween(world, tokenIn === kp3r ? 0 : 1, 1, 0);
        expect(await oracle.current(tokenIn, 3n * WAD, tokenOut)).to.equal((averageX112 * 3n * WAD) / Q112);
        expect(await oracle.current(tokenIn, 0, tokenOut)).to.equal(0n);
      }
    });
  });

  describe("quote", () => {
    it("refuses a granularity that no ring can serve", async () => {
      const { oracle, kp3r, weth } = await loadFixture(deployObservedWorld);
      for (const granularity of [0n, 128n, ethers.MaxUint256]) {
        await expect(oracle.quote(kp3r, WAD, weth, granularity))
          .to.be.revertedWithCustomError(oracle, "GranularityOutOfBounds")
          .withArgs(granularity, 127);
      }
    });

    it("refuses tokens without a listed pair", async () => {
      const { oracle, weth, stranger } = await loadFixture(deployObservedWorld);
      await expect(oracle.quote(weth, WAD, stranger, 1))
        .to.be.revertedWithCustomError(oracle, "NoListedPair")
        .withArgs(await weth.getAddress(), stranger.address);
    });

    it("refuses to go further back than there are observations", async () => {
      const { oracle, pairAddress, kp3r, weth } = await loadFixture(deployObservedWorld);
      for (const granularity of [10n, 127n]) {
        await expect(oracle.quote(kp3r, WAD, weth, granularity))
          .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
          .withArgs(pairAddress, granularity + 1n, 10);
      }
      expect(await oracle.quote(kp3r, WAD, weth, 9)).to.be.greaterThan(0n);
    });

    it("goes back one observation from the newest for each granularity", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, kp3r, weth } = world;
      for (let granularity = 1; granularity < 10; granularity++) {
        for (const [tokenIn, tokenOut] of [
          [kp3r, weth],
          [weth, kp3r],
        ] as const) {
          const averageX112 = await meanBetween(world, tokenIn === kp3r ? 0 : 1, granularity, 0);
          expect(await oracle.quote(tokenIn, WAD, tokenOut, granularity)).to.equal((averageX112 * WAD) / Q112);
        }
      }
    });

    it("goes back 127 observations of a full ring", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, pair, kp3r, weth } = world;
      await observe(oracle, pair, 123);
      const averageX112 = await meanBetween(world, 0, 127, 0);
      expect(averageX112).not.to.equal(await meanBetween(world, 0, 126, 0));
      expect(await oracle.quote(kp3r, WAD, weth, 127)).to.equal((averageX112 * WAD) / Q112);
    });
  });
});
