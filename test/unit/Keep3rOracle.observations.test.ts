import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { at } from "#support/tools/time";
import {
  deployListedOracleWorld,
  deployOracleWorld,
  deployTwoPairsWorld,
  observe,
  type OracleWorld,
  Q112,
} from "#support/worlds/oracle";
import {
  awaitMeans,
  type Both,
  deployDoubleWorld,
  deployListedDoubleWorld,
  deploySteadyWorld,
  EVEN,
  EVEN_RESERVE,
  EVEN_SHIFT,
  MEAN_0,
  MEAN_1,
  observeMeans,
  setReserves,
  SHIFT_0,
  SHIFT_1,
  STEADY_0,
  STEADY_1,
  told,
} from "#support/worlds/steady";
import { inOneBlock, sell } from "#support/worlds/uniswap";

const PERIOD = BigInt(PERIOD_SIZE);
const CLOCK = 2n ** 32n;
/** Where an observation's accumulators wrap. */
const STEADY_WRAP = 2n ** 112n;
const MAX_PRICE = 2n ** 80n - 1n;

/** Of the second of two pairs, in which KP3R is token1: the scale takes 75 and 69 bits off. */
const OTHER_MEANS = [10n * Q112, ((Q112 / 10n) >> 69n) << 69n];

const deployFreshWorld = () => deployListedDoubleWorld();

/** The inverse at the scale of a pair with equal reserves: what the other direction's mean is when nothing moves. */
const inverse = (price: bigint): bigint => 2n ** 80n / price;

/** Just listed, and the clock a few periods before timestamps begin anew. */
async function deployBeforeWrapOfClockWorld() {
  await time.increaseTo(CLOCK - 3n * PERIOD);
  return deployListedDoubleWorld();
}

/** Listed in the second in which timestamps begin anew: a time of zero, which nothing is a while ago. */
async function deployAtWrapOfClockWorld() {
  const world = await deployDoubleWorld();
  await time.increaseTo(CLOCK - PERIOD);
  await setReserves(world.double, [EVEN_RESERVE, EVEN_RESERVE], Number(CLOCK));
  await at(Number(CLOCK), () => world.oracle.addPair(world.double));
  return world;
}

/** A double whose accumulators wrap half a period later: the first at 2^256, the second where the oracle's readings do. */
async function deployBeforeWrapOfPairWorld() {
  const world = await deployDoubleWorld();
  const { oracle, double } = world;
  const halfAPeriod = (EVEN << EVEN_SHIFT) * (PERIOD / 2n);
  await double.setCumulatives(2n ** 256n - halfAPeriod, 2n ** 200n - halfAPeriod);
  const now = (await time.latest()) + 10;
  await setReserves(double, [EVEN_RESERVE, EVEN_RESERVE], now);
  await at(now, () => oracle.addPair(double));
  return world;
}

