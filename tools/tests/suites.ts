import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT } from "../root";
import { BUILT } from "../solidity/built";
import { runInLanes } from "../steps/lanes";
import { hardhat, hasPassed, npmRun, type Outcome, type Step } from "../steps/step";
import { printSeconds } from "../steps/table";
import { addCounts, type Counts, NOTHING, readCounts, report, summary } from "./counts";
import { allTests } from "./files";

/** The parts of `npm test` beside the tests that `hardhat test` runs, the longest first. */
const SUITES = ["test:invariants", "test:fork"];
/** A process takes seconds until its first test: fewer files aren't worth one. */
const LEAST_FILES = 4;

/**
 * Builds everything, then runs all tests, in as many processes at a time as there are lanes, also after some have failed.
 * Prints how long they took, which failed and, as the last line, their common result.
 */
export async function runSuites(lanes: number): Promise<Counts> {
  const began = performance.now();
  const folder = mkdtempSync(path.join(tmpdir(), "keep3r-tests-"));
  try {
    const built = await runInLanes([npmRun("build")], 1);
    const ran = built.every(hasPassed) ? await runInLanes(suitesIn(folder, lanes), lanes) : [];
    printSeconds([...built, ...ran], (performance.now() - began) / 1000);

    const total = [
      ...built.filter((outcome) => !hasPassed(outcome)).map(brokenOff),
      ...ran.map(countsIn(folder)),
    ].reduce(addCounts, NOTHING);
    if (total.failed > 0) console.log(`\nFailed:\n${total.failures.map((title) => `  ${title}`).join("\n")}`);
    console.log();
    report(total);
    return total;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function* suitesIn(folder: string, lanes: number): Generator<Step> {
  const counted = (step: Step): Step => ({ ...step, env: { ...BUILT, TEST_COUNTS: fileOf(folder, step.name) } });
  for (const suite of SUITES) yield counted(npmRun(suite));

  const files = allTests(false).map((file) => path.relative(ROOT, file));
  let begun = 0;
  for (const part of inParts(files, lanes)) {
    const name = `tests ${begun + 1} to ${begun + part.length} of ${files.length} files, from ${part[0]} on`;
    begun += part.length;
    yield counted({ ...hardhat(["test", ...part]), name });
  }
}

/**
 * Splits a list into parts that become smaller and smaller, so that lanes come to their end at about the same time however
 * long each item takes. A single lane takes all at once.
 */
export function* inParts<T>(items: readonly T[], lanes: number): Generator<readonly T[]> {
  const shares = lanes === 1 ? 1 : 2 * lanes;
  for (let begun = 0; begun < items.length;) {
    const size = Math.max(LEAST_FILES, Math.ceil((items.length - begun) / shares));
    yield items.slice(begun, begun + size);
    begun += size;
  }
}

/** A suite that breaks off before its end counts as a test that failed. */
function countsIn(folder: string): (outcome: Outcome) => Counts {
  return (outcome) => {
    const counts = readCounts(fileOf(folder, outcome.name));
    if (counts !== undefined && hasPassed(outcome) === (counts.failed === 0)) return counts;

    console.error(`\n${outcome.name} ended with ${counts ? `the result ${summary(counts)}` : "no result"}.`);
    return addCounts(counts ?? NOTHING, brokenOff(outcome));
  };
}

function brokenOff({ name, code }: Outcome): Counts {
  return { ...NOTHING, failed: 1, failures: [`${name}: broken off with ${code ?? "no"} exit code`] };
}

function fileOf(folder: string, name: string): string {
  return path.join(folder, `${name.replace(/\W+/g, "-")}.json`);
}
