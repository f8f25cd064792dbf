import { type Address, type Hex, toHex } from "viem";
import { mnemonicToAccount } from "viem/accounts";

/** The phrase of every development node's accounts. Everyone knows it. */
const PHRASE = "test test test test test test test test test test test junk";

/** Who takes part in a local network, in the order of the chain's accounts. */
export const LOCAL_ROLES = [
  /** Deploys everything and holds every privilege. */
  "governance",
  /** Owns the oracle as a job. */
  "jobOwner",
  /** Bonds, works, and is paid. */
  "keeper",
  /** Buys and sells KP3R. */
  "trader",
  /** Anyone at all: observes prices for free. */
  "passerby",
  /** Reports gas prices to the feed. */
  "reporter",
  "disputer",
  "slasher",
] as const;

export type LocalRole = (typeof LOCAL_ROLES)[number];

/** An account of a local chain. */
export interface LocalAccount {
  address: Address;
  privateKey: Hex;
}

/**
 * An account of a development node by its place. Everyone has its key: send it nothing of value.
 * @param index From 0; those of {@link LOCAL_ROLES} come first
 */
export function localAccount(index: number): LocalAccount {
  const account = mnemonicToAccount(PHRASE, { addressIndex: index });
  const { privateKey } = account.getHdKey();
  if (privateKey === null) throw new Error(`The phrase has no key of index ${index}.`);
  return { address: account.address, privateKey: toHex(privateKey) };
}
