import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { config } from "hardhat";
import { guard } from "../entry";

/** What a run of tests found out. */
export interface Verdict {
  /** The first test that failed; none if all passed. */
  failed?: { file: string; title: string };
  /** By test file, how long its tests took, in milliseconds. */
  durations: Record<string, number>;
}

// Mocha is a dependency of Hardhat's
const Mocha_ = createRequire(require.resolve("hardhat"))("mocha") as typeof Mocha;

/** Runs test files in the order given, up to the first test that fails, and writes the verdict to a file. */
guard(async ([output, ...files]) => {
  if (output === undefined) throw new Error("The first argument names the file that the verdict is written to.");

  const mocha = new Mocha_({ ...config.mocha, bail: true, reporter: "min" });
  for (const file of files) mocha.addFile(path.resolve(file));
  const verdict: Verdict = { durations: {} };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on("test end", (test) => {
      verdict.durations[fileOf(test)] = (verdict.durations[fileOf(test)] ?? 0) + (test.duration ?? 0);
    });
    runner.on("fail", (test) => {
      verdict.failed ??= { file: fileOf(test), title: test.fullTitle() };
    });
  });

  writeFileSync(output, JSON.stringify(verdict));
  // Fast-check and the chain may have left something open
  process.exit();
});

/** Where a test's `describe` stands; the test itself may be made by a function of another file. */
function fileOf({ file, parent }: Mocha.Runnable): string {
  return path.relative(process.cwd(), parent?.file ?? file ?? "").replace(/\.js$/, ".ts");
}
