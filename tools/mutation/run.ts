import { Failure } from "@keep3r-network/sdk";
import { type Bench, prepare, test } from "./bench";
import { choose } from "./choice";
import { Compiler } from "./compiler";
import { Lane } from "./lane";
import { type Mutant, mutantsOf } from "./operators";
import type { Options } from "./options";
import { scoreOf, writeReport } from "./report";
import { describe, keyOf, readEquivalents, readSnapshot, type Result, type Snapshot, writeSnapshot } from "./results";
import { isCompiled, isMutated } from "./scope";

const LEAST_SCORE = 98;

/**
 * Changes the contracts in small ways, one at a time, and counts how many of the changes the tests notice.
 * @returns Whether those are enough
 */
export async function runMutation(options: Options): Promise<boolean> {
  const compiler = await Compiler.open(isCompiled);
  const sources = compiler.sources();
  const mutants = [...(await compiler.trees())]
    .filter(([file]) => isMutated(file))
    .flatMap(([file, tree]) => mutantsOf(file, sources.get(file) ?? "", tree));
  const equivalents = readEquivalents();
  const stale = equivalents.filter((equivalent) => !mutants.some((mutant) => keyOf(mutant) === keyOf(equivalent)));
  if (stale.length > 0) throw new Failure(`No mutant is like ${stale.map(keyOf).join(", ")} of equivalent.json.`);

  const last = readSnapshot();
  const { seed, order, size, known, again, files } = choose(mutants, options, last);
  const results = new Map(known.map((result) => [keyOf(result), result]));
  console.log(`${mutants.length} mutants; seed ${seed}; ${size} are wanted, ${results.size} are known`);
  const save = (whole: readonly string[]): Snapshot => {
    const snapshot = { seed, files: [...whole], population: mutants.length, results: inOrder(results) };
    writeSnapshot(snapshot);
    return snapshot;
  };
  const lanes = openLanes(options.lanes);
  const bench = await prepare(compiler, sources, lanes, known, equivalents);
  let tested = 0;
  const settled = new Set(again ? [] : results.keys());
  await testAll(order, size, settled, lanes, bench, (result) => {
    results.set(keyOf(result), result);
    // A file is tested whole once the run has come to its end
    save(last?.files ?? []);
    console.log(`${++tested} ${result.outcome.padEnd(8)} ${describe(result)}`);
  });
  await writeReport(save(files), equivalents);
  const { files: asked } = options;
  return conclude([...results.values()].filter(({ file }) => asked.length === 0 || asked.includes(file)));
}

/** Lanes that are gone when this process is, however it ends: a run is long, and often interrupted. */
function openLanes(count: number): Lane[] {
  const lanes: Lane[] = [];
  process.once("exit", () => lanes.forEach((lane) => lane.remove()));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  for (let index = 0; index < count; index++) lanes.push(new Lane());
  return lanes;
}

/** Goes through mutants in their order, testing as many at a time as there are lanes, until enough are settled. */
async function testAll(
  order: readonly Mutant[],
  size: number,
  settled: ReadonlySet<string>,
  lanes: readonly Lane[],
  bench: Bench,
  onResult: (result: Result) => void,
): Promise<void> {
  const waiting = order.values();
  let begun = 0;
  const work = async (lane: Lane) => {
    while (begun < size) {
      const { value: mutant, done } = waiting.next();
      if (done) return;
      begun++;
      if (settled.has(keyOf(mutant))) continue;

      const result = await test(mutant, lane, bench);
      // No mutant after all: another one takes its place
      if (result === undefined) begun--;
      else onResult(result);
    }
  };
  await Promise.all(lanes.map(work));
}

function inOrder(results: ReadonlyMap<string, Result>): Result[] {
  return [...results.values()].sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line);
}

function conclude(results: readonly Result[]): boolean {
  const { mutants, killed, equivalent, survived, percent } = scoreOf(results, readEquivalents());
  console.log(`\n${mutants} mutants: ${killed} killed, ${equivalent} equivalent, ${survived} survived`);
  console.log(`score ${percent.toFixed(1)} % of those that aren't equivalent; at least ${LEAST_SCORE} % are wanted`);
  return percent >= LEAST_SCORE;
}
