import { Failure } from "@keep3r-network/sdk";
import type { Mutant } from "./operators";
import type { Options } from "./options";
import { keyOf, readSnapshot, type Result } from "./results";
import { inSampleOrder } from "./sample";

/** What a run tests. */
export interface Choice {
  seed: number;
  /** In the order in which they are tested, until as many as `size` have been. */
  candidates: Mutant[];
  size: number;
  known: Result[];
}

/** Which mutants may be tested, in order, how many of them are, and what is known already. */
export function choose(mutants: readonly Mutant[], { seed, size, file, survivors, resume }: Options): Choice {
  if (file !== undefined) {
    const candidates = mutants.filter((mutant) => mutant.file === file);
    if (candidates.length === 0) throw new Failure(`There is nothing to change in a file ${file}.`);
    return { seed, candidates, size: candidates.length, known: [] };
  }
  const last = survivors || resume ? readSnapshot() : { seed, results: [] };
  const known = ofToday(last.results, mutants);
  const keys = new Set(known.map(keyOf));
  if (survivors) {
    const survived = new Set(known.filter(({ outcome }) => outcome === "survived").map(keyOf));
    const candidates = mutants.filter((mutant) => survived.has(keyOf(mutant)));
    return { seed: last.seed, candidates, size: candidates.length, known };
  }
  const candidates = inSampleOrder(mutants, last.seed).filter((mutant) => !keys.has(keyOf(mutant)));
  return { seed: last.seed, candidates, size: Math.max(0, size - known.length), known };
}

/** What is known of mutants that there still are, in code that is still the same, by the lines in which they stand now. */
function ofToday(results: readonly Result[], mutants: readonly Mutant[]): Result[] {
  const today = new Map(mutants.map((mutant) => [keyOf(mutant), mutant]));
  return results.flatMap((result) => {
    const mutant = today.get(keyOf(result));
    return mutant?.code === result.code ? [{ ...result, line: mutant.line }] : [];
  });
}
