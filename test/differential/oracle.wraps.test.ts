import { HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { Both } from "#model/accumulators";
import type { Direction } from "#model/observations";
import { shiftsFor } from "#model/steady";
import { priceX112 } from "#model/twap";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { describeDifferential } from "#support/tools/differential";
import { Random } from "#support/tools/random";
import {
  CLOCK_WRAP,
  deployModelledDouble,
  deployModelledPool,
  expectSameHistory,
  expectSameReads,
  list,
  type ModelledDouble,
  type ModelledOracle,
  type ModelledPool,
  PAIR_WRAP,
  type Questions,
  reservesOf,
  touchDouble,
  touchPool,
  update,
} from "#support/worlds/modelledOracle";
import { donate, sell } from "#support/worlds/uniswap";

const RING_SIZE = 128;
const SCALED_WRAP = 2n ** 128n;
const STEADY_WRAP = 2n ** 112n;
const YEAR = 365 * 24 * HOUR;
const RESERVES: Both = [300n * WAD, 7n * WAD];
/** Reserves whose price is the least that is listed, and those that bring it to nearly the highest that is kept. */
const [LEAST, HIGHEST]: readonly [Both, Both] = [
  [2n ** 70n, 2n ** 14n],
  [2n ** 70n, (2n ** 54n * 93n) / 100n],
];

/** @param bits Of the greatest amount */
function ask(random: Random, bits = 70): Questions {
  return {
    direction: random.pick([0, 1]),
    amount: random.betweenBig(0n, 2n ** BigInt(random.between(0, bits))),
    window: BigInt(random.pick([0, PERIOD_SIZE, HOUR, 4 * HOUR, 24 * HOUR, random.between(0, 200_000)])),
    maxAge: BigInt(random.pick([24 * HOUR, 2 ** 40, random.between(PERIOD_SIZE, 300_000)])),
    granularity: random.between(1, 20),
    points: random.between(1, 6),
    step: random.between(1, 4),
  };
}

async function compare(world: ModelledOracle, random: Random, bits?: number): Promise<void> {
  await expectSameHistory(world);
  await expectSameReads(world, ask(random, bits));
}

/** Touches and updates as the seed has it, compared with the model all along. */
async function runScenario(
  world: ModelledDouble,
  random: Random,
  steps: number,
  waits: readonly [number, ...number[]],
  reserves: () => Both,
  bits?: number,
): Promise<void> {
  await list(world, (await time.latest()) + 5);
  for (let step = 0; step < steps; step++) {
    const at = (await time.latest()) + random.pick(waits);
    if (step % 4 === 3) await touchDouble(world, at, reserves());
    else await update(world, at);
    await compare(world, random, bits);
  }
}

const moderate = (random: Random) => (): Both => [
  random.betweenBig(100n * WAD, 1000n * WAD),
  random.betweenBig(WAD, 1000n * WAD),
];
const MODERATE_WAITS = [12, 10 * MINUTE, PERIOD_SIZE, PERIOD_SIZE + 1, HOUR, 4 * HOUR] as const;

/** Accumulators that will have grown to a multiple of `wrap` after some seconds. */
function before(wrap: Both, [seconds0, seconds1]: readonly [bigint, bigint]): Both {
  const [reserve0, reserve1] = RESERVES;
  return [wrap[0] - priceX112(reserve0, reserve1) * seconds0, wrap[1] - priceX112(reserve1, reserve0) * seconds1];
}

/** Of any magnitude below so many bits. */
function anyUpTo(random: Random, bits: number): bigint {
  return random.betweenBig(0n, 2n ** BigInt(random.between(1, bits - 1)));
}

/** Whether a period at a pool's price takes more than 128 bits, when it is scaled. */
function outgrowsReadings({ model }: ModelledOracle): boolean {
  const [reserve0, reserve1] = model.pool.reserves;
  const prices = [priceX112(reserve0, reserve1) >> model.shifts[0], priceX112(reserve1, reserve0) >> model.shifts[1]];
  return prices.some((price) => price * BigInt(PERIOD_SIZE) >= SCALED_WRAP);
}

const deployPool = () => deployModelledPool(0);
const deployLeastPool = () => deployModelledPool(0, ...LEAST);
const deployBeforeWrapOfClock = () => deployModelledDouble(RESERVES, [0n, 0n], CLOCK_WRAP - 40_000);
const deployBeforeWrapsOfPair = () =>
  deployModelledDouble(RESERVES, before([PAIR_WRAP, PAIR_WRAP], [30_000n, 9_000n]), CLOCK_WRAP - 40_000);

function scaledWraps(): Both {
  const shifts = shiftsFor(RESERVES);
  if (shifts === undefined) throw new Error("The pair can't be listed.");
  return [SCALED_WRAP << shifts[0], SCALED_WRAP << shifts[1]];
}
const deployBeforeWrapsOfReadings = () => deployModelledDouble(RESERVES, before(scaledWraps(), [20_000n, 9_000n]));
const deployExtremes = () => deployModelledDouble([2n ** 80n, 2n ** 24n]);

async function trade({ model, pool, token0, token1 }: ModelledPool, random: Random): Promise<void> {
  const side: Direction = random.pick([0, 1]);
  const amount = (model.pool.reserves[side] * BigInt(random.between(1, 2_000))) / 1_000n;
  await sell(pool, side === 0 ? token0 : token1, amount);
}

describeDifferential("Keep3rOracle where something wraps", () => {
  it("ORC-2: observes and answers as the model does, across the wrap of the ring (seed 4)", async () => {
    const world = await loadFixture(deployPool);
    const random = new Random(4);
    await list(world, (await time.latest()) + 60);
    for (let i = 0; i < 150; i++) {
      await update(world, (await time.latest()) + PERIOD_SIZE + random.between(0, 20));
      if (i % 5 === 0) await touchPool(world, (await time.latest()) + 12, () => trade(world, random));
      if (i > 120) await compare(world, random);
    }
    expect(world.model.observationCount).to.equal(RING_SIZE);

    const everything = { direction: 0, amount: WAD, window: 0n, maxAge: 0n, granularity: 127, points: 127, step: 1 };
    await expectSameReads(world, { ...everything, direction: 0 });
    await expectSameReads(world, { ...everything, direction: 1 });
    expect("value" in world.model.quote(await time.latest(), 0, WAD, 127)).to.equal(true);
  });

  it("ORC-2: the same across the wrap of the clock at 2^32 (seed 5)", async () => {
    const world = await loadFixture(deployBeforeWrapOfClock);
    const random = new Random(5);
    await runScenario(world, random, 60, MODERATE_WAITS, moderate(random));
    expect(await time.latest()).to.be.above(CLOCK_WRAP);
  });

  it("ORC-2: the same across the wraps of a pair's accumulators at 2^256, and of the clock (seed 7)", async () => {
    const world = await loadFixture(deployBeforeWrapsOfPair);
    const random = new Random(7);
    await runScenario(world, random, 60, MODERATE_WAITS, moderate(random));
    const now = await time.latest();
    expect(now).to.be.above(CLOCK_WRAP);
    for (const cumulative of world.model.pool.at(BigInt(now))) expect(cumulative).to.be.greaterThan(PAIR_WRAP);
  });

  it("ORC-2: the same across the wraps of what is kept of those accumulators, at 2^128 (seed 8)", async () => {
    const world = await loadFixture(deployBeforeWrapsOfReadings);
    const random = new Random(8);
    await runScenario(world, random, 60, MODERATE_WAITS, moderate(random));
    const accumulated = world.model.pool.at(BigInt(await time.latest()));
    expect(accumulated[0]).to.be.greaterThan(scaledWraps()[0]);
    expect(accumulated[1]).to.be.greaterThan(scaledWraps()[1]);
  });

  for (const seed of [9, 10, 11]) {
    it(`ORC-2: the same for any reserves and silences, where a span's growth takes more than 128 bits (seed ${seed})`, async () => {
      const world = await loadFixture(deployExtremes);
      const { model, oracle, governance } = world;
      const random = new Random(seed);
      model.setMinKp3rReserve(WAD);
      await oracle.connect(governance).setMinKp3rReserve(WAD);

      let isLost = false;
      const reserves = (): Both => {
        isLost ||= outgrowsReadings(world);
        if (random.between(0, 9) === 0) return [0n, 0n];
        return [2n ** 62n + anyUpTo(random, 112), 1n + anyUpTo(random, 112)];
      };
      await runScenario(world, random, 80, [PERIOD_SIZE, HOUR, 4 * HOUR, 30 * 24 * HOUR, YEAR], reserves, 20);
      expect(isLost).to.equal(true);
    });
  }

  it("ORC-2: the same across the wrap of steady prices' sum at 2^112, after centuries of silences (seed 12)", async () => {
    const world = await loadFixture(deployLeastPool);
    const { model, pool, token1 } = world;
    const random = new Random(12);
    await list(world, (await time.latest()) + 60);
    await touchPool(world, (await time.latest()) + 60, () => donate(pool, token1, HIGHEST[1] - LEAST[1]));
    expect(await reservesOf(pool)).to.deep.equal(HIGHEST);
    const updateAfter = async (seconds: number) => {
      await update(world, (await time.latest()) + seconds);
      // Uniswap's own clock tells no more than 136 years
      await touchPool(world, (await time.latest()) + 1, () => pool.sync());
    };
    for (let i = 0; i < 3; i++) await updateAfter(36 * YEAR);

    // Half of the ring before the wrap and half behind it: by then no observation is from before the silences
    const price = model.pricesX112[0] >> model.shifts[0];
    const rest = (STEADY_WRAP - model.observationAt(0).steady[0]) / price;
    await updateAfter(Number(rest) - (RING_SIZE / 2) * HOUR);
    for (let i = 0; i < RING_SIZE; i++) await update(world, (await time.latest()) + HOUR + random.between(-60, 60));
    expect(model.observationAt(RING_SIZE - 1).steady[0]).to.be.lessThan(STEADY_WRAP);
    expect(model.observationAt(0).steady[0]).to.be.greaterThan(STEADY_WRAP);

    for (let i = 0; i < 10; i++) await compare(world, random, 20);
    await expectSameReads(world, { ...ask(random, 20), granularity: RING_SIZE - 1, points: RING_SIZE - 1, step: 1 });
  });
});
