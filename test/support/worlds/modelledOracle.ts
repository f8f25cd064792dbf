import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { Accumulators, type Both } from "#model/accumulators";
import type { Direction } from "#model/observations";
import { OracleModel } from "#model/oracle";
import { refusalOf } from "#model/refusal";
import type { ERC20__Mock, IUniswapV2Pair, Keep3rOracle, UniswapV2Pair__Mock } from "#typechain";
import { expectOutcome } from "../tools/differential";
import { deployOracleWorld, expectAnswer, KP3R_RESERVE, WETH_RESERVE } from "./oracle";
import { createPair, deployTokenBeside } from "./uniswap";

/** Where a pair's timestamps and accumulators wrap. */
export const CLOCK_WRAP = 2 ** 32;
export const PAIR_WRAP = 2n ** 256n;
const STEADY_WRAP = 2n ** 112n;

/** An oracle and a pair of it, beside their model. */
export interface ModelledOracle {
  oracle: Keep3rOracle;
  governance: HardhatEthersSigner;
  pair: string;
  token0: ERC20__Mock;
  token1: ERC20__Mock;
  model: OracleModel;
}

/** With a pair of Uniswap's. */
export interface ModelledPool extends ModelledOracle {
  pool: IUniswapV2Pair;
  /** Its reserves at first. */
  opened: Both;
}

/** With a pair whose reserves can be anything. */
export interface ModelledDouble extends ModelledOracle {
  double: UniswapV2Pair__Mock;
}

/** What every kind of read is asked. */
export interface Questions {
  direction: Direction;
  amount: bigint;
  window: bigint;
  maxAge: bigint;
  granularity: number;
  points: number;
  step: number;
}

/** A pool that isn't listed yet, with KP3R as its token0 or as its token1. */
export async function deployModelledPool(
  kp3rSide: Direction,
  kp3rReserve = KP3R_RESERVE,
  pairedReserve = WETH_RESERVE,
): Promise<ModelledPool> {
  const { oracle, governance, factory, kp3r } = await deployOracleWorld();
  const paired = await deployTokenBeside(kp3r, kp3rSide === 0 ? "above" : "below");
  const pool = await createPair(factory, kp3r, kp3rReserve, paired, pairedReserve);
  const [token0, token1] = kp3rSide === 0 ? [kp3r, paired] : [paired, kp3r];
  const pair = await pool.getAddress();
  // What the pool had accumulated before the model knew of it is no matter
  const opened = await reservesOf(pool);
  const accumulators = new Accumulators(await time.latest(), opened);
  const model = await modelOracle(oracle, kp3rSide, accumulators);
  return { oracle, governance, pair, token0, token1, model, pool, opened };
}

/** A double that isn't listed yet, in which KP3R is token0, as it stands soon, or at a time. */
export async function deployModelledDouble(
  reserves: Both,
  cumulatives: Both = [0n, 0n],
  until = 0,
): Promise<ModelledDouble> {
  const { governance, network, kp3r: token0, weth: token1 } = await deployOracleWorld();
  const double = await ethers.deployContract("UniswapV2Pair__Mock", [token0, token1]);
  const pair = await double.getAddress();
  const oracle = await ethers.deployContract("Keep3rOracle", [network, governance, pair, token0, ethers.ZeroAddress]);
  const at = Math.max(until, (await time.latest()) + 60);
  const model = await modelOracle(oracle, 0, new Accumulators(at, reserves, cumulatives));
  const world = { oracle, governance, pair, token0, token1, model, double };
  await touchDouble(world, at, reserves);
  return world;
}

async function modelOracle(oracle: Keep3rOracle, kp3rSide: Direction, pool: Accumulators): Promise<OracleModel> {
  const [minKp3rReserve, maxChange] = [await oracle.minKp3rReserve(), await oracle.maxChange()];
  return new OracleModel(pool, { kp3rSide, minKp3rReserve, maxChange });
}

export async function reservesOf(pool: IUniswapV2Pair): Promise<Both> {
  const [reserve0, reserve1] = await pool.getReserves();
  return [reserve0, reserve1];
}

// Changes, all at a time; the next block is its

