import { formatUnits } from "viem";
import type { Parameter } from "./defaults.js";
import { Failure } from "./failure.js";
import { count, duration, percent } from "./format.js";
import { oneLine } from "./text.js";
import { BPS, MINUTE } from "./units.js";
import { LONGEST_VALUE, parseAmount, parseDuration } from "./values.js";

/** What a value is counted in. */
export type Measure = Pick<Parameter, "unit" | "decimals">;

/**
 * What somebody wrote for a parameter, in its unit. A time is a number of seconds, or in words: `3 days`.
 * @param name The option or key, as the message names it
 * @throws {@link Failure} when it isn't a number of that unit
 */
export function parseQuantity(name: string, text: string, { unit, decimals }: Measure): bigint {
  if (unit === "seconds") return BigInt(parseDuration(name, text));
  if (decimals > 0) return parseAmount(name, text, { symbol: unit, decimals }, true);
  if (/^\d{1,78}$/.test(text)) return BigInt(text);
  const what = unit === "BPS" ? "BPS, hundredths of a per cent" : unit;
  throw new Failure(`${name}: "${oneLine(text, LONGEST_VALUE)}" isn't a whole number of ${what}, such as 50.`);
}

/** `3 days (259200 seconds)`, `0.30 % (30 BPS)`, `3 KP3R`. */
export function showQuantity(value: bigint, { unit, decimals }: Measure): string {
  const plain = `${formatUnits(value, decimals)} ${unit}`;
  if (unit === "seconds" && value >= BigInt(MINUTE)) return `${duration(Number(value))} (${plain})`;
  if (unit === "BPS") return `${percent(value, BPS, 2)} (${plain})`;
  return unit === "gas" ? `${count(value)} gas` : plain;
}

/** `0 seconds to 90 days (7776000 seconds)`. */
export function showRange({ min, max }: Pick<Parameter, "min" | "max">, measure: Measure): string {
  return `${showQuantity(min, measure)} to ${showQuantity(max, measure)}`;
}
