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
 * Says what a suite's result is. One of several writes it to the file that TEST_COUNTS names instead of a line, since that
 * line is the result of them all.
 */
export function report(counts: Counts): void {
  const file = process.env.TEST_COUNTS;
  if (file) writeFileSync(file, JSON.stringify(counts));
  else console.log(summary(counts));
}
