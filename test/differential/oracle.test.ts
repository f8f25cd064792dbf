import { DAY, HOUR, MINUTE, portion, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import fc from "fast-check";
import { Accumulators } from "#model/accumulators";
import type { Direction } from "#model/observations";
import { OracleModel } from "#model/oracle";
import { floorRoot } from "#model/rational";
import { refusalOf } from "#model/refusal";
import { standardDeviation } from "#model/twap";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { cases, describeDifferential, expectOutcome, Exploration, seeded, upTo } from "#support/tools/differential";
import {
  deployModelledDouble,
  deployModelledPool,
  expectSameHistory,
  expectSameReads,
  list,
  type ModelledPool,
  type Questions,
  touchDouble,
  touchPool,
  update,
} from "#support/worlds/modelledOracle";
import { donate, inOneBlock, sell } from "#support/worlds/uniswap";
import vectors from "../vectors.json";

const oracleVectors = vectors["oracle: observations at t=0 (cumulative 0), 1801 at price 20, 5401 at price 25"];
const GAS_LIMIT = 1_000_000;
const LARGEST_MINT = 2n ** 87n;

type Step = fc.AsyncCommand<OracleModel, ModelledPool>;

const TWO_PERIODS = 2 * PERIOD_SIZE;
const wait = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(5, MINUTE, PERIOD_SIZE - 1, PERIOD_SIZE, PERIOD_SIZE + 1, HOUR, 4 * HOUR, DAY),
  },
  { weight: 1, arbitrary: fc.constantFrom(10 * DAY, 400 * DAY) },
);
/** Seconds to wait, or how far to land from when the newest observation is two periods old. */
const landing = fc.oneof(
  { weight: 4, arbitrary: wait.map((seconds) => ({ seconds })) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0, 1).map((fromTwoPeriods) => ({ fromTwoPeriods })) },
);
type Landing = typeof landing extends fc.Arbitrary<infer Value> ? Value : never;

function landingAt(landing: Landing, now: number, model: OracleModel): number {
  if ("seconds" in landing) return now + landing.seconds;
  const { at } = model.observationAt(0);
  return Math.max(now + 5, Number(at) + TWO_PERIODS + landing.fromTwoPeriods);
}

const window = fc.oneof(
  fc.constantFrom(0, PERIOD_SIZE, PERIOD_SIZE + 1, HOUR, 4 * HOUR, DAY).map(BigInt),
  fc.bigInt({ min: 0n, max: 300_000n }),
);
const questions: fc.Arbitrary<Questions> = fc.record({
  direction: fc.constantFrom(0, 1),
  amount: upTo(70),
  window,
  maxAge: fc.oneof(fc.constantFrom(2n ** 32n, 2n ** 256n - 1n), fc.bigInt({ min: 0n, max: 200_000n })),
  granularity: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 8 }) }, fc.constantFrom(0, 60, 127, 128)),
  points: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.constantFrom(0, 43, 127, 128)),
  step: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.constantFrom(0, 128)),
});

const exploration = new Exploration();

function step<T>(
  name: string,
  input: fc.Arbitrary<T>,
  act: (model: OracleModel, real: ModelledPool, at: number, input: T) => Promise<string | undefined>,
): fc.Arbitrary<Step> {
  exploration.expect(name);
  return fc.record({ landing, questions, input }).map(({ landing, questions, input }) => ({
    check: () => true,
    run: async (model, real) => {
      const at = landingAt(landing, await time.latest(), model);
      exploration.count(name, await act(model, real, at, input));
      await expectSameHistory(real);
      await expectSameReads(real, questions);
      countReads(model, questions, await time.latest());
    },
    toString: () => `${name}(${fc.stringify(input)}) at ${fc.stringify(landing)}, asked ${fc.stringify(questions)}`,
  }));
}

const READS = ["averagePrice", "quote", "sample", "volatility"] as const;
const OPEN_READ = "averagePrice of an open span";
for (const read of [...READS, OPEN_READ]) exploration.expect(read);

