import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root";
import type { Mutant } from "./operators";

const SNAPSHOT = path.join(ROOT, "snapshots", "mutation.json");
const EQUIVALENT = path.join(ROOT, "test", "mutation", "equivalent.json");

/** What tells a mutant from all others, wherever in its function it stands. */
export type MutantId = Pick<Mutant, "file" | "within" | "operator" | "from" | "to" | "nth">;

/** A timeout is a kill, too: the tests would not have ended. */
export type Outcome = "killed" | "timeout" | "survived";

export interface Result extends MutantId, Pick<Mutant, "code" | "line"> {
  outcome: Outcome;
  /** The test that failed. */
  by?: string;
}

/** A mutant that no test can tell from the original, and why. */
export interface Equivalent extends MutantId {
  why: string;
}

/** What is known, as it is committed; written after each mutant, so that a run that is interrupted can go on. */
export interface Snapshot {
  /** What the sample is drawn with. */
  seed: number;
  /** Sources of which not a sample, but all mutants are tested. */
  files: string[];
  /** How many mutants there are that a sample is taken from. */
  population: number;
  results: Result[];
}

/** Undefined before the first run. */
export function readSnapshot(): Snapshot | undefined {
  return existsSync(SNAPSHOT) ? (JSON.parse(readFileSync(SNAPSHOT, "utf8")) as Snapshot) : undefined;
}

export function writeSnapshot(snapshot: Snapshot): void {
  writeFileSync(SNAPSHOT, `${JSON.stringify(snapshot, null, 2)}\n`);
}

export function readEquivalents(): Equivalent[] {
  return JSON.parse(readFileSync(EQUIVALENT, "utf8")) as Equivalent[];
}

export function keyOf({ file, within, operator, from, to, nth }: MutantId): string {
  return JSON.stringify([file, within, operator, from, to, nth]);
}

/** A mutant in a line: `contracts/core/Work.sol:38 isKeeper, negation: …` */
export function describe({ file, line, within, from, to }: MutantId & { line: number }): string {
  const short = (text: string) => (text.trim() === "" ? "nothing" : text.trim().replace(/\s+/g, " "));
  return `${file}:${line} ${within}: ${short(from)} → ${short(to)}`;
}
