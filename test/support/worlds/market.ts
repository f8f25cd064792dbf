import { DAY, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import { type Keep3rHelper, Keep3rOracle__factory } from "#typechain";
import { PERIOD_SIZE } from "../defaults";
import { deployHelperOver } from "./helper";
import { deployOracleWorld, KP3R_RESERVE, observe, type OracleWorld, Q112, WETH_RESERVE } from "./oracle";
import { inOneBlock } from "./uniswap";

/** What the pool's price comes to while nobody moves it. */
const FAIR_KP3R_PER_ETH = (KP3R_RESERVE * WAD) / WETH_RESERVE;

/** Ethereum's time of a block, seconds. */
export const BLOCK = 12;

/** Everything in a market goes into blocks at times of its own choice, so gas can't be estimated. */
const UNESTIMATED = { gasLimit: 2_000_000 };

/** A pool of 1000 KP3R and 100 WETH, an oracle that observes it, and a helper that quotes by the oracle. */
export interface Market extends OracleWorld {
  helper: Keep3rHelper;
  /** Times of a replay are counted from here: the newest observation, or the listing. */
  start: number;
}

/** Something that happens in a market at a time: transactions of one block. */
export interface Action {
  /** Seconds since the market's start. */
  at: number;
  act: (market: Market) => Promise<unknown>;
}

export interface Replay {
  actions: readonly Action[];
  /** When payments ask the helper for a quote; seconds since the market's start. */
  paidAt: readonly number[];
  /** The fair price as a multiple of that at the start; 1 unless somebody says otherwise. */
  fair?: (at: number) => number;
}

/** What a payment at a time would be, as a part of what is fair; none when the helper refuses to quote. */
export interface Quoted {
  at: number;
  ratio: number | "StaleQuote";
}

/** Our oracle, which has listed the pool this moment. */
export const deployListedMarket = () => deployMarket(false);
/** The old rule's, likewise. */
export const deployNaiveListedMarket = () => deployMarket(true);
/** Our oracle after a day in which it observed the pool every period. */
export const deployObservedMarket = () => deployMarket(false).then(observeForADay);
/** The old rule's, likewise. */
export const deployNaiveObservedMarket = () => deployMarket(true).then(observeForADay);

async function deployMarket(naive: boolean): Promise<Market> {
  const world = await deployOracleWorld();
  if (naive) {
    const { network, factory, kp3r, governance } = world;
    const contract = await ethers.deployContract("NaiveOracle__Mock", [network, factory, kp3r]);
    world.oracle = Keep3rOracle__factory.connect(await contract.getAddress(), governance);
  }
  const { helper } = await deployHelperOver(world);
  // Every payment takes a fresh quote, so that none hides behind an older one
  await helper.setQuoteLifetime(0);
  await world.oracle.addPair(world.pair);
  return { ...world, helper, start: await time.latest() };
}

async function observeForADay(market: Market): Promise<Market> {
  await observe(market.oracle, market.pair, DAY / PERIOD_SIZE);
  const start = await time.latest();
  await market.helper.workRate(0);
  return { ...market, start };
}

/** Times from one to another, both included. */
export function every(seconds: number, from: number, to: number): number[] {
  return Array.from({ length: Math.floor((to - from) / seconds) + 1 }, (_, i) => from + i * seconds);
}

/** An observation by anyone. */
function observation(at: number): Action {
  return { at, act: ({ oracle, pair }) => oracle.update(pair, UNESTIMATED) };
}

/** Observations as soon as they are due, from one time to another. */
export function observations(from: number, to: number): Action[] {
  return every(PERIOD_SIZE, from, to).map(observation);
}

/** One swap moves the pool's price to a multiple of that at the start. */
export function move(at: number, factor: number): Action {
  return { at, act: (market) => movePrice(market, factor) };
}

/** The price is pushed to a multiple for a while, a block unless somebody says otherwise, and put back. */
export function push(at: number, factor: number, seconds = BLOCK): Action[] {
  return [move(at, factor), move(at + seconds, 1)];
}

/** Liquidity is taken out of the pool until this much KP3R is left. */
export function withdrawal(at: number, kp3rLeft: bigint): Action {
  return { at, act: (market) => withdraw(market, kp3rLeft) };
}

/** Liquidity is there for an observation and gone in the same block. */
export function flashMintedObservation(at: number, kp3r: bigint): Action {
  return {
    at,
    act: async (market) => {
      const minted = await deposit(market, kp3r);
      await market.oracle.update(market.pair, UNESTIMATED);
      await burn(market, minted);
    },
  };
}

/** Liquidity is added with this much KP3R. */
export function addition(at: number, kp3r: bigint): Action {
  return { at, act: (market) => deposit(market, kp3r) };
}

/** Somebody gives the pool KP3R for nothing. */
export function donation(at: number, amount: bigint): Action {
  return {
    at,
    act: async ({ pair, kp3r }) => {
      await kp3r.mint(pair, amount, UNESTIMATED);
      await pair.sync(UNESTIMATED);
    },
  };
}

/** Governance takes the pool off the list. */
export function delisting(at: number): Action {
  return { at, act: ({ oracle, pair }) => oracle.removePair(pair, UNESTIMATED) };
}

/** Governance lists the pool again. */
export function relisting(at: number): Action {
  return { at, act: ({ oracle, pair }) => oracle.addPair(pair, UNESTIMATED) };
}

/** Plays what happens in a market, block by block, and tells what payments were quoted. */
export async function replay(market: Market, { actions, paidAt, fair = () => 1 }: Replay): Promise<Quoted[]> {
  const { helper, start } = market;
  const quoted: Quoted[] = [];
  for (const at of [...new Set([...actions.map((action) => action.at), ...paidAt])].sort((a, b) => a - b)) {
    let payment: ContractTransactionResponse | undefined;
    const land = async () => {
      for (const action of actions) if (action.at === at) await action.act(market);
      if (paidAt.includes(at)) payment = await helper.workRate(0, UNESTIMATED);
    };
    await inOneBlock(land, start + at);
    if (payment === undefined) continue;

    const { status } = (await ethers.provider.getTransactionReceipt(payment.hash)) ?? {};
    if (status !== 1) await expect(helper.workRate.staticCall(0)).to.be.revertedWithCustomError(helper, "StaleQuote");
    const { kp3rPerEth } = await helper.cachedQuote();
    quoted.push({
      at,
      ratio: status === 1 ? (Number(kp3rPerEth) / Number(FAIR_KP3R_PER_ETH)) * fair(at) : "StaleQuote",
    });
  }
  return quoted;
}

async function movePrice({ pair, kp3r, weth, governance }: Market, factor: number): Promise<void> {
  const [reserveKp3r, reserveWeth] = await pair.getReserves();
  const [reserveIn, reserveOut, tokenIn] =
    priceOf(reserveKp3r, reserveWeth) < factor
      ? ([reserveWeth, reserveKp3r, weth] as const)
      : ([reserveKp3r, reserveWeth, kp3r] as const);
  const rises = tokenIn === weth;
  const isReached = (amountIn: bigint) => {
    const [afterIn, afterOut] = [reserveIn + amountIn, reserveOut - amountOutOf(amountIn, reserveIn, reserveOut)];
    return rises ? priceOf(afterOut, afterIn) >= factor : priceOf(afterIn, afterOut) <= factor;
  };
  const amountIn = leastOf(isReached);

  await tokenIn.mint(pair, amountIn, UNESTIMATED);
  const amountOut = amountOutOf(amountIn, reserveIn, reserveOut);
  await pair.swap(rises ? amountOut : 0n, rises ? 0n : amountOut, governance, "0x", UNESTIMATED);
}

/** A price of KP3R as a multiple of that at the start. */
function priceOf(reserveKp3r: bigint, reserveWeth: bigint): number {
  return Number((reserveWeth * FAIR_KP3R_PER_ETH * Q112) / (reserveKp3r * WAD)) / Number(Q112);
}

/** Uniswap's own formula, fee included. */
function amountOutOf(amountIn: bigint, reserveIn: bigint, reserveOut: bigint): bigint {
  const withFee = amountIn * 997n;
  return (withFee * reserveOut) / (reserveIn * 1000n + withFee);
}

/** The least amount for which something holds that holds for all above. */
function leastOf(holds: (amount: bigint) => boolean): bigint {
  let [low, high] = [0n, 1n];
  while (!holds(high)) [low, high] = [high, high * 2n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

async function withdraw(market: Market, kp3rLeft: bigint): Promise<void> {
  const [reserveKp3r] = await market.pair.getReserves();
  const supply = await market.pair.totalSupply();
  await burn(market, supply - (supply * kp3rLeft) / reserveKp3r);
}

/** Adds both tokens at the pool's price; returns the LP tokens that governance gets. */
async function deposit({ pair, kp3r, weth, governance }: Market, amount: bigint): Promise<bigint> {
  const [reserveKp3r, reserveWeth] = await pair.getReserves();
  const supply = await pair.totalSupply();
  const paired = (amount * reserveWeth) / reserveKp3r;
  await kp3r.mint(pair, amount, UNESTIMATED);
  await weth.mint(pair, paired, UNESTIMATED);
  await pair.mint(governance, UNESTIMATED);
  const [byKp3r, byWeth] = [(amount * supply) / reserveKp3r, (paired * supply) / reserveWeth];
  return byKp3r < byWeth ? byKp3r : byWeth;
}

async function burn({ pair, governance }: Market, liquidity: bigint): Promise<void> {
  await pair.transfer(pair, liquidity, UNESTIMATED);
  await pair.burn(governance, UNESTIMATED);
}
