import { BPS, HOUR, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { ethers } from "hardhat";
import { asAmounts, planOf } from "#model/rebalance";
import type {
  ERC20__Mock,
  IRebalanceVault,
  IUniswapV2Pair,
  Keep3rOracle,
  PairVault__Mock,
  RebalanceJob,
  SandwichKeeper__Harness,
} from "#typechain";
import { activateContract, activateKeeper } from "../actors/keepers";
import { PERIOD_SIZE } from "../defaults";
import { type CoreWorld, deployCoreWorld } from "./core";
import { observe } from "./oracle";
import { deployByRecipe } from "./recipe";
import { createPair, deployTokenBeside, deployUniswapV2Factory } from "./uniswap";

export const COOLDOWN = HOUR;
const TWAP_WINDOW = 4 * HOUR;
/** The default, BPS. */
export const MAX_DEVIATION = 200n;

/** The pool: 8 of the token that the oracle prices for one of the other, a price without remainder. */
const POOL_PRICED = 16_000n;
const POOL_PAIRED = 2_000n;

export interface RebalanceWorld extends CoreWorld {
  token0: ERC20__Mock;
  token1: ERC20__Mock;
  /** A whole token0 and token1, in their own units. */
  unit0: bigint;
  unit1: bigint;
  pair: IUniswapV2Pair;
  oracle: Keep3rOracle;
  vault: PairVault__Mock;
  rebalance: RebalanceJob;
  /** A tenth of a token1. */
  minTrade: bigint;
  /** An active keeper that trades around its own work. */
  sandwich: SandwichKeeper__Harness;
}

interface Plan {
  tokenIn: string;
  amountIn: bigint;
  minAmountOut: bigint;
}

/**
 * A job for an empty vault that aims at half and half, over a pair that has kept its price for longer than the window. The
 * oracle prices one of its tokens; the other one is made beside it.
 */
export async function deployRebalanceWorldOver(
  makePaired: (priced: ERC20__Mock) => Promise<ERC20__Mock>,
): Promise<RebalanceWorld> {
  const core = await deployCoreWorld();
  const { keep3r, kp3r, jobOwner, keeper } = core;
  const factory = await deployUniswapV2Factory();
  const priced = await ethers.deployContract("ERC20__Mock", ["Priced", "PRICED", 18]);
  const paired = await makePaired(priced);
  const unit = 10n ** (await paired.decimals());
  const pair = await createPair(factory, priced, POOL_PRICED * WAD, paired, POOL_PAIRED * unit);
  const { Keep3rOracle: oracle } = await deployByRecipe(
    ["Keep3rOracle"],
    { Keep3r: keep3r, KP3R: priced, UniswapV2Factory: factory },
    { oracleOwner: ethers.ZeroAddress },
  );

  const pricedIsToken0 = (await pair.token0()) === (await priced.getAddress());
  const [token0, token1] = pricedIsToken0 ? [priced, paired] : [paired, priced];
  const [unit0, unit1] = pricedIsToken0 ? [WAD, unit] : [unit, WAD];
  const vault = await ethers.deployContract("PairVault__Mock", [pair, jobOwner, BPS / 2n]);
  const sandwich = await ethers.deployContract("SandwichKeeper__Harness");
  const world = { ...core, token0, token1, unit0, unit1, pair, oracle, vault, minTrade: unit1 / 10n, sandwich };
  const rebalance = await deployJobFor(world, vault);
  await vault.connect(jobOwner).setJob(rebalance);

  await activateContract(keep3r, sandwich, kp3r);
  await activateKeeper(keep3r, keeper, kp3r, 100n * WAD);
  await oracle.addPair(pair);
  await passWindow(world);
  return { ...world, rebalance };
}

/** The same with a plain token beside the priced one, above which it is token1. */
export function deployRebalanceWorld(side: "below" | "above" = "above", decimals = 18): Promise<RebalanceWorld> {
  return deployRebalanceWorldOver((priced) => deployTokenBeside(priced, side, decimals));
}

/** 240 token0 and 20 token1, which at 8 for one is a weight of 0.6: to be balanced, 40 token0 have to be sold. */
export async function deployDriftedWorld(): Promise<RebalanceWorld> {
  const world = await deployRebalanceWorld();
  await fill(world, 240n, 20n);
  return world;
}

/** A job of jobOwner with credits, for any vault over the pair. */
export async function deployJobFor(
  world: Pick<RebalanceWorld, "keep3r" | "jobOwner" | "pair" | "oracle" | "minTrade">,
  vault: IRebalanceVault | PairVault__Mock,
): Promise<RebalanceJob> {
  const { keep3r, jobOwner, pair, oracle, minTrade } = world;
  const job = await ethers.deployContract("RebalanceJob", [keep3r, jobOwner, vault, pair, oracle, minTrade]);
  await keep3r.forceLiquidityCreditsToJob(job, 100n * WAD);
  return job;
}

/** Waits until the mean price is the pool's price of now. */
export async function passWindow({ oracle, pair }: Pick<RebalanceWorld, "oracle" | "pair">): Promise<void> {
  await observe(oracle, pair, TWAP_WINDOW / PERIOD_SIZE + 1);
}

export async function passCooldown(): Promise<void> {
  await time.increase(COOLDOWN);
}

/** Gives the vault whole tokens. */
export async function fill({ vault, token0, token1, unit0, unit1 }: RebalanceWorld, whole0: bigint, whole1: bigint) {
  await token0.mint(vault, whole0 * unit0);
  await token1.mint(vault, whole1 * unit1);
}

/** UQ112.112 of token1 per token0, over the default window. */
export async function meanPrice({ oracle, pair, token0 }: RebalanceWorld): Promise<bigint> {
  const { averageX112 } = await oracle.averagePrice(pair, token0, TWAP_WINDOW, 2 * TWAP_WINDOW);
  return averageX112;
}

/** The trade that the job has to plan for the vault, by the model of its rule. */
export async function expectedPlan(world: RebalanceWorld, targetWeight = BPS / 2n): Promise<Plan> {
  const { vault, pair, token0, token1 } = world;
  const [held, reserves] = [await vault.holdings(), await pair.getReserves()];
  const { sells0, ...trade } = planOf(asAmounts(held), asAmounts(reserves), await meanPrice(world), targetWeight);
  return { tokenIn: await (sells0 ? token0 : token1).getAddress(), ...trade };
}