describe("Keep3rOracle: observations", () => {
  describe("update", () => {
    it("refuses a pair that isn't listed", async () => {
      const { oracle, pair } = await loadFixture(deployOracleWorld);
      await expect(oracle.update(pair))
        .to.be.revertedWithCustomError(oracle, "PairNotListed")
        .withArgs(await pair.getAddress());
    });

    it("refuses a pair that is no longer listed", async () => {
      const { oracle, pair } = await loadFixture(deployListedOracleWorld);
      await oracle.removePair(pair);
      await time.increase(PERIOD_SIZE);
      await expect(oracle.update(pair))
        .to.be.revertedWithCustomError(oracle, "PairNotListed")
        .withArgs(await pair.getAddress());
    });

    it("does nothing before the period is over", async () => {
      const { oracle, pair } = await loadFixture(deployListedOracleWorld);
      const [listedAt] = await oracle.observationAt(pair, 0);
      await time.increase(PERIOD_SIZE - 1);
      expect(await oracle.update.staticCall(pair)).to.equal(false);
      await at(Number(listedAt) + PERIOD_SIZE, () => oracle.update(pair));
      const held = await oracle.observationAt(pair, 0);
      expect(held).to.deep.equal([listedAt + PERIOD, STEADY_0 * PERIOD, STEADY_1 * PERIOD]);

      const early = at(Number(listedAt) + 2 * PERIOD_SIZE - 1, () => oracle.update(pair));
      await expect(early).not.to.emit(oracle, "PairUpdate");
      expect(await oracle.observationCount(pair)).to.equal(2);
      expect(await oracle.observationAt(pair, 0)).to.deep.equal(held);
    });

    it("observes once the period is over, whoever calls", async () => {
      const { oracle, stranger, pair } = await loadFixture(deployListedOracleWorld);
      await time.increase(PERIOD_SIZE);
      expect(await oracle.connect(stranger).update.staticCall(pair)).to.equal(true);
      await expect(oracle.connect(stranger).update(pair))
        .to.emit(oracle, "PairUpdate")
        .withArgs(pair, MEAN_0, MEAN_1, false);
      expect(await oracle.observationCount(pair)).to.equal(2);
      expect(await oracle.update.staticCall(pair)).to.equal(false);
    });

    it("takes the first span at its plain means, by the pair's own accumulators", async () => {
      const { oracle, pair, kp3r } = await loadFixture(deployOracleWorld);
      /** What the pair's accumulators say in the very second of an observation, scaled. */
      const readWith = async (observation: () => Promise<unknown>): Promise<Both> => {
        await inOneBlock(async () => {
          await observation();
          await pair.sync({ gasLimit: 1_000_000 });
        });
        return [(await pair.price0CumulativeLast()) >> SHIFT_0, (await pair.price1CumulativeLast()) >> SHIFT_1];
      };
      const before = await readWith(() => oracle.addPair(pair, { gasLimit: 1_000_000 }));
      await time.increase(1_000);
      await sell(pair, kp3r, 7_000n * WAD);
      await time.increase(PERIOD_SIZE);
      const after = await readWith(() => oracle.update(pair, { gasLimit: 1_000_000 }));

      const [listedAt] = await oracle.observationAt(pair, 1);
      const [now, steady0, steady1] = await oracle.observationAt(pair, 0);
      const span = now - listedAt;
      expect(now).to.equal(await time.latest());
      expect(steady0).to.equal(((after[0] - before[0]) / span) * span);
      expect(steady1).to.equal(((after[1] - before[1]) / span) * span);
    });
  });

  describe("updateAll", () => {
    const countsOf = async ({ oracle, pair, otherPair }: OracleWorld & { otherPair: OracleWorld["pair"] }) =>
      Promise.all([oracle.observationCount(pair), oracle.observationCount(otherPair)]);

    it("does nothing when no pair is due", async () => {
      const world = await loadFixture(deployTwoPairsWorld);
      expect(await world.oracle.updateAll.staticCall()).to.equal(false);
      await expect(world.oracle.updateAll()).not.to.emit(world.oracle, "PairUpdate");
      expect(await countsOf(world)).to.deep.equal([1n, 1n]);
    });

    it("observes every pair that is due, whoever calls", async () => {
      const world = await loadFixture(deployTwoPairsWorld);
      const { oracle, pair, otherPair, stranger } = world;
      await time.increase(PERIOD_SIZE);
      expect(await oracle.connect(stranger).updateAll.staticCall()).to.equal(true);
      const transaction = await oracle.connect(stranger).updateAll();
      for (const each of [pair, otherPair]) {
        const means = each === pair ? [MEAN_0, MEAN_1] : OTHER_MEANS;
        await expect(transaction)
          .to.emit(oracle, "PairUpdate")
          .withArgs(each, ...means, false);
      }
      expect(await countsOf(world)).to.deep.equal([2n, 2n]);
    });

    it("tells that it has observed one, whichever it is", async () => {
      const world = await loadFixture(deployTwoPairsWorld);
      const { oracle, pair, otherPair } = world;
      await observe(oracle, pair, 1);
      expect(await oracle.updateAll.staticCall()).to.equal(true);
      await oracle.updateAll();
      expect(await countsOf(world)).to.deep.equal([2n, 2n]);
      await observe(oracle, otherPair, 1);
      expect(await oracle.updateAll.staticCall()).to.equal(true);
    });

    it("passes over a pair that is no longer listed", async () => {
      const world = await loadFixture(deployTwoPairsWorld);
      await world.oracle.removePair(world.pair);
      await time.increase(PERIOD_SIZE);
      await world.oracle.updateAll();
      expect(await countsOf(world)).to.deep.equal([1n, 2n]);
    });
  });

  describe("steady prices", () => {
    it("are the means of the first span, with a unit at the least", async () => {
      const world = await loadFixture(deployFreshWorld);
      await expect(observeMeans(world, [7n * EVEN, 3n]))
        .to.emit(world.oracle, "PairUpdate")
        .withArgs(world.pair, ...told([7n * EVEN, 3n], false));
      expect((await world.oracle.observationAt(world.pair, 0)).slice(1)).to.deep.equal([
        7n * EVEN * PERIOD,
        3n * PERIOD,
      ]);
    });

    it("are a unit where the first span tells nothing", async () => {
      const world = await loadFixture(deployFreshWorld);
      await expect(observeMeans(world, [0n, 0n]))
        .to.emit(world.oracle, "PairUpdate")
        .withArgs(world.pair, ...told([1n, 1n], false));
    });

    for (const [title, means, prices] of [
      [
        "follow a small move at once",
        [(EVEN * 21n) / 20n, (EVEN * 19n) / 20n],
        [(EVEN * 21n) / 20n, (EVEN * 19n) / 20n],
      ],
      [
        "follow a confirmed rise at once",
        [(EVEN * 5n) / 4n, (EVEN * 4n) / 5n],
        [(EVEN * 5n) / 4n, inverse((EVEN * 5n) / 4n)],
      ],
      ["follow a rise that isn't confirmed by a tenth", [EVEN * 1_000n, EVEN], [EVEN + (EVEN + 9n) / 10n, EVEN]],
      [
        "follow a rise of token1 that isn't confirmed by a tenth",
        [EVEN, EVEN * 1_000n],
        [EVEN, EVEN + (EVEN + 9n) / 10n],
      ],
      ["rise by half at the most", [EVEN * 4n, EVEN / 4n], [EVEN + EVEN / 2n, (EVEN * 2n) / 3n + 1n]],
      ["fall to two thirds at the least", [EVEN / 4n, EVEN * 4n], [(EVEN * 2n) / 3n + 1n, EVEN + EVEN / 2n]],
      ["stay where token0 has no price", [0n, EVEN / 2n], [EVEN, EVEN]],
      ["stay where token1 has no price", [EVEN / 2n, 0n], [EVEN, EVEN]],
    ] as const) {
      it(title, async () => {
        const world = await loadFixture(deploySteadyWorld);
        const [, before0, before1] = await world.oracle.observationAt(world.pair, 0);
        await expect(observeMeans(world, means))
          .to.emit(world.oracle, "PairUpdate")
          .withArgs(world.pair, ...told(prices, false));
        expect((await world.oracle.observationAt(world.pair, 0)).slice(1)).to.deep.equal([
          before0 + prices[0] * PERIOD,
          before1 + prices[1] * PERIOD,
        ]);
      });
    }

    it("may move as much further as their span is longer", async () => {
      const world = await loadFixture(deploySteadyWorld);
      await expect(observeMeans(world, [EVEN * 8n, EVEN / 8n], { span: 4 * PERIOD_SIZE + 900 }))
        .to.emit(world.oracle, "PairUpdate")
        .withArgs(world.pair, ...told([(EVEN * 13n) / 4n, (EVEN * 4n) / 13n + 1n], false));
      const [, grown0] = await world.oracle.observationAt(world.pair, 0);
      expect(grown0).to.equal(EVEN * PERIOD + ((EVEN * 13n) / 4n) * (4n * PERIOD + 900n));
    });

    it("go on from the price of the last span, not from the first", async () => {
      const world = await loadFixture(deploySteadyWorld);
      let [price0, price1] = [EVEN, EVEN];
      for (let i = 0; i < 5; i++) {
        price0 += (price0 + 1n) / 2n;
        price1 = (price1 * 2n + 2n) / 3n;
        await expect(observeMeans(world, [EVEN * 100n, EVEN / 100n]))
          .to.emit(world.oracle, "PairUpdate")
          .withArgs(world.pair, ...told([price0, price1], false));
      }
    });

    it("move as governance has it from the next observation on", async () => {
      const world = await loadFixture(deploySteadyWorld);
      await world.oracle.setMaxChange(10_000);
      await expect(observeMeans(world, [EVEN * 4n, EVEN / 4n]))
        .to.emit(world.oracle, "PairUpdate")
        .withArgs(world.pair, ...told([2n * EVEN, EVEN / 2n], false));
      await world.oracle.setMaxChange(2_000);
      await expect(observeMeans(world, [EVEN * 4n, EVEN / 4n]))
        .to.emit(world.oracle, "PairUpdate")
        .withArgs(world.pair, ...told([2n * EVEN + (2n * EVEN + 4n) / 5n, (EVEN * 5n) / 12n + 1n], false));
    });
  });

  describe("wraps", () => {
    it("of the clock: a span over it is as any other", async () => {
      const world = await loadFixture(deployBeforeWrapOfClockWorld);
      for (let i = 0; i < 4; i++) {
        await expect(observeMeans(world, [EVEN, EVEN]))
          .to.emit(world.oracle, "PairUpdate")
          .withArgs(world.pair, ...told([EVEN, EVEN], false));
      }
      expect(await time.latest()).to.be.above(CLOCK);
      const [timestamp, steady0] = await world.oracle.observationAt(world.pair, 0);
      expect(timestamp).to.equal(BigInt(await time.latest()) % CLOCK);
      expect(steady0).to.equal(4n * EVEN * PERIOD);
      await awaitMeans(world, [EVEN, EVEN], { span: 99 });
      expect(await world.oracle.historyOf(world.pair)).to.deep.equal([4n * PERIOD + 99n, 99n]);
    });

    it("of the clock: a pair that is listed in that second is observed at once, and not again before a period is over", async () => {
      const world = await loadFixture(deployAtWrapOfClockWorld);
      const { oracle, pair } = world;
      expect(await oracle.observationCount(pair)).to.equal(1);
      const [listedAt] = await oracle.observationAt(pair, 0);
      expect(listedAt).to.equal(0);
      expect(await oracle.update.staticCall(pair)).to.equal(false);
      await expect(observeMeans(world, [EVEN, EVEN]))
        .to.emit(oracle, "PairUpdate")
        .withArgs(pair, ...told([EVEN, EVEN], false));
    });

    it("of the pair's accumulators and of the readings: growth over them is as any other", async () => {
      const world = await loadFixture(deployBeforeWrapOfPairWorld);
      const { oracle, double, pair } = world;
      await expect(observeMeans(world, [EVEN, EVEN]))
        .to.emit(oracle, "PairUpdate")
        .withArgs(pair, ...told([EVEN, EVEN], false));
      const halfAPeriod = (EVEN << EVEN_SHIFT) * (PERIOD / 2n);
      expect(await double.price0CumulativeLast()).to.equal(halfAPeriod);
      expect(await double.price1CumulativeLast()).to.equal(2n ** 200n + halfAPeriod);
    });

    it("of the steady accumulators: the price of a span over it is told right", async () => {
      const world = await loadFixture(deployFreshWorld);
      const { oracle, pair } = world;
      const span = 2n ** 31n;
      for (let i = 0; i < 2; i++) await observeMeans(world, [MAX_PRICE, 1n], { span: Number(span) });
      await expect(observeMeans(world, [MAX_PRICE, 1n]))
        .to.emit(oracle, "PairUpdate")
        .withArgs(pair, ...told([MAX_PRICE, 1n], true));
      const [, steady0] = await oracle.observationAt(pair, 0);
      expect(steady0).to.equal((MAX_PRICE * (2n * span + PERIOD)) % STEADY_WRAP);
      expect(steady0).to.be.below(MAX_PRICE * (2n * span));
    });
  });

  describe("what is held", () => {
    it("is nothing of a pair that was never listed", async () => {
      const { oracle, pair, stranger } = await loadFixture(deployOracleWorld);
      for (const address of [await pair.getAddress(), stranger.address]) {
        expect(await oracle.observationCount(address)).to.equal(0);
        expect(await oracle.historyOf(address)).to.deep.equal([0n, 0n]);
        expect(await oracle.scaleOf(address)).to.deep.equal([0n, 0n]);
        expect(await oracle.isThin(address)).to.equal(false);
        await expect(oracle.observationAt(address, 0))
          .to.be.revertedWithCustomError(oracle, "ObservationNotHeld")
          .withArgs(address, 0, 0);
      }
    });

    it("is counted from the newest, and tells how far back it reaches", async () => {
      const { oracle, pair } = await loadFixture(deployListedOracleWorld);
      const [listedAt] = await oracle.observationAt(pair, 0);
      await observe(oracle, pair, 2, PERIOD_SIZE + 5);
      await time.increase(99);
      const span = PERIOD + 5n;
      expect(await oracle.observationCount(pair)).to.equal(3);
      expect(await oracle.historyOf(pair)).to.deep.equal([2n * span + 99n, 99n]);
      for (const [back, age] of [
        [0n, 2n * span],
        [1n, span],
        [2n, 0n],
      ] as const) {
        const expected = [listedAt + age, STEADY_0 * age, STEADY_1 * age];
        expect(await oracle.observationAt(pair, back)).to.deep.equal(expected);
      }
      for (const back of [3n, 2n ** 256n - 1n]) {
        await expect(oracle.observationAt(pair, back))
          .to.be.revertedWithCustomError(oracle, "ObservationNotHeld")
          .withArgs(await pair.getAddress(), back, 3);
      }
    });

    it("is 128 observations at the most: the newest takes the place of the oldest", async () => {
      const { oracle, pair } = await loadFixture(deployListedOracleWorld);
      const [listedAt] = await oracle.observationAt(pair, 0);
      await observe(oracle, pair, 127);
      expect(await oracle.observationCount(pair)).to.equal(128);
      expect((await oracle.observationAt(pair, 127)).timestamp).to.equal(listedAt);
      for (const made of [128n, 129n]) {
        await observe(oracle, pair, 1);
        expect(await oracle.observationCount(pair)).to.equal(128);
        expect(await oracle.historyOf(pair)).to.deep.equal([127n * PERIOD, 0n]);
        expect((await oracle.observationAt(pair, 127)).timestamp).to.equal(listedAt + (made - 127n) * PERIOD);
        expect((await oracle.observationAt(pair, 0)).timestamp).to.equal(listedAt + made * PERIOD);
        await expect(oracle.observationAt(pair, 128))
          .to.be.revertedWithCustomError(oracle, "ObservationNotHeld")
          .withArgs(await pair.getAddress(), 128, 128);
      }
    });
  });
});
