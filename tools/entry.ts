import { Failure } from "@keep3r-network/sdk";
import { helpOf, type Given, type Options, type Program, readOptions } from "./options";

/**
 * Runs a program of ours. `--help` prints what it is for; an option that it doesn't know is a user's mistake, which is
 * found before anything is compiled or loaded: whatever loads Hardhat or the contracts' types is loaded in `main`.
 */
export function run<O extends Options>(
  program: Program<O>,
  main: (given: Given<O>, words: string[]) => void | Promise<void>,
): void {
  guard(async (args) => {
    const read = readOptions(program, args);
    if (read === undefined) return console.log(helpOf(program));
    await main(read.given, read.words);
  });
}

/**
 * Runs a function with the command-line arguments. If it fails, the process ends at once with exit code 1, whatever is
 * still open. A user's mistake prints its message only, a bug its stack.
 */
export function guard(main: (args: string[]) => void | Promise<void>): void {
  Promise.resolve(process.argv.slice(2))
    .then(main)
    .catch((error: unknown) => {
      console.error(error instanceof Failure ? `\nError: ${error.message}` : error);
      process.exit(1);
    });
}

/** Prints faults, if there are any; the program then ends with exit code 1. */
export function complain(faults: readonly string[], heading?: string): void {
  if (faults.length === 0) return;
  console.error([...(heading === undefined ? [] : [heading]), ...faults].join("\n"));
  process.exitCode = 1;
}
