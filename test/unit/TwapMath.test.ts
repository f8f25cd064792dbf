import { WAD } from "@keep3r-network/sdk";
import { PANIC_CODES } from "@nomicfoundation/hardhat-chai-matchers/panic";
import { expect } from "chai";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import { Random } from "#support/tools/random";
import vectors from "../vectors.json";

const Q112 = 2n ** 112n;
const SEED = 20;

const oracleVectors = vectors["oracle: observations at t=0 (cumulative 0), 1801 at price 20, 5401 at price 25"];

async function deployHarness() {
  return { math: await ethers.deployContract("TwapMath__Harness") };
}

describe("TwapMath", () => {
  describe("elapsed", () => {
    it("is the difference", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.elapsed(100, 1900)).to.equal(1800);
    });

    it("is right across the wrap of the clock", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.elapsed(2n ** 32n - 100n, 1700)).to.equal(1800);
    });
  });

  describe("extend", () => {
    it("adds the price, rounded down, for every second", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.extend(11n, 3n, 1n, 1000)).to.equal(11n + (Q112 / 3n) * 1000n);
    });

    it("adds nothing without a reserve", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.extend(11n, 0n, 1n, 1000)).to.equal(11n);
      expect(await math.extend(11n, 1n, 0n, 1000)).to.equal(11n);
    });

    it("takes the highest price for the longest time without loss", async () => {
      const { math } = await loadFixture(deployHarness);
      const grown = (Q112 - 1n) * Q112 * (2n ** 32n - 1n);
      expect(await math.extend(0n, 1n, Q112 - 1n, 2n ** 32n - 1n)).to.equal(grown);
    });

    it("wraps modulo 2^256 as the pair does", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.extend(2n ** 256n - 1n, 1n, 1n, 2)).to.equal(2n * Q112 - 1n);
      expect(await math.extend(2n ** 256n - 2n * Q112 - 1n, 1n, 1n, 2)).to.equal(2n ** 256n - 1n);
    });
  });

  describe("averageDown", () => {
    it("takes the price back to UQ112.112 before it divides, and rounds down", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.averageDown(100n, 5499n, 0, 1800)).to.equal(2n);
      expect(await math.averageDown(100n, 5500n, 0, 1800)).to.equal(3n);
      expect(await math.averageDown(100n, 5499n, 4, 1800)).to.equal((5399n << 4n) / 1800n);
      expect(await math.averageDown(0n, 1n, 72, 1800)).to.equal(2n ** 72n / 1800n);
    });

    it("is right across the wrap of the accumulator", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.averageDown(Q112 - 7n, 5n, 3, 12)).to.equal(8n);
    });

    it("takes the greatest growth at the greatest scale without loss", async () => {
      const { math } = await loadFixture(deployHarness);
      const grown = Q112 - 1n;
      expect(await math.averageDown(1n, 0n, 144, 2n ** 32n - 1n)).to.equal((grown << 144n) / (2n ** 32n - 1n));
    });
  });

  describe("amountOutDown", () => {
    it("panics when the answer takes more than 256 bits", async () => {
      const { math } = await loadFixture(deployHarness);
      await expect(math.amountOutDown(2n ** 255n, 2n * Q112)).to.be.revertedWithPanic(PANIC_CODES.ARITHMETIC_OVERFLOW);
    });

    it("rounds down", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.amountOutDown(WAD, Q112 / 20n)).to.equal(WAD / 20n - 1n);
    });

    it("keeps the full product", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.amountOutDown(2n ** 161n, 2n ** 206n - 1n)).to.equal((2n ** 161n * (2n ** 206n - 1n)) / Q112);
    });
  });

  describe("standardDeviationDown", () => {
    it("panics when the squares take more than 256 bits", async () => {
      const { math } = await loadFixture(deployHarness);
      await expect(math.standardDeviationDown([0n, 2n ** 130n])).to.be.revertedWithPanic(
        PANIC_CODES.ARITHMETIC_OVERFLOW,
      );
    });

    it("equals the vector", async () => {
      const { math } = await loadFixture(deployHarness);
      const samples = [20, 21, 19, 22, 20].map((sample) => BigInt(sample) * WAD);
      expect(await math.standardDeviationDown(samples)).to.equal(
        oracleVectors["standard deviation of 20,21,19,22,20 e18"],
      );
    });

    it("is zero for equal samples", async () => {
      const { math } = await loadFixture(deployHarness);
      expect(await math.standardDeviationDown([7n, 7n, 7n])).to.equal(0n);
    });

    it(`equals the root of the exact variance, rounded down (seed ${SEED})`, async () => {
      const { math } = await loadFixture(deployHarness);
      const random = new Random(SEED);
      for (let run = 0; run < 60; run++) {
        const highest = 2n ** BigInt(random.between(1, 112));
        const samples = Array.from({ length: random.between(2, 12) }, () => random.betweenBig(0n, highest));
        const count = BigInt(samples.length);

        const sum = samples.reduce((total, sample) => total + sample, 0n);
        const squares = samples.reduce((total, sample) => total + sample * sample, 0n);
        const numerator = count * squares - sum * sum;
        const denominator = count * (count - 1n);

        // The only integer whose square is at most the variance and whose successor's square is above it.
        const deviation = await math.standardDeviationDown(samples);
        expect(deviation * deviation * denominator <= numerator).to.equal(true);
        expect((deviation + 1n) * (deviation + 1n) * denominator > numerator).to.equal(true);
      }
    });
  });
});
