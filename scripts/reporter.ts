import { createRequire } from "node:module";

// Mocha is a dependency of Hardhat's: the reporter has to extend the copy that runs it.
const { reporters } = createRequire(require.resolve("hardhat"))("mocha") as typeof Mocha;

/** Mocha's spec reporter, and a last line of output to read the result from: `N passed, N failed`. */
class SummaryReporter extends reporters.Spec {
  override epilogue(): void {
    super.epilogue();

    const { passes, failures, pending } = this.stats;
    const counts = [`${passes} passed`, `${failures} failed`];
    if (pending > 0) counts.push(`${pending} skipped`);

    // Hardhat and the coverage report may still print; this is to come after them.
    process.once("exit", () => console.log(counts.join(", ")));
  }
}

export = SummaryReporter;
