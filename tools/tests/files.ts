import { Failure } from "@keep3r-network/sdk";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { nearby } from "../nearby";
import { ROOT } from "../root";

const TESTS = path.join(ROOT, "test");
/** `npm run test:fork` runs those: they need a chain to fork. */
const FORK = "fork";
/**
 * By the path below `test/`: those that look at tools, pages, packages and nodes. Of deployments, the one that opens the
 * market covers what the others do.
 */
const WITHOUT_CONTRACTS =
  /^(?:sdk|deploy\/(?!opener))|\.(?:check|docs)\.|\/(?:docs|keep3r|newJob|package\w*|workspaces|bundle|demo|node|mutation)\./;

/** All tests but those that need a fork and, while coverage is measured, those that would cover nothing. */
export function allTests(coverage: boolean): string[] {
  const all = testsIn(TESTS).filter((file) => !inTests(file).startsWith(`${FORK}/`));
  return coverage ? all.filter(looksAtContracts) : all;
}

/** Whether a test looks at contracts. @param file Its path */
export function looksAtContracts(file: string): boolean {
  return !WITHOUT_CONTRACTS.test(inTests(file));
}

function inTests(file: string): string {
  return path.relative(TESTS, path.resolve(ROOT, file)).split(path.sep).join("/");
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
