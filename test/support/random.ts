/** A small seeded generator (mulberry32), so that a scenario is known by its seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** An integer from 0 up to, but not including, 2^32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** An integer from lowest to highest, both included. */
  between(lowest: number, highest: number): number {
    return lowest + Math.floor((this.next() / 2 ** 32) * (highest - lowest + 1));
  }

  /** A bigint from lowest to highest, both included. */
  betweenBig(lowest: bigint, highest: bigint): bigint {
    const range = highest - lowest + 1n;
    let value = 0n;
    for (let reach = range; reach > 0n; reach >>= 32n) value = (value << 32n) | BigInt(this.next());
    return lowest + (value % range);
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0];
  }
}
