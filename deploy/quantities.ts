import { duration, Failure, type Parameter, parseAmount } from "@keep3r-network/sdk";
import { formatUnits } from "viem";

type Measure = Pick<Parameter, "min" | "max" | "decimals" | "unit">;

/** Seconds. */
const SPANS: Readonly<Record<string, bigint>> = { second: 1n, minute: 60n, hour: 3_600n, day: 86_400n };

/** A value of a parameter with its unit, and times in words, too: `30 BPS`, `259200 seconds (3 days)`. */
export function showQuantity(value: bigint, { decimals, unit }: Pick<Parameter, "decimals" | "unit">): string {
  const words = unit === "seconds" && value >= 60n ? ` (${duration(Number(value))})` : "";
  return `${formatUnits(value, decimals)} ${unit}${words}`;
}

/** `from 0 BPS to 1000 BPS`. */
export function boundsOf(measure: Measure): string {
  return `from ${showQuantity(measure.min, measure)} to ${showQuantity(measure.max, measure)}`;
}

/**
 * What somebody wrote for a parameter. A time is a number of seconds, or of a unit that stands behind it: `3 days`.
 * @param name The key, as the message names it
 * @throws {@link Failure} when it isn't a number, or out of its bounds
 */
export function parseQuantity(name: string, text: string, measure: Measure): bigint {
  const value = measure.unit === "seconds" ? secondsIn(name, text) : numberIn(name, text, measure);
  if (value < measure.min || value > measure.max) {
    throw new Failure(`${name}: "${text}" is out of bounds. It may be ${boundsOf(measure)}.`);
  }
  return value;
}

function numberIn(name: string, text: string, { decimals, unit }: Measure): bigint {
  if (decimals === 0 && !/^\d+$/.test(text)) {
    throw new Failure(`${name}: "${text}" isn't a whole number of ${unit}, such as "50".`);
  }
  return parseAmount(name, text, { symbol: unit, decimals }, true);
}

function secondsIn(name: string, text: string): bigint {
  const [, count, unit = "second"] = /^(\d+)(?: (second|minute|hour|day)s?)?$/.exec(text) ?? [];
  const span = SPANS[unit];
  if (count === undefined || span === undefined) {
    throw new Failure(
      `${name}: "${text}" isn't a time. Write whole seconds, such as "259200", or "3 days", "12 hours", "30 minutes".`,
    );
  }
  return BigInt(count) * span;
}
