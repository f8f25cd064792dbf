import { report } from "./counts";
import { type Exploration, forgetExploration, printExploration, readExploration } from "./foundry/exploration";
import { readSeed, runForge, type TestResult } from "./foundry/forge";

const EXPLORATION = "every action is done and every state reached";

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
  const missed = printMissed(explorations);

  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`\nprofile ${profile}, seed ${await readSeed(profile)}, ${seconds} s`);
  const failed = results.filter(({ passed }) => !passed).length + (missed ? 1 : 0);
  console.log();
  report({ passed: results.length + 1 - failed, failed, skipped: 0 });
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

/** Whether anything wasn't reached: then the runs prove less than they seem to. */
function printMissed(explorations: readonly Exploration[]): boolean {
  const missed = explorations.filter(({ isGoal, done }) => isGoal && done === 0).map(({ name }) => name);
  console.log(`\n${EXPLORATION}: ${missed.length === 0 ? "yes" : `FAILED, not ${missed.join(", ")}`}`);
  return missed.length > 0;
}

main().catch((error: unknown) => {
  console.error(`\nError: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
