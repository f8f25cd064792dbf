import { readFileSync, writeFileSync } from "node:fs";

/** The result of a run of tests. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** The titles of those that failed. */
  failures: readonly string[];
}

export const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function addCounts(one: Counts, another: Counts): Counts {
  return {
    passed: one.passed + another.passed,
    failed: one.failed + another.failed,
    skipped: one.skipped + another.skipped,
    failures: [...one.failures, ...another.failures],
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

/** What a suite has written to the file that it got by TEST_COUNTS; undefined if it came to no result. */
export function readCounts(file: string): Counts | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Counts;
  } catch {
    return undefined;
  }
}
