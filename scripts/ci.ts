import { Failure } from "@keep3r-network/sdk";
import { CHECKS, runChecks } from "#tools/ci";
import { run } from "#tools/entry";
import { wholeNumber } from "#tools/options";
import { LANES } from "#tools/steps/option";
import { readCounts } from "#tools/tests/counts";

run(
  {
    command: "npm run ci",
    does:
      "Runs all that a change has to pass beside the tests: coverage, proofs, lint, checks, gas and the demonstration. " +
      ".ci/run runs `npm cit` before, and gives its outcome.",
    options: {
      counts: { type: "string", value: "FILE", says: "where the tests wrote their result, by TEST_COUNTS" },
      status: { type: "string", value: "CODE", says: "how they ended", default: "0" },
      seconds: { type: "string", value: "SECONDS", says: "how long they took", default: "0" },
      lanes: LANES,
    },
    example: "npm run ci -- --counts tests.json",
  },
  async ({ counts: file = "", status, seconds, lanes }) => {
    const counts = readCounts(file);
    if (counts === undefined) {
      throw new Failure(`--counts: "${file}" has no result of tests. TEST_COUNTS=FILE npm test writes one.`);
    }
    const tested = {
      code: wholeNumber("--status", status, 0),
      seconds: wholeNumber("--seconds", seconds, 0),
      counts,
    };
    const passed = await runChecks(tested, CHECKS, wholeNumber("--lanes", lanes, 1));
    if (!passed) process.exitCode = 1;
  },
);
