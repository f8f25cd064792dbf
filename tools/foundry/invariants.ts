import { readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root";
import { demandArtifacts } from "../solidity/builds";
import { report } from "../tests/counts";
import { forgetExploration, missed, printExploration, readExploration } from "./exploration";
import { readSeed, runForge, type TestResult } from "./forge";

const PROPERTIES = path.join(ROOT, "docs", "properties.md");

/**
 * Runs forge's fuzz tests and invariants, and prints their results.
 * @param profile Of foundry.toml: `default`, or `deep` for many more and longer runs than CI has time for
 * @returns How many failed
 */
export async function runInvariants(profile: "default" | "deep"): Promise<number> {
  demandArtifacts("tests");
  forgetExploration();
  const started = Date.now();
  const results = await runForge(profile);
  printResults(results);

  console.log();
  const explorations = readExploration();
  printExploration(explorations);
  const checks = [
    check("every property has a test", untested(results)),
    check("every action is done, every state reached and every error met", missed(explorations)),
  ];

  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`\nprofile ${profile}, seed ${await readSeed(profile)}, ${seconds} s`);
  const outcomes = [...results, ...checks];
  const failures = outcomes.filter(({ passed }) => !passed).map(({ name }) => name);
  console.log();
  report({ passed: outcomes.length - failures.length, failed: failures.length, skipped: 0, failures });
  return failures.length;
}

function printResults(results: readonly TestResult[]): void {
  const width = Math.max(...results.map(({ name }) => name.length));
  console.log(`${"test".padEnd(width)}  ${"runs".padStart(6)}  ${"calls".padStart(8)}`);
  for (const { name, runs, calls, passed, reason } of results) {
    const row = `${name.padEnd(width)}  ${String(runs).padStart(6)}  ${String(calls ?? "").padStart(8)}`;
    console.log(passed ? row.trimEnd() : `${row}  FAILED: ${reason ?? "no reason given"}`);
  }
  for (const { name } of results.filter(({ passed }) => !passed)) {
    console.log(`\nTo see how ${name} failed: forge test --match-test ${name} -vvvv`);
  }
}

/** Properties without a test of their name. */
function untested(results: readonly TestResult[]): string[] {
  const ids = [...readFileSync(PROPERTIES, "utf8").matchAll(/^## (\S+)$/gm)].map(([, id = ""]) => id);
  return ids.filter((id) => !results.some(({ name }) => name.includes(`_${id.replace("-", "_")}_`)));
}

/** Prints what a check misses; it passes when that is nothing. */
function check(name: string, missing: readonly string[]): Pick<TestResult, "name" | "passed"> {
  console.log(`\n${name}: ${missing.length === 0 ? "yes" : `FAILED, not ${missing.join(", ")}`}`);
  return { name, passed: missing.length === 0 };
}
