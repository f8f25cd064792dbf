import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { Addressable } from "ethers";
import { ethers } from "hardhat";
import type { Answer } from "#model/oracle";
import type { ERC20__Mock, IUniswapV2Factory, IUniswapV2Pair, Keep3r__Mock, Keep3rOracle } from "#typechain";
import { type Actors, nameSigners } from "../actors/signers";
import { PERIOD_SIZE } from "../defaults";
import { deployByRecipe } from "./recipe";
import { createPair, deployTokenBeside, deployUniswapV2Factory } from "./uniswap";

export const Q112 = 2n ** 112n;
export const KP3R_RESERVE = 1_000n * WAD;
export const WETH_RESERVE = 100n * WAD;

export interface OracleWorld extends Actors {
  kp3r: ERC20__Mock;
  weth: ERC20__Mock;
  network: Keep3r__Mock;
  factory: IUniswapV2Factory;
  pair: IUniswapV2Pair;
  oracle: Keep3rOracle;
}

/** The oracle with a pair of 1000 KP3R and 100 WETH that isn't listed yet; KP3R is its token0. */
export async function deployOracleWorld(): Promise<OracleWorld> {
  const actors = await nameSigners();
  const { jobOwner, keeper } = actors;
  const kp3r = await ethers.deployContract("ERC20__Mock", ["Keep3r", "KP3R", 18]);
  const weth = await deployTokenBeside(kp3r, "above");
  const network = await ethers.deployContract("Keep3r__Mock");
  await network.setKeeper(keeper, true);
  const factory = await deployUniswapV2Factory();
  const pair = await createPair(factory, kp3r, KP3R_RESERVE, weth, WETH_RESERVE);
  const { Keep3rOracle: oracle } = await deployByRecipe(
    ["Keep3rOracle"],
    { Keep3r: network, KP3R: kp3r, UniswapV2Factory: factory },
    { oracleOwner: jobOwner },
  );
  return { ...actors, kp3r, weth, network, factory, pair, oracle };
}

/** The same, with the pair listed. */
export async function deployListedOracleWorld(): Promise<OracleWorld> {
  const world = await deployOracleWorld();
  await world.oracle.connect(world.governance).addPair(world.pair);
  return world;
}

/** The same, with a second pair listed, in which KP3R is token1. */
export async function deployTwoPairsWorld() {
  const world = await deployListedOracleWorld();
  const { oracle, factory, kp3r } = world;
  const token = await deployTokenBeside(kp3r, "below");
  const otherPair = await createPair(factory, kp3r, KP3R_RESERVE, token, WETH_RESERVE);
  await oracle.addPair(otherPair);
  return { ...world, otherPair };
}

/** Observes the pair this many times, one interval apart. */
export async function observe(
  oracle: Keep3rOracle,
  pair: IUniswapV2Pair,
  times: number,
  interval = PERIOD_SIZE,
): Promise<void> {
  for (let i = 0; i < times; i++) {
    await time.setNextBlockTimestamp((await time.latest()) + interval);
    await oracle.update(pair);
  }
}

/** Checks that a read of a pair and its two tokens answers as the model does, its error included. */
export async function expectAnswer<T>(
  oracle: Keep3rOracle,
  pair: string,
  read: Promise<T>,
  expected: Answer<T>,
  tokens: readonly [Addressable, Addressable],
): Promise<void> {
  if ("value" in expected) {
    expect(await read).to.deep.equal(expected.value);
    return;
  }
  const { error, numbers } = expected;
  const about = error === "NoListedPair" ? tokens : isAboutAPair(error) ? [pair] : [];
  await expect(read)
    .to.be.revertedWithCustomError(oracle, error)
    .withArgs(...about, ...numbers);
}

function isAboutAPair(error: string): boolean {
  return !["GranularityOutOfBounds", "SampleOutOfBounds", "TooFewSamples"].includes(error);
}
