import { Failure } from "@keep3r-network/sdk";
import type { Compiled, Compiler, Manner } from "./compiler";
import type { Lane } from "./lane";
import { type Mutant, mutate } from "./operators";
import type { Result } from "./results";
import { Suite } from "./suite";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A run of tests that takes so many times what it takes without a change counts as hanging; it may start slowly, too. */
const PATIENCE = 5;
const TIME_TO_START = 2 * MINUTE;

/** Shared by all mutants of a run. */
export interface Bench {
  compiler: Compiler;
  sources: Map<string, string>;
  /** The contracts without a change. */
  original: Record<Manner, Compiled>;
  suite: Suite;
  /** How long the invariants take, in milliseconds. */
  invariants: number;
}

/** Checks that all tests pass without a change, in either manner: else a failure would say nothing. */
export async function prepare(compiler: Compiler, sources: Map<string, string>, lane: Lane): Promise<Bench> {
  const suite = new Suite();
  const original = { quick: await compiler.compileAll("quick"), deployed: await compiler.compileAll("deployed") };
  for (const manner of ["quick", "deployed"] as const) {
    const restore = lane.exchange(original[manner]);
    const run = await lane.test(suite.files, manner, HOUR);
    if (run.outcome === "timeout") throw new Error("The tests take longer than an hour.");
    const { failed, durations } = run.verdict;
    if (failed) throw new Failure(`A test fails without any change: ${failed.title} in ${failed.file}`);
    suite.time(durations);
    restore();
  }
  const started = Date.now();
  if (!(await lane.testInvariants(HOUR))) throw new Failure("An invariant fails without any change.");

  console.log(`without a change ${suite.files.length} test files and the invariants pass`);
  return { compiler, sources, original, suite, invariants: Date.now() - started };
}

/**
 * Tests a mutant: first compiled quickly, since most fail a test soon; then, if it survives, as it would be deployed, with
 * the tests of gas and the invariants.
 * @returns Undefined if the change doesn't compile, or compiles to the same code
 */
export async function test(mutant: Mutant, lane: Lane, bench: Bench): Promise<Result | undefined> {
  const { file, within, operator, from, to, nth, code, line } = mutant;
  const result = { file, within, operator, from, to, nth, code, line };
  for (const manner of ["quick", "deployed"] as const) {
    const compiled = await bench.compiler.compileWith(file, mutate(bench.sources.get(file) ?? "", mutant), manner);
    if (compiled === undefined || isSame(compiled, bench.original[manner])) return undefined;

    const restore = lane.exchange(compiled);
    try {
      for (const files of bench.suite.inPartsFor(file)) {
        const run = await lane.test(files, manner, patienceFor(bench.suite.durationOf(files)));
        if (run.outcome === "timeout") return { ...result, outcome: "timeout" };
        const { failed } = run.verdict;
        if (failed) {
          bench.suite.credit(file, failed.file);
          return { ...result, outcome: "killed", by: `${failed.file}: ${failed.title}` };
        }
      }
      if (manner === "deployed" && !(await lane.testInvariants(patienceFor(bench.invariants)))) {
        return { ...result, outcome: "killed", by: "test/foundry" };
      }
    } finally {
      restore();
    }
  }
  return { ...result, outcome: "survived" };
}

/** @param duration How long something takes without a change, in milliseconds */
function patienceFor(duration: number): number {
  return TIME_TO_START + PATIENCE * duration;
}

function isSame(compiled: Compiled, original: Compiled): boolean {
  return [...compiled].every(([artifact, { bytecode }]) => original.get(artifact)?.bytecode === bytecode);
}
