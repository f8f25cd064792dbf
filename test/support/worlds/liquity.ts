import { WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { expect } from "chai";
import { ethers } from "hardhat";
import type { LUSDToken__Mock, MockV3Aggregator, TroveManager__Mock } from "#typechain";
import { activateContract } from "../actors/keepers";
import { takeOver } from "../actors/owners";
import { furtherSigners } from "../actors/signers";
import { deployActiveWorld } from "./core";

/** Dollars for an ether, in the feed's 8 decimals. */
export const DOLLAR = 10n ** 8n;
export const LUSD_COMPENSATION = 200n * WAD;
export const COLL_COMPENSATION_DIVISOR = 200n;

export enum Beneficiary {
  Treasury,
  Keeper,
}

/** What an `EtherReceiver__Mock` does with ether. */
export enum Mode {
  Accept,
  Refuse,
  BurnGas,
  Exhaust,
}

export interface Liquity {
  feed: MockV3Aggregator;
  troveManager: TroveManager__Mock;
  lusd: LUSDToken__Mock;
}

/** Liquity without a trove, ether at 2,000 dollars. */
export async function deployLiquity(kind: "TroveManager__Mock" | "SilentTroveManager__Mock" = "TroveManager__Mock") {
  const feed = await ethers.deployContract("MockV3Aggregator", [8, 2_000n * DOLLAR]);
  const troveManager = await ethers.deployContract(kind as "TroveManager__Mock", [feed]);
  const lusd = await ethers.getContractAt("LUSDToken__Mock", await troveManager.lusdToken());
  return { feed, troveManager, lusd };
}

/** Opens a trove of 1,800 LUSD and the 200 LUSD that Liquity sets aside. */
export async function openTrove(
  { troveManager }: Liquity,
  borrower: HardhatEthersSigner,
  ether: bigint,
  lusd = 1_800n * WAD,
) {
  await troveManager.connect(borrower).openTrove(lusd, { value: ether });
}

/**
 * The job, funded, over Liquity with one safe trove of a whale, which keeps it out of recovery mode, and three of 1.2, 1.3
 * and 1.4 ether, whose collateral ratios are 120, 130 and 140 % at 2,000 dollars.
 */
export async function deployLiquidationWorld() {
  const core = await deployActiveWorld();
  const { keep3r, kp3r, jobOwner, keeper } = core;
  const [whale, first, second, third] = (await furtherSigners(4)) as [
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
  ];
  const liquity = await deployLiquity();
  await openTrove(liquity, whale, 100n * WAD, 10_000n * WAD);
  for (const [i, borrower] of [first, second, third].entries()) {
    await openTrove(liquity, borrower, WAD + (WAD / 10n) * BigInt(i + 2));
  }

  const treasury = await ethers.deployContract("EtherReceiver__Mock");
  const args = [keep3r, jobOwner, liquity.troveManager, treasury, Beneficiary.Treasury] as const;
  const job = (await ethers.deployContract("LiquidationJob", [...args])).connect(jobOwner);
  await takeOver(keep3r, jobOwner, job, 100n * WAD);

  const contractKeeper = await ethers.deployContract("EtherReceiver__Mock");
  await activateContract(keep3r, contractKeeper, kp3r);
  // The wait for the keeper has made the answer old
  await liquity.feed.updateAnswer(2_000n * DOLLAR);
  const work = job.connect(keeper).work;
  return { ...core, ...liquity, whale, first, second, third, treasury, job, contractKeeper, work };
}

/** The same with ether at 1,750 dollars: the troves are at 105, 113.75 and 122.5 %. */
export async function deployOneUnsafeWorld() {
  const world = await deployLiquidationWorld();
  await world.feed.updateAnswer(1_750n * DOLLAR);
  return world;
}

/** The same with ether at 1,500 dollars: at 90, 97.5 and 105 %. */
export async function deployAllUnsafeWorld() {
  const world = await deployLiquidationWorld();
  await world.feed.updateAnswer(1_500n * DOLLAR);
  return world;
}

export function encodeWork(n: number | bigint, borrowers: readonly { address: string }[] = []): string {
  return ethers.AbiCoder.defaultAbiCoder().encode(
    ["uint256", "address[]"],
    [n, borrowers.map(({ address }) => address)],
  );
}

/** Expects that nothing was made or lost: the pools have the ether of the books, and LUSD's supply is the debt. */
export async function expectConserved({ troveManager, lusd }: Liquity): Promise<void> {
  const pool = await ethers.provider.getBalance(await troveManager.activePool());
  expect(pool).to.equal((await troveManager.getEntireSystemColl()) + (await troveManager.totalSurplus()));
  expect(await lusd.totalSupply()).to.equal(await troveManager.getEntireSystemDebt());
  expect(await lusd.balanceOf(await troveManager.gasPool())).to.equal(
    LUSD_COMPENSATION * (await troveManager.getTroveOwnersCount()),
  );
}
