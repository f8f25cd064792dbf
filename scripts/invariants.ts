import { readFileSync } from "node:fs";
import path from "node:path";
import { report } from "#tools/counts";
import { forgetExploration, missed, printExploration, readExploration } from "#tools/foundry/exploration";
import { readSeed, runForge, type TestResult } from "#tools/foundry/forge";

const PROPERTIES = path.join(__dirname, "..", "docs", "properties.md");

/** Forge's fuzz tests and invariants; `--deep` for many more and longer runs than CI has time for. */
async function main(): Promise<void> {
  const unknown = process.argv.slice(2).filter((argument) => argument !== "--deep");
  if (unknown.length > 0) throw new Error(`There is no option ${unknown.join(" ")}; there is --deep.`);
  const profile = process.argv.includes("--deep") ? "deep" : "default";

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
  const outcomes = [...results.map(({ passed }) => passed), ...checks];
  const failed = outcomes.filter((passed) => !passed).length;
  console.log();
  report({ passed: outcomes.length - failed, failed, skipped: 0 });
  if (failed > 0) process.exitCode = 1;
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

/** The properties that no test is named after. */
function untested(results: readonly TestResult[]): string[] {
  const ids = [...readFileSync(PROPERTIES, "utf8").matchAll(/^## (\S+)$/gm)].map(([, id = ""]) => id);
  return ids.filter((id) => !results.some(({ name }) => name.includes(`_${id.replace("-", "_")}_`)));
}

/** Prints what a check misses; true when it is nothing. */
function check(title: string, missing: readonly string[]): boolean {
  console.log(`\n${title}: ${missing.length === 0 ? "yes" : `FAILED, not ${missing.join(", ")}`}`);
  return missing.length === 0;
}

main().catch((error: unknown) => {
  console.error(`\nError: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
