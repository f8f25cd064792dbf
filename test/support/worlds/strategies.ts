import { GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { ethers } from "hardhat";
import type { HostileStrategy__Mock } from "#typechain";
import { activateKeeper } from "../actors/keepers";
import { takeOver } from "../actors/owners";
import { FIRST_WORK_GAS, LATER_WORK_GAS, RATE } from "../payments/rate";
import { deployCoreWorld } from "./core";

export const GAS_PRICE = 20n * GWEI;
export const REQUIRED_GAS = 500_000n;
export const COOL_DOWN = BigInt(12 * HOUR);
/** The cost that a trigger is told for a keeper with a bond. */
export const CALL_COST = (REQUIRED_GAS * GAS_PRICE * 11n) / 10n;
/** A strategy's position yields a hundredth in 10,000 seconds: 0.1 ETH an hour from 28 invested. */
export const YIELD_RATE = WAD / 1_000_000n;

export const HARVEST = 0n;
export const TEND = 1n;

/** What a `HostileStrategy__Mock` does. */
export enum Mode {
  Honest,
  TriggerReverts,
  TriggerBurnsGas,
  TriggerBombs,
  TriggerAnswersNothing,
  HarvestReverts,
  HarvestBurnsGas,
  HarvestBombs,
}

/** The data of a work. */
export async function encode(strategy: { getAddress(): Promise<string> }, action: bigint): Promise<string> {
  return ethers.AbiCoder.defaultAbiCoder().encode(["address", "uint8"], [await strategy.getAddress(), action]);
}

/** The core world with the job, funded, an active keeper, and a strategy that isn't listed. */
export async function deployHarvestWorld() {
  const world = await deployCoreWorld();
  const { keep3r, kp3r, jobOwner, keeper } = world;
  const pricing = await ethers.deployContract("HelperPricing__Mock", [keep3r]);
  await pricing.setRate(RATE, FIRST_WORK_GAS, LATER_WORK_GAS);
  await pricing.setGasPrice(GAS_PRICE);
  await keep3r.setKeep3rHelper(pricing);
  await activateKeeper(keep3r, keeper, kp3r, WAD);

  const job = (await ethers.deployContract("StrategyHarvestJob", [keep3r, jobOwner])).connect(jobOwner);
  await takeOver(keep3r, jobOwner, job, 100n * WAD);

  const want = await ethers.deployContract("ERC20__Mock", ["Want", "WANT", 18]);
  const vault = await ethers.deployContract("YearnVault__Mock", [want]);
  await want.mint(vault, 1_000n * WAD);
  const strategy = await ethers.deployContract("YearnStrategy__Mock", [vault, job, YIELD_RATE]);
  return { ...world, pricing, job, want, vault, strategy, work: job.connect(keeper).work };
}

/** The same with the strategy listed and invested, and a yield since for as long as its least report delay. */
export async function deployWorkingStrategyWorld() {
  const world = await deployHarvestWorld();
  const { job, vault, strategy, work } = world;
  await vault.addStrategy(strategy, 100n * WAD);
  await job.addStrategy(strategy, REQUIRED_GAS, COOL_DOWN);
  await time.increase(6 * HOUR);
  await work(await encode(strategy, HARVEST));
  await time.increase(COOL_DOWN);
  return world;
}

/** The job with three listed strategies that are always ready and were never worked. */
export async function deployHostileStrategiesWorld() {
  const world = await deployHarvestWorld();
  const strategies: HostileStrategy__Mock[] = [];
  for (let i = 0; i < 3; i++) {
    const strategy = await ethers.deployContract("HostileStrategy__Mock");
    await world.job.addStrategy(strategy, REQUIRED_GAS, COOL_DOWN);
    strategies.push(strategy);
  }
  const [first, second, third] = strategies as [HostileStrategy__Mock, HostileStrategy__Mock, HostileStrategy__Mock];
  return { ...world, first, second, third };
}
