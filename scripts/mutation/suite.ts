import { readdirSync } from "node:fs";
import path from "node:path";

const TEST = path.join(__dirname, "..", "..", "test");
const FOLDERS = ["unit", "security", "integration", "differential"];
/** Words in the paths of those that test scripts, documents and library jobs: these aren't changed, and take long. */
const ELSEWHERE = ["jobs/", "Compatibility", "operate", "package", "node", "demo", "docs", "hegicOptions", "mutation"];

/** The test files of the network's own contracts, in an order that depends on what was changed. */
export class Suite {
  readonly files: readonly string[] = FOLDERS.flatMap(testsIn);
  readonly #durations = new Map<string, number>();
  readonly #kills = new Map<string, Map<string, number>>();

  /** Notes how long test files take; those that take long come last. */
  time(durations: Record<string, number>): void {
    for (const [file, duration] of Object.entries(durations)) this.#durations.set(file, duration);
  }

  /** Notes that a test file found a mutant of a source, so that it comes first for that source's others. */
  credit(source: string, file: string): void {
    const kills = this.#kills.get(source) ?? new Map<string, number>();
    this.#kills.set(source, kills.set(file, (kills.get(file) ?? 0) + 1));
  }

  /** First what has found mutants of this source, then what is named after it, then the quick ones. */
  inOrderFor(source: string): string[] {
    const name = path.basename(source, ".sol");
    const rank = (file: string) => {
      const kills = this.#kills.get(source)?.get(file) ?? 0;
      return kills * 10 + (path.basename(file).startsWith(`${name}.`) ? 5 : 0);
    };
    const duration = (file: string) => this.#durations.get(file) ?? 0;
    return [...this.files].sort((one, other) => rank(other) - rank(one) || duration(one) - duration(other));
  }
}

function testsIn(folder: string): string[] {
  return readdirSync(path.join(TEST, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !ELSEWHERE.some((word) => file.includes(word)))
    .sort()
    .map((file) => path.join("test", folder, file));
}
