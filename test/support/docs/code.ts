import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Block, blocksOf, type Page } from "#tools/docs/pages";
import { ROOT } from "#tools/root";
import { isProduction } from "#tools/solidity/sources";

interface Compiler {
  compile(input: string, callbacks: { import(file: string): { contents: string } | { error: string } }): string;
}

interface Diagnostic {
  formattedMessage: string;
  severity: string;
  sourceLocation?: { file: string };
}

const NAME = "@keep3r-network/keep3r/";
/** On one line, so that the page's lines stay what they are. */
const HEAD = "/* SPDX-License-Identifier: MIT */ pragma solidity ^0.8.28;";

/**
 * Compiles all Solidity of pages at once. A block with a pragma is a file as it stands. Others belong to one file for each
 * page, in the page's order, which imports what they name of the contracts here and of what those import.
 * @returns What the compiler says of the pages, by their own lines
 */
export async function compileSolidity(pages: readonly Page[]): Promise<string[]> {
  const sources = Object.fromEntries(pages.flatMap(sourcesOf).map(([file, content]) => [file, { content }]));
  const input = {
    language: "Solidity",
    sources,
    settings: { evmVersion: "cancun", remappings: [`${NAME}=`], outputSelection: { "*": { "*": ["abi"] } } },
  };
  const { default: solc } = (await import("solc")) as unknown as { default: Compiler };
  const { errors = [] } = JSON.parse(solc.compile(JSON.stringify(input), { import: readImport })) as {
    errors?: Diagnostic[];
  };
  return errors
    .filter(({ severity, sourceLocation }) => severity === "error" || (sourceLocation?.file ?? "") in sources)
    .map(({ formattedMessage }) => formattedMessage);
}

/** The files of a page's blocks, by name. Blank lines stand for its prose, so that lines are the page's. */
function sourcesOf(page: Page): [file: string, content: string][] {
  const blocks = blocksOf(page, "solidity");
  const isWhole = ({ code }: Block): boolean => /^pragma solidity /m.test(code);
  const whole = blocks
    .filter(isWhole)
    .map((block): [string, string] => [`${page.file}, from line ${block.line}`, atTheirLines([block], "")]);

  const parts = blocks.filter((block) => !isWhole(block));
  if (parts.length === 0) return whole;
  return [...whole, [page.file, atTheirLines(parts, HEAD + importsFor(parts.map(({ code }) => code).join("")))]];
}

function atTheirLines(blocks: readonly Block[], first: string): string {
  const lines = [first];
  for (const { line, code } of blocks) {
    while (lines.length < line - 1) lines.push("");
    lines.push(...code.trimEnd().split("\n"));
  }
  return `${lines.join("\n")}\n`;
}

/** Imports of what a text names and doesn't declare. */
function importsFor(text: string): string {
  const declared = new Set(declarationsIn(text));
  const names = new Set(text.match(/\w+/g));
  return [...importable()]
    .filter(([name]) => names.has(name) && !declared.has(name))
    .map(([name, file]) => ` import {${name}} from "${file}";`)
    .join("");
}

/** By name, the files of this package's contracts and of what they import from others. */
function importable(): Map<string, string> {
  const files = filesIn("contracts").filter((file) => file.endsWith(".sol") && isProduction(file));
  const named = files.flatMap((file) => {
    const text = read(file);
    const imports = [...text.matchAll(/^import \{([^}]+)\} from "(@[^"]+)";$/gm)].flatMap(([, names = "", from = ""]) =>
      names.split(",").map((name): [string, string] => [name.trim(), from]),
    );
    return [...imports, ...declarationsIn(text).map((name): [string, string] => [name, file])];
  });
  return new Map(named);
}

function declarationsIn(text: string): string[] {
  return [...text.matchAll(/^(?:abstract contract|contract|interface|library) (\w+)/gm)].map(([, name = ""]) => name);
}

function readImport(file: string): { contents: string } | { error: string } {
  try {
    return { contents: read(file.startsWith("@") ? path.posix.join("node_modules", file) : file) };
  } catch {
    return { error: "there is no such file" };
  }
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

/** The files below a folder of the repository, by their paths in it. */
function filesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((file) => path.posix.join(folder, file))
    .sort();
}
