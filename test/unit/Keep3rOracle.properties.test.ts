import { DAY, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { type Direction, TwapModel } from "#model/twap";
import { MAX_AGE, MAX_SPAN, PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { Random } from "#support/tools/random";
import {
  deployListedOracleWorld,
  deployOracleWorld,
  expectAnswer,
  KP3R_RESERVE,
  observe,
  Q112,
  WETH_RESERVE,
} from "#support/worlds/oracle";
import { createPair, deployTokenBeside, donate, sell } from "#support/worlds/uniswap";
import type { ERC20__Mock, IUniswapV2Pair, Keep3rOracle } from "#typechain";

const PERIOD = BigInt(PERIOD_SIZE);
const AROUND_A_PERIOD = [PERIOD_SIZE - 1, PERIOD_SIZE, PERIOD_SIZE + 1];
const WRAP_OF_CLOCK = 2 ** 32;
const PRICE_0 = (WETH_RESERVE * Q112) / KP3R_RESERVE;

/** A listed pair beside its model. */
interface Modelled {
  oracle: Keep3rOracle;
  pair: string;
  token0: ERC20__Mock;
  token1: ERC20__Mock;
  model: TwapModel;
}

type Unlisted = Pick<Modelled, "oracle" | "token0" | "token1"> & { pool: IUniswapV2Pair };

async function update({ oracle, pair, model }: Modelled): Promise<void> {
  await oracle.update(pair);
  model.update(await time.latest());
  expect(await oracle.observationCount(pair)).to.equal(model.observationCount);
}

/** Compares every kind of read with the model's answer, at the time of the latest block. */
async function compare({ oracle, pair, token0, token1, model }: Modelled, random: Random): Promise<void> {
  const now = await time.latest();
  const direction: Direction = random.pick([0, 1]);
  const [tokenIn, tokenOut] = direction === 0 ? [token0, token1] : [token1, token0];
  const amount = random.betweenBig(0n, 10n ** BigInt(random.between(0, 24)));
  const window = BigInt(random.pick([0, PERIOD_SIZE, HOUR, 4 * HOUR, DAY, random.between(0, 200_000)]));
  const maxAge = BigInt(random.pick([DAY, 2 * DAY, 2 ** 40, random.between(PERIOD_SIZE, 300_000)]));
  const [granularity, points, step] = [random.between(1, 20), random.between(1, 6), random.between(1, 4)];

  const average = oracle
    .averagePrice(pair, tokenIn, window, maxAge)
    .then(({ averageX112, span }) => [averageX112, span]);
  await expectAnswer<bigint[]>(oracle, pair, average, model.averagePrice(now, direction, window, maxAge));
  await expectAnswer(oracle, pair, oracle.current(tokenIn, amount, tokenOut), model.current(now, direction, amount));
  await expectAnswer(
    oracle,
    pair,
    oracle.quote(tokenIn, amount, tokenOut, granularity),
    model.quote(now, direction, amount, granularity),
  );
  await expectAnswer<bigint[]>(
    oracle,
    pair,
    oracle.sample(tokenIn, amount, tokenOut, points, step),
    model.sample(now, direction, amount, points, step),
  );
}

/** Swaps, donations, updates and waits as the seed has it, compared with the model all along. */
async function runScenario(modelled: Modelled, pool: IUniswapV2Pair, random: Random, steps: number): Promise<void> {
  const { model, token0, token1 } = modelled;
  for (let step = 0; step < steps; step++) {
    const wait = random.pick([
      1,
      MINUTE,
      ...AROUND_A_PERIOD,
      PERIOD_SIZE + 1,
      HOUR,
      4 * HOUR,
      random.between(2, 90_000),
    ]);
    await time.increase(wait);

    const action = random.pick(["sell", "donate", "update", "update", "update"]);
    if (action === "update") {
      await update(modelled);
    } else {
      const token = random.pick([token0, token1]);
      const amount = random.betweenBig(1n, 10n ** BigInt(random.between(15, 22)));
      await (action === "sell" ? sell : donate)(pool, token, amount);
      const [reserve0, reserve1] = await pool.getReserves();
      model.touch(await time.latest(), [reserve0, reserve1]);
    }
    await compare(modelled, random);
  }
}

async function deployUnlistedWorld() {
  const { oracle, pair: pool, kp3r: token0, weth: token1 } = await deployOracleWorld();
  return { oracle, pool, token0, token1 };
}

/** KP3R has nearly the largest supply allowed and the other reserve is one unit: 2^18 seconds accumulate 2^223. */
async function deployExtremePriceWorld(): Promise<Unlisted> {
  const { oracle, factory, kp3r } = await deployOracleWorld();
  const token = await deployTokenBeside(kp3r, "below");
  const pool = await createPair(factory, kp3r, 2n ** 93n, token, 1n);
  return { oracle, pool, token0: token, token1: kp3r };
}

/** Lists the pair. What the pool accumulated before the model knew of it is no matter. */
async function listModelled({ oracle, pool, token0, token1 }: Unlisted): Promise<Modelled> {
  const [reserve0, reserve1] = await pool.getReserves();
  const model = new TwapModel(await time.latest(), [reserve0, reserve1]);
  await oracle.addPair(pool);
  model.update(await time.latest());
  return { oracle, pair: await pool.getAddress(), token0, token1, model };
}

/** A pair double whose accumulators are about to wrap at 2^256, and the clock at 2^32. */
async function deployBeforeAllWrapsWorld() {
  const { governance, network, kp3r: token0, weth: token1 } = await deployOracleWorld();
  const double = await ethers.deployContract("UniswapV2Pair__Mock", [token0, token1]);
  const oracle = await ethers.deployContract("Keep3rOracle", [
    network,
    governance,
    await double.getAddress(),
    token0,
    ethers.ZeroAddress,
  ]);
  await time.increaseTo(WRAP_OF_CLOCK - 40_000);

  const price = [(7n * WAD * Q112) / (300n * WAD), (300n * WAD * Q112) / (7n * WAD)] as const;
  const start = 2n ** 256n;
  const model = new TwapModel(
    WRAP_OF_CLOCK - 40_000,
    [300n * WAD, 7n * WAD],
    [start - price[0] * 30_000n, start - price[1] * 1500n],
  );
  const touch = async (reserve0: bigint, reserve1: bigint) => {
    const now = (await time.latest()) + 3;
    model.touch(now, [reserve0, reserve1]);
    const [cumulative0, cumulative1] = model.cumulativesAt(now);
    await time.setNextBlockTimestamp(now - 1);
    await double.setCumulatives(cumulative0 % start, cumulative1 % start);
    await time.setNextBlockTimestamp(now);
    await double.setReserves(reserve0, reserve1, now % WRAP_OF_CLOCK);
  };
  await touch(300n * WAD, 7n * WAD);
  await oracle.addPair(double);
  model.update(await time.latest());
  return { oracle, pair: await double.getAddress(), token0, token1, model, touch };
}

describe("Keep3rOracle: properties", () => {
  describe("ORC-1", () => {
    it("ORC-1: no read spans less than a period, whatever is asked", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployListedOracleWorld);
      const random = new Random(1);
      for (let step = 0; step < 40; step++) {
        await time.increase(random.pick([1, 10 * MINUTE, ...AROUND_A_PERIOD, random.between(1, 2 * HOUR)]));
        await oracle.update(pair);
        const window = BigInt(random.between(0, 2 * PERIOD_SIZE));
        const { oldestAge } = await oracle.historyOf(pair);
        const least = window < PERIOD ? PERIOD : window;
        if (oldestAge < least) {
          await expect(oracle.averagePrice(pair, kp3r, window, MAX_AGE))
            .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
            .withArgs(await pair.getAddress(), least, oldestAge);
        } else {
          expect((await oracle.averagePrice(pair, kp3r, window, MAX_AGE)).span).to.be.at.least(least);
        }
        if (oldestAge < PERIOD) {
          await expect(oracle.current(kp3r, WAD, weth))
            .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
            .withArgs(await pair.getAddress(), PERIOD, oldestAge);
        }
      }
    });

    it("ORC-1: right after an observation the previous one is the base", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployListedOracleWorld);
      await observe(oracle, pair, 1);
      await sell(pair, kp3r, KP3R_RESERVE * 100n);
      await time.setNextBlockTimestamp((await time.latest()) + PERIOD_SIZE);
      await oracle.update(pair);
      const { averageX112, span } = await oracle.averagePrice(pair, kp3r, 0, MAX_AGE);
      const [previous, newest] = [await oracle.observationAt(pair, 1), await oracle.observationAt(pair, 0)];
      expect(newest.timestamp).to.equal(await time.latest());
      expect(span).to.equal(newest.timestamp - previous.timestamp);
      expect(averageX112).to.equal((newest.price0Cumulative - previous.price0Cumulative) / span);
      expect(await oracle.current(kp3r, WAD, weth)).to.equal((averageX112 * WAD) / Q112);
      expect(await oracle.quote(kp3r, WAD, weth, 1)).to.equal((averageX112 * WAD) / Q112);
    });

    for (const window of [PERIOD, BigInt(4 * HOUR)]) {
      for (const held of [0, 1, 12, 10 * MINUTE, PERIOD_SIZE - 1]) {
        it(`ORC-1: holding an extreme price for ${held} s of ${window} s raises the inverse by dt / (span - dt)`, async () => {
          const { oracle, pair, kp3r } = await loadFixture(deployListedOracleWorld);
          await observe(oracle, pair, 9, PERIOD_SIZE + 7);
          const before = await oracle.averagePrice(pair, kp3r, window, MAX_AGE);
          expect(before.averageX112).to.equal(PRICE_0);

          await sell(pair, kp3r, KP3R_RESERVE * 1_000_000n);
          if (held > 0) await time.increase(held);
          await oracle.update(pair);
          await ethers.provider.send("evm_mine");

          const dt = BigInt(await time.latest()) - (await pair.getReserves())[2];
          const { averageX112, span } = await oracle.averagePrice(pair, kp3r, window, MAX_AGE);
          expect(span).to.be.at.least(window);
          // 1 / average <= 1 / price * span / (span - dt), without dividing; the average was rounded down.
          expect((averageX112 + 1n) * span).to.be.greaterThan(PRICE_0 * (span - dt));
        });
      }
    }

    it("ORC-1: a swap in the block of the read doesn't move it", async () => {
      const { oracle, pair, kp3r } = await loadFixture(deployListedOracleWorld);
      await observe(oracle, pair, 9);
      await sell(pair, kp3r, KP3R_RESERVE * 1_000_000n);
      expect((await oracle.averagePrice(pair, kp3r, 4 * HOUR, MAX_AGE)).averageX112).to.equal(PRICE_0);
    });
  });

  describe("ORC-2", () => {
    for (const seed of [1, 2, 3]) {
      it(`ORC-2: random swaps and times give the reference model's answers (seed ${seed})`, async () => {
        const unlisted = await loadFixture(deployUnlistedWorld);
        await runScenario(await listModelled(unlisted), unlisted.pool, new Random(seed), 60);
      });
    }

    it("ORC-2: the same across the wrap of the ring (seed 4)", async () => {
      const unlisted = await loadFixture(deployUnlistedWorld);
      const modelled = await listModelled(unlisted);
      const random = new Random(4);
      for (let i = 0; i < 150; i++) {
        await time.increase(PERIOD_SIZE + random.between(0, 20));
        await update(modelled);
        if (i % 10 === 0) {
          await sell(unlisted.pool, random.pick([modelled.token0, modelled.token1]), WAD);
          const [reserve0, reserve1] = await unlisted.pool.getReserves();
          modelled.model.touch(await time.latest(), [reserve0, reserve1]);
        }
        if (i > 120) await compare(modelled, random);
      }
      const { oracle, pair, token0, token1, model } = modelled;
      expect(await oracle.observationCount(pair)).to.equal(128);

      await time.increase(PERIOD_SIZE);
      const now = await time.latest();
      const everything = model.quote(now, 0, WAD, 128);
      await expectAnswer(oracle, pair, oracle.quote(token0, WAD, token1, 128), everything);
      await expectAnswer<bigint[]>(
        oracle,
        pair,
        oracle.sample(token1, WAD, token0, 127, 1),
        model.sample(now, 1, WAD, 127, 1),
      );
      expect("value" in everything).to.equal(true);
    });

    it("ORC-2: the same where a real pair's price fills the packed range and wraps it (seed 6)", async () => {
      const modelled = await listModelled(await loadFixture(deployExtremePriceWorld));
      const random = new Random(6);
      const { model } = modelled;
      const start = model.cumulativesAt(await time.latest())[0];
      for (let i = 0; i < 16; i++) {
        await time.increase(random.between(40_000, 80_000));
        await update(modelled);
        await compare(modelled, random);
      }
      expect(model.cumulativesAt(await time.latest())[0] - start).to.be.greaterThan(2n ** 224n);

      await time.increase(MAX_SPAN);
      await update(modelled);
      await time.increase(PERIOD_SIZE);
      await compare(modelled, random);
    });
  });

  describe("ORC-2 in the year 2106", () => {
    it("ORC-2: the same across the wrap of a real pair's timestamps (seed 5)", async () => {
      const unlisted = await loadFixture(deployUnlistedWorld);
      await time.increaseTo(WRAP_OF_CLOCK - 5 * HOUR);
      await unlisted.pool.sync();
      const modelled = await listModelled(unlisted);
      await runScenario(modelled, unlisted.pool, new Random(5), 50);
      expect(await time.latest()).to.be.above(WRAP_OF_CLOCK);
    });

    it("ORC-2: the same across the wraps of accumulators at 2^256 and timestamps at 2^32 (seed 7)", async () => {
      const modelled = await loadFixture(deployBeforeAllWrapsWorld);
      const random = new Random(7);
      for (let step = 0; step < 60; step++) {
        await time.increase(random.pick([12, 10 * MINUTE, PERIOD_SIZE, PERIOD_SIZE + 1, HOUR]));
        if (step % 4 === 3) {
          await modelled.touch(random.betweenBig(WAD, 1000n * WAD), random.betweenBig(WAD, 1000n * WAD));
        } else {
          await update(modelled);
        }
        await compare(modelled, random);
      }
      expect(await time.latest()).to.be.above(WRAP_OF_CLOCK);
      const now = await time.latest();
      for (const cumulative of modelled.model.cumulativesAt(now)) expect(cumulative).to.be.greaterThan(2n ** 256n);
    });

    it("ORC-2: a pair without reserves accumulates nothing, as Uniswap's", async () => {
      const { oracle, pair, token0, touch } = await loadFixture(deployBeforeAllWrapsWorld);
      await touch(WAD, WAD);
      const double = await ethers.getContractAt("UniswapV2Pair__Mock", pair);
      await double.setCumulatives(5n, 6n);
      await double.setReserves(0, 0, (await time.latest()) % WRAP_OF_CLOCK);
      await time.increase(PERIOD_SIZE);
      await oracle.update(pair);
      await time.increase(PERIOD_SIZE);
      expect((await oracle.averagePrice(pair, token0, 0, MAX_AGE)).averageX112).to.equal(0n);
      expect((await oracle.observationAt(pair, 0)).slice(1)).to.deep.equal([5n, 6n]);
    });
  });
});
