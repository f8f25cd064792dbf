import { messageOf } from "./errors";
import { run } from "./run";

/** Jobs, keepers and disputes from the command line; docs/operate.md says how. */
run(process.argv.slice(2), process.env).catch((error: unknown) => {
  console.error(`\nError: ${messageOf(error)}`);
  process.exitCode = 1;
});
