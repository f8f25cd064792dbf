import { WAD } from "@keep3r-network/sdk";
import { setCode, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { at } from "#support/tools/time";
import {
  awaitMeans,
  type Both,
  deployListedDoubleWorld,
  deploySteadyWorld,
  type DoubleWorld,
  EVEN,
  EVEN_RESERVE,
  observeMeans,
  setReserves,
  told,
} from "#support/worlds/steady";

const ANY_AGE = ethers.MaxUint256;
/** KP3R, by default. */
const MINIMUM = 100n * WAD;
/** Which holds just the minimum at a price of one. */
const LEAST: Both = [MINIMUM, MINIMUM];
const THIN: Both = [MINIMUM, MINIMUM - 1n];
const STILL: Both = [EVEN, EVEN];

const deployFreshWorld = () => deployListedDoubleWorld();

/** KP3R is token1, of which there are 1,024 for one of token0: the scale takes 82 and 62 bits off. */
async function deployKp3rSecondWorld() {
  const world = await deployListedDoubleWorld([2n ** 60n, 2n ** 70n], true);
  await observeMeans(world, STILL, { scale: [82n, 62n] });
  return world;
}

/** A pair that an observation has found thin a moment ago. */
async function deployThinWorld() {
  const world = await deploySteadyWorld();
  await observeMeans(world, STILL, { reserves: THIN });
  return world;
}

type Read = (world: DoubleWorld) => Promise<unknown>;

const READS: Record<string, Read> = {
  averagePrice: ({ oracle, pair, token0 }) => oracle.averagePrice(pair, token0, PERIOD_SIZE, ANY_AGE),
  current: ({ oracle, token0, token1 }) => oracle.current(token0, WAD, token1),
  quote: ({ oracle, token0, token1 }) => oracle.quote(token1, WAD, token0, 1),
  sample: ({ oracle, token0, token1 }) => oracle.sample(token0, WAD, token1, 2, 1),
  volatility: ({ oracle, token0, token1 }) => oracle.volatility(token1, WAD, token0, 2, 1),
};

describe("Keep3rOracle: thin pairs", () => {
  describe("ORC-4: reads", () => {
    for (const [name, read] of Object.entries(READS)) {
      it(`ORC-4: ${name} refuses a pair that was thin when it was last observed, however deep it is now`, async () => {
        const world = await loadFixture(deployThinWorld);
        const { oracle, double, pair } = world;
        for (const kp3r of [MINIMUM, 1n, EVEN_RESERVE]) {
          await setReserves(double, [kp3r, 2n * kp3r]);
          await expect(read(world))
            .to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow")
            .withArgs(pair, kp3r, MINIMUM);
        }
        await time.increase(10 * PERIOD_SIZE);
        await expect(read(world))
          .to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow")
          .withArgs(pair, EVEN_RESERVE, MINIMUM);
      });

      it(`${name} answers from the observation on that finds it deep enough`, async () => {
        const world = await loadFixture(deployThinWorld);
        await observeMeans(world, STILL, { reserves: LEAST });
        await read(world);
      });
    }

    it("ORC-4: name the KP3R that the pair holds now, also where it is token1", async () => {
      const world = await loadFixture(deployKp3rSecondWorld);
      await observeMeans(world, STILL, { scale: [82n, 62n], reserves: [1n, 7n * WAD] });
      await expect(READS.current?.(world))
        .to.be.revertedWithCustomError(world.oracle, "Kp3rReserveTooLow")
        .withArgs(world.pair, 7n * WAD, MINIMUM);
    });

    it("refuse first what isn't listed, and a token that isn't the pair's", async () => {
      const world = await loadFixture(deployThinWorld);
      const { oracle, pair, stranger, token0, token1 } = world;
      await expect(oracle.averagePrice(pair, stranger, PERIOD_SIZE, ANY_AGE))
        .to.be.revertedWithCustomError(oracle, "TokenNotInPair")
        .withArgs(pair, stranger.address);
      await oracle.removePair(pair);
      await expect(oracle.averagePrice(pair, token0, PERIOD_SIZE, ANY_AGE))
        .to.be.revertedWithCustomError(oracle, "PairNotListed")
        .withArgs(pair);
      await expect(oracle.current(token0, WAD, token1))
        .to.be.revertedWithCustomError(oracle, "NoListedPair")
        .withArgs(token0, token1);
    });

    it("refuse a thin pair before they count its observations", async () => {
      const world = await loadFixture(deployThinWorld);
      const { oracle, pair, token0, token1 } = world;
      const thin = [pair, MINIMUM, MINIMUM] as const;
      await expect(oracle.quote(token0, WAD, token1, 127))
        .to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow")
        .withArgs(...thin);
      await expect(oracle.averagePrice(pair, token0, ANY_AGE, ANY_AGE))
        .to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow")
        .withArgs(...thin);
    });

    it("go on while they end at an observation that found the pair deep, whatever becomes of the pool", async () => {
      const world = await loadFixture(deploySteadyWorld);
      await observeMeans(world, STILL);
      await awaitMeans(world, STILL, { span: 2 * PERIOD_SIZE, reserves: [1n, 1n] });
      for (const read of Object.values(READS)) await read(world);
    });

    it("that end now refuse a pair that is thin now, until it is deep again, whoever observes it or doesn't", async () => {
      const world = await loadFixture(deploySteadyWorld);
      const { oracle, pair } = world;
      await observeMeans(world, STILL);
      await awaitMeans(world, STILL, { span: 2 * PERIOD_SIZE + 1, reserves: [1n, 1n] });
      for (const read of [READS.averagePrice, READS.current, READS.quote]) {
        await expect(read?.(world))
          .to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow")
          .withArgs(pair, 1n, MINIMUM);
      }
      await READS.sample?.(world);
      expect(await oracle.isThin(pair)).to.equal(false);

      await awaitMeans(world, STILL, { span: 3 * PERIOD_SIZE, reserves: [EVEN_RESERVE, EVEN_RESERVE] });
      for (const read of Object.values(READS)) await read(world);
    });

    it("don't ask a pair that is deep what it holds", async () => {
      const world = await loadFixture(deploySteadyWorld);
      await observeMeans(world, STILL);
      await setCode(world.pair, "0x");
      for (const read of Object.values(READS)) await read(world);
    });
  });

  describe("the judgement", () => {
    it("is whether the pool would hold the minimum at its steady price", async () => {
      const world = await loadFixture(deploySteadyWorld);
      for (const [reserves, thin] of [
        [LEAST, false],
        [THIN, true],
        [[MINIMUM - 1n, MINIMUM], true],
        // As much after a swap
        [[MINIMUM / 100n, MINIMUM * 100n], false],
        [[MINIMUM * 100n, MINIMUM / 100n - 1n], true],
        [[0n, EVEN_RESERVE], true],
      ] as const) {
        await expect(observeMeans(world, STILL, { reserves }))
          .to.emit(world.oracle, "PairUpdate")
          .withArgs(world.pair, ...told(STILL, thin));
        expect(await world.oracle.isThin(world.pair)).to.equal(thin);
      }
    });

    it("is the same where KP3R is token1, by its own price and scale", async () => {
      const world = await loadFixture(deployKp3rSecondWorld);
      const scale = [82n, 62n] as const;
      // A price of 2^-10 takes that much less of the paired token
      const paired = MINIMUM / 2n ** 10n;
      for (const [reserves, thin] of [
        [[paired, MINIMUM], false],
        [[paired, MINIMUM - 1n], true],
        [[paired - 1n, MINIMUM], true],
      ] as const) {
        await expect(observeMeans(world, STILL, { reserves, scale }))
          .to.emit(world.oracle, "PairUpdate")
          .withArgs(world.pair, ...told(STILL, thin, scale));
      }
    });

    it("goes by the minimum of the observation's time, and changes with nothing but an observation", async () => {
      const world = await loadFixture(deploySteadyWorld);
      const { oracle, pair } = world;
      await oracle.setMinKp3rReserve(EVEN_RESERVE);
      expect(await oracle.isThin(pair)).to.equal(false);
      await observeMeans(world, STILL);
      expect(await oracle.isThin(pair)).to.equal(false);
      await oracle.setMinKp3rReserve(EVEN_RESERVE + 1n);
      expect(await oracle.isThin(pair)).to.equal(false);
      await observeMeans(world, STILL);
      expect(await oracle.isThin(pair)).to.equal(true);
      await oracle.setMinKp3rReserve(MINIMUM);
      expect(await oracle.isThin(pair)).to.equal(true);
      await observeMeans(world, STILL);
      expect(await oracle.isThin(pair)).to.equal(false);
    });

    it("goes by the price of the span that the observation closes, though the pair then stays at the last", async () => {
      const world = await loadFixture(deploySteadyWorld);
      const risen: Both = [(EVEN * 5n) / 4n, (EVEN * 4n) / 5n];
      const reserves = (share: bigint): Both => [MINIMUM, (MINIMUM * share) / 100n];
      await expect(observeMeans(world, risen, { reserves: reserves(124n) }))
        .to.emit(world.oracle, "PairUpdate")
        .withArgs(world.pair, ...told(STILL, true));
      await expect(observeMeans(world, risen, { reserves: reserves(125n) }))
        .to.emit(world.oracle, "PairUpdate")
        .withArgs(world.pair, ...told(risen, false));
      // A price that falls makes the same pool deeper: to two thirds, as far as it may
      const fallen: Both = [(risen[0] * 2n) / 3n + 1n, risen[1] + risen[1] / 2n];
      await expect(observeMeans(world, [EVEN / 4n, 4n * EVEN], { reserves: reserves(84n) }))
        .to.emit(world.oracle, "PairUpdate")
        .withArgs(world.pair, ...told(fallen, false));
    });

    it("goes, of a pair that is thin, by the market's price where that is lower, down to a half each time", async () => {
      const world = await loadFixture(deploySteadyWorld);
      const fallen: Both = [EVEN / 4n, 4n * EVEN];
      // What 30 % of the price takes: at first the steady price may fall to two thirds, then half of that is looked at
      const reserves: Both = [MINIMUM, (MINIMUM * 30n) / 100n];
      for (let i = 0; i < 2; i++) {
        await expect(observeMeans(world, fallen, { reserves }))
          .to.emit(world.oracle, "PairUpdate")
          .withArgs(world.pair, ...told(STILL, true));
      }
      // A quarter of that, and so the market's own quarter: then the price falls as far as it may
      await expect(observeMeans(world, fallen, { reserves }))
        .to.emit(world.oracle, "PairUpdate")
        .withArgs(world.pair, ...told([(EVEN * 2n) / 3n + 1n, EVEN + EVEN / 2n], false));
    });

    it("goes by the steady price again once the pair was found deep in between", async () => {
      const world = await loadFixture(deploySteadyWorld);
      const fallen: Both = [EVEN / 4n, 4n * EVEN];
      for (const [reserves, prices, thin] of [
        [THIN, STILL, true],
        [LEAST, STILL, false],
        [[MINIMUM, (MINIMUM * 60n) / 100n], STILL, true],
      ] as const) {
        const means = reserves === THIN || reserves === LEAST ? STILL : fallen;
        await expect(observeMeans(world, means, { reserves }))
          .to.emit(world.oracle, "PairUpdate")
          .withArgs(world.pair, ...told(prices, thin));
      }
    });

    it("stays the same however often it is made", async () => {
      const world = await loadFixture(deployThinWorld);
      const { oracle, double, pair } = world;
      for (let i = 0; i < 256; i++) await at((await time.latest()) + PERIOD_SIZE, () => oracle.update(double));
      expect(await oracle.isThin(pair)).to.equal(true);
      await observeMeans(world, STILL, { reserves: THIN });
      expect(await oracle.isThin(pair)).to.equal(true);
      await observeMeans(world, STILL, { reserves: LEAST });
      expect(await oracle.isThin(pair)).to.equal(false);
    });

    it("isn't made at the first observation, which has no price", async () => {
      const world = await loadFixture(deployFreshWorld);
      expect(await world.oracle.isThin(world.pair)).to.equal(false);
    });

    it("stays with a pair that is no longer listed, and when it is listed again", async () => {
      const { oracle, double, pair } = await loadFixture(deployThinWorld);
      await oracle.removePair(pair);
      expect(await oracle.isThin(pair)).to.equal(true);
      await setReserves(double, [EVEN_RESERVE, EVEN_RESERVE]);
      await oracle.addPair(pair);
      expect(await oracle.isThin(pair)).to.equal(true);
    });
  });

  describe("the prices of a thin pair", () => {
    for (const [direction, means] of [
      ["up", [(EVEN * 5n) / 4n, (EVEN * 4n) / 5n]],
      ["down", [(EVEN * 4n) / 5n, (EVEN * 5n) / 4n]],
    ] as const) {
      it(`stand still, when the market goes ${direction}`, async () => {
        const world = await loadFixture(deploySteadyWorld);
        const { oracle, pair } = world;
        const [, before0, before1] = await oracle.observationAt(pair, 0);
        for (let i = 1n; i <= 3n; i++) {
          await expect(
            observeMeans(world, means, { reserves: THIN.map((reserve) => reserve / 2n) as [bigint, bigint] }),
          )
            .to.emit(oracle, "PairUpdate")
            .withArgs(pair, ...told(STILL, true));
          const stood = EVEN * i * BigInt(PERIOD_SIZE);
          expect((await oracle.observationAt(pair, 0)).slice(1)).to.deep.equal([before0 + stood, before1 + stood]);
        }
      });
    }

    it("move on from where they stood, by the next span alone", async () => {
      const world = await loadFixture(deploySteadyWorld);
      await observeMeans(world, [100n * EVEN, EVEN / 100n], { reserves: THIN });
      await expect(
        observeMeans(world, [(EVEN * 5n) / 4n, (EVEN * 4n) / 5n], { reserves: [EVEN_RESERVE, EVEN_RESERVE] }),
      )
        .to.emit(world.oracle, "PairUpdate")
        .withArgs(world.pair, ...told([(EVEN * 5n) / 4n, 2n ** 80n / ((EVEN * 5n) / 4n)], false));
    });

    it("are the plain means in the first span, which has none before it, and still aren't read", async () => {
      const world = await loadFixture(deployFreshWorld);
      const { oracle, pair, token0 } = world;
      const means: Both = [7n * EVEN, EVEN / 7n];
      await expect(observeMeans(world, means, { reserves: [MINIMUM, 6n * MINIMUM] }))
        .to.emit(oracle, "PairUpdate")
        .withArgs(pair, ...told(means, true));
      await expect(oracle.averagePrice(pair, token0, 0, ANY_AGE))
        .to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow")
        .withArgs(pair, MINIMUM, MINIMUM);
      // What that span told is held from the next one on
      await expect(observeMeans(world, STILL, { reserves: [1n, 1n] }))
        .to.emit(oracle, "PairUpdate")
        .withArgs(pair, ...told(means, true));
    });
  });
});
