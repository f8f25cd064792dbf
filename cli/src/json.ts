import type { Token } from "@keep3r-network/sdk";
import { type Address, zeroAddress } from "viem";

/** An amount as programs read it: base units, and what they are of. */
export interface AmountDocument {
  amount: bigint;
  decimals: number;
  symbol: string;
  token?: Address;
}

export const KP3R = { symbol: "KP3R", decimals: 18 };
export const ETH = { symbol: "ETH", decimals: 18 };

/** An amount of a token; of KP3R, which every network has one of, the address may be left out. */
export function amountOf(
  amount: bigint,
  { symbol, decimals, address }: Omit<Token, "address"> & Partial<Token> = KP3R,
): AmountDocument {
  return { amount, decimals, symbol, ...(address === undefined ? {} : { token: address }) };
}

/** An address, or null for the zero address. */
export function addressOrNull(address: Address): Address | null {
  return address === zeroAddress ? null : address;
}

/** A time in seconds since 1970, or null for never. */
export function momentOrNull(timestamp: bigint): number | null {
  return timestamp === 0n ? null : Number(timestamp);
}

/** One document, on stdout. */
export function printDocument(document: object): void {
  console.log(serialize(document));
}

/** Integers of contracts become decimal strings: JSON's numbers would lose digits. */
export function serialize(document: object): string {
  return JSON.stringify(document, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value), 2);
}

/** `can be activated` as a name: `canBeActivated`. */
export function nameOf(label: string): string {
  return label.replace(/[^A-Za-z0-9]+(.)/g, (_, letter: string) => letter.toUpperCase());
}
