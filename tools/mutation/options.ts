import { Failure } from "@keep3r-network/sdk";
import { parseArgs } from "node:util";
import { isMutated } from "./scope";

const DEFAULT_SIZE = "200";
const DEFAULT_SEED = "1";
const DEFAULT_LANES = "2";

export interface Options {
  seed: number;
  size: number;
  lanes: number;
  /** Mutants of this file only, all of them. */
  file: string | undefined;
  /** Those again that survived last time, after tests were added. */
  survivors: boolean;
  /** From where the last run was interrupted. */
  resume: boolean;
}

export function readMutationOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: "string", default: DEFAULT_SEED },
      size: { type: "string", default: DEFAULT_SIZE },
      lanes: { type: "string", default: DEFAULT_LANES },
      file: { type: "string" },
      survivors: { type: "boolean", default: false },
      resume: { type: "boolean", default: false },
    },
  });
  const count = (name: "seed" | "size" | "lanes"): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= 1) return value;
    throw new Failure(`--${name} takes a whole number from 1, not "${values[name]}".`);
  };
  if (values.file !== undefined && !isMutated(values.file)) {
    throw new Failure(`--file takes a source that is mutated, such as contracts/core/Work.sol, not "${values.file}".`);
  }
  return {
    seed: count("seed"),
    size: count("size"),
    lanes: count("lanes"),
    file: values.file,
    survivors: values.survivors,
    resume: values.resume,
  };
}
