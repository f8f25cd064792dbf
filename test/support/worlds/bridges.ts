import { HOUR, WAD } from "@keep3r-network/sdk";
import type { AddressLike, BytesLike } from "ethers";
import { ethers } from "hardhat";
import type { Account } from "#simulation/accounts";
import type { AutomationJob, HostileUpkeep__Mock, RecordingUpkeep__Mock, ResolverJob } from "#typechain";
import { takeOver } from "../actors/owners";
import { FIRST_WORK_GAS, LATER_WORK_GAS, RATE } from "../payments/rate";
import { deployActiveWorld } from "./core";

/** As IUpkeepRegistry.CheckMode and HostileUpkeep__Mock.Behaviour number them. */
export const CheckMode = { Static: 0, Undone: 1, Offchain: 2 } as const;
export const Behaviour = {
  Honest: 0,
  BurnGas: 1,
  BombReturning: 2,
  BombReverting: 3,
  Revert: 4,
  Hunger: 5,
  Call: 6,
  TryCall: 7,
} as const;

export const CONFIG = { gasLimit: 200_000n, checkGasLimit: 100_000n, interval: 1n, maxPerformData: 0n };
/** For an upkeep that is checked in simulation only, and decodes a word. */
export const OFFCHAIN_CONFIG = { ...CONFIG, maxPerformData: 32n };
/** KP3R; a work costs a few hundredths at the world's prices. */
export const BUDGET = 5n * WAD;
export const CREDITS = 50n * WAD;

const coder = ethers.AbiCoder.defaultAbiCoder();

/** The data of a work for an upkeep that is checked in the work. */
export function workData(id: bigint): string {
  return coder.encode(["uint256"], [id]);
}

/** The data of a work for an upkeep that is checked in simulation only. */
export function workDataWith(id: bigint, performData: BytesLike): string {
  return coder.encode(["uint256", "bytes"], [id, performData]);
}

export interface Registration {
  owner: AddressLike;
  target: AddressLike;
  checkData?: string;
  checkMode?: number;
  config?: typeof CONFIG;
}

export interface Registered {
  id: bigint;
  forwarder: string;
  data: string;
}

/** Limits that fit an upkeep's way of being checked. */
export function configFor(checkMode: number): typeof CONFIG {
  return checkMode === CheckMode.Offchain ? OFFCHAIN_CONFIG : CONFIG;
}

/** Has the bridge's owner register an upkeep. */
export async function registerUpkeep(
  job: AutomationJob,
  bridgeOwner: Account,
  { owner, target, checkData = "0x", checkMode = CheckMode.Static, config = configFor(checkMode) }: Registration,
): Promise<Registered> {
  const register = job.connect(bridgeOwner).register;
  const [id, forwarder] = await register.staticCall(owner, target, checkData, checkMode, config);
  await register(owner, target, checkData, checkMode, config);
  return { id, forwarder, data: workData(id) };
}

/** The core world with both bridges. They are jobOwner's; their upkeeps are to be `other`'s. */
export async function deployBridgesWorld() {
  const core = await deployActiveWorld();
  const { keep3r, jobOwner, liquidity } = core;
  const pricing = await ethers.deployContract("RewardPricing__Mock");
  await pricing.setRate(RATE, FIRST_WORK_GAS, LATER_WORK_GAS);
  await pricing.setPrice(liquidity, WAD);
  await keep3r.setKeep3rHelper(pricing);

  const automation: AutomationJob = await ethers.deployContract("AutomationJob", [keep3r, jobOwner]);
  const resolverJob: ResolverJob = await ethers.deployContract("ResolverJob", [keep3r, jobOwner]);
  for (const bridge of [automation, resolverJob]) {
    await takeOver(keep3r, jobOwner, bridge, CREDITS);
  }
  return { ...core, pricing, automation, resolverJob, upkeepOwner: core.other };
}

/** The same with an honest upkeep that is due once an hour, and has a budget. */
export async function deployAutomationWorld() {
  const world = await deployBridgesWorld();
  const { automation, jobOwner, upkeepOwner } = world;
  const upkeep: RecordingUpkeep__Mock = await ethers.deployContract("RecordingUpkeep__Mock", [HOUR]);
  const registered = await registerUpkeep(automation, jobOwner, {
    owner: upkeepOwner,
    target: upkeep,
    checkData: "0xc0de",
  });
  await automation.connect(jobOwner).setBudget(registered.id, BUDGET);
  return { ...world, ...registered, upkeep };
}

/** The same with a hostile upkeep of another owner, which has a budget, too. */
export async function deployHostileUpkeepWorld() {
  const world = await deployAutomationWorld();
  const { automation, jobOwner, stranger } = world;
  const hostile: HostileUpkeep__Mock = await ethers.deployContract("HostileUpkeep__Mock");
  const hostileUpkeep = await registerUpkeep(automation, jobOwner, { owner: stranger, target: hostile });
  await automation.connect(jobOwner).setBudget(hostileUpkeep.id, BUDGET);
  return { ...world, hostile, hostileUpkeep, attacker: stranger };
}
