import type { Accumulators, Both } from "./accumulators";
import { refuseIf } from "./job";
import { depthPrice, isThin, PERIOD_SIZE, scaledMean, shiftsFor, steadyPrice } from "./steady";

export type Direction = 0 | 1;

export interface OracleTerms {
  /** The direction in which KP3R is priced. */
  kp3rSide: Direction;
  minKp3rReserve: bigint;
  /** BPS a period. */
  maxChange: bigint;
}

export interface Observation {
  at: bigint;
  /** The steady prices times their seconds, added up since the first. */
  steady: Both;
}

interface State {
  terms: OracleTerms;
  listed: boolean;
  /** Undefined before the first listing. */
  shifts: Both | undefined;
  /** The pool's accumulators at the newest observation. */
  accumulated: Both;
  /** The steady prices, scaled; undefined before the second observation. */
  prices: Both | undefined;
  /** How many observations in a row have found the pair thin. */
  thinFor: bigint;
  observations: readonly Observation[];
}

export const RING_SIZE = 128;

/**
 * What the oracle observes of one pair: sums and times without bounds. A listing or an update that it refuses throws a
 * Refusal.
 */
export class ObservationsModel {
  readonly pool: Accumulators;
  #state: State;

  constructor(pool: Accumulators, terms: OracleTerms) {
    this.pool = pool;
    this.#state = {
      terms,
      listed: false,
      shifts: undefined,
      accumulated: [0n, 0n],
      prices: undefined,
      thinFor: 0n,
      observations: [],
    };
  }

  /** Remembers its state and the pool's, and returns what brings them back. */
  mark(): () => void {
    const state = structuredClone(this.#state);
    const rewindPool = this.pool.mark();
    return () => {
      this.#state = structuredClone(state);
      rewindPool();
    };
  }

  get terms(): Readonly<OracleTerms> {
    return this.#state.terms;
  }

  get listed(): boolean {
    return this.#state.listed;
  }

  get observationCount(): number {
    return this.#state.observations.length;
  }

  get shifts(): Both {
    if (this.#state.shifts === undefined) throw new Error("The model was never listed.");
    return this.#state.shifts;
  }

  get thin(): boolean {
    return this.#state.thinFor > 0n;
  }

  /** The steady prices, UQ112.112, as the newest observation tells them; nothing at the first. */
  get pricesX112(): Both {
    const [price0, price1] = this.#state.prices ?? [0n, 0n];
    return [price0 << this.shifts[0], price1 << this.shifts[1]];
  }

  /** Oldest first. */
  get observations(): readonly Observation[] {
    return this.#state.observations;
  }

  /** Counted from the newest. */
  observationAt(back: number): Observation {
    const observation = this.#state.observations.at(-1 - back);
    if (observation === undefined) throw new Error(`The model has no observation ${back} back.`);
    return observation;
  }

  setMaxChange(maxChange: bigint): void {
    this.#state.terms = { ...this.#state.terms, maxChange };
  }

  setMinKp3rReserve(minKp3rReserve: bigint): void {
    this.#state.terms = { ...this.#state.terms, minKp3rReserve };
  }

  // Observations

  /** Observes the pair at once, if that is due. The scale is that of the first listing for good. */
  list(at: number): void {
    const { listed, terms, shifts } = this.#state;
    refuseIf(listed, "PairAlreadyListed");
    refuseIf(this.pool.reserves[terms.kp3rSide] < terms.minKp3rReserve, "Kp3rReserveTooLow");
    refuseIf(this.pool.reserves.includes(0n), "PriceOutOfRange");
    this.#state.shifts = shifts ?? shiftsFor(this.pool.reserves);
    refuseIf(this.#state.shifts === undefined, "PriceOutOfRange");
    this.#state.listed = true;
    this.update(at);
  }

  delist(): void {
    refuseIf(!this.#state.listed, "PairNotListed");
    this.#state.listed = false;
  }

  /** The pool changed at a time. */
  touch(at: number, reserves: Both): void {
    this.pool.touch(at, reserves);
  }

  /** Somebody called update; true when it is recorded. */
  update(at: number): boolean {
    refuseIf(!this.#state.listed, "PairNotListed");
    const now = BigInt(at);
    const newest = this.#state.observations.at(-1);
    if (newest !== undefined && now - newest.at < PERIOD_SIZE) return false;

    if (newest === undefined) this.#record({ at: now, steady: [0n, 0n] });
    else this.#observe(newest, now);
    this.#state.accumulated = this.pool.at(now);
    return true;
  }

  #observe(newest: Observation, now: bigint): void {
    const { prices: last, thinFor } = this.#state;
    const stepped = this.stepped(newest, now);
    const thin = this.isThinAt(newest, now);
    this.#state.thinFor = thin ? thinFor + 1n : 0n;

    const prices = thin && last !== undefined ? last : stepped;
    this.#state.prices = prices;
    this.#record(extended(newest, prices, now));
  }

  #record(observation: Observation): void {
    this.#state.observations = [...this.#state.observations, observation].slice(-RING_SIZE);
  }

  /** The steady prices of the span from the newest observation until now. */
  protected stepped(newest: Observation, now: bigint): Both {
    const { prices, terms } = this.#state;
    const span = now - newest.at;
    const [mean0, mean1] = this.#means(newest, now);
    return [
      steadyPrice(prices?.[0], mean0, mean1, span, terms.maxChange),
      steadyPrice(prices?.[1], mean1, mean0, span, terms.maxChange),
    ];
  }

  /** Whether an observation would find the pair thin. */
  protected isThinAt(newest: Observation, now: bigint): boolean {
    const { terms, thinFor } = this.#state;
    const side = terms.kp3rSide;
    const [means, stepped] = [this.#means(newest, now), this.stepped(newest, now)];
    const price = depthPrice(stepped[side], means[side], means[side === 0 ? 1 : 0], thinFor);
    const [reserve0, reserve1] = this.pool.reserves;
    return isThin(reserve0 * reserve1, terms.minKp3rReserve, price, this.shifts[side]);
  }

  /** The pool's scaled means from the newest observation until now. */
  #means(newest: Observation, now: bigint): Both {
    const { accumulated } = this.#state;
    const span = now - newest.at;
    const [to0, to1] = this.pool.at(now);
    return [
      scaledMean(accumulated[0], to0, this.shifts[0], span),
      scaledMean(accumulated[1], to1, this.shifts[1], span),
    ];
  }
}

/** An observation some time after another, with the steady prices in between. */
export function extended({ at, steady }: Observation, [price0, price1]: Both, now: bigint): Observation {
  return { at: now, steady: [steady[0] + price0 * (now - at), steady[1] + price1 * (now - at)] };
}
