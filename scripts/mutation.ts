import { parseArgs } from "node:util";
import { type Compiled, Compiler, type Manner } from "#tools/mutation/compiler";
import { Lane } from "#tools/mutation/lane";
import { type Mutant, mutantsOf, mutate } from "#tools/mutation/operators";
import { scoreOf, writeReport } from "#tools/mutation/report";
import { describe, keyOf, readEquivalents, readSnapshot, type Result, writeSnapshot } from "#tools/mutation/results";
import { inSampleOrder } from "#tools/mutation/sample";
import { Suite } from "#tools/mutation/suite";

/** What is changed: all that accounts, pays and prices. */
const MUTATED = /^contracts\/(core|governance|helper|libraries|oracle|types)\/|^contracts\/Keep3r(Helper|Oracle)\.sol$/;
/** What a change is compiled into: the network and the tests' own contracts. Library jobs stay as they are. */
const COMPILED = /^contracts\/(test\/)?[^/]+\.sol$/;
const LEAST_SCORE = 95;
const DEFAULT_SIZE = "200";
const DEFAULT_SEED = "1";
const DEFAULT_LANES = "2";
const HOUR = 3_600_000;

interface Options {
  seed: number;
  size: number;
  lanes: number;
  /** Mutants of this file only, all of them. */
  file: string | undefined;
  /** Those again that survived last time, after tests were added. */
  survivors: boolean;
  /** From where the last run was interrupted. */
  resume: boolean;
}

interface Choice {
  seed: number;
  /** In the order in which they are tested, until as many as `size` have been. */
  candidates: Mutant[];
  size: number;
  known: Result[];
}

/** What is the same for all mutants of a run. */
interface Bench {
  compiler: Compiler;
  sources: Map<string, string>;
  /** The contracts without a change. */
  original: Record<Manner, Compiled>;
  suite: Suite;
  /** A run of tests that takes longer hangs. */
  timeout: number;
}

/** Changes the contracts in small ways, one at a time, and counts how many of the changes the tests notice. */
async function main(): Promise<void> {
  const options = readOptions();
  const compiler = await Compiler.open((file) => COMPILED.test(file));
  const sources = compiler.sources();
  const mutants = [...(await compiler.trees())]
    .filter(([file]) => MUTATED.test(file))
    .flatMap(([file, tree]) => mutantsOf(file, sources.get(file) ?? "", tree));
  const equivalents = readEquivalents();
  const stale = equivalents.filter((equivalent) => !mutants.some((mutant) => keyOf(mutant) === keyOf(equivalent)));
  if (stale.length > 0) throw new Error(`No mutant is like ${stale.map(keyOf).join(", ")} of equivalent.json.`);

  const { seed, candidates, size, known } = choose(mutants, options);
  console.log(`${mutants.length} mutants; seed ${seed}; ${known.length} are known, ${size} are tested`);
  const results = new Map(known.map((result) => [keyOf(result), result]));
  let tested = 0;
  const lanes = Array.from({ length: options.lanes }, () => new Lane());
  try {
    const bench = await prepare(compiler, sources, lanes[0] as Lane);
    await testAll(candidates, size, lanes, bench, (result) => {
      results.set(keyOf(result), result);
      if (options.file === undefined) writeSnapshot({ seed, population: mutants.length, results: inOrder(results) });
      console.log(`${++tested}/${size} ${result.outcome.padEnd(8)} ${describe(result)}`);
    });
    if (options.file === undefined) await writeReport(readSnapshot(), equivalents);
    conclude([...results.values()]);
  } finally {
    for (const lane of lanes) lane.remove();
  }
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: DEFAULT_SEED },
      size: { type: "string", default: DEFAULT_SIZE },
      lanes: { type: "string", default: DEFAULT_LANES },
      file: { type: "string" },
      survivors: { type: "boolean", default: false },
      resume: { type: "boolean", default: false },
    },
  });
  const { seed, size, lanes } = { seed: Number(values.seed), size: Number(values.size), lanes: Number(values.lanes) };
  for (const [name, value] of Object.entries({ seed, size, lanes })) {
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`--${name} takes a whole number from 1, not "${value}".`);
  }
  if (values.file !== undefined && !MUTATED.test(values.file)) {
    throw new Error(`--file takes a source that is mutated, such as contracts/core/Work.sol, not "${values.file}".`);
  }
  return { seed, size, lanes, file: values.file, survivors: values.survivors, resume: values.resume };
}

