import { Failure } from "@keep3r-network/sdk";
import type { Compiled, Compiler, Manner } from "./compiler";
import type { Lane } from "./lane";
import { type Mutant, mutate } from "./operators";
import { type Equivalent, keyOf, type Result } from "./results";
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
  /** Keys of mutants that are said to be equivalent. */
  equivalents: ReadonlySet<string>;
  /** How long the invariants take, in milliseconds. */
  invariants: number;
}

const MANNERS = ["quick", "deployed"] as const;

/**
 * Checks that all tests pass without a change, in either manner: else a failure would say nothing.
 * @param known What earlier runs have found out: the tests that killed are tried first again
 * @param equivalents Mutants that are said to be equivalent
 */
export async function prepare(
  compiler: Compiler,
  sources: Map<string, string>,
  lanes: readonly Lane[],
  known: readonly Result[],
  equivalents: readonly Equivalent[],
): Promise<Bench> {
  const suite = new Suite();
  const original = { quick: await compiler.compileAll("quick"), deployed: await compiler.compileAll("deployed") };
  await inLanes(lanes, MANNERS, async (manner, lane) => {
    const restore = lane.exchange(original[manner]);
    const run = await lane.test(suite.files, manner, HOUR);
    if (run.outcome === "timeout") throw new Error("The tests take longer than an hour.");
    const { failed, durations } = run.verdict;
    if (failed) throw new Failure(`A test fails without any change: ${failed.title} in ${failed.file}`);
    suite.time(durations);
    restore();
  });
  const started = Date.now();
  const [lane] = lanes as [Lane];
  if (!(await lane.testInvariants(HOUR))) throw new Failure("An invariant fails without any change.");
  const invariants = Date.now() - started;

  console.log(`without a change ${suite.files.length} test files and the invariants pass`);
  for (const { file, killer } of known.map(withKiller)) if (killer !== undefined) suite.credit(file, killer);
  return { compiler, sources, original, suite, equivalents: new Set(equivalents.map(keyOf)), invariants };
}

/** Goes through tasks in their order, as many at a time as there are lanes. */
async function inLanes<Task>(
  lanes: readonly Lane[],
  tasks: readonly Task[],
  work: (task: Task, lane: Lane) => Promise<void>,
): Promise<void> {
  const waiting = [...tasks];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await work(task, lane);
    }),
  );
}

function withKiller({ file, by }: Result): { file: string; killer: string | undefined } {
  return { file, killer: by?.split(": ")[0] };
}

/**
 * Tests a mutant. Those tests that are likely to disagree come first, with the mutant compiled quickly, since most fail soon,
 * and then as it would be deployed, with the tests of gas. One that survives meets all others in the same two manners, and
 * the invariants. One that is said to be equivalent is put through the likely tests in the quick manner, and no others: all
 * of them would take half an hour to say nothing.
 * @returns Undefined if the change doesn't compile, or compiles to the same code
 */
export async function test(mutant: Mutant, lane: Lane, bench: Bench): Promise<Result | undefined> {
  const { file, within, operator, from, to, nth, code, line } = mutant;
  const result = { file, within, operator, from, to, nth, code, line };
  const changed = mutate(bench.sources.get(file) ?? "", mutant);
  const compiled = new Map<Manner, Compiled>();
  for (const files of bench.suite.inPartsFor(file)) {
    for (const manner of MANNERS) {
      const contracts = compiled.get(manner) ?? (await bench.compiler.compileWith(file, changed, manner));
      if (contracts === undefined || isSame(contracts, bench.original[manner])) return undefined;
      compiled.set(manner, contracts);

      const patience = patienceFor(bench.suite.durationOf(files));
      const run = await exchanged(lane, contracts, () => lane.test(files, manner, patience));
      if (run.outcome === "timeout") return { ...result, outcome: "timeout" };
      const { failed } = run.verdict;
      if (failed) {
        bench.suite.credit(file, failed.file);
        return { ...result, outcome: "killed", by: `${failed.file}: ${failed.title}` };
      }
      if (bench.equivalents.has(keyOf(mutant))) return { ...result, outcome: "survived" };
    }
  }
  // The original in its place would survive whatever the change
  const deployed = compiled.get("deployed")!;
  const holds = await exchanged(lane, deployed, () => lane.testInvariants(patienceFor(bench.invariants)));
  return holds ? { ...result, outcome: "survived" } : { ...result, outcome: "killed", by: "test/foundry" };
}

/** Does something while the contracts of a lane are others. */
async function exchanged<T>(lane: Lane, contracts: Compiled, work: () => Promise<T>): Promise<T> {
  const restore = lane.exchange(contracts);
  try {
    return await work();
  } finally {
    restore();
  }
}

/** @param duration How long something takes without a change, in milliseconds */
function patienceFor(duration: number): number {
  return TIME_TO_START + PATIENCE * duration;
}

function isSame(compiled: Compiled, original: Compiled): boolean {
  return [...compiled].every(([artifact, { bytecode }]) => original.get(artifact)?.bytecode === bytecode);
}
