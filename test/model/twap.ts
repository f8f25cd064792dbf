import { Rational } from "./rational";

/** What a read answers: its value, or the error that it reverts with. */
export type Answer<T> =
  { value: T } | { error: "InsufficientHistory" | "StalePrice"; required: bigint; actual: bigint };

export type Direction = 0 | 1;
type Cumulatives = readonly [bigint, bigint];

const Q112 = 1n << 112n;
const PERIOD_SIZE = 1800n;
const RING_SIZE = 128;
const MAX_SPAN = 1n << 18n;
const MAX_AGE = 172_800n;

/** A pair's price, UQ112.112 and rounded down as Uniswap does; nothing without reserves. */
export function priceX112(reserveIn: bigint, reserveOut: bigint): bigint {
  if (reserveIn === 0n || reserveOut === 0n) return 0n;
  return Rational.of(reserveOut, reserveIn).times(Q112).floor();
}

/** The mean of what an accumulator grew by. */
export function meanX112(grown: bigint, span: bigint): bigint {
  return Rational.of(grown, span).floor();
}

export function amountOut(amountIn: bigint, averageX112: bigint): bigint {
  return Rational.of(averageX112, Q112).times(amountIn).floor();
}

/** The sample standard deviation (n - 1). */
export function standardDeviation(samples: readonly bigint[]): bigint {
  const mean = Rational.of(
    samples.reduce((sum, sample) => sum + sample, 0n),
    samples.length,
  );
  const distances = samples.map((sample) => Rational.of(sample).minus(mean));
  const squares = distances.reduce((sum, distance) => sum.plus(distance.times(distance)), Rational.of(0n));
  return squares.over(samples.length - 1).floorRoot();
}

/**
 * The oracle in plain integers: accumulators and times without bounds, observations in a list, searched one by one.
 * Only the rounding of a price (Uniswap's) and the one of the answer are modelled.
 */
export class TwapModel {
  #reserves: Cumulatives;
  #cumulatives: Cumulatives;
  #touchedAt: bigint;
  #observations: { at: bigint; cumulatives: Cumulatives }[] = [];

  constructor(touchedAt: number, reserves: Cumulatives, cumulatives: Cumulatives = [0n, 0n]) {
    this.#touchedAt = BigInt(touchedAt);
    this.#reserves = reserves;
    this.#cumulatives = cumulatives;
  }

  /** Remembers its state, and returns what brings it back. */
  mark(): () => void {
    const [touchedAt, reserves, cumulatives] = [this.#touchedAt, this.#reserves, this.#cumulatives];
    const observations = [...this.#observations];
    return () => {
      [this.#touchedAt, this.#reserves, this.#cumulatives] = [touchedAt, reserves, cumulatives];
      this.#observations = [...observations];
    };
  }

  get observationCount(): number {
    return this.#observations.length;
  }

  /** The pool changed at a time. */
  touch(at: number, reserves: Cumulatives): void {
    this.#cumulatives = this.cumulativesAt(at);
    this.#touchedAt = BigInt(at);
    this.#reserves = reserves;
  }

  /** Somebody called update; true when it is recorded. */
  update(at: number): boolean {
    const newest = this.#observations.at(-1);
    if (newest !== undefined && BigInt(at) - newest.at < PERIOD_SIZE) return false;

    this.#observations.push({ at: BigInt(at), cumulatives: this.cumulativesAt(at) });
    if (this.#observations.length > RING_SIZE) this.#observations.shift();
    return true;
  }

  cumulativesAt(at: number): Cumulatives {
    const duration = BigInt(at) - this.#touchedAt;
    const [reserve0, reserve1] = this.#reserves;
    return [
      this.#cumulatives[0] + priceX112(reserve0, reserve1) * duration,
      this.#cumulatives[1] + priceX112(reserve1, reserve0) * duration,
    ];
  }

  averagePrice(now: number, direction: Direction, window: bigint, maxAge: bigint): Answer<[bigint, bigint]> {
    const least = window < PERIOD_SIZE ? PERIOD_SIZE : window;
    const longest = maxAge < MAX_SPAN ? maxAge : MAX_SPAN;
    const base = this.#observations.filter(({ at }) => BigInt(now) - at >= least).at(-1);
    if (base === undefined) {
      const oldest = this.#observations[0];
      const available = oldest === undefined ? 0n : BigInt(now) - oldest.at;
      return { error: "InsufficientHistory", required: least, actual: available };
    }

    const span = BigInt(now) - base.at;
    if (span > longest) return { error: "StalePrice", required: longest, actual: span };
    const grown = this.cumulativesAt(now)[direction] - base.cumulatives[direction];
    return { value: [meanX112(grown, span), span] };
  }

  current(now: number, direction: Direction, amountIn: bigint): Answer<bigint> {
    const average = this.averagePrice(now, direction, PERIOD_SIZE, MAX_AGE);
    return "value" in average ? { value: amountOut(amountIn, average.value[0]) } : average;
  }

  quote(now: number, direction: Direction, amountIn: bigint, granularity: number): Answer<bigint> {
    const usable = this.#observations.filter(({ at }) => BigInt(now) - at >= PERIOD_SIZE);
    const base = usable.at(-granularity);
    const newest = usable.at(-1);
    if (base === undefined || newest === undefined) {
      return { error: "InsufficientHistory", required: BigInt(granularity), actual: BigInt(usable.length) };
    }

    const stale = this.#stale(BigInt(now) - newest.at, MAX_AGE) ?? this.#stale(BigInt(now) - base.at, MAX_SPAN);
    if (stale !== undefined) return stale;
    const grown = this.cumulativesAt(now)[direction] - base.cumulatives[direction];
    return { value: amountOut(amountIn, meanX112(grown, BigInt(now) - base.at)) };
  }

  sample(now: number, direction: Direction, amountIn: bigint, points: number, window: number): Answer<bigint[]> {
    const needed = points * window + 1;
    const taken = this.#observations.slice(-needed).filter((_, index) => index % window === 0);
    if (this.#observations.length < needed) {
      return { error: "InsufficientHistory", required: BigInt(needed), actual: BigInt(this.#observations.length) };
    }

    // The oldest of at least two observations is always usable.
    const usable = this.#observations.filter(({ at }, index) => index === 0 || BigInt(now) - at >= PERIOD_SIZE);
    const stale = this.#stale(BigInt(now) - (usable.at(-1)?.at ?? 0n), MAX_AGE);
    if (stale !== undefined) return stale;

    const amounts: bigint[] = [];
    let from = taken[0];
    for (const to of taken.slice(1)) {
      if (from === undefined) break;
      const span = to.at - from.at;
      const tooLong = this.#stale(span, MAX_SPAN);
      if (tooLong !== undefined) return tooLong;
      amounts.push(amountOut(amountIn, meanX112(to.cumulatives[direction] - from.cumulatives[direction], span)));
      from = to;
    }
    return { value: amounts };
  }

  #stale(age: bigint, maximum: bigint): { error: "StalePrice"; required: bigint; actual: bigint } | undefined {
    return age > maximum ? { error: "StalePrice", required: maximum, actual: age } : undefined;
  }
}
