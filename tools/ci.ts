import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { BUILT } from "./solidity/built";
import { runInLanes } from "./steps/lanes";
import { hasPassed, npmRun, type Outcome, runShown, type Step } from "./steps/step";
import { printSeconds } from "./steps/table";
import { type Counts, NOTHING, readCounts, summary } from "./tests/counts";

/** What a change has to pass. */
export interface Checks {
  /** Builds everything and tests it. */
  tests: Step;
  /** Those that need the build and don't depend on each other, the longest first. */
  others: readonly Step[];
}

export const CHECKS: Checks = {
  tests: npmRun("test"),
  others: [
    npmRun("coverage"),
    npmRun("prove"),
    npmRun("lint"),
    npmRun("check"),
    npmRun("gas", ["--check"]),
    npmRun("start"),
  ],
};

/**
 * Runs the tests and then all other checks, also after one has failed. Prints how long each took, those that failed and, as
 * the last line, the result of the tests.
 * @param installed Seconds that `npm ci` took before
 * @returns Whether all have passed
 */
export async function runChecks({ tests, others }: Checks, installed: number, lanes: number): Promise<boolean> {
  const began = performance.now();
  const { outcome, counts } = await runTests(tests);
  // Without a test that passed, nothing was built
  const ran = counts.passed > 0 ? await runInLanes(others.map(afterBuild), lanes) : [];

  const all = [{ name: "npm ci", code: 0, seconds: installed, output: "" }, outcome, ...ran];
  printSeconds(all, installed + (performance.now() - began) / 1000);
  const failed = all.filter((one) => !hasPassed(one)).map(({ name }) => name);
  if (failed.length > 0) console.log(`\nFailed: ${failed.join(", ")}`);
  if (ran.length < others.length) console.log(`Not run: ${others.map(({ name }) => name).join(", ")}`);
  console.log(`\n${summary(counts)}`);
  return failed.length === 0 && counts.passed > 0 && counts.failed === 0;
}

async function runTests(tests: Step): Promise<{ outcome: Outcome; counts: Counts }> {
  const folder = mkdtempSync(path.join(tmpdir(), "keep3r-checks-"));
  try {
    const file = path.join(folder, "counts.json");
    const outcome = await runShown({ ...tests, env: { ...tests.env, TEST_COUNTS: file } });
    // A run that comes to no result has failed
    return { outcome, counts: readCounts(file) ?? { ...NOTHING, failed: 1 } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function afterBuild(step: Step): Step {
  return { ...step, env: { ...step.env, ...BUILT } };
}
