import type { Both } from "./accumulators";
import { Rational } from "./rational";
import { priceX112 } from "./twap";

const BPS = 10_000n;
const Q112 = 1n << 112n;
export const PERIOD_SIZE = 1_800n;

/** What the scaled prices of both directions come to, multiplied. */
const UNIT = 1n << 80n;
/** What both scales come to, in bits: Uniswap's prices multiply to 2^224, and the scaled ones to 2^80. */
const SHIFTS = 144n;
/** Below the highest bit of a scaled price, when its pair is listed. */
const BITS_AT_LISTING = 40n;
const [LEAST_BITS, MOST_BITS] = [56n, 168n];
/** A reading of a scaled accumulator is kept modulo this. */
const RAW_WRAP = 1n << 128n;

/** By how many bits the prices of a pair are scaled; undefined where it can't be listed. */
export function shiftsFor([reserve0, reserve1]: Both): Both | undefined {
  const bits = BigInt(priceX112(reserve0, reserve1).toString(2).length) - 1n;
  if (bits < LEAST_BITS || bits > MOST_BITS) return undefined;
  const shift0 = bits - BITS_AT_LISTING;
  return [shift0, SHIFTS - shift0];
}

/**
 * A pool's scaled mean price over a span, from its accumulator before and after. The accumulator's own wrap at 2^256 is
 * one of the scaled reading too, since no scale has more than 128 bits.
 */
export function scaledMean(from: bigint, to: bigint, shift: bigint, span: bigint): bigint {
  const [before, after] = [from, to].map((reading) => Rational.of(reading, 1n << shift).floor()) as [bigint, bigint];
  const remainder = (after - before) % RAW_WRAP;
  return Rational.of(remainder, span).floor();
}

/**
 * The steady price of a direction after a span.
 * @param last The one before; undefined when there is none yet
 * @param mean The pool's scaled mean of the direction
 * @param opposite The one of the other direction
 * @param maxChange BPS a period
 */
export function steadyPrice(
  last: bigint | undefined,
  mean: bigint,
  opposite: bigint,
  span: bigint,
  maxChange: bigint,
): bigint {
  if (last === undefined) return clamped(mean);
  if (mean === 0n || opposite === 0n) return last;

  const change = Rational.of(maxChange, BPS);
  const most = Rational.of(1n).plus(change.times(Rational.of(span, PERIOD_SIZE)));
  if (mean <= last) return clamped(larger(mean, Rational.of(last).over(most).ceil()));

  const free = Rational.of(last)
    .times(change.over(5).plus(Rational.of(1n)))
    .ceil();
  const harmonic = Rational.of(UNIT, opposite).floor();
  const believed = smaller(mean, larger(harmonic, free));
  return clamped(smaller(believed, Rational.of(last).times(most).ceil()));
}

/**
 * The price that a pair's depth is judged at: the steady one, or the market's if that is lower, but at most
 * halved for each observation in a row that has found the pair thin. A mean of nothing tells nothing.
 */
export function depthPrice(price: bigint, mean: bigint, opposite: bigint, thinFor: bigint): bigint {
  if (mean === 0n || opposite === 0n) return price;
  const lowest = Rational.of(price, 1n << thinFor).floor();
  return larger(smaller(price, mean), lowest);
}

/**
 * Whether the pool, if it stood at a price, held less than the least KP3R reserve.
 * @param k The product of its reserves
 * @param price The scaled one of KP3R
 */
export function isThin(k: bigint, minKp3rReserve: bigint, price: bigint, shift: bigint): boolean {
  const least = Rational.of(price << shift, Q112)
    .times(minKp3rReserve * minKp3rReserve)
    .floor();
  return k < least;
}

function clamped(price: bigint): bigint {
  return smaller(larger(price, 1n), UNIT - 1n);
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function larger(a: bigint, b: bigint): bigint {
  return a < b ? b : a;
}
