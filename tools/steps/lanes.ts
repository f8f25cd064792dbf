import { clock } from "./clock";
import { hasPassed, type Outcome, start, type Started, type Step } from "./step";

/** How often those are named that run, in milliseconds. */
const REMINDER = 60_000;
/** What a shell says of a program that Ctrl-C has ended. */
const INTERRUPTED = 130;

/**
 * Runs steps that don't depend on each other, as many at a time as there are lanes, also after one has failed. Each one's
 * output is printed as a whole when it has ended, with lines of progress between. Ctrl-C ends this process.
 * @param steps Taken one by one as lanes become free
 * @returns The outcomes, in the order in which the steps ended
 */
export async function runInLanes(steps: Iterable<Step>, lanes: number): Promise<Outcome[]> {
  const waiting = steps[Symbol.iterator]();
  const running = new Map<Step, Started>();
  const outcomes: Outcome[] = [];
  const began = performance.now();
  const say = (text: string): void => console.log(`[${clock((performance.now() - began) / 1000)}] ${text}`);

  const work = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      const step: Step = next.value;
      say(`${step.name} begins`);
      const started = start(step);
      running.set(step, started);
      const outcome = await started.ended;
      running.delete(step);
      outcomes.push(outcome);
      printBlock(outcome);
    }
  };

  const reminder = setInterval(() => say(`${namesOf(running)} ${running.size === 1 ? "runs" : "run"}`), REMINDER);
  const stop = (signal: NodeJS.Signals): void => {
    for (const { process: child } of running.values()) child.kill(signal);
    const done = outcomes.map(({ name }) => name).join(", ") || "nothing";
    say(`Interrupted. Done: ${done}. Broken off: ${namesOf(running)}.`);
    process.exit(INTERRUPTED);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    await Promise.all(Array.from({ length: lanes }, work));
  } finally {
    clearInterval(reminder);
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
  return outcomes;
}

function namesOf(running: ReadonlyMap<Step, unknown>): string {
  return [...running.keys()].map(({ name }) => name).join(", ") || "nothing";
}

function printBlock(outcome: Outcome): void {
  const { name, code, seconds, output } = outcome;
  const end = hasPassed(outcome)
    ? "passed"
    : `FAILED with ${code === undefined ? "no exit code" : `exit code ${code}`}`;
  const line = `=== ${name}: ${end} after ${clock(seconds)} ===`;
  console.log(["", line, output.trimEnd(), ""].join("\n"));
}
