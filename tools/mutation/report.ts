import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { ROOT } from "../root";
import { describe, type Equivalent, keyOf, type Result, type Snapshot } from "./results";

const PAGE = path.join(ROOT, "docs", "assurance.md");
const [BEGIN, END] = ["<!-- mutation: written by `npm run mutation` -->", "<!-- mutation: end -->"];

/** Killed among those that can be, in percent. */
export interface Score {
  mutants: number;
  killed: number;
  equivalent: number;
  survived: number;
  percent: number;
}

export function scoreOf(results: readonly Result[], equivalents: readonly Equivalent[]): Score {
  const known = new Set(equivalents.map(keyOf));
  const alive = results.filter(({ outcome }) => outcome === "survived");
  const equivalent = alive.filter((result) => known.has(keyOf(result))).length;
  const killed = results.length - alive.length;
  const percent = results.length === equivalent ? 100 : (killed * 100) / (results.length - equivalent);
  return { mutants: results.length, killed, equivalent, survived: alive.length - equivalent, percent };
}

/** Writes score and survivors into docs/assurance.md. */
export async function writeReport(snapshot: Snapshot, equivalents: readonly Equivalent[]): Promise<void> {
  const page = readFileSync(PAGE, "utf8");
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end === -1) throw new Error(`docs/assurance.md has no lines "${BEGIN}" and "${END}".`);
  const body = render(snapshot, equivalents);
  const written = `${page.slice(0, begin)}${BEGIN}\n\n${body}\n\n${page.slice(end)}`;
  writeFileSync(PAGE, await format(written, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}

function render({ seed, files: whole, population, results }: Snapshot, equivalents: readonly Equivalent[]): string {
  const files = [...new Set(results.map(({ file }) => file))].sort();
  const rows = files.map((file) => rowOf(`\`${file}\``, scoreOf(ofFile(results, file), equivalents)));
  const table = [
    ["source", "mutants", "killed", "equivalent", "survived", "score"],
    ["---", "---:", "---:", "---:", "---:", "---:"],
    ...rows,
    rowOf("all", scoreOf(results, equivalents)),
  ];
  const why = new Map(equivalents.map((equivalent) => [keyOf(equivalent), equivalent.why]));
  const alive = results.filter(({ outcome }) => outcome === "survived");
  const survivors = alive.map((result) => `- \`${describe(result)}\`. ${why.get(keyOf(result)) ?? "Not justified."}`);
  return [
    `${results.length} of ${population} mutants: ${whole.length === 0 ? "" : `all of ${list(whole)}; of the others `}a sample drawn with seed ${seed}.`,
    table.map((cells) => `| ${cells.join(" | ")} |`).join("\n"),
    ...(survivors.length === 0 ? [] : ["Those that survive:", survivors.join("\n")]),
  ].join("\n\n");
}

function list(files: readonly string[]): string {
  return files.map((file) => `\`${file}\``).join(", ");
}

function rowOf(name: string, { mutants, killed, equivalent, survived, percent }: Score): string[] {
  return [name, ...[mutants, killed, equivalent, survived].map(String), `${percent.toFixed(1)} %`];
}

function ofFile(results: readonly Result[], file: string): Result[] {
  return results.filter((result) => result.file === file);
}
