import { Random as Source } from "#simulation/random";

/** Integers of a seeded generator: the seed determines the scenario. */
export class Random {
  readonly #source: Source;

  constructor(seed: number) {
    this.#source = new Source(seed);
  }

  /** An integer from lowest to highest, both included. */
  between(lowest: number, highest: number): number {
    return lowest + Math.floor(this.#source.next() * (highest - lowest + 1));
  }

  /** A bigint from lowest to highest, both included. */
  betweenBig(lowest: bigint, highest: bigint): bigint {
    const range = highest - lowest + 1n;
    let value = 0n;
    for (let reach = range; reach > 0n; reach >>= 32n) value = (value << 32n) | BigInt(this.between(0, 2 ** 32 - 1));
    return lowest + (value % range);
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0];
  }
}
