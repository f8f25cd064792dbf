import { messageOf } from "./errors.js";
import { run } from "./run.js";

try {
  await run(process.argv.slice(2), process.env);
} catch (error) {
  console.error(`\nError: ${messageOf(error)}`);
  process.exitCode = 1;
}
