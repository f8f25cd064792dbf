import { createRequire } from "node:module";
import { report } from "./counts";

// Mocha is a dependency of Hardhat's: the reporter has to extend the copy that runs it.
const { reporters } = createRequire(require.resolve("hardhat"))("mocha") as typeof Mocha;

/** Mocha's spec reporter, and then the counts of tests, for people and CI. */
class SummaryReporter extends reporters.Spec {
  override epilogue(): void {
    super.epilogue();

    const { passes: passed, failures: failed, pending: skipped } = this.stats;
    const failures = this.failures.map((test) => test.fullTitle());
    // After all that Hardhat and the coverage report may still print
    process.once("exit", () => report({ passed, failed, skipped, failures }));
  }
}

export = SummaryReporter;
