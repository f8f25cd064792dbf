import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { BaseContract } from "ethers";
import fc from "fast-check";

/**
 * How many times as many cases are tried as usual, and from which seed. To look harder than CI does:
 * DIFFERENTIAL_RUNS=50 DIFFERENTIAL_SEED=2 npx hardhat test test/differential
 */
const FACTOR = Number(process.env.DIFFERENTIAL_RUNS ?? 1);
/** Several times what a quiet machine takes. */
const TIMEOUT = 300_000;
export const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 1);

/** A name that tells the seed; what fails is shrunk, and printed with the path to it. */
export const seeded = (title: string): string => `${title} (seed ${SEED})`;

export function cases(numRuns: number): { seed: number; numRuns: number } {
  return { seed: SEED, numRuns: Math.ceil(numRuns * FACTOR) };
}

export function describeDifferential(title: string, define: () => void): void {
  describe(`${title}: differential`, function () {
    this.timeout(TIMEOUT * FACTOR);
    define();
  });
}

/** Whole numbers of all magnitudes up to this many bits. */
export function upTo(bits: number, least = 0n): fc.Arbitrary<bigint> {
  return fc
    .integer({ min: 1, max: bits })
    .chain((width) => fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }))
    .map((value) => (value < least ? least : value));
}

/** Sends a call at a time, which must be refused for the reason that the model gives, or not at all. */
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
