import { Failure } from "@keep3r-network/sdk";

/**
 * Runs a program with its command-line arguments. If it fails, the process ends at once with exit code 1, whatever is still
 * open. A user's mistake prints its message only, a bug its stack.
 */
export function run(main: (args: string[]) => void | Promise<void>): void {
  Promise.resolve(process.argv.slice(2))
    .then(main)
    .catch((error: unknown) => {
      console.error(isExpected(error) ? `\nError: ${error.message}` : error);
      process.exit(1);
    });
}

/** Failures of ours, and Node's complaints about options. */
function isExpected(error: unknown): error is Error {
  if (error instanceof Failure) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}

/** The options that a program was given; an unknown one is a user's mistake. */
export function readOptions(args: readonly string[], ...known: string[]): Set<string> {
  const unknown = args.filter((option) => !known.includes(option));
  if (unknown.length > 0) {
    throw new Failure(`There is no option ${unknown.join(" ")}; there is ${known.join(", ") || "none at all"}.`);
  }
  return new Set(args);
}

/** Prints faults, if there are any; the program then ends with exit code 1. */
export function complain(faults: readonly string[], heading?: string): void {
  if (faults.length === 0) return;
  console.error([...(heading === undefined ? [] : [heading]), ...faults].join("\n"));
  process.exitCode = 1;
}
