import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { deployOracleWorld, observe, Q112 } from "#support/worlds/oracle";
import { deployObservedWorld, meanBetween } from "#support/worlds/steady";
import { sell } from "#support/worlds/uniswap";

describe("Keep3rOracle: samples", () => {
  describe("sample", () => {
    it("refuses points and windows that no ring can serve", async () => {
      const { oracle, kp3r, weth } = await loadFixture(deployObservedWorld);
      for (const [points, window] of [
        [0n, 1n],
        [1n, 0n],
        [128n, 1n],
        [1n, 128n],
        [64n, 2n],
        [2n, 64n],
        [2n ** 255n, 2n],
        [2n, 2n ** 255n],
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
      for (const [points, window, required] of [
        [5, 2, 11],
        [127, 1, 128],
        [1, 127, 128],
      ] as const) {
        await expect(oracle.sample(kp3r, WAD, weth, points, window))
          .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
          .withArgs(pairAddress, required, 10);
      }
      expect((await oracle.sample(kp3r, WAD, weth, 9, 1)).length).to.equal(9);
    });

    it("ends at the newest observation, in steps of a window, whatever comes after it", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, pair, kp3r, weth } = world;
      const between = async (direction: 0 | 1, from: number, to: number) =>
        ((await meanBetween(world, direction, from, to)) * WAD) / Q112;
      await sell(pair, kp3r, 1_000_000n * WAD);
      await time.increase(10 * PERIOD_SIZE);
      expect(await oracle.sample(kp3r, WAD, weth, 2, 3)).to.deep.equal([
        await between(0, 6, 3),
        await between(0, 3, 0),
      ]);
      expect(await oracle.sample(weth, WAD, kp3r, 3, 2)).to.deep.equal([
        await between(1, 6, 4),
        await between(1, 4, 2),
        await between(1, 2, 0),
      ]);
    });

    it("takes all spans of a full ring", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, pair, kp3r, weth } = world;
      await observe(oracle, pair, 123);
      const samples = await oracle.sample(kp3r, WAD, weth, 127, 1);
      expect(samples.length).to.equal(127);
      expect(samples[0]).to.equal(((await meanBetween(world, 0, 127, 126)) * WAD) / Q112);
      expect(await oracle.sample(kp3r, WAD, weth, 1, 127)).to.deep.equal([
        ((await meanBetween(world, 0, 127, 0)) * WAD) / Q112,
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
});
