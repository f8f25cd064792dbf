import { type Direction, extended, type Observation, ObservationsModel, RING_SIZE } from "./observations";
import { PERIOD_SIZE } from "./steady";
import { amountOut, meanX112, standardDeviation } from "./twap";

type ReadError =
  | "PairNotListed"
  | "NoListedPair"
  | "Kp3rReserveTooLow"
  | "InsufficientHistory"
  | "StalePrice"
  | "GranularityOutOfBounds"
  | "SampleOutOfBounds"
  | "TooFewSamples";
/** The error that a read reverts with, and the numbers that it carries. */
interface ErrorAnswer {
  error: ReadError;
  numbers: readonly bigint[];
}
/** What a read answers: its value, or the error that it reverts with. */
export type Answer<T> = { value: T } | ErrorAnswer;

/** A mean price, UQ112.112, and the seconds that it is of. */
export type Average = [averageX112: bigint, span: bigint];

const MAX_SPANS = RING_SIZE - 1;

/** The oracle of one pair: observations in a list, searched one by one. */
export class OracleModel extends ObservationsModel {
  averagePrice(now: number, direction: Direction, window: bigint, maxAge?: bigint): Answer<Average> {
    const refused = this.#refusedAs("PairNotListed") ?? this.#refusedAtTheEnd(BigInt(now));
    if (refused !== undefined) return refused;

    const end = this.#endOfReads(BigInt(now));
    const least = window < PERIOD_SIZE ? PERIOD_SIZE : window;
    const base = this.observations.filter(({ at }) => end.at - at >= least).at(-1);
    if (base === undefined) {
      const oldest = this.observationAt(this.observationCount - 1);
      return failure("InsufficientHistory", least, end.at - oldest.at);
    }
    const span = end.at - base.at;
    if (maxAge !== undefined && span > maxAge) return failure("StalePrice", span, maxAge);
    return { value: [this.#mean(base, end, direction), span] };
  }

  current(now: number, direction: Direction, amountIn: bigint): Answer<bigint> {
    const refused = this.#refusedAs("NoListedPair");
    if (refused !== undefined) return refused;
    const average = this.averagePrice(now, direction, PERIOD_SIZE);
    return "value" in average ? { value: amountOut(amountIn, average.value[0]) } : average;
  }

  quote(now: number, direction: Direction, amountIn: bigint, granularity: number): Answer<bigint> {
    if (granularity < 1 || granularity > MAX_SPANS) return failure("GranularityOutOfBounds", granularity, MAX_SPANS);
    const refused =
      this.#refusedAs("NoListedPair") ?? this.#tooFewFor(granularity + 1) ?? this.#refusedAtTheEnd(BigInt(now));
    if (refused !== undefined) return refused;

    const end = this.#endOfReads(BigInt(now));
    return { value: amountOut(amountIn, this.#mean(this.observationAt(granularity), end, direction)) };
  }

  sample(direction: Direction, amountIn: bigint, points: number, window: number): Answer<bigint[]> {
    const isInBounds = points > 0 && window > 0 && points * window <= MAX_SPANS;
    if (!isInBounds) return failure("SampleOutOfBounds", points, window, MAX_SPANS);
    const refused = this.#refusedAs("NoListedPair") ?? this.#tooFewFor(points * window + 1);
    if (refused !== undefined) return refused;

    const amounts = Array.from({ length: points }, (_, index) => {
      const back = (points - index - 1) * window;
      const mean = this.#mean(this.observationAt(back + window), this.observationAt(back), direction);
      return amountOut(amountIn, mean);
    });
    return { value: amounts };
  }

  volatility(direction: Direction, amountIn: bigint, points: number, window: number): Answer<bigint> {
    const samples = this.sample(direction, amountIn, points, window);
    if (!("value" in samples)) return samples;
    return points < 2 ? failure("TooFewSamples", points) : { value: standardDeviation(samples.value) };
  }

  /** The newest observation while it is at most two periods old; else now, as if it was observed. */
  #endOfReads(now: bigint): Observation {
    const newest = this.observationAt(0);
    return this.#endsNow(now) ? extended(newest, this.stepped(newest, now), now) : newest;
  }

  #endsNow(now: bigint): boolean {
    return now - this.observationAt(0).at > 2n * PERIOD_SIZE;
  }

  #mean(base: Observation, end: Observation, direction: Direction): bigint {
    return meanX112(end.steady[direction] - base.steady[direction], this.shifts[direction], end.at - base.at);
  }

  /** What no read looks past, and how it calls a pair that isn't listed. */
  #refusedAs(unlisted: "PairNotListed" | "NoListedPair"): ErrorAnswer | undefined {
    if (!this.listed) return failure(unlisted);
    return this.thin ? this.#tooThin() : undefined;
  }

  /** A read that ends now looks at the pool as it is. */
  #refusedAtTheEnd(now: bigint): ErrorAnswer | undefined {
    return this.#endsNow(now) && this.isThinAt(this.observationAt(0), now) ? this.#tooThin() : undefined;
  }

  #tooThin(): ErrorAnswer {
    const { kp3rSide, minKp3rReserve } = this.terms;
    return failure("Kp3rReserveTooLow", this.pool.reserves[kp3rSide], minKp3rReserve);
  }

  #tooFewFor(observations: number): ErrorAnswer | undefined {
    const count = this.observationCount;
    return count < observations ? failure("InsufficientHistory", observations, count) : undefined;
  }
}

function failure(error: ReadError, ...numbers: readonly (bigint | number)[]): ErrorAnswer {
  return { error, numbers: numbers.map(BigInt) };
}
