import { DAY, GWEI, WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import type { BaseContract } from "ethers";
import { ethers } from "hardhat";
import vectors from "#root/test/vectors.json";
import type {
  ERC20__Mock,
  HegicHelper__Mock,
  HegicOptions__Mock,
  HegicPool__Mock,
  HegicSimpleUnlockJob,
  HegicUnlockJob,
  MockV3Aggregator,
} from "#typechain";
import { takeOver } from "../actors/owners";
import { furtherSigners } from "../actors/signers";
import { FIRST_WORK_GAS, LATER_WORK_GAS, RATE } from "../payments/rate";
import { grant } from "../tokens/grants";
import { eventIn } from "../tools/events";
import { type CoreWorld, deployActiveWorld } from "./core";

export const HEGIC_VECTORS = vectors["hegic weighted value = usage * value / 80"];

export const PUT = 1;
export const CALL = 2;
/** States of an option. */
export const ACTIVE = 1n;
export const EXERCISED = 2n;
export const EXPIRED = 3n;

/** USD, 8 decimals. */
export const ETHER_PRICE = 600n * 10n ** 8n;
export const BITCOIN_PRICE = 18_000n * 10n ** 8n;
/** Wei for a bitcoin. */
export const BITCOIN_IN_WEI = 30n * WAD;
export const SATOSHIS = 10n ** 8n;

export const SCAN_WINDOW = 500n;
export const MAX_OPTIONS = 50n;
export const PROVIDED = 100n * WAD;
export const UNLOCK_GAS = 175_000n;
/** The cost of an option by the rule: at 18 gwei, and at a boost of 1.1. */
export const COST = (UNLOCK_GAS * 18n * GWEI * 11n) / 10n;

export interface HegicWorld extends CoreWorld {
  provider: HardhatEthersSigner;
  buyer: HardhatEthersSigner;
  staker: HardhatEthersSigner;
  /** A helper whose gas price is set by hand. */
  helper: HegicHelper__Mock;
  /** The price of an ether in USD. */
  etherPrice: MockV3Aggregator;
  options: HegicOptions__Mock;
  pool: HegicPool__Mock;
  simpleJob: HegicSimpleUnlockJob;
  unlockJob: HegicUnlockJob;
}

/** Hegic's ether pool with 100 ether in it, and both jobs for it with credits in plenty. */
export async function deployHegicWorld(): Promise<HegicWorld> {
  const core = await deployActiveWorld();
  const { keep3r, jobOwner } = core;
  const [provider, buyer, staker] = (await furtherSigners(3)) as [
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
  ];

  const helper = await ethers.deployContract("HegicHelper__Mock", [keep3r, 18n * GWEI]);
  await helper.setRate(RATE, FIRST_WORK_GAS, LATER_WORK_GAS);
  await keep3r.setKeep3rHelper(helper);

  const etherPrice = await ethers.deployContract("MockV3Aggregator", [8, ETHER_PRICE]);
  const options = await ethers.deployContract("HegicOptions__Mock", [ethers.ZeroAddress, etherPrice, staker]);
  const pool = await poolOf(options);
  await pool.connect(provider).provide(PROVIDED, { value: PROVIDED });

  const simpleJob = await ethers.deployContract("HegicSimpleUnlockJob", [keep3r, jobOwner, options]);
  const unlockJob = await ethers.deployContract("HegicUnlockJob", [keep3r, jobOwner, options, ...IN_ETHER]);
  for (const job of [simpleJob, unlockJob]) {
    await takeOver(keep3r, jobOwner, job, 1_000n * WAD);
  }
  return { ...core, provider, buyer, staker, helper, etherPrice, options, pool, simpleJob, unlockJob };
}

/** The last arguments of a job for a pool in ether. */
export const IN_ETHER = [ethers.ZeroAddress, 18, 0] as const;

export interface HegicWbtcWorld extends HegicWorld {
  wbtc: ERC20__Mock;
  /** The price of a bitcoin in wei. */
  feed: MockV3Aggregator;
  wbtcOptions: HegicOptions__Mock;
  wbtcPool: HegicPool__Mock;
  wbtcJob: HegicUnlockJob;
}

/** The same with Hegic's WBTC pool, 10 WBTC in it, and a job for it. */
export async function deployHegicWbtcWorld(): Promise<HegicWbtcWorld> {
  const hegic = await deployHegicWorld();
  const { keep3r, jobOwner, provider, buyer, staker } = hegic;
  const wbtc = await ethers.deployContract("ERC20__Mock", ["Wrapped BTC", "WBTC", 8]);
  const price = await ethers.deployContract("MockV3Aggregator", [8, BITCOIN_PRICE]);
  const wbtcOptions = await ethers.deployContract("HegicOptions__Mock", [wbtc, price, staker]);
  const wbtcPool = await poolOf(wbtcOptions);
  for (const spender of [wbtcPool, wbtcOptions]) await grant(wbtc, [provider, buyer], spender, 50n * SATOSHIS);
  await wbtcPool.connect(provider).provide(10n * SATOSHIS);

  const feed = await ethers.deployContract("MockV3Aggregator", [18, BITCOIN_IN_WEI]);
  const wbtcJob = await ethers.deployContract("HegicUnlockJob", [keep3r, jobOwner, wbtcOptions, feed, 8, DAY]);
  await takeOver(keep3r, jobOwner, wbtcJob, 1_000n * WAD);
  return { ...hegic, wbtc, feed, wbtcOptions, wbtcPool, wbtcJob };
}

export async function poolOf(options: { pool: HegicOptions__Mock["pool"] }): Promise<HegicPool__Mock> {
  return ethers.getContractAt("HegicPool__Mock", await options.pool());
}

/** Buys an option at the money, by default for a day, and returns its id. The first one is 0. */
export async function buy(
  { buyer }: Pick<HegicWorld, "buyer">,
  options: HegicOptions__Mock,
  amount: bigint,
  { period = DAY, type = CALL, strike }: { period?: number; type?: number; strike?: bigint } = {},
): Promise<bigint> {
  const at = strike ?? (await options.currentPrice());
  const [total] = await options.fees(period, amount, at, type);
  const inEther = (await (await poolOf(options)).token()) === ethers.ZeroAddress;
  const sent = options.connect(buyer).create(period, amount, at, type, { value: inEther ? total : 0n });
  const { id } = await eventIn(options, options.getEvent("Create"), sent);
  return id;
}

/** Buys options for a day, one after the other, and waits until all of them are over. */
export async function buyAndWait(
  world: Pick<HegicWorld, "buyer">,
  options: HegicOptions__Mock,
  amounts: readonly bigint[],
): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (const amount of amounts) ids.push(await buy(world, options, amount));
  await time.increase(DAY + 1);
  return ids;
}

