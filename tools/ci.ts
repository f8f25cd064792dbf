import { BUILT } from "./solidity/built";
import { runInLanes } from "./steps/lanes";
import { hasPassed, npmRun, type Step } from "./steps/step";
import { printSeconds } from "./steps/table";
import { type Counts, summary } from "./tests/counts";

/** How `npm cit` ended, which installs and builds everything and tests it. */
export interface Tested {
  /** Its exit code. */
  code: number;
  seconds: number;
  counts: Counts;
}

/** What a change has to pass beside the tests. They need the build and don't depend on each other; the longest come first. */
export const CHECKS: readonly Step[] = [
  npmRun("coverage"),
  npmRun("prove"),
  npmRun("lint"),
  npmRun("check"),
  npmRun("gas", ["--check"]),
  npmRun("start"),
];

/**
 * Runs all checks after the tests, also after one has failed. Prints how long each took, those that failed and, as the last
 * line, the result of the tests.
 * @returns Whether all have passed, the tests included
 */
export async function runChecks(
  { code, seconds, counts }: Tested,
  checks: readonly Step[],
  lanes: number,
): Promise<boolean> {
  const began = performance.now();
  // Without a test that passed, nothing was built
  const ran = counts.passed > 0 ? await runInLanes(checks.map(afterBuild), lanes) : [];

  const all = [{ name: "npm cit", code, seconds, output: "" }, ...ran];
  printSeconds(all, seconds + (performance.now() - began) / 1000);
  const failed = all.filter((one) => !hasPassed(one)).map(({ name }) => name);
  if (failed.length > 0) console.log(`\nFailed: ${failed.join(", ")}`);
  if (ran.length < checks.length) console.log(`Not run: ${checks.map(({ name }) => name).join(", ")}`);
  console.log(`\n${summary(counts)}`);
  return failed.length === 0 && counts.passed > 0 && counts.failed === 0;
}

function afterBuild(step: Step): Step {
  return { ...step, env: { ...step.env, ...BUILT } };
}