/** Which mutants may be tested, in order, how many of them are, and what is known already. */
function choose(mutants: readonly Mutant[], { seed, size, file, survivors, resume }: Options): Choice {
  if (file !== undefined) {
    const candidates = mutants.filter((mutant) => mutant.file === file);
    return { seed, candidates, size: candidates.length, known: [] };
  }
  const last = survivors || resume ? readSnapshot() : { seed, results: [] };
  const known = ofToday(last.results, mutants);
  const keys = new Set(known.map(keyOf));
  if (survivors) {
    const survived = new Set(known.filter(({ outcome }) => outcome === "survived").map(keyOf));
    const candidates = mutants.filter((mutant) => survived.has(keyOf(mutant)));
    return { seed: last.seed, candidates, size: candidates.length, known };
  }
  const candidates = inSampleOrder(mutants, last.seed).filter((mutant) => !keys.has(keyOf(mutant)));
  return { seed: last.seed, candidates, size: Math.max(0, size - known.length), known };
}

/** What is known of mutants that there still are, in code that is still the same, by the lines in which they stand now. */
function ofToday(results: readonly Result[], mutants: readonly Mutant[]): Result[] {
  const today = new Map(mutants.map((mutant) => [keyOf(mutant), mutant]));
  return results.flatMap((result) => {
    const mutant = today.get(keyOf(result));
    return mutant?.code === result.code ? [{ ...result, line: mutant.line }] : [];
  });
}

/** Without a change all tests have to pass, in either manner, or a failure would tell nothing. */
async function prepare(compiler: Compiler, sources: Map<string, string>, lane: Lane): Promise<Bench> {
  const suite = new Suite();
  const original = { quick: await compiler.compileAll("quick"), deployed: await compiler.compileAll("deployed") };
  const started = Date.now();
  for (const manner of ["quick", "deployed"] as const) {
    const restore = lane.exchange(original[manner]);
    const run = await lane.test(suite.files, manner, HOUR);
    if (run.outcome === "timeout") throw new Error("The tests take longer than an hour.");
    const { failed, durations } = run.verdict;
    if (failed) throw new Error(`A test fails without any change: ${failed.title} in ${failed.file}`);
    suite.time(durations);
    restore();
  }
  if (!(await lane.testInvariants(HOUR))) throw new Error("An invariant fails without any change.");

  const timeout = 3 * (Date.now() - started);
  console.log(`without a change ${suite.files.length} test files and the invariants pass`);
  return { compiler, sources, original, suite, timeout };
}

/** Tests mutants in their order, as many at a time as there are lanes, until enough have been. */
async function testAll(
  candidates: readonly Mutant[],
  size: number,
  lanes: readonly Lane[],
  bench: Bench,
  onResult: (result: Result) => void,
): Promise<void> {
  const waiting = candidates.values();
  let begun = 0;
  const work = async (lane: Lane) => {
    while (begun < size) {
      const { value: mutant, done } = waiting.next();
      if (done) return;
      begun++;
      const result = await test(mutant, lane, bench);
      // No mutant after all: another one takes its place
      if (result === undefined) begun--;
      else onResult(result);
    }
  };
  await Promise.all(lanes.map(work));
}

/**
 * First compiled quickly, since most mutants are found out soon; what survives that, as it would be deployed, with the tests
 * of gas and the invariants. Undefined for a change that doesn't compile, or that the compiler makes the same code of.
 */
async function test(mutant: Mutant, lane: Lane, bench: Bench): Promise<Result | undefined> {
  const { file, within, operator, from, to, nth, code, line } = mutant;
  const result = { file, within, operator, from, to, nth, code, line };
  for (const manner of ["quick", "deployed"] as const) {
    const compiled = await bench.compiler.compileWith(file, mutate(bench.sources.get(file) ?? "", mutant), manner);
    if (compiled === undefined || isSame(compiled, bench.original[manner])) return undefined;

    const restore = lane.exchange(compiled);
    try {
      const run = await lane.test(bench.suite.inOrderFor(file), manner, bench.timeout);
      if (run.outcome === "timeout") return { ...result, outcome: "timeout" };
      const { failed } = run.verdict;
      if (failed) {
        bench.suite.credit(file, failed.file);
        return { ...result, outcome: "killed", by: `${failed.file}: ${failed.title}` };
      }
      if (manner === "deployed" && !(await lane.testInvariants(bench.timeout))) {
        return { ...result, outcome: "killed", by: "test/foundry" };
      }
    } finally {
      restore();
    }
  }
  return { ...result, outcome: "survived" };
}

function inOrder(results: ReadonlyMap<string, Result>): Result[] {
  return [...results.values()].sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line);
}

function isSame(compiled: Compiled, original: Compiled): boolean {
  return [...compiled].every(([artifact, { bytecode }]) => original.get(artifact)?.bytecode === bytecode);
}

function conclude(results: readonly Result[]): void {
  const { mutants, killed, equivalent, survived, percent } = scoreOf(results, readEquivalents());
  console.log(`\n${mutants} mutants: ${killed} killed, ${equivalent} equivalent, ${survived} survived`);
  console.log(`score ${percent.toFixed(1)} % of those that aren't equivalent; at least ${LEAST_SCORE} % are wanted`);
  if (percent < LEAST_SCORE) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(`\nError: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
