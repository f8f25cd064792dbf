import { expect } from "chai";
import { greater, lesser, Rational } from "#model/rational";

const UNIT = 2n ** 80n;
const ONE = Rational.of(1n);

/** A scaled price, and how long it was the market's. */
export interface Stretch {
  price: Rational;
  seconds: bigint;
}

/** A span: the market's stretches, and a push to a price that may be anything. */
export interface PushedSpan {
  market: readonly Stretch[];
  push: Stretch;
}

const sumOf = (parts: readonly Rational[]): Rational => parts.reduce((sum, part) => sum.plus(part));
const secondsOf = (stretches: readonly Stretch[]): bigint => stretches.reduce((sum, { seconds }) => sum + seconds, 0n);

/** The scaled means of both directions over a span, exactly: of the price, and of its inverse. */
export function meansOf({ market, push }: PushedSpan): { dt: bigint; mean: Rational; opposite: Rational } {
  const all = [...market, push];
  const dt = secondsOf(all);
  const mean = sumOf(all.map(({ price, seconds }) => price.times(seconds))).over(dt);
  const opposite = sumOf(all.map(({ price, seconds }) => Rational.of(UNIT * seconds).over(price))).over(dt);
  return { dt, mean, opposite };
}

/**
 * Expects a steady price to be as near to the market and to the price before as ORC-3 has it, up to the rounding that it
 * allows.
 * @param maxChange BPS a period
 */
export function expectWithinBounds(span: PushedSpan, last: bigint, maxChange: bigint, after: bigint): void {
  const { dt, opposite } = meansOf(span);
  const prices = span.market.map(({ price }) => price);
  const [lowest, highest] = [prices.reduce(lesser), prices.reduce(greater)];
  const quiet = Rational.of(dt - span.push.seconds, dt);
  const [before, now] = [Rational.of(last), Rational.of(after)];
  const free = before.times(Rational.of(50_000n + maxChange, 50_000n));
  const most = ONE.plus(Rational.of(maxChange * dt, 10_000n * 1_800n));
  const read = opposite.floor();
  const rounding = Rational.of(2n).plus(read === 0n ? Rational.of(0n) : Rational.of(UNIT).over(opposite).over(read));

  const least = lesser(before, lowest.times(quiet));
  const greatest = greater(free, highest.over(quiet));
  expect(now.plus(rounding).isBelow(least), "below the market").to.equal(false);
  expect(greatest.plus(rounding).isBelow(now), "above the market").to.equal(false);
  expect(now.plus(rounding).isBelow(before.over(most)), "fallen faster than it may").to.equal(false);
  expect(before.times(most).plus(rounding).isBelow(now), "risen faster than it may").to.equal(false);
}