/** Whatever `change` does to the pool, in one block. */
export async function touchPool(
  { pool, model }: ModelledPool,
  at: number,
  change: () => Promise<unknown>,
): Promise<undefined> {
  await time.setNextBlockTimestamp(at);
  await change();
  expect(await time.latest()).to.equal(at);
  model.touch(at, await reservesOf(pool));
  return undefined;
}

/** New reserves, and accumulators extended as Uniswap's pair does. */
export async function touchDouble({ double, model }: ModelledDouble, at: number, reserves: Both): Promise<void> {
  model.touch(at, reserves);
  const [cumulative0, cumulative1] = model.pool.at(BigInt(at));
  await time.setNextBlockTimestamp(at - 1);
  await double.setCumulatives(cumulative0 % PAIR_WRAP, cumulative1 % PAIR_WRAP);
  await time.setNextBlockTimestamp(at);
  await double.setReserves(...reserves, at % CLOCK_WRAP);
}

/** Lists the pair on the chain and in the model, or is refused by both; answers with what for. */
export async function list(
  { oracle, governance, pair, model }: ModelledOracle,
  at: number,
): Promise<string | undefined> {
  const refusal = refusalOf(() => model.list(at));
  await expectOutcome(at, () => oracle.connect(governance).addPair(pair), oracle, refusal);
  return refusal;
}

/** Updates the pair, which tells what the model does; answers with what it is refused for. */
export async function update({ oracle, pair, model }: ModelledOracle, at: number): Promise<string | undefined> {
  let isObserved = false;
  const refusal = refusalOf(() => (isObserved = model.update(at)));
  await time.setNextBlockTimestamp(at);
  if (refusal !== undefined) {
    await expect(oracle.update(pair)).to.be.revertedWithCustomError(oracle, refusal);
  } else if (isObserved) {
    await expect(oracle.update(pair))
      .to.emit(oracle, "PairUpdate")
      .withArgs(pair, ...model.pricesX112, model.thin);
  } else {
    await expect(oracle.update(pair)).not.to.emit(oracle, "PairUpdate");
  }
  return refusal;
}

// Comparisons, at the time of the latest block

/** Compares what is stored of the pair. */
export async function expectSameHistory({ oracle, pair, model }: ModelledOracle): Promise<void> {
  const count = model.observationCount;
  expect(await oracle.observationCount(pair)).to.equal(count);
  expect(await oracle.isThin(pair)).to.equal(model.thin);
  if (count === 0) return;

  expect(await oracle.scaleOf(pair)).to.deep.equal(model.shifts);
  for (const back of new Set([0, count >> 1, count - 1])) {
    const { at, steady } = model.observationAt(back);
    expect(await oracle.observationAt(pair, back), `observation ${back} back`).to.deep.equal([
      at % BigInt(CLOCK_WRAP),
      steady[0] % STEADY_WRAP,
      steady[1] % STEADY_WRAP,
    ]);
  }
}

/** Compares every kind of read. */
export async function expectSameReads(world: ModelledOracle, questions: Questions): Promise<void> {
  const { oracle, pair, token0, token1, model } = world;
  const { direction, amount, window, maxAge, granularity, points, step } = questions;
  const now = await time.latest();
  const [tokenIn, tokenOut] = direction === 0 ? [token0, token1] : [token1, token0];
  const pairing = [tokenIn, tokenOut] as const;

  const average = oracle
    .averagePrice(pair, tokenIn, window, maxAge)
    .then(({ averageX112, span }) => [averageX112, span]);
  await expectAnswer<bigint[]>(oracle, pair, average, model.averagePrice(now, direction, window, maxAge), pairing);
  const current = oracle.current(tokenIn, amount, tokenOut);
  await expectAnswer(oracle, pair, current, model.current(now, direction, amount), pairing);
  const quote = oracle.quote(tokenIn, amount, tokenOut, granularity);
  await expectAnswer(oracle, pair, quote, model.quote(now, direction, amount, granularity), pairing);
  const samples = oracle.sample(tokenIn, amount, tokenOut, points, step);
  await expectAnswer<bigint[]>(oracle, pair, samples, model.sample(direction, amount, points, step), pairing);
  const volatility = oracle.volatility(tokenIn, amount, tokenOut, points, step);
  await expectAnswer(oracle, pair, volatility, model.volatility(direction, amount, points, step), pairing);
}
