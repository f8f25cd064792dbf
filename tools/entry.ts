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

/** Failures of ours, and what Node says of options that there are none of. */
function isExpected(error: unknown): error is Error {
  if (error instanceof Failure) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}
