import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";

/** One, as the product of a price and its opposite is scaled. */
const ONE = 2n ** 80n;
const MAX_PRICE = 2n ** 80n - 1n;
/** The price before in most cases: at it nothing is rounded. */
const LAST = 1_000_000n;
const PERIOD = 1_800n;
/** BPS: the default, so that what isn't confirmed counts up to a tenth, and all up to a half a period. */
const CHANGE = 5_000n;

interface Step {
  last?: bigint;
  mean: bigint;
  /** The harmonic mean, which the opposite direction's arithmetic mean tells. */
  harmonic: bigint;
  span?: bigint;
  change?: bigint;
}

async function deployHarness() {
  const math = await ethers.deployContract("SteadyMath__Harness");
  const step = ({ last = LAST, mean, harmonic, span = PERIOD, change = CHANGE }: Step) =>
    math.step(last, mean, ONE / harmonic, span, change);
  return { math, step };
}

const ceilDiv = (numerator: bigint, denominator: bigint): bigint => (numerator + denominator - 1n) / denominator;

describe("SteadyMath", () => {
  describe("shiftFor", () => {
    for (const [title, reserve0, reserve1, shift0] of [
      ["the lowest price that there is a scale for", 2n ** 56n, 1n, 16n],
      ["a price just below the next bit", 2n ** 56n, 3n, 17n],
      ["a price of a tenth", 10n, 1n, 68n],
      ["a price of one", 5n, 5n, 72n],
      ["a price of ten", 1n, 10n, 75n],
      ["the highest price that there is a scale for", 1n, 2n ** 57n - 1n, 128n],
    ] as const) {
      it(`leaves a price 41 bits: ${title}`, async () => {
        const { math } = await loadFixture(deployHarness);
        expect(await math.shiftFor(reserve0, reserve1)).to.deep.equal([true, shift0]);
        const scaled = ((reserve1 << 112n) / reserve0) >> shift0;
        expect(scaled).to.be.at.least(2n ** 40n);
        expect(scaled).to.be.below(2n ** 41n);
      });
    }

    for (const [title, reserve0, reserve1] of [
      ["just too low", 2n ** 56n + 1n, 1n],
      ["just too high", 1n, 2n ** 57n],
      ["nothing", 1n, 0n],
      ["as low as can be", 2n ** 112n - 1n, 1n],
      ["as high as can be", 1n, 2n ** 112n - 1n],
    ] as const) {
      it(`has no scale for a price that is ${title}`, async () => {
        const { math } = await loadFixture(deployHarness);
        expect(await math.shiftFor(reserve0, reserve1)).to.deep.equal([false, 0n]);
      });
    }
  });

  describe("step: without a price before", () => {
    it("takes the mean as it is, whatever the opposite", async () => {
      const { math } = await loadFixture(deployHarness);
      for (const opposite of [0n, 1n, 2n ** 128n - 1n]) {
        expect(await math.step(0, 777, opposite, PERIOD, CHANGE)).to.equal(777n);
      }
    });

    it("keeps it from 1 to 2^80 - 1", async () => {
      const { math } = await loadFixture(deployHarness);
      for (const [mean, price] of [
        [0n, 1n],
        [1n, 1n],
        [2n, 2n],
        [MAX_PRICE - 1n, MAX_PRICE - 1n],
        [MAX_PRICE, MAX_PRICE],
        [MAX_PRICE + 1n, MAX_PRICE],
        [2n ** 128n - 1n, MAX_PRICE],
      ] as const) {
        expect(await math.step(0, mean, 5, PERIOD, CHANGE), `mean ${mean}`).to.equal(price);
      }
    });
  });

  describe("step: of a market that is no more", () => {
    it("leaves the price where it was when either mean is zero", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.step(LAST, 0, 0, PERIOD, CHANGE)).to.equal(LAST);
      expect(await math.step(LAST, 0, ONE / LAST, PERIOD, CHANGE)).to.equal(LAST);
      expect(await math.step(LAST, 2n * LAST, 0, PERIOD, CHANGE)).to.equal(LAST);
    });
  });

  describe("step: a rise", () => {
    it("counts in full where the harmonic mean confirms it", async () => {
      const { step } = await loadFixture(deployHarness);
      expect(await step({ mean: 1_200_000n, harmonic: 1_200_000n })).to.equal(1_200_000n);
      expect(await step({ mean: 1_300_000n, harmonic: 1_200_000n })).to.equal(1_200_000n);
      expect(await step({ mean: 1_100_001n, harmonic: 1_100_001n })).to.equal(1_100_001n);
    });

    it("is never above the arithmetic mean", async () => {
      const { step } = await loadFixture(deployHarness);
      expect(await step({ mean: 1_050_000n, harmonic: 1_200_000n })).to.equal(1_050_000n);
      expect(await step({ mean: LAST + 1n, harmonic: LAST })).to.equal(LAST + 1n);
    });

    it("counts up to a fifth of the change where nothing confirms it", async () => {
      const { step } = await loadFixture(deployHarness);
      for (const harmonic of [1n, LAST, 1_099_999n, 1_100_000n]) {
        expect(await step({ mean: 5_000_000n, harmonic }), `harmonic ${harmonic}`).to.equal(1_100_000n);
      }
      expect(await step({ mean: 1_100_001n, harmonic: LAST })).to.equal(1_100_000n);
      expect(await step({ mean: 1_099_999n, harmonic: LAST })).to.equal(1_099_999n);
      expect(await step({ mean: 5_000_000n, harmonic: LAST, change: 2_000n })).to.equal(1_040_000n);
      expect(await step({ mean: 5_000_000n, harmonic: LAST, change: 10_000n })).to.equal(1_200_000n);
    });

    it("counts no more of what nothing confirms for a longer span", async () => {
      const { step } = await loadFixture(deployHarness);
      expect(await step({ mean: 5_000_000n, harmonic: LAST, span: 100n * PERIOD })).to.equal(1_100_000n);
    });

    it("rounds what isn't confirmed up to the unit, so that the least price can rise", async () => {
      const { step } = await loadFixture(deployHarness);
      expect(await step({ last: 1_000_001n, mean: 5_000_000n, harmonic: LAST })).to.equal(1_100_002n);
      expect(await step({ last: 1_000_009n, mean: 5_000_000n, harmonic: LAST })).to.equal(1_100_010n);
      expect(await step({ last: 1_000_010n, mean: 5_000_000n, harmonic: LAST })).to.equal(1_100_011n);
      expect(await step({ last: 1n, mean: 100n, harmonic: 1n })).to.equal(2n);
    });

    it("rounds the harmonic mean down", async () => {
      const { math } = await loadFixture(deployHarness);
      const opposite = ONE / 1_200_000n;
      expect(await math.step(LAST, 2n * LAST, opposite, PERIOD, CHANGE)).to.equal(1_200_000n);
      expect(await math.step(LAST, 2n * LAST, opposite + 1n, PERIOD, CHANGE)).to.equal(1_199_999n);
    });

    it("is bounded by the change for each period of the span", async () => {
      const { step } = await loadFixture(deployHarness);
      const rise = { mean: 9_000_000n, harmonic: 8_000_000n };
      for (const [span, price] of [
        [PERIOD, 1_500_000n],
        [PERIOD + 900n, 1_750_000n],
        [2n * PERIOD, 2_000_000n],
        [10n * PERIOD, 6_000_000n],
        [14n * PERIOD, 8_000_000n],
      ] as const) {
        expect(await step({ ...rise, span }), `span ${span}`).to.equal(price);
      }
      expect(await step({ ...rise, change: 2_000n })).to.equal(1_200_000n);
      expect(await step({ ...rise, change: 10_000n })).to.equal(2_000_000n);
    });

    it("rounds that bound up to the unit", async () => {
      const { step } = await loadFixture(deployHarness);
      const rise = { mean: 9_000_000n, harmonic: 8_000_000n };
      expect(await step({ ...rise, last: 1_000_001n })).to.equal(1_500_002n);
      // A second more is worth 277.8
      expect(await step({ ...rise, span: PERIOD + 1n })).to.equal(1_500_278n);
    });

    it("ends at 2^80 - 1", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.step(MAX_PRICE, 2n ** 128n - 1n, 1, 2n ** 32n - 1n, 10_000)).to.equal(MAX_PRICE);
      expect(await math.step(MAX_PRICE - 1n, MAX_PRICE, 1, PERIOD, CHANGE)).to.equal(MAX_PRICE);
    });
  });

  describe("step: a fall", () => {
    it("counts by the arithmetic mean, whatever the harmonic mean", async () => {
      const { step } = await loadFixture(deployHarness);
      for (const harmonic of [1n, 900_000n, LAST, 5_000_000n]) {
        expect(await step({ mean: 900_000n, harmonic }), `harmonic ${harmonic}`).to.equal(900_000n);
      }
      expect(await step({ mean: LAST, harmonic: 5_000_000n })).to.equal(LAST);
      expect(await step({ mean: LAST - 1n, harmonic: 1n })).to.equal(LAST - 1n);
    });

    it("is bounded by the same factor as a rise", async () => {
      const { step } = await loadFixture(deployHarness);
      const fall = { last: 3_000_000n, mean: 1n, harmonic: 1n };
      for (const [span, price] of [
        [PERIOD, 2_000_000n],
        [2n * PERIOD, 1_500_000n],
        [4n * PERIOD, 1_000_000n],
        [10n * PERIOD, 500_000n],
      ] as const) {
        expect(await step({ ...fall, span }), `span ${span}`).to.equal(price);
      }
      expect(await step({ ...fall, change: 2_000n })).to.equal(2_500_000n);
      expect(await step({ ...fall, change: 10_000n })).to.equal(1_500_000n);
      expect(await step({ ...fall, mean: 2_000_001n })).to.equal(2_000_001n);
    });

    it("rounds that bound up to the unit", async () => {
      const { step } = await loadFixture(deployHarness);
      const fall = { mean: 1n, harmonic: 1n };
      expect(await step({ ...fall, last: 3_000_001n })).to.equal(2_000_001n);
      expect(await step({ ...fall, last: 3_000_003n })).to.equal(2_000_002n);
      expect(await step({ ...fall, last: 1n })).to.equal(1n);
      expect(await step({ ...fall, last: 2n, span: 100n * PERIOD })).to.equal(1n);
    });

    it("is exact at the greatest price and the longest span", async () => {
      const { math } = await loadFixture(deployHarness);
      const span = 2n ** 32n - 1n;
      const least = ceilDiv(MAX_PRICE * 18_000_000n, 18_000_000n + 10_000n * span);
      expect(await math.step(MAX_PRICE, 1, 1, span, 10_000)).to.equal(least);
    });
  });

  describe("depthPrice", () => {
    it("is the steady price of a pair that wasn't thin, wherever the market is", async () => {
      const { math } = await loadFixture(deployHarness);
      for (const mean of [0n, LAST / 2n, LAST, 2n * LAST]) {
        expect(await math.depthPrice(LAST, mean, LAST, 0), `mean ${mean}`).to.equal(LAST);
      }
    });

    it("is the steady price where a direction's mean is nothing, which tells nothing, however long the pair was thin", async () => {
      const { math } = await loadFixture(deployHarness);
      for (const thinFor of [1, 80, 255]) {
        expect(await math.depthPrice(LAST, 0, LAST, thinFor)).to.equal(LAST);
        expect(await math.depthPrice(LAST, 1, 0, thinFor)).to.equal(LAST);
      }
    });

    it("is as much lower as the market is, down to a half for each observation that found the pair thin", async () => {
      const { math } = await loadFixture(deployHarness);
      for (const [thinFor, mean, price] of [
        [1, LAST + 1n, LAST],
        [1, LAST, LAST],
        [1, LAST - 1n, LAST - 1n],
        [1, 500_001n, 500_001n],
        [1, 500_000n, 500_000n],
        [1, 499_999n, 500_000n],
        [2, 250_001n, 250_001n],
        [2, 1n, 250_000n],
        [3, 1n, 125_000n],
        [20, 1n, 1n],
        [255, 1n, 1n],
        [255, 2n * LAST, LAST],
      ] as const) {
        expect(await math.depthPrice(LAST, mean, 1, thinFor), `mean ${mean}, ${thinFor} times`).to.equal(price);
      }
    });
  });

  describe("isThin", () => {
    const MINIMUM = 100n * WAD;

    for (const [title, price, shift, needed] of [
      ["fewer bits taken off than UQ112.112 has", 2n ** 40n, 72, MINIMUM ** 2n],
      ["the least bits", 2n ** 40n + 1n, 16, (MINIMUM ** 2n * (2n ** 40n + 1n)) / 2n ** 96n],
      ["one less", 7n, 111, (MINIMUM ** 2n * 7n) / 2n],
      ["as many", 7n, 112, MINIMUM ** 2n * 7n],
      ["one more", 7n, 113, MINIMUM ** 2n * 14n],
      ["the most bits", 2n ** 40n + 1n, 128, MINIMUM ** 2n * (2n ** 40n + 1n) * 2n ** 16n],
    ] as const) {
      it(`tells a pool that would hold less than the minimum at the price: ${title}`, async () => {
        const { math } = await loadFixture(deployHarness);
        expect(await math.isThin(needed - 1n, MINIMUM, price, shift)).to.equal(true);
        expect(await math.isThin(needed, MINIMUM, price, shift)).to.equal(false);
        expect(await math.isThin(needed + 1n, MINIMUM, price, shift)).to.equal(false);
      });
    }

    it("rounds down what it takes", async () => {
      const { math } = await loadFixture(deployHarness);
      // Three and a half
      expect(await math.isThin(3, 1, 7, 111)).to.equal(false);
      expect(await math.isThin(2, 1, 7, 111)).to.equal(true);
    });

    it("takes the greatest minimum, price and scale without overflow", async () => {
      const { math } = await loadFixture(deployHarness);
      const minimum = 100_000n * WAD;
      const needed = (minimum ** 2n * MAX_PRICE) << 16n;
      expect(await math.isThin(needed - 1n, minimum, MAX_PRICE, 128)).to.equal(true);
      expect(await math.isThin(needed, minimum, MAX_PRICE, 128)).to.equal(false);
    });
  });
});
