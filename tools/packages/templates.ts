import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { keep } from "../committed";
import { ROOT } from "../root";

const EXAMPLE = path.join(ROOT, "examples", "heartbeat");
/** It is about the example, not about a job that is made of it. */
const LEFT_OUT = ["README.md"];
const FILE = path.join(ROOT, "cli", "src", "example.ts");

/** Writes the example into the command line, which makes new jobs of it, or compares it with what is committed there. */
export function keepTemplates(check: boolean): void {
  const files = readdirSync(EXAMPLE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(EXAMPLE, path.join(parentPath, name)).split(path.sep).join("/"))
    .filter((file) => !LEFT_OUT.includes(file))
    .sort();
  const entries = files.map((file) => {
    const lines = readFileSync(path.join(EXAMPLE, file), "utf8").split("\n").slice(0, -1);
    return `  ${JSON.stringify(file)}: [\n${lines.map((line) => `    ${JSON.stringify(line)},\n`).join("")}  ],\n`;
  });
  keep(FILE, `${HEAD}${entries.join("")}};\n`, "npm run templates", check);
}

const HEAD = `// Written by \`npm run templates\` from examples/heartbeat.
/** The example's files, by their paths in it, as lines. */
export const EXAMPLE: Readonly<Record<string, readonly string[]>> = {
`;