/** Buys an option of 5 ether from a misbehaving contract, with 10 ether in its pool, and waits until it is over. */
export async function writeOne(world: HegicWorld, misbehaving: BaseContract): Promise<bigint> {
  const options = await ethers.getContractAt("HegicOptions__Mock", await misbehaving.getAddress());
  const pool = await poolOf(options);
  await pool.connect(world.provider).provide(10n * WAD, { value: 10n * WAD });
  return valueOf(options, await buyAndWait(world, options, [5n * WAD]));
}

/** The capital that unlocking the options frees. */
export async function valueOf(options: HegicOptions__Mock, ids: readonly bigint[]): Promise<bigint> {
  let total = 0n;
  for (const id of ids) {
    const { lockedAmount, premium } = await options.options(id);
    total += lockedAmount + premium;
  }
  return total;
}

export async function stateOf(options: HegicOptions__Mock, id: bigint): Promise<bigint> {
  return (await options.options(id)).state;
}

/** The data of `work`. */
export function encodeIds(ids: readonly bigint[]): string {
  return ethers.AbiCoder.defaultAbiCoder().encode(["uint256[]"], [ids]);
}

export function encodeId(id: bigint): string {
  return ethers.AbiCoder.defaultAbiCoder().encode(["uint256"], [id]);
}

export function decodeIds(data: string): bigint[] {
  const [ids] = ethers.AbiCoder.defaultAbiCoder().decode(["uint256[]"], data) as unknown as [bigint[]];
  return [...ids];
}

/** A number as the vectors write it: 4.25e18. */
export function parse(text: string): bigint {
  const [digits = "", exponent = "0"] = text.split("e");
  return ethers.parseUnits(digits, Number(exponent));
}