/** Every kind of read has to answer at least once, and to meet every error. */
function countReads(model: OracleModel, questions: Questions, now: number): void {
  const { direction, amount, window, maxAge, granularity, points, step } = questions;
  const answers = {
    averagePrice: model.averagePrice(now, direction, window, maxAge),
    quote: model.quote(now, direction, amount, granularity),
    sample: model.sample(direction, amount, points, step),
    volatility: model.volatility(direction, amount, points, step),
  };
  for (const read of READS) {
    const answer = answers[read];
    exploration.count(read, "error" in answer ? answer.error : undefined);
  }
  const isOpen = now - Number(model.observationAt(0).at) > TWO_PERIODS;
  if (isOpen && "value" in answers.averagePrice) exploration.count(OPEN_READ, undefined);
}

/** A part of a reserve, or the most that all steps together can mint of a token that the oracle still lists. */
function mintable(reserve: bigint, size: number): bigint {
  const wanted = portion(reserve, size) + 1n;
  return wanted < LARGEST_MINT ? wanted : LARGEST_MINT;
}

const updates = step("update", fc.constant("pair"), (_, real, at) => update(real, at));

/** From a dust trade to one that pushes the price to a million times. */
const swaps = step(
  "swap",
  fc.record({ sells0: fc.boolean(), size: fc.constantFrom(1e-9, 0.001, 0.1, 0.5, 1, 10, 1000) }),
  (model, real, at, { sells0, size }) => {
    const [token, reserve] = sells0 ? [real.token0, model.pool.reserves[0]] : [real.token1, model.pool.reserves[1]];
    return touchPool(real, at, () => sell(real.pool, token, mintable(reserve, size)));
  },
);

/** Back to where the price was at first, as arbitrage does after a push. */
const arbitrages = step("arbitrage", fc.constant("pool"), (model, real, at) => {
  const [reserve0, reserve1] = model.pool.reserves;
  const sells0 = reserve1 * real.opened[0] > reserve0 * real.opened[1];
  const [side, other] = sells0 ? ([0, 1] as const) : ([1, 0] as const);
  const wanted = floorRoot((reserve0 * reserve1 * real.opened[side]) / real.opened[other]);
  const amount = wanted - model.pool.reserves[side];
  return touchPool(real, at, () => sell(real.pool, sells0 ? real.token0 : real.token1, amount > 0n ? amount : 1n));
});

const donates = step(
  "donate",
  fc.record({ to0: fc.boolean(), size: fc.constantFrom(1e-9, 0.01, 1) }),
  (model, real, at, { to0, size }) => {
    const [token, reserve] = to0 ? [real.token0, model.pool.reserves[0]] : [real.token1, model.pool.reserves[1]];
    return touchPool(real, at, () => donate(real.pool, token, mintable(reserve, size)));
  },
);

const burns = step("burn", fc.constantFrom(0.01, 0.5, 0.9), async (_, real, at, part) => {
  const amount = portion(await real.pool.balanceOf(real.governance), part);
  await touchPool(real, at, () =>
    inOneBlock(async () => {
      await real.pool.connect(real.governance).transfer(real.pool, amount, { gasLimit: GAS_LIMIT });
      await real.pool.burn(real.governance, { gasLimit: GAS_LIMIT });
    }),
  );
  return undefined;
});

const provides = step("provide", fc.constantFrom(0.1, 1, 10), (model, real, at, size) => {
  const [reserve0, reserve1] = model.pool.reserves;
  return touchPool(real, at, () =>
    inOneBlock(async () => {
      await real.token0.mint(real.pool, mintable(reserve0, size), { gasLimit: GAS_LIMIT });
      await real.token1.mint(real.pool, mintable(reserve1, size), { gasLimit: GAS_LIMIT });
      await real.pool.mint(real.governance, { gasLimit: GAS_LIMIT });
    }),
  );
});

const tunes = step(
  "tune",
  fc.oneof(
    fc.constantFrom(2_000n, 3_333n, 5_000n, 10_000n).map((maxChange) => ({ maxChange })),
    fc.constantFrom(1n, 100n, 990n, 1_010n, 5_000n).map((kp3r) => ({ minKp3rReserve: kp3r * WAD })),
  ),
  async (model, { oracle, governance }, at, change) => {
    await time.setNextBlockTimestamp(at);
    const governed = oracle.connect(governance);
    if ("maxChange" in change) {
      model.setMaxChange(change.maxChange);
      await governed.setMaxChange(change.maxChange);
    } else {
      model.setMinKp3rReserve(change.minKp3rReserve);
      await governed.setMinKp3rReserve(change.minKp3rReserve);
    }
    return undefined;
  },
);

