import { CHECKS, runChecks } from "#tools/ci";
import { run } from "#tools/entry";
import { wholeNumber } from "#tools/options";
import { LANES } from "#tools/steps/option";

run(
  {
    command: "npm run ci",
    does:
      "Runs all that a change has to pass: the tests, and then coverage, proofs, lint, checks, gas and the demonstration. " +
      ".ci/run installs the packages before.",
    options: {
      installed: { type: "string", value: "SECONDS", says: "how long `npm ci` took, for the table", default: "0" },
      lanes: LANES,
    },
    example: "npm run ci",
  },
  async ({ installed, lanes }) => {
    const passed = await runChecks(CHECKS, wholeNumber("--installed", installed, 0), wholeNumber("--lanes", lanes, 1));
    if (!passed) process.exitCode = 1;
  },
);
