import { readdirSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root";

const TEST = path.join(ROOT, "test");
const FOLDERS = ["unit", "security", "integration", "differential"];
/** Words in the paths of those that test tools, workspaces, documents and library jobs: these aren't changed. */
const ELSEWHERE = [
  ...["jobs/", "Compatibility", "hegicOptions", "keep3r.", "newJob", "demo", "node", "docs", "mutation"],
  ...[".check.", "package", "workspaces", "bundle"],
];

/** How many files, of those that come first, are tried before the others are even read. */
const LIKELY = 6;

/** The test files of the network's own contracts, in an order that depends on what was changed. */
export class Suite {
  readonly files: readonly string[] = FOLDERS.flatMap(testsIn);
  readonly #durations = new Map<string, number>();
  readonly #kills = new Map<string, number>();

  /** Notes how long test files take; those that take long come last. */
  time(durations: Record<string, number>): void {
    for (const [file, duration] of Object.entries(durations)) this.#durations.set(file, duration);
  }

  /** How long test files take together, in milliseconds. */
  durationOf(files: readonly string[]): number {
    return files.reduce((sum, file) => sum + (this.#durations.get(file) ?? 0), 0);
  }

  /** Notes that a test file found a mutant of a source: it comes first for that source's others, and early for all. */
  credit(source: string, file: string): void {
    for (const key of [keyOf(source, file), keyOf("any", file)]) this.#kills.set(key, (this.#kills.get(key) ?? 0) + 1);
  }

  /** Files that found mutants of this source come first, then files named like it, then files that found others, then quick ones. */
  inOrderFor(source: string): string[] {
    const rank = (file: string) =>
      10 * this.#killsOf(source, file) + 5 * likeness(source, file) + this.#killsOf("any", file);
    const duration = (file: string) => this.#durations.get(file) ?? 0;
    return [...this.files].sort((one, other) => rank(other) - rank(one) || duration(one) - duration(other));
  }

  /** The same in two parts: those that are likely to find something out, which start sooner without the others. */
  inPartsFor(source: string): [string[], string[]] {
    const files = this.inOrderFor(source);
    return [files.slice(0, LIKELY), files.slice(LIKELY)];
  }

  #killsOf(source: string, file: string): number {
    return this.#kills.get(keyOf(source, file)) ?? 0;
  }
}

function keyOf(source: string, file: string): string {
  return `${source} ${file}`;
}

/** How many words the names have in common, as `CreditMath` and `LiquidityCredits.bucket` have `credit`. */
function likeness(source: string, file: string): number {
  const words = wordsOf(file);
  return wordsOf(source).filter((word) => words.some((other) => other.startsWith(word) || word.startsWith(other)))
    .length;
}

/** The words of a file's name, without the network's. Tests of packed types are called tests of words. */
function wordsOf(file: string): string[] {
  const [name = ""] = path
    .basename(file)
    .replace("Keep3r", "")
    .split(/\.(?:test\.ts|sol)$/);
  const words = (name.match(/[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());
  return file.includes("/types/") ? ["words", ...words] : words;
}

function testsIn(folder: string): string[] {
  return readdirSync(path.join(TEST, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !ELSEWHERE.some((word) => file.includes(word)))
    .sort()
    .map((file) => path.join("test", folder, file));
}
