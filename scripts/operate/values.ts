import { formatUnits, getAddress, MaxUint256, parseUnits, ZeroAddress } from "ethers";
import { Failure } from "./failure";

/** What Keep3r takes for all that there is, where it says so. */
export const ALL = MaxUint256;

export interface Token {
  address: string;
  symbol: string;
  decimals: number;
}

/** An address as it was typed: its checksum counts if it has one. */
export function parseAddress(name: string, text: string): string {
  if (!/^0x[0-9a-f]{40}$/i.test(text)) {
    throw new Failure(`${name}: "${text}" isn't an address. An address is 0x and 40 hexadecimal digits.`);
  }
  const address = checked(text);
  if (address === undefined) throw new Failure(`${name}: the checksum of "${text}" is wrong. A digit is mistyped.`);
  if (address === ZeroAddress) throw new Failure(`${name}: the zero address can't be meant.`);
  return address;
}

/** "12.5" of a token in its smallest unit. */
export function parseAmount(name: string, text: string, { symbol, decimals }: Token, zeroAllowed = false): bigint {
  const [, fraction = ""] = /^\d+(?:\.(\d+))?$/.exec(text) ?? [undefined, undefined];
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new Failure(`${name}: "${text}" isn't an amount. Write whole ${symbol} as a plain number, such as 12.5`);
  }
  if (fraction.length > decimals) {
    throw new Failure(`${name}: "${text}" has ${fraction.length} decimals, but ${symbol} has ${decimals}.`);
  }
  const amount = parseUnits(text, decimals);
  if (amount === 0n && !zeroAllowed) throw new Failure(`${name}: the amount must be more than zero.`);
  return amount;
}

export function showAmount(amount: bigint, { symbol, decimals }: Token): string {
  return `${formatUnits(amount, decimals).replace(/\.0$/, "")} ${symbol}`;
}

function checked(text: string): string | undefined {
  try {
    return getAddress(text);
  } catch {
    return undefined;
  }
}
