import { formatEther, formatUnits } from "viem";
import type { Token } from "./values.js";
import { DAY, GWEI, HOUR, MINUTE, WAD } from "./units.js";

/**
 * An amount with 18 decimals, rounded half up: `1,234.57`.
 * @param wad In its smallest unit
 * @param decimals How many to show
 */
export function amount(wad: bigint, decimals = 2): string {
  return decimal(wad, WAD, decimals);
}

/** An amount of a token, exact, with its symbol: `12.5 USDC`. */
export function showAmount(amount: bigint, { symbol, decimals }: Pick<Token, "symbol" | "decimals">): string {
  return `${formatUnits(amount, decimals)} ${symbol}`;
}

/** An amount of ether, exact, with a decimal at least: `1.0`, `0.000021`. */
export function ether(wei: bigint): string {
  const text = formatEther(wei);
  return text.includes(".") ? text : `${text}.0`;
}

/** Wei per gas in gwei, rounded half up: `20.15`. */
export function gwei(wei: bigint, decimals = 2): string {
  return decimal(wei, GWEI, decimals);
}

/** A part of a whole, rounded half up: `120.5 %`. */
export function percent(part: bigint, whole: bigint, decimals = 1): string {
  return `${decimal(part * 100n, whole, decimals)} %`;
}

/** An integer with its thousands set apart: `1,234,567`. */
export function count(value: bigint | number): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * A time in UTC, to the minute and without the zone: `2026-01-09 13:30`.
 * @param timestamp Seconds since 1970
 */
export function moment(timestamp: number): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 16).replace("T", " ");
}

/** A span of seconds in the largest unit of which it has two: `3 days`, `36 hours`, `10 minutes`. */
export function duration(seconds: number): string {
  const [size, unit] = seconds >= 2 * DAY ? [DAY, "days"] : seconds >= 2 * HOUR ? [HOUR, "hours"] : [MINUTE, "minutes"];
  return `${Number((seconds / size).toFixed(1))} ${unit}`;
}

function decimal(value: bigint, scale: bigint, decimals: number): string {
  const unit = 10n ** BigInt(decimals);
  const sign = value < 0n ? "-" : "";
  const rounded = ((value < 0n ? -value : value) * unit * 2n + scale) / (scale * 2n);
  const fraction = decimals === 0 ? "" : `.${(rounded % unit).toString().padStart(decimals, "0")}`;
  return `${sign}${count(rounded / unit)}${fraction}`;
}
