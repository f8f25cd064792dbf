import { DAY, GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import type { Addressable, Interface } from "ethers";
import { ethers } from "hardhat";
import type { HelperViews__Harness, Keep3rBonds__Mock, Keep3rHelper, MockV3Aggregator } from "#typechain";
import { PARAMETERS, PERIOD_SIZE } from "../defaults";
import { withBaseFee } from "../payments/landing";
import { eventIn } from "../tools/events";
import {
  deployListedOracleWorld,
  deployOracleWorld,
  KP3R_RESERVE,
  observe,
  type OracleWorld,
  Q112,
  WETH_RESERVE,
} from "./oracle";
import { deployByRecipe } from "./recipe";
import { MEAN_0 } from "./steady";

/** The gas without which the helper doesn't ask the oracle or the feed: 63/64 of it have to cover what they may use. */
export const ORACLE_GAS_NEEDED = (150_000n * 64n) / 63n + 5_000n;
export const FEED_GAS_NEEDED = (100_000n * 64n) / 63n + 5_000n;

/** Governance's quote for the bootstrap, which differs from the pool's. */
export const BOOTSTRAP_QUOTE = 7n * WAD;
/** 1000 KP3R for 100 WETH, of which the oracle's scale leaves 41 bits: ten and a few millionths of a millionth. */
export const POOL_QUOTE = (WAD * Q112) / MEAN_0;

export interface HelperWorld extends OracleWorld {
  bonds: Keep3rBonds__Mock;
  helper: Keep3rHelper;
  harness: HelperViews__Harness;
}

/** The helper over an oracle that has listed the KP3R/WETH pair a moment ago. */
export async function deployHelperWorld(): Promise<HelperWorld> {
  const world = await deployListedOracleWorld();
  const harness = await ethers.deployContract("HelperViews__Harness");
  return { ...world, ...(await deployHelperOver(world)), harness };
}

/** The same after a day, observed every period and refreshed: the oracle has taken over. */
export async function deployBootstrappedWorld(): Promise<HelperWorld> {
  const world = await deployHelperWorld();
  await observe(world.oracle, world.pair, DAY / PERIOD_SIZE);
  await world.helper.workRate(0);
  return world;
}

/** The same with Chainlink's double for a feed. */
export async function deployFeedWorld(): Promise<HelperWorld & { feed: MockV3Aggregator }> {
  const world = await deployBootstrappedWorld();
  const feed = await ethers.deployContract("MockV3Aggregator", [0, 100n * GWEI]);
  await world.helper.setFastGasFeed(feed, 3 * HOUR);
  return { ...world, feed };
}

type Pooled = Pick<OracleWorld, "oracle" | "pair">;

/** Has an observation find the pair thin, as it would be without most of its liquidity. */
export async function makeThin({ oracle, pair }: Pooled): Promise<void> {
  await oracle.setMinKp3rReserve(2n * KP3R_RESERVE);
  await observe(oracle, pair, 1);
}

/** Has an observation find it deep again. */
export async function makeDeep({ oracle, pair }: Pooled): Promise<void> {
  await oracle.setMinKp3rReserve(PARAMETERS.Keep3rOracle.minKp3rReserve.value);
  await observe(oracle, pair, 1);
}

export interface Circumstances {
  baseFee?: bigint;
  /** At least the base fee, which is its default. */
  gasPrice?: bigint;
  timestamp?: number;
  gasLimit?: number;
}

/** Asks the helper within a transaction, since a plain call has neither a base fee nor a gas price. */
export async function ask(
  { helper, harness }: Pick<HelperWorld, "helper" | "harness">,
  name: string,
  args: readonly unknown[],
  { baseFee = 0n, gasPrice = baseFee, timestamp, gasLimit = 2_000_000 }: Circumstances = {},
): Promise<{ answer: bigint[]; gasUsed: bigint }> {
  const { interface: abi }: { interface: Interface } = helper;
  if (timestamp !== undefined) await time.setNextBlockTimestamp(timestamp);
  const sent = withBaseFee(baseFee, () =>
    harness.ask(helper, abi.encodeFunctionData(name, args), { gasPrice, gasLimit }),
  );
  const { answer, gasUsed } = await eventIn(harness, harness.getEvent("Answer"), sent);
  return { answer: [...abi.decodeFunctionResult(name, answer)] as bigint[], gasUsed };
}

/** The first word of what the helper answers. */
export async function askFirst(
  world: Pick<HelperWorld, "helper" | "harness">,
  name: string,
  args: readonly unknown[],
  circumstances: Circumstances = {},
): Promise<bigint> {
  const { answer } = await ask(world, name, args, circumstances);
  return answer[0] ?? 0n;
}

/** The helper over a pair without LP tokens, which has been observed for a day. */
export async function deployEmptyPairWorld() {
  const { kp3r, weth, network, jobOwner } = await deployOracleWorld();
  const double = await ethers.deployContract("EmptyPair__Mock", [kp3r, weth]);
  await double.setReserves(KP3R_RESERVE, WETH_RESERVE, await time.latest());
  const { Keep3rOracle: oracle } = await deployByRecipe(
    ["Keep3rOracle"],
    { Keep3r: network, KP3R: kp3r, UniswapV2Factory: double, KP3R_WETH: double },
    { oracleOwner: jobOwner },
  );
  await time.increase(DAY);
  await oracle.update(double);
  const { helper } = await deployHelperOver({ kp3r, weth, oracle });
  return { double, oracle, helper };
}

/** The helper over an oracle whose mean price is set by hand, with a history that ends the bootstrap. */
export async function deployMeanPriceWorld() {
  const { kp3r, weth } = await deployOracleWorld();
  const double = await ethers.deployContract("EmptyPair__Mock", [kp3r, weth]);
  const oracle = await ethers.deployContract("MeanPrice__Mock", [kp3r, double]);
  const { helper } = await deployHelperOver({ kp3r, weth, oracle });
  await helper.setQuoteLifetime(0);
  return { double, oracle, helper };
}

/** A helper over an oracle, with governance's quote for the bootstrap, and a mock of the network whose bonds it reads. */
export async function deployHelperOver({
  kp3r,
  weth,
  oracle,
}: Pick<OracleWorld, "kp3r" | "weth"> & { oracle: Addressable }): Promise<Pick<HelperWorld, "bonds" | "helper">> {
  const bonds = await ethers.deployContract("Keep3rBonds__Mock", [kp3r]);
  const known = { Keep3r: bonds, Keep3rOracle: oracle, WETH9: weth };
  const { Keep3rHelper: helper } = await deployByRecipe(["Keep3rHelper"], known);
  await helper.setBootstrapKp3rPerEth(BOOTSTRAP_QUOTE);
  return { bonds, helper };
}
