import { BPS, DAY, GWEI, HOUR, MINUTE, portion, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import fc from "fast-check";
import { ethers } from "hardhat";
import type { NetworkModel } from "#model/network";
import type { QuoteModel } from "#model/quote";
import { eventOf } from "#simulation/events";
import { MAX_BOOST } from "#support/defaults";
import { actAs } from "#support/actors/impersonation";
import { loadFixture } from "#support/fixture";
import { withBaseFee } from "#support/payments/landing";
import { itMeasured } from "#support/tools/coverage";
import { cases, describeDifferential, expectOutcome, Exploration, seeded } from "#support/tools/differential";
import { firstTransientWord } from "#support/tools/storage";
import {
  deployModelledNetworkWorld,
  expectSameNetwork,
  JOBS,
  LP,
  type ModelledNetworkWorld,
  modelNetwork,
} from "#support/worlds/modelledNetwork";

const { MaxUint256 } = ethers;
/** A work takes a few hundred thousand gas, a refresh of its quote and of a price included. */
const GAS_LIMIT = 3_000_000n;

/** Up to a third of the pool is sold to it at once. */
const LARGEST_TRADE = 3;
const OBSERVED_EVERY = 3 * HOUR;
const STAKE = 20n * WAD;

interface Real extends ModelledNetworkWorld {
  now: number;
  /** The error of the last step, if it was refused. */
  refusal: string | undefined;
}

type Step = fc.AsyncCommand<NetworkModel, Real>;

const seconds = [1, MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR, 10 * HOUR, DAY, 2 * DAY, 6 * DAY] as const;
type Wait = number | "last" | "stale";
/** Seconds to wait, or until the last second in which the quote may serve, or the one after it. */
const wait: fc.Arbitrary<Wait> = fc.constantFrom<Wait[]>(...seconds, "last", "stale");

function landing(wait: Wait, now: number, { cached, maxQuoteAge }: QuoteModel): number {
  if (typeof wait === "number") return now + wait;
  return Math.max(now + 1, cached.quotedAt + maxQuoteAge + (wait === "stale" ? 1 : 0));
}

/** Whether passers-by observe the pair in the meantime. */
const observed = fc.constantFrom(true, true, true, false);
const job = fc.constantFrom(...JOBS);
const part = fc.double({ min: 0.001, max: 1, noNaN: true });
/** The block's base fee, and the tip of the keeper's transaction. */
const fees = fc.record({
  baseFee: fc.bigInt({ min: 0n, max: 200n * GWEI }),
  tip: fc.bigInt({ min: 0n, max: 20n * GWEI }),
});

const exploration = new Exploration();

function step<T>(
  name: string,
  input: fc.Arbitrary<T>,
  act: (model: NetworkModel, real: Real, input: T) => Promise<void>,
): fc.Arbitrary<Step> {
  exploration.expect(name);
  return fc.record({ wait, observed, input }).map(({ wait, observed, input }) => ({
    check: () => true,
    run: async (model, real) => {
      const until = landing(wait, real.now, model.quote);
      while (observed && real.now + OBSERVED_EVERY < until) {
        real.now += OBSERVED_EVERY;
        await observe(model, real);
      }
      real.now = until;
      await time.setNextBlockTimestamp(real.now);
      real.refusal = undefined;
      await act(model, real, input);
      exploration.count(name, real.refusal);
      await expectSameNetwork(real, model);
    },
    toString: () => `${name}(${fc.stringify(input)}) after ${wait}${observed ? ", observed" : ""}`,
  }));
}

async function observe({ pool }: NetworkModel, { now, oracle, pair }: Real): Promise<void> {
  await time.setNextBlockTimestamp(now);
  await oracle.update(pair);
  pool.oracle.update(now);
}

/** A call that the model makes, and the chain after it. */
async function both(
  model: NetworkModel,
  real: Real,
  expected: () => void,
  send: () => Promise<unknown>,
): Promise<void> {
  const { now, keep3r, helper } = real;
  const refusal = model.attempt(expected);
  real.refusal = refusal;
  await expectOutcome(now, send, refusal === "StaleQuote" ? helper : keep3r, refusal);
}

/** The pool is Uniswap's: the model is told of its changes. */
async function touchPool({ pool }: NetworkModel, { now, pair }: Real): Promise<void> {
  const [reserve0, reserve1] = await pair.getReserves();
  pool.supply = await pair.totalSupply();
  pool.kLast = await pair.kLast();
  pool.oracle.touch(now, [reserve0, reserve1]);
}

const swaps = step("swap", fc.record({ buys: fc.boolean(), part }), async (model, real, { buys, part }) => {
  const { uniswap, kp3r } = real;
  const { trader } = real.accounts;
  const { oracle: modelled, direction } = model.pool;
  const { reserves } = modelled.pool;
  const [token, weth] = [await kp3r.getAddress(), await uniswap.weth.getAddress()];
  const router = uniswap.router.connect(trader);
  if (buys) {
    const value = portion(reserves[1 - direction] ?? 0n, part / LARGEST_TRADE);
    await router.swapExactETHForTokens(0n, [weth, token], trader, MaxUint256, { value });
  } else {
    const [held, wanted] = [await kp3r.balanceOf(trader), portion(reserves[direction], part / LARGEST_TRADE)];
    await router.swapExactTokensForETH(wanted < held ? wanted : held, 0n, [token, weth], trader, MaxUint256);
  }
  await touchPool(model, real);
});

const provides = step("provide", part, async (model, real, part) => {
  const { uniswap, kp3r, accounts } = real;
  const { governance } = accounts;
  const value = portion(100n * WAD, part);
  await uniswap.router
    .connect(governance)
    .addLiquidityETH(kp3r, 5_000n * WAD, 0n, 0n, governance, MaxUint256, { value });
  await touchPool(model, real);
});

const observes = step("observe", fc.constant("pair"), observe);

const reports = step("report", fc.bigInt({ min: -GWEI, max: 500n * GWEI }), async (model, real, answer) => {
  await real.fastGas.updateAnswer(answer);
  model.feed = { ...model.feed, answer, updatedAt: real.now };
});

const settles = step("settle", job, (model, real, job) =>
  both(
    model,
    real,
    () => model.jobs.settle(job, real.now),
    () => real.keep3r.settle(real.jobs[job]),
  ),
);

const adds = step("add", fc.record({ job, part }), async (model, real, { job, part }) => {
  const { keep3r, pair, jobs, accounts } = real;
  const amount = portion(await pair.balanceOf(accounts.jobOwner), part);
  await both(
    model,
    real,
    () => model.jobs.addLiquidity(job, LP, amount, "jobOwner", real.now),
    () => keep3r.connect(accounts.jobOwner).addLiquidityToJob(jobs[job], pair, amount),
  );
});

const unbonds = step("unbond", fc.record({ job, part }), async (model, real, { job, part }) => {
  const { keep3r, pair, jobs, accounts } = real;
  const amount = portion(model.jobs.job(job).positions.get(LP)?.amount ?? 0n, part);
  await both(
    model,
    real,
    () => model.jobs.unbond(job, LP, amount, "jobOwner", real.now),
    () => keep3r.connect(accounts.jobOwner).unbondLiquidityFromJob(jobs[job], pair, amount),
  );
});

/** For more gas than is ever paid for, so that the meter's reading doesn't matter. */
const batches = step(
  "work at the limit",
  fc.record({ batch: fc.array(job, { minLength: 1, maxLength: 3 }), fees }),
  async (model, real, { batch, fees: { baseFee, tip } }) => {
    const { maxGasPerWork } = model.terms;
    const works = batch.map((job) => ({ job, gas: maxGasPerWork }));
    await withBaseFee(baseFee, () =>
      both(
        model,
        real,
        () => model.workAll(works, { baseFee, gasPrice: baseFee + tip }, real.now),
        () => sendWorks(real, batch, maxGasPerWork, baseFee, tip),
      ),
    );
  },
);

/** The meter's readings are the machine's: its opening from the trace, its closing from the event. */
const meters = step(
  "work",
  fc.record({ job, extraGas: fc.bigInt({ min: 0n, max: 1_000_000n }), fees }),
  async (model, real, { job, extraGas, fees: { baseFee, tip } }) => {
    const expected = (gas: bigint) =>
      model.attempt(() => model.workAll([{ job, gas }], { baseFee, gasPrice: baseFee + tip }, real.now));
    const sent = withBaseFee(baseFee, () => sendWorks(real, [job], extraGas, baseFee, tip));
    const receipt = await sent.then((response) => response.wait()).catch(() => undefined);
    if (!receipt) {
      const refusal = expected(extraGas);
      real.refusal = refusal;
      if (refusal === undefined) throw new Error(`The chain refuses what the model pays: ${job}, ${extraGas} gas`);
      await expect(sent).to.be.revertedWithCustomError(refusal === "StaleQuote" ? real.helper : real.keep3r, refusal);
      return;
    }

    const { gasLeft } = await eventOf(real.keep3r, real.keep3r.getEvent("KeeperWork"), receipt);
    // `isKeeper` notes the gas that is left above a bond of 88 bits
    const openedWith = (await firstTransientWord(receipt.hash)) >> 88n;
    const metered = openedWith - gasLeft;
    expect(metered).to.be.within(1n, 1_000_000n);
    expect(expected(metered + extraGas)).to.equal(undefined);
  },
);

async function sendWorks(
  { jobs, batchKeeper, accounts }: Real,
  batch: readonly (typeof JOBS)[number][],
  extraGas: bigint,
  baseFee: bigint,
  tip: bigint,
): Promise<ContractTransactionResponse> {
  return batchKeeper.connect(accounts.keeper).workAll(
    batch.map((name) => jobs[name]),
    extraGas,
    { maxFeePerGas: baseFee + tip, maxPriorityFeePerGas: tip, gasLimit: GAS_LIMIT },
  );
}

const bps = fc.bigInt({ min: BPS, max: 5n * BPS });
const workGas = fc.bigInt({ min: 0n, max: 100_000n });
/** A parameter at a time, within its bounds whatever the others are. */
const tunes = step(
  "tune",
  fc.oneof(
    fc.record({ minBoost: fc.bigInt({ min: BPS, max: MAX_BOOST }) }),
    fc.record({ maxBoost: fc.bigInt({ min: MAX_BOOST, max: 5n * BPS }) }),
    fc.record({ targetBond: fc.bigInt({ min: 1n, max: 300n * WAD }) }),
    fc.record({ gasPriceCeiling: bps }),
    fc.record({ minPriorityFee: fc.bigInt({ min: 0n, max: 10n * GWEI }) }),
    fc.record({ firstWorkGas: workGas }),
    fc.record({ laterWorkGas: workGas }),
    fc.record({ maxGasPerWork: fc.bigInt({ min: 1_000_000n, max: 16_000_000n }) }),
  ),
  async ({ terms }, { keep3r, helper }, change) => {
    Object.assign(terms, change);
    if ("minBoost" in change) await helper.setMinBoost(change.minBoost);
    else if ("maxBoost" in change) await helper.setMaxBoost(change.maxBoost);
    else if ("targetBond" in change) await helper.setTargetBond(change.targetBond);
    else if ("gasPriceCeiling" in change) await helper.setGasPriceCeiling(change.gasPriceCeiling);
    else if ("minPriorityFee" in change) await helper.setMinPriorityFee(change.minPriorityFee);
    else if ("firstWorkGas" in change) await helper.setWorkExtraGas(change.firstWorkGas);
    else if ("laterWorkGas" in change) await helper.setLaterWorkGas(change.laterWorkGas);
    else await keep3r.setMaxGasPerWork(change.maxGasPerWork);
  },
);

/** At the highest least reserve the pool is thin, once it is observed: prices stand still, and nothing can read them. */
const tunesOracle = step(
  "tune the oracle",
  fc.oneof(
    fc.constantFrom(100n, 100n, 100_000n).map((kp3r) => ({ minKp3rReserve: kp3r * WAD })),
    fc.bigInt({ min: BPS / 5n, max: BPS }).map((maxChange) => ({ maxChange })),
  ),
  async ({ pool }, { oracle, accounts }, change) => {
    const governed = oracle.connect(accounts.governance);
    if ("maxChange" in change) {
      pool.oracle.setMaxChange(change.maxChange);
      await governed.setMaxChange(change.maxChange);
    } else {
      pool.oracle.setMinKp3rReserve(change.minKp3rReserve);
      await governed.setMinKp3rReserve(change.minKp3rReserve);
    }
  },
);

/** Uniswap's protocol begins to take its fee, or ceases to, which the pool follows when liquidity next comes or goes. */
const protocolFees = step("fee", fc.boolean(), async (_, { uniswap, accounts }, isOn) => {
  const setter = await actAs(ethers.ZeroAddress);
  await uniswap.factory.connect(setter).setFeeTo(isOn ? accounts.governance : ethers.ZeroAddress);
});

/** Changes how long a quote serves, which makes the cached one due. */
const ages = step(
  "age",
  fc.oneof(
    fc.record({ quoteLifetime: fc.integer({ min: 0, max: HOUR }) }),
    fc.record({ maxQuoteAge: fc.integer({ min: HOUR, max: 7 * DAY }) }),
  ),
  async ({ quote }, { helper }, change) => {
    Object.assign(quote, change);
    if ("quoteLifetime" in change) await helper.setQuoteLifetime(change.quoteLifetime);
    else await helper.setMaxQuoteAge(change.maxQuoteAge);
    quote.makeDue();
  },
);

/** Frequent steps are listed more than once. */
const steps = [
  ...[swaps, swaps, swaps, observes, observes, observes, observes, batches, batches, meters, meters],
  ...[
    adds,
    adds,
    unbonds,
    settles,
    settles,
    provides,
    provides,
    protocolFees,
    reports,
    tunes,
    tunes,
    tunesOracle,
    tunesOracle,
    ages,
  ],
];

/** Both jobs begin with liquidity. */
async function open(model: NetworkModel, real: Real): Promise<void> {
  const owned = real.keep3r.connect(real.accounts.jobOwner);
  for (const job of JOBS) {
    real.now++;
    model.jobs.addLiquidity(job, LP, STAKE, "jobOwner", real.now);
    await expectOutcome(real.now, () => owned.addLiquidityToJob(real.jobs[job], real.pair, STAKE), owned, undefined);
  }
}

describeDifferential("Network", () => {
  itMeasured(seeded("prices, quotes, mines and pays, from the pool to the bond, as the model does"), async function () {
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 60, size: "max" }), async (commands) => {
        const world = await loadFixture(deployModelledNetworkWorld);
        const model = await modelNetwork(world);
        const real: Real = { ...world, now: await time.latest(), refusal: undefined };
        await open(model, real);
        await fc.asyncModelRun(() => ({ model, real }), commands);
      }),
      cases(20),
    );
    exploration.check(["LiquidityUnpriced", "StaleQuote"]);
  });
});
