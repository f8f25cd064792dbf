import { BPS, Failure } from "@keep3r-network/sdk";
import type { Option, Options } from "../options.js";
import type { Session } from "../session.js";

/** How far prices may be from what they should be, in BPS. */
export interface PriceBounds {
  /** How much less than at the pool's price the sender may get. */
  slippage: bigint;
  /** How far the pool's price may be from the network's mean. */
  deviation: bigint;
}

interface PercentBounds {
  /** As it is typed. */
  usual: string;
  /** Percent. */
  min: number;
  max: number;
}

/** The pool's fee and the purchase's own part in the price are within the slippage, so that less could never be kept. */
const SLIPPAGE: PercentBounds = { usual: "1", min: 0.5, max: 10 };
const DEVIATION: PercentBounds = { usual: "5", min: 0.5, max: 50 };

export const BOUND_OPTIONS: Options = {
  slippage: percentOption("how much less than at the pool's price you may get, its fee included", SLIPPAGE),
  deviation: percentOption("how far the pool's price may be from the network's mean", DEVIATION),
};

/** The bounds that were given, or the usual ones. */
export function boundsOf(session: Session): PriceBounds {
  const read = (name: string, bounds: PercentBounds): bigint =>
    parsePercent(name, session.has(name) ? session.text(name) : bounds.usual, bounds);
  return { slippage: read("slippage", SLIPPAGE), deviation: read("deviation", DEVIATION) };
}

function percentOption(about: string, bounds: PercentBounds): Option {
  const { usual, min, max } = bounds;
  return {
    value: "PERCENT",
    about: `${about}, from ${min} to ${max}; ${usual} if left out`,
    check: (name, text) => void parsePercent(name, text, bounds),
  };
}

/** @returns BPS */
function parsePercent(name: string, text: string, { usual, min, max }: PercentBounds): bigint {
  const percent = /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Number(text) : NaN;
  if (percent >= min && percent <= max) return BigInt(Math.round((percent * Number(BPS)) / 100));
  throw new Failure(
    `--${name}: "${text}" isn't a percentage from ${min} to ${max} with at most two decimals, such as ${usual}.`,
  );
}
