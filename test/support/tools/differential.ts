import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { BaseContract } from "ethers";
import fc from "fast-check";
import { INSTRUMENTED } from "./coverage";

/**
 * A factor on the number of cases: a tenth for instrumented code, which is slow. A search that is harder than CI's, from
 * another seed:
 * DIFFERENTIAL_RUNS=50 DIFFERENTIAL_SEED=2 npx hardhat test test/differential
 */
const FACTOR = Number(process.env.DIFFERENTIAL_RUNS ?? (INSTRUMENTED ? 0.1 : 1));
/** Several times the time that a quiet machine needs. */
const TIMEOUT = 300_000;
export const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 1);

/** A title that names the seed. A failing case is shrunk, and printed with the path to it. */
export const seeded = (title: string): string => `${title} (seed ${SEED})`;

export function cases(numRuns: number): { seed: number; numRuns: number } {
  return { seed: SEED, numRuns: Math.ceil(numRuns * FACTOR) };
}

export function describeDifferential(title: string, define: () => void): void {
  describe(`${title}: differential`, function () {
    this.timeout(TIMEOUT * Math.max(1, FACTOR));
    define();
  });
}

/** Integers of all magnitudes, up to this many bits. */
export function upTo(bits: number, least = 0n): fc.Arbitrary<bigint> {
  return fc
    .integer({ min: 1, max: bits })
    .chain((width) => fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }))
    .map((value) => (value < least ? least : value));
}

/** Counts how the steps of all scenarios ended: a step that never succeeds, or never comes, must not go unnoticed. */
export class Exploration {
  readonly #done = new Map<string, number>();
  readonly #refusals = new Map<string, number>();

  /** Declares a step that has to succeed at least once. */
  expect(step: string): void {
    this.#done.set(step, 0);
  }

  count(step: string, refusal: string | undefined): void {
    const [counts, name] = refusal === undefined ? [this.#done, step] : [this.#refusals, refusal];
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }

  /** @param refusals Errors that have to be met at least once */
  check(refusals: readonly string[]): void {
    // Fewer cases than usual needn't reach everything
    if (FACTOR < 1) return;

    const undone = [...this.#done].filter(([, count]) => count === 0).map(([step]) => step);
    const unmet = refusals.filter((refusal) => !this.#refusals.has(refusal));
    expect([...undone, ...unmet], "never done, or never met").to.deep.equal([]);
  }
}

/** Sends a call at a time. It has to fail with the error that the model gives, or to succeed if the model gives none. */
export async function expectOutcome(
  at: number,
  send: () => Promise<unknown>,
  contract: BaseContract,
  refusal: string | undefined,
): Promise<void> {
  await time.setNextBlockTimestamp(at);
  if (refusal === undefined) await send();
  else await expect(send(), refusal).to.be.revertedWithCustomError(contract, refusal);
}
