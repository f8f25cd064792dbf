import { Failure } from "@keep3r-network/sdk";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { nearby } from "../nearby";
import { ROOT } from "../root";

const TESTS = path.join(ROOT, "test");
/** `npm run test:fork` runs those: they need a chain to fork. */
const FORK = "fork";
/** Those of the SDK look at nodes, not at contracts: they would cover nothing. */
const WITHOUT_CONTRACTS = "sdk";

/** All tests but those that need a fork and, while coverage is measured, those that would cover nothing. */
export function allTests(coverage: boolean): string[] {
  const leftOut = coverage ? [FORK, WITHOUT_CONTRACTS] : [FORK];
  return testsIn(TESTS).filter((file) => !leftOut.includes(path.relative(TESTS, file).split(path.sep)[0] ?? ""));
}

/**
 * The tests that files and folders name. A test is a `*.test.ts`, or any file that is named.
 * @throws {@link Failure} when one isn't there, or has no test
 */
export function testsOf(entries: readonly string[]): string[] {
  return entries.flatMap((entry) => {
    if (!existsSync(entry)) {
      const known = testsIn(TESTS).map((file) => path.relative(process.cwd(), file));
      throw new Failure(`There is no ${entry}. ${nearby(entry, known)}`);
    }
    if (!statSync(entry).isDirectory()) return [path.resolve(entry)];
    const files = testsIn(entry);
    if (files.length === 0) throw new Failure(`There is no *.test.ts in ${entry}.`);
    return files;
  });
}

function testsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .sort()
    .map((file) => path.resolve(folder, file));
}
