import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { summary } from "./counts";

// Mocha is a dependency of Hardhat's: the reporter has to extend the copy that runs it.
const { reporters } = createRequire(require.resolve("hardhat"))("mocha") as typeof Mocha;

/**
 * Mocha's spec reporter, and a last line of output to read the result from: `N passed, N failed`. One of several suites
 * writes its counts to the file that TEST_COUNTS names instead, since that line is the result of them all.
 */
class SummaryReporter extends reporters.Spec {
  override epilogue(): void {
    super.epilogue();

    const { passes: passed, failures: failed, pending: skipped } = this.stats;
    const counts = { passed, failed, skipped };
    const file = process.env.TEST_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(counts));
    // Hardhat and the coverage report may still print; this is to come after them.
    else process.once("exit", () => console.log(summary(counts)));
  }
}

export = SummaryReporter;
