import { type Address, getAddress, maxUint256, parseUnits, zeroAddress } from "viem";
import { Failure } from "./failure.js";
import { oneLine } from "./text.js";
import { DAY, HOUR, MINUTE } from "./units.js";

/** What Keep3r takes for "all there is", where its functions say so. */
export const ALL = maxUint256;

/** Characters that a message shows of a value. */
export const LONGEST_VALUE = 100;

/** Seconds. */
const UNITS: Readonly<Record<string, number>> = { second: 1, minute: MINUTE, hour: HOUR, day: DAY };

/** An ERC-20 token, as amounts of it are read and shown. */
export interface Token {
  address: Address;
  symbol: string;
  /** 0 where the token doesn't say: amounts are then in its smallest unit. */
  decimals: number;
}

/**
 * Reads an address that somebody typed. A checksum counts if there is one.
 * @param name What the address is for, as the message names it: `--job`, `deployment.json, Keep3r`
 * @returns The address with its checksum
 * @throws {@link Failure} when it is no address, its checksum is wrong, or it is the zero address
 */
export function parseAddress(name: string, text: string): Address {
  if (!/^0x[0-9a-f]{40}$/i.test(text)) {
    throw new Failure(`${name}: "${text}" isn't an address. An address is 0x and 40 hexadecimal digits.`);
  }
  const address = getAddress(text.toLowerCase());
  if (/[a-f]/.test(text.slice(2)) && /[A-F]/.test(text.slice(2)) && address !== text) {
    throw new Failure(`${name}: the checksum of "${text}" is wrong. A digit is mistyped.`);
  }
  if (address === zeroAddress) throw new Failure(`${name}: the zero address can't be meant.`);
  return address;
}

/**
 * Reads an amount of a token that somebody typed, such as `12.5`.
 * @param name What the amount is for, as the message names it
 * @returns The amount in the token's smallest unit
 * @throws {@link Failure} when it is no plain decimal number, has more decimals than the token, is more than a contract can
 * count, or is zero and may not be
 */
export function parseAmount(
  name: string,
  text: string,
  { symbol, decimals }: Pick<Token, "symbol" | "decimals">,
  zeroAllowed = false,
): bigint {
  const shown = oneLine(text, LONGEST_VALUE);
  const [whole, fraction = ""] = /^\d+(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) {
    throw new Failure(`${name}: "${shown}" isn't an amount. Write whole ${symbol} as a plain number, such as 12.5`);
  }
  if (fraction.length > decimals) {
    throw new Failure(`${name}: "${shown}" has ${fraction.length} decimals, but ${symbol} has ${decimals}.`);
  }
  const amount = parseUnits(text, decimals);
  // The largest number stands for all there is.
  if (amount >= ALL) throw new Failure(`${name}: "${shown}" is more ${symbol} than a contract can count.`);
  if (amount === 0n && !zeroAllowed) throw new Failure(`${name}: the amount must be more than zero.`);
  return amount;
}

/**
 * Reads a span of time that somebody typed: seconds, such as `259200`, or `3 days`, `36 hours`, `10 minutes`, `1.5 hours`.
 * @param name What it is for, as the message names it
 * @returns Seconds
 * @throws {@link Failure} when it is no span, or not one of whole seconds
 */
export function parseDuration(name: string, text: string): number {
  const [, number = "", unit = "second"] =
    /^(\d{1,12}(?:\.\d{1,3})?)(?: ?(second|minute|hour|day)s?)?$/.exec(text) ?? [];
  const seconds = Number(number) * (UNITS[unit] ?? 0);
  if (number !== "" && Number.isInteger(seconds)) return seconds;
  throw new Failure(
    `${name}: "${oneLine(text, LONGEST_VALUE)}" isn't a time. Write seconds, such as 259200, or a number of minutes, hours ` +
      'or days, such as "3 days".',
  );
}

/**
 * Makes sure that something can be counted by.
 * @param name What it is, as the message names it
 * @throws {@link Failure} when it isn't a whole number of at least 1
 */
export function checkCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) throw new Failure(`${name} can't be ${value}: it must be at least 1.`);
}
