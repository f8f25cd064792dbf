import { HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import type { Both } from "#model/accumulators";
import type { Direction } from "#model/observations";
import { Rational } from "#model/rational";
import { expectWithinBounds, type PushedSpan } from "#support/behaviours/steady";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { Random } from "#support/tools/random";
import { toPeriodStart } from "#support/tools/time";
import { deployMiningWorld } from "#support/worlds/mining";
import {
  deployModelledDouble,
  list,
  type ModelledDouble,
  type ModelledOracle,
  touchDouble,
  update,
} from "#support/worlds/modelledOracle";
import { deployListedOracleWorld, KP3R_RESERVE, observe, type OracleWorld, Q112 } from "#support/worlds/oracle";
import { sell } from "#support/worlds/uniswap";

const { MaxUint256 } = ethers;
const PERIOD = BigInt(PERIOD_SIZE);
const AROUND_A_PERIOD = [PERIOD_SIZE - 1, PERIOD_SIZE, PERIOD_SIZE + 1];
/** The KP3R of a pool whose paired token makes the price. */
const KP3R_HELD = 2n ** 80n;
const DIRECTIONS = [0, 1] as const;

/** A listed and observed pool of 1000 KP3R. */
async function deployObservedWorld(): Promise<OracleWorld> {
  const world = await deployListedOracleWorld();
  await observe(world.oracle, world.pair, 9, PERIOD_SIZE + 7);
  return world;
}

/** A listed double at a price of one, with a steady price. */
async function deployMarketWorld(): Promise<ModelledDouble> {
  const world = await deployModelledDouble([KP3R_HELD, KP3R_HELD]);
  await list(world, (await time.latest()) + 60);
  await update(world, (await time.latest()) + PERIOD_SIZE);
  return world;
}

/** The pool's price of a direction, scaled, with this much of the paired token in it. */
function marketPrice({ model }: ModelledOracle, direction: Direction, paired: bigint): Rational {
  const price = direction === 0 ? Rational.of(paired, KP3R_HELD) : Rational.of(KP3R_HELD, paired);
  return price.times(Q112).over(1n << model.shifts[direction]);
}

/** The steady prices that the newest observation tells, scaled. */
function steadyPrices({ model }: ModelledOracle): Both {
  const [price0, price1] = model.pricesX112;
  return [price0 >> model.shifts[0], price1 >> model.shifts[1]];
}

/** What the pool holds of the paired token, and for how many seconds; the second stretch is a push. */
type Held = { paired: bigint; seconds: number }[];

function spanOf(world: ModelledOracle, direction: Direction, held: Held): PushedSpan {
  const [first, push, ...rest] = held.map(({ paired, seconds }) => ({
    price: marketPrice(world, direction, paired),
    seconds: BigInt(seconds),
  }));
  if (first === undefined || push === undefined) throw new Error("There is no push.");
  return { market: [first, ...rest], push };
}

/** A span of the market in which it wanders by up to a half, but for a push of up to a million times; not yet observed. */
async function wander(world: ModelledDouble, random: Random, dt: number): Promise<Held> {
  const before = world.model.pool.reserves[1];
  const start = await time.latest();
  const [from, to] = [random.between(3, dt / 2), random.between(3, dt / 3)];
  const strength = 10n ** BigInt(random.between(0, 6));
  const pushed = random.pick([before * strength, before / strength]);
  const [middle, last] = [0, 0].map(() => (before * random.betweenBig(500n, 1_500n)) / 1_000n) as [bigint, bigint];
  const steps = [
    { at: from, paired: pushed },
    { at: from + to, paired: middle },
    { at: from + to + 3, paired: last },
  ];
  for (const { at, paired } of steps) await touchDouble(world, start + at, [KP3R_HELD, paired]);
  return [
    { paired: before, seconds: from },
    { paired: pushed, seconds: to },
    { paired: middle, seconds: 3 },
    { paired: last, seconds: dt - from - to - 3 },
  ];
}

/** Expects every kind of read to be refused since the pair is thin. */
async function expectUnread({ oracle, pair, kp3r, weth, kp3rHeld }: OracleWorld & { kp3rHeld: bigint }): Promise<void> {
  const address = await pair.getAddress();
  for (const tokens of [
    [kp3r, weth],
    [weth, kp3r],
  ] as const) {
    const [tokenIn, tokenOut] = tokens;
    for (const read of [
      () => oracle.averagePrice(pair, tokenIn, 0, MaxUint256),
      () => oracle.current(tokenIn, WAD, tokenOut),
      () => oracle.quote(tokenIn, WAD, tokenOut, 1),
      () => oracle.sample(tokenIn, WAD, tokenOut, 2, 1),
      () => oracle.volatility(tokenIn, WAD, tokenOut, 2, 1),
    ]) {
      await expect(read())
        .to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow")
        .withArgs(address, kp3rHeld, await oracle.minKp3rReserve());
    }
  }
}

describe("Keep3rOracle: properties", () => {
  describe("ORC-1", () => {
    it("ORC-1: no read spans less than a period, whatever is asked (seed 1)", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployListedOracleWorld);
      const random = new Random(1);
      for (let step = 0; step < 40; step++) {
        const wait = random.pick([1, 10 * MINUTE, ...AROUND_A_PERIOD, random.between(1, 3 * HOUR)]);
        await time.increase(wait);
        if (random.between(0, 3) > 0) await oracle.update(pair);
        const window = BigInt(random.between(0, 2 * PERIOD_SIZE));
        const { oldestAge, newestAge } = await oracle.historyOf(pair);
        const reach = newestAge > 2n * PERIOD ? oldestAge : oldestAge - newestAge;
        const least = window < PERIOD ? PERIOD : window;
        const average = oracle.averagePrice(pair, kp3r, window, MaxUint256);
        if (reach < least) {
          await expect(average)
            .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
            .withArgs(await pair.getAddress(), least, reach);
        } else {
          expect((await average).span).to.be.at.least(least);
        }
        if (reach < PERIOD) {
          await expect(oracle.current(kp3r, WAD, weth))
            .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
            .withArgs(await pair.getAddress(), PERIOD, reach);
        }
      }
    });

    it("ORC-1: right after an observation the previous one is the base", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployObservedWorld);
      await sell(pair, kp3r, KP3R_RESERVE * 100n);
      await observe(oracle, pair, 1);
      const { averageX112, span } = await oracle.averagePrice(pair, kp3r, 0, MaxUint256);
      const [previous, newest] = [await oracle.observationAt(pair, 1), await oracle.observationAt(pair, 0)];
      expect(newest.timestamp).to.equal(await time.latest());
      expect(span).to.equal(newest.timestamp - previous.timestamp);
      const { shift0 } = await oracle.scaleOf(pair);
      expect(averageX112).to.equal(((newest.steady0 - previous.steady0) << shift0) / span);
      expect(await oracle.current(kp3r, WAD, weth)).to.equal((averageX112 * WAD) / Q112);
      expect(await oracle.quote(kp3r, WAD, weth, 1)).to.equal((averageX112 * WAD) / Q112);
    });

    for (const window of [PERIOD, BigInt(4 * HOUR)]) {
      for (const held of [1, 12, 10 * MINUTE, PERIOD_SIZE - 1]) {
        it(`ORC-1: holding an extreme price for ${held} s of ${window} s raises the inverse by dt / (span - dt)`, async () => {
          const { oracle, pair, kp3r } = await loadFixture(deployObservedWorld);
          const before = await oracle.averagePrice(pair, kp3r, window, MaxUint256);
          const due = (await time.latest()) + PERIOD_SIZE;

          await time.setNextBlockTimestamp(due - held);
          await sell(pair, kp3r, KP3R_RESERVE * 1_000_000n);
          await time.setNextBlockTimestamp(due);
          await oracle.update(pair);

          const { averageX112, span } = await oracle.averagePrice(pair, kp3r, window, MaxUint256);
          expect(span).to.be.at.least(window);
          // 1 / average <= 1 / price * span / (span - dt), without dividing; averages are rounded down, to what is scaled
          const unit = 1n << (await oracle.scaleOf(pair)).shift0;
          expect((averageX112 + 2n * unit) * span).to.be.greaterThan(before.averageX112 * (span - BigInt(held)));
        });
      }
    }

    it("ORC-1: a swap in the block of the read doesn't move it", async () => {
      const { oracle, pair, kp3r } = await loadFixture(deployObservedWorld);
      const before = await oracle.averagePrice(pair, kp3r, 4 * HOUR, MaxUint256);
      await sell(pair, kp3r, KP3R_RESERVE * 1_000_000n);
      expect(await oracle.averagePrice(pair, kp3r, 4 * HOUR, MaxUint256)).to.deep.equal(before);
    });
  });

  describe("ORC-3", () => {
    for (const seed of [1, 2, 3]) {
      it(`ORC-3: a market but for a push bounds every observation, and the open span (seed ${seed})`, async () => {
        const world = await loadFixture(deployMarketWorld);
        const { oracle, pair, model, token0, token1 } = world;
        const random = new Random(seed);
        for (let round = 0; round < 25; round++) {
          const maxChange = BigInt(random.pick([2_000, 5_000, 10_000]));
          await oracle.connect(world.governance).setMaxChange(maxChange);
          model.setMaxChange(maxChange);
          await update(world, (await time.latest()) + 2 * PERIOD_SIZE);

          const last = steadyPrices(world);
          const dt = random.pick([
            PERIOD_SIZE,
            PERIOD_SIZE + 1,
            4 * HOUR,
            40 * HOUR,
            random.between(PERIOD_SIZE, 9_000),
          ]);
          const end = (await time.latest()) + dt;
          const held = await wander(world, random, dt);
          if (dt > 2 * PERIOD_SIZE + 1) {
            await time.increaseTo(end - 1);
            const open = held.map((stretch, index) =>
              index < 3 ? stretch : { ...stretch, seconds: stretch.seconds - 1 },
            );
            for (const direction of DIRECTIONS) {
              const tokenIn = direction === 0 ? token0 : token1;
              const { averageX112, span } = await oracle.averagePrice(pair, tokenIn, 0, MaxUint256);
              expect(span).to.equal(dt - 1);
              const price = averageX112 >> model.shifts[direction];
              expectWithinBounds(spanOf(world, direction, open), last[direction], maxChange, price);
            }
          }

          await update(world, end);
          const after = steadyPrices(world);
          for (const direction of DIRECTIONS) {
            expectWithinBounds(spanOf(world, direction, held), last[direction], maxChange, after[direction]);
          }
        }
      });
    }
  });

  describe("ORC-4", () => {
    it("ORC-4: what was thin at its last observation isn't read, nor moves, until one finds it deep again", async () => {
      const world = await loadFixture(deployObservedWorld);
      const { oracle, pair, kp3r, weth, governance } = world;
      const before = await oracle.averagePrice(pair, kp3r, 0, MaxUint256);
      const sold = await pair.balanceOf(governance);
      await pair.transfer(pair, (sold * 95n) / 100n);
      await pair.burn(governance);
      await sell(pair, weth, WAD);
      await observe(oracle, pair, 1);
      expect(await oracle.isThin(pair)).to.equal(true);
      const reserve = async (): Promise<bigint> => (await pair.getReserves())[0];
      await expectUnread({ ...world, kp3rHeld: await reserve() });

      for (const [token, amount] of [
        [kp3r, KP3R_RESERVE],
        [weth, KP3R_RESERVE / 10n],
      ] as const) {
        await token.mint(pair, amount);
      }
      await pair.mint(governance);
      await expectUnread({ ...world, kp3rHeld: await reserve() });
      await observe(oracle, pair, 1);
      expect(await oracle.isThin(pair)).to.equal(false);
      const [previous, older] = [await oracle.observationAt(pair, 1), await oracle.observationAt(pair, 2)];
      const seconds = previous.timestamp - older.timestamp;
      const { shift0 } = await oracle.scaleOf(pair);
      expect(((previous.steady0 - older.steady0) << shift0) / seconds).to.equal(before.averageX112);
      expect(await oracle.current(kp3r, WAD, weth)).to.be.above(0n);
    });

    it("ORC-4: no deposit of liquidity counts at a price of another period", async () => {
      const { keep3r, lens, pricing, job, jobOwner, liquidity } = await loadFixture(deployMiningWorld);
      const owned = keep3r.connect(jobOwner);
      await pricing.refuse(liquidity);
      await toPeriodStart();
      await keep3r.settle(job);
      const { value } = await lens.jobState(job);
      await expect(owned.addLiquidityToJob(job, liquidity, WAD))
        .to.be.revertedWithCustomError(keep3r, "LiquidityUnpriced")
        .withArgs(await liquidity.getAddress());

      // At once, though a settlement would wait half an hour before it tries again
      await pricing.setPrice(liquidity, WAD / 2n);
      await owned.addLiquidityToJob(job, liquidity, 2n * WAD);
      expect((await lens.jobState(job)).value).to.equal(value / 2n + WAD);
    });
  });
});
