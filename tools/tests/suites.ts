import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { addCounts, type Counts, summary } from "./counts";

/** The parts of `npm test`: npm scripts that write their counts to the file that TEST_COUNTS names. */
const SUITES = ["test:local", "test:fork", "test:invariants"];

/** Runs all suites, also after one has failed; prints their common result as the last line, and returns it. */
export function runSuites(): Counts {
  const folder = mkdtempSync(path.join(tmpdir(), "keep3r-tests-"));
  try {
    const total = SUITES.map((suite) => runSuite(suite, path.join(folder, "counts.json"))).reduce(addCounts);
    console.log(summary(total));
    return total;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A suite that breaks off before its end counts as a test that failed. */
function runSuite(suite: string, file: string): Counts {
  rmSync(file, { force: true });
  const { status } = spawnSync("npm", ["run", "--silent", suite], {
    env: { ...process.env, TEST_COUNTS: file },
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  const counts = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Counts) : undefined;
  if (counts !== undefined && (status === 0) === (counts.failed === 0)) return counts;

  console.error(`${suite} ended with status ${status} and ${counts ? `the result ${summary(counts)}` : "no result"}.`);
  return addCounts(counts ?? { passed: 0, failed: 0, skipped: 0 }, { passed: 0, failed: 1, skipped: 0 });
}
