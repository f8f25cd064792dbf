/** A small seeded generator (mulberry32), so that every run of a story is the same. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Remembers where the sequence stands, and returns what brings it back there. */
  mark(): () => void {
    const state = this.#state;
    return () => {
      this.#state = state;
    };
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From lowest up to, but not including, highest. */
  between(lowest: number, highest: number): number {
    return lowest + this.next() * (highest - lowest);
  }
}
