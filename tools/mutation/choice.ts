import { Failure } from "@keep3r-network/sdk";
import type { Mutant } from "./operators";
import { DEFAULT_SEED, type Options } from "./options";
import { keyOf, type Result, type Snapshot } from "./results";
import { inSampleOrder } from "./sample";

/** What a run tests. */
export interface Choice {
  seed: number;
  /** Those that a result is wanted of, in order, until `size` of them have one. */
  order: Mutant[];
  size: number;
  /** What is known already, also of others. It stays until there is another result: an interrupted run loses nothing. */
  known: Result[];
  /** Whether what is known of those in order is to be found out again. */
  again: boolean;
  /** Sources of which all mutants have been tested, or will have been. */
  files: string[];
}

/**
 * Which mutants are tested, in order, and what is known already.
 * @param last What was known before, if anything was
 */
export function choose(mutants: readonly Mutant[], options: Options, last: Snapshot | undefined): Choice {
  const { seed, size, files, survivors, resume } = options;
  const known = ofToday(last?.results ?? [], mutants);
  const tested = { files: [...new Set([...(last?.files ?? []), ...files])].sort() };
  const goesOn = resume || survivors;
  if (goesOn && last === undefined) throw new Failure("Nothing is known of mutants yet: run `npm run mutation` first.");
  if (goesOn && seed !== undefined && seed !== last?.seed) {
    throw new Failure(
      `--seed ${seed} would mix two samples: what is known was drawn with seed ${last?.seed}. ` +
        "Leave --seed out, or begin anew without --resume and --survivors.",
    );
  }

  if (files.length > 0 || survivors) {
    const isAsked = ({ file }: { file: string }) => files.length === 0 || files.includes(file);
    const survived = new Set(known.filter(({ outcome }) => outcome === "survived").map(keyOf));
    const order = mutants.filter((mutant) => isAsked(mutant) && (!survivors || survived.has(keyOf(mutant))));
    if (order.length === 0) throw new Failure(`There is nothing to test in ${files.join(", ") || "what is known"}.`);
    const drawn = last?.seed ?? seed ?? DEFAULT_SEED;
    return { seed: drawn, order, size: order.length, known, again: !resume, ...tested };
  }

  const drawn = (goesOn ? last?.seed : seed) ?? DEFAULT_SEED;
  // Of sources that were tested whole the sample knows all
  const kept = resume ? known : known.filter(({ file }) => tested.files.includes(file));
  return { seed: drawn, order: inSampleOrder(mutants, drawn), size, known: kept, again: false, ...tested };
}

/** What is known of mutants that there still are, in code that is still the same, by the lines in which they stand now. */
function ofToday(results: readonly Result[], mutants: readonly Mutant[]): Result[] {
  const today = new Map(mutants.map((mutant) => [keyOf(mutant), mutant]));
  return results.flatMap((result) => {
    const mutant = today.get(keyOf(result));
    return mutant?.code === result.code ? [{ ...result, line: mutant.line }] : [];
  });
}