const delists = step("delist", fc.constant("pair"), async (model, { oracle, governance, pair }, at) => {
  const refusal = refusalOf(() => model.delist());
  await expectOutcome(at, () => oracle.connect(governance).removePair(pair), oracle, refusal);
  return refusal;
});

const lists = step("list", fc.constant("pair"), (_, real, at) => list(real, at));

/** Frequent steps are listed more than once. */
const steps = [
  ...[updates, updates, updates, updates, updates, updates, updates, updates],
  ...[
    swaps,
    swaps,
    swaps,
    arbitrages,
    arbitrages,
    donates,
    burns,
    provides,
    tunes,
    tunes,
    delists,
    lists,
    lists,
    lists,
  ],
];

/** A pool with KP3R on a side, listed and observed a few times. */
function opened(kp3rSide: Direction): () => Promise<ModelledPool> {
  return async () => {
    const world = await deployModelledPool(kp3rSide);
    await list(world, (await time.latest()) + 60);
    for (let i = 0; i < 3; i++) await update(world, (await time.latest()) + PERIOD_SIZE + i);
    return world;
  };
}

const deployDouble = () => deployModelledDouble([2n ** 70n, 2n ** 70n]);

describeDifferential("Keep3rOracle", () => {
  for (const kp3rSide of [0, 1] as const) {
    const deployOpened = opened(kp3rSide);

    it(seeded(`ORC-2: observes and answers as the model does, with KP3R as token${kp3rSide}`), async () => {
      await fc.assert(
        fc.asyncProperty(fc.commands(steps, { maxCommands: 60, size: "max" }), async (commands) => {
          const real = await loadFixture(deployOpened);
          await fc.asyncModelRun(() => ({ model: real.model, real }), commands);
        }),
        cases(25),
      );
    });
  }

  it(seeded("ORC-2: lists a pair for the first time, or refuses it, as the model does"), async () => {
    const reserve = fc.oneof({ weight: 1, arbitrary: fc.constant(0n) }, { weight: 9, arbitrary: upTo(111) });
    await fc.assert(
      fc.asyncProperty(upTo(111, 2n ** 66n), reserve, reserve, async (kp3rReserve, pairedReserve, later) => {
        const world = await loadFixture(deployDouble);
        await touchDouble(world, (await time.latest()) + 5, [kp3rReserve, pairedReserve]);
        exploration.count("list", await list(world, (await time.latest()) + 5));
        if (!world.model.listed) return;

        await world.oracle.connect(world.governance).removePair(world.pair);
        world.model.delist();
        await touchDouble(world, (await time.latest()) + PERIOD_SIZE, [2n ** 80n, later]);
        exploration.count("list", await list(world, (await time.latest()) + 5));
        await expectSameHistory(world);
      }),
      cases(300),
    );
  });

  it("ORC-2: the model answers the vectors, forward to a millionth of a millionth", () => {
    const pool = new Accumulators(0, [100n * WAD, 2_000n * WAD]);
    const model = new OracleModel(pool, { kp3rSide: 0, minKp3rReserve: 100n * WAD, maxChange: 5_000n });
    model.list(0);
    model.update(1_801);
    model.touch(1_801, [100n * WAD, 2_500n * WAD]);
    model.update(5_401);

    expect(model.shifts).to.deep.equal([76n, 68n]);
    expect(model.sample(1, WAD, 2, 1)).to.deep.equal({ value: oracleVectors["reverse direction"].map(BigInt) });
    const forward = model.sample(0, WAD, 2, 1);
    if (!("value" in forward)) throw new Error(forward.error);
    for (const [index, exact] of oracleVectors["sample(points 2, window 1)"].entries()) {
      const below = BigInt(Number(exact)) - (forward.value[index] ?? 0n);
      expect(below >= 0n && below * 10n ** 12n <= BigInt(Number(exact)), `${below} below ${exact}`).to.equal(true);
    }
    expect(standardDeviation([20n, 21n, 19n, 22n, 20n].map((amount) => amount * WAD))).to.equal(
      oracleVectors["standard deviation of 20,21,19,22,20 e18"],
    );
  });

  after(() => {
    exploration.check([
      ...["GranularityOutOfBounds", "InsufficientHistory", "Kp3rReserveTooLow", "NoListedPair", "PairAlreadyListed"],
      ...["PairNotListed", "PriceOutOfRange", "SampleOutOfBounds", "StalePrice", "TooFewSamples"],
    ]);
  });
});
