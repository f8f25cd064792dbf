import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { ethers } from "hardhat";

const NAMES = ["governance", "jobOwner", "keeper", "disputer", "slasher", "stranger", "other"] as const;

/** Who acts in a world. Nobody has a role yet, and the stranger and the other never get one. */
export type Actors = Record<(typeof NAMES)[number], HardhatEthersSigner>;

/** The first accounts of the chain by name; governance sends every transaction that names no other sender. */
export async function nameSigners(): Promise<Actors> {
  const signers = await ethers.getSigners();
  return Object.fromEntries(NAMES.map((name, index) => [name, signers[index]])) as Actors;
}

/** So many accounts that come after those with names. */
export async function furtherSigners(count: number): Promise<HardhatEthersSigner[]> {
  return (await ethers.getSigners()).slice(NAMES.length, NAMES.length + count);
}
