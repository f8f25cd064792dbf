import { Failure } from "@keep3r-network/sdk";
import { parseArgs } from "node:util";
import { isMutated } from "./scope";

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

export function readMutationOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: "string" },
      size: { type: "string", default: DEFAULT_SIZE },
      lanes: { type: "string", default: DEFAULT_LANES },
      file: { type: "string", multiple: true, default: [] },
      survivors: { type: "boolean", default: false },
      resume: { type: "boolean", default: false },
    },
  });
  const count = (name: "seed" | "size" | "lanes"): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= 1) return value;
    throw new Failure(`--${name} takes a whole number from 1, not "${values[name]}".`);
  };
  const unknown = values.file.find((file) => !isMutated(file));
  if (unknown !== undefined) {
    throw new Failure(`--file takes a source that is mutated, such as contracts/core/Work.sol, not "${unknown}".`);
  }
  return {
    seed: values.seed === undefined ? undefined : count("seed"),
    size: count("size"),
    lanes: count("lanes"),
    files: values.file,
    survivors: values.survivors,
    resume: values.resume,
  };
}
