import { priceX112 } from "./twap";

/** Something of each direction: of token0 in, and of token1 in. */
export type Both = readonly [bigint, bigint];

/** A pool of Uniswap V2 as its price accumulators have it; they and the time are without bounds. */
export class Accumulators {
  #touchedAt: bigint;
  #reserves: Both;
  #cumulatives: Both;

  constructor(touchedAt: number, reserves: Both, cumulatives: Both = [0n, 0n]) {
    this.#touchedAt = BigInt(touchedAt);
    this.#reserves = reserves;
    this.#cumulatives = cumulatives;
  }

  get reserves(): Both {
    return this.#reserves;
  }

  /** Remembers its state, and returns what brings it back. */
  mark(): () => void {
    const [touchedAt, reserves, cumulatives] = [this.#touchedAt, this.#reserves, this.#cumulatives];
    return () => {
      [this.#touchedAt, this.#reserves, this.#cumulatives] = [touchedAt, reserves, cumulatives];
    };
  }

  /** The pool changed at a time. */
  touch(at: number, reserves: Both): void {
    this.#cumulatives = this.at(BigInt(at));
    this.#touchedAt = BigInt(at);
    this.#reserves = reserves;
  }

  /** As they would stand if the pool was touched. */
  at(time: bigint): Both {
    const duration = time - this.#touchedAt;
    const [reserve0, reserve1] = this.#reserves;
    return [
      this.#cumulatives[0] + priceX112(reserve0, reserve1) * duration,
      this.#cumulatives[1] + priceX112(reserve1, reserve0) * duration,
    ];
  }
}
