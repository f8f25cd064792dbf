import { writeFileSync } from "node:fs";

/** The result of a run of tests. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export function addCounts(one: Counts, another: Counts): Counts {
  return {
    passed: one.passed + another.passed,
    failed: one.failed + another.failed,
    skipped: one.skipped + another.skipped,
  };
}

/** The line that people and CI read: `N passed, N failed`, and how many were skipped if any were. */
export function summary({ passed, failed, skipped }: Counts): string {
  return [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(", ");
}

/**
 * Prints the result of a suite. If TEST_COUNTS names a file, the suite is one of several and writes its counts there: the
 * line is then printed once, for all of them.
 */
export function report(counts: Counts): void {
  const file = process.env.TEST_COUNTS;
  if (file) writeFileSync(file, JSON.stringify(counts));
  else console.log(summary(counts));
}
