import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Flag } from "./options";

/** The option of programs that write files which are committed. */
export const CHECK = {
  type: "boolean",
  says: "writes nothing, compares with what is committed and fails on a difference",
} as const satisfies Flag;

/** Writes a generated file or, to check it, prints how the committed one differs. */
export function keep(file: string, text: string, command: string, check: boolean): void {
  if (!check) return writeFileSync(file, text);

  const differences = differencesOf(existsSync(file) ? readFileSync(file, "utf8") : "", text);
  if (differences.length === 0) return;
  const name = path.relative(process.cwd(), file);
  console.error(`${name} differs; - is committed, + is generated:\n${differences.join("\n")}`);
  console.error(`If that is meant, run \`${command}\` and commit ${name}.`);
  process.exitCode = 1;
}

/** The lines that only one of two texts has. */
export function differencesOf(committed: string, generated: string): string[] {
  if (committed === generated) return [];
  const [before, after] = [committed.split("\n"), generated.split("\n")];
  const differences = [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
  return differences.length > 0 ? differences : ["The lines are the same, in another order or number."];
}
