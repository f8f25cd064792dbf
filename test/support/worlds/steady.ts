import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import type { ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import type { ERC20__Mock, UniswapV2Pair__Mock } from "#typechain";
import { PERIOD_SIZE } from "../defaults";
import { at } from "../tools/time";
import {
  deployListedOracleWorld,
  deployOracleWorld,
  KP3R_RESERVE,
  type OracleWorld,
  Q112,
  WETH_RESERVE,
} from "./oracle";
import { sell } from "./uniswap";

/** The pool's prices in the oracle's world, and the scale that the oracle takes for them: both lose what it takes off. */
export const PRICE_0 = (WETH_RESERVE * Q112) / KP3R_RESERVE;
export const PRICE_1 = (KP3R_RESERVE * Q112) / WETH_RESERVE;
export const SHIFT_0 = 68n;
export const SHIFT_1 = 76n;
export const STEADY_0 = PRICE_0 >> SHIFT_0;
export const STEADY_1 = PRICE_1 >> SHIFT_1;
/** What reads answer while the pool stands still. */
export const MEAN_0 = STEADY_0 << SHIFT_0;
export const MEAN_1 = STEADY_1 << SHIFT_1;

/** The scale of a pair with equal reserves, by which a price of one is 2^40 in both directions. */
export const EVEN_SHIFT = 72n;
export const EVEN = 2n ** 40n;
/** 1,180 of each token. */
export const EVEN_RESERVE = 2n ** 70n;

const CLOCK = 2 ** 32;
const ACCUMULATOR = 2n ** 256n;

export type Both = readonly [bigint, bigint];

export interface DoubleWorld extends Omit<OracleWorld, "pair" | "factory"> {
  /** A pair whose reserves and accumulators are set by hand; the factory of its oracle, too. */
  double: UniswapV2Pair__Mock;
  pair: string;
  token0: ERC20__Mock;
  token1: ERC20__Mock;
}

/** An oracle over a pair double with these reserves, which isn't listed yet; KP3R is token0 unless it is to be second. */
export async function deployDoubleWorld(
  reserves: Both = [EVEN_RESERVE, EVEN_RESERVE],
  kp3rIsSecond = false,
): Promise<DoubleWorld> {
  const world = await deployOracleWorld();
  const { kp3r, weth, network, governance } = world;
  const [token0, token1] = kp3rIsSecond ? [weth, kp3r] : [kp3r, weth];
  const double = await ethers.deployContract("UniswapV2Pair__Mock", [token0, token1]);
  await setReserves(double, reserves);
  const oracle = await ethers.deployContract("Keep3rOracle", [network, governance, double, kp3r, ethers.ZeroAddress]);
  return { ...world, oracle, double, pair: await double.getAddress(), token0, token1 };
}

/** The same, listed in the second in which the double was touched last: readings start at its accumulators. */
export async function deployListedDoubleWorld(reserves?: Both, kp3rIsSecond?: boolean): Promise<DoubleWorld> {
  const world = await deployDoubleWorld(reserves, kp3rIsSecond);
  const now = (await time.latest()) + 10;
  const [reserve0, reserve1] = await world.double.getReserves();
  await setReserves(world.double, [reserve0, reserve1], now);
  await at(now, () => world.oracle.addPair(world.double));
  return world;
}

/** The same with another observation a period later, whose means are the pool's price of one. */
export async function deploySteadyWorld(): Promise<DoubleWorld> {
  const world = await deployListedDoubleWorld();
  await observeMeans(world, [EVEN, EVEN]);
  return world;
}

/** Sets reserves that the pool has had since a time: now, unless another is named. */
export async function setReserves(double: UniswapV2Pair__Mock, [reserve0, reserve1]: Both, since?: number) {
  await double.setReserves(reserve0, reserve1, (since ?? (await time.latest())) % CLOCK);
}

/** Has the pool's accumulators grow by these means, at a scale, for so many seconds. */
export async function accumulate(
  double: UniswapV2Pair__Mock,
  [mean0, mean1]: Both,
  seconds: number,
  [shift0, shift1]: Both = [EVEN_SHIFT, EVEN_SHIFT],
): Promise<void> {
  const grow = (before: bigint, mean: bigint, shift: bigint) =>
    (before + (mean << shift) * BigInt(seconds)) % ACCUMULATOR;
  await double.setCumulatives(
    grow(await double.price0CumulativeLast(), mean0, shift0),
    grow(await double.price1CumulativeLast(), mean1, shift1),
  );
}

interface Closing {
  span?: number;
  /** Since the last second of the span; else they stay. */
  reserves?: Both;
  scale?: Both;
  /** Who closes it: by `update`, unless something else is named. */
  by?: () => Promise<ContractTransactionResponse>;
}

/** Closes a span in which these were the means, scaled, with an observation. */
export async function observeMeans(
  { oracle, double }: Pick<DoubleWorld, "oracle" | "double">,
  means: Both,
  { span = PERIOD_SIZE, reserves, scale, by = () => oracle.update(double) }: Closing = {},
): Promise<ContractTransactionResponse> {
  const now = await readyMeans({ oracle, double }, means, span, reserves, scale);
  return at(now, by);
}

/** The same, but the span ends by a read: in the block that this mines. */
export async function awaitMeans(
  world: Pick<DoubleWorld, "oracle" | "double">,
  means: Both,
  { span = PERIOD_SIZE, reserves, scale }: Omit<Closing, "by"> = {},
): Promise<void> {
  await time.increaseTo(await readyMeans(world, means, span, reserves, scale));
}

/** Sets the double as it will be at the end of the span, and tells when that is. */
async function readyMeans(
  { oracle, double }: Pick<DoubleWorld, "oracle" | "double">,
  means: Both,
  span: number,
  reserves?: Both,
  scale?: Both,
): Promise<number> {
  const { newestAge } = await oracle.historyOf(double);
  const now = (await time.latest()) - Number(newestAge) + span;
  const [reserve0, reserve1] = await double.getReserves();
  await accumulate(double, means, span, scale);
  await setReserves(double, reserves ?? [reserve0, reserve1], now);
  return now;
}

/** What `PairUpdate` tells of prices at a scale. */
export function told(
  [price0, price1]: Both,
  thin: boolean,
  [shift0, shift1]: Both = [EVEN_SHIFT, EVEN_SHIFT],
): [bigint, bigint, boolean] {
  return [price0 << shift0, price1 << shift1, thin];
}

/** Ten observations of the oracle's world, one period apart, the newest just made; the price moved after each. */
export async function deployObservedWorld() {
  const world = await deployListedOracleWorld();
  const { oracle, pair, kp3r, weth } = world;
  const listedAt = await time.latest();
  for (let i = 1; i < 10; i++) {
    await sell(pair, i % 3 === 0 ? weth : kp3r, BigInt(i) * WAD);
    await at(listedAt + i * PERIOD_SIZE, () => oracle.update(pair));
  }
  return { ...world, pairAddress: await pair.getAddress() };
}

/** The mean between two observations, counted back from the newest, of one direction; UQ112.112. */
export async function meanBetween(
  { oracle, pair }: Pick<OracleWorld, "oracle" | "pair">,
  direction: 0 | 1,
  from: number,
  to: number,
): Promise<bigint> {
  const [older, newer] = [await oracle.observationAt(pair, from), await oracle.observationAt(pair, to)];
  const { shift0, shift1 } = await oracle.scaleOf(pair);
  const [grown, shift] =
    direction === 0 ? [newer.steady0 - older.steady0, shift0] : [newer.steady1 - older.steady1, shift1];
  return (grown << shift) / (newer.timestamp - older.timestamp);
}
