import { errorText } from "./errors.js";
import { run } from "./run.js";

const words = process.argv.slice(2);

try {
  await run(words, process.env);
} catch (error) {
  console.error(errorText(error, words));
  process.exitCode = 1;
}
