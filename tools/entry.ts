import { Failure } from "@keep3r-network/sdk";

/**
 * Runs a program with the arguments that it was started with. If it fails, it ends at once, with exit code 1 and whatever it
 * had open: a user's mistake is told by its message, a bug with its stack.
 */
export function run(main: (args: string[]) => void | Promise<void>): void {
  Promise.resolve(process.argv.slice(2))
    .then(main)
    .catch((error: unknown) => {
      console.error(isExpected(error) ? `\nError: ${error.message}` : error);
      process.exit(1);
    });
}

/** Failures of ours, and what Node says of options that a program doesn't have. */
function isExpected(error: unknown): error is Error {
  if (error instanceof Failure) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}

/** The options that a program was given, all of which it must know. */
export function readOptions(args: readonly string[], ...known: string[]): Set<string> {
  const unknown = args.filter((option) => !known.includes(option));
  if (unknown.length > 0) {
    throw new Failure(`There is no option ${unknown.join(" ")}; there is ${known.join(", ") || "none at all"}.`);
  }
  return new Set(args);
}

/** Says what was found wrong, if anything was, and lets the program end with exit code 1 then. */
export function complain(faults: readonly string[], heading?: string): void {
  if (faults.length === 0) return;
  console.error([...(heading === undefined ? [] : [heading]), ...faults].join("\n"));
  process.exitCode = 1;
}
