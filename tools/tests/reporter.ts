import { createRequire } from "node:module";
import { report } from "./counts";

// Mocha is a dependency of Hardhat's: the reporter has to extend the copy that runs it.
const { reporters } = createRequire(require.resolve("hardhat"))("mocha") as typeof Mocha;

/** Mocha's spec reporter, and the counts of tests for who reads the result. */
class SummaryReporter extends reporters.Spec {
  override epilogue(): void {
    super.epilogue();

    const { passes: passed, failures: failed, pending: skipped } = this.stats;
    // Hardhat and the coverage report may still print; this is to come after them.
    process.once("exit", () => report({ passed, failed, skipped }));
  }
}

export = SummaryReporter;
