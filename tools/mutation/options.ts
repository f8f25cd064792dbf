import { Failure } from "@keep3r-network/sdk";
import { type Given, type Options as ProgramOptions, wholeNumber } from "../options";
import { nearby } from "../nearby";
import { mutatedFiles } from "./scope";

export const DEFAULT_SEED = 1;
const DEFAULT_SIZE = "200";
const DEFAULT_LANES = "2";

export interface Options {
  /** Undefined unless it was given. */
  seed: number | undefined;
  size: number;
  lanes: number;
  /** Mutants of these files only, all of them; none for a sample of all files. */
  files: string[];
  /** Those again that survived last time, after tests were added. */
  survivors: boolean;
  /** From where the last run was interrupted. */
  resume: boolean;
}

export const MUTATION_OPTIONS = {
  seed: { type: "string", value: "N", says: `another sample than that of seed ${DEFAULT_SEED}` },
  size: { type: "string", value: "N", says: "how many mutants are tested", default: DEFAULT_SIZE },
  lanes: { type: "string", value: "N", says: "how many are tested at a time", default: DEFAULT_LANES },
  file: { type: "string", value: "SOURCE", says: "all mutants of this source, and of no other", multiple: true },
  survivors: { type: "boolean", says: "those again that survived last time, after tests were added" },
  resume: { type: "boolean", says: "goes on where the last run was interrupted" },
} as const satisfies ProgramOptions;

/** @throws {@link Failure} when a value isn't one */
export function readMutationOptions(given: Given<typeof MUTATION_OPTIONS>): Options {
  const { seed, size, lanes, file: files, survivors, resume } = given;
  const known = mutatedFiles();
  const unknown = files.find((file) => !known.includes(file));
  if (unknown !== undefined) {
    throw new Failure(`--file takes a source that is mutated, not "${unknown}". ${nearby(unknown, known)}`);
  }
  return {
    seed: seed === undefined ? undefined : wholeNumber("--seed", seed, 1),
    size: wholeNumber("--size", size, 1),
    lanes: wholeNumber("--lanes", lanes, 1),
    files: [...files],
    survivors,
    resume,
  };
}
