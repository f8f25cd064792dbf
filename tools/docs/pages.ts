import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root";

/** A page of the documentation. */
export interface Page {
  /** Its path in the repository. */
  file: string;
  text: string;
}

/** A block of code on a page. */
export interface Block {
  /** The line of the page that its code begins at, from 1. */
  line: number;
  code: string;
}

/** What npm, compilers and runs leave behind; nothing in it is a page of ours. */
const GENERATED = new Set(["node_modules", "artifacts", "cache", "coverage", "dist", "typechain-types", ".git"]);

/** The paths of all Markdown pages, from the repository's root. */
export function pagesIn(folder = ""): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return GENERATED.has(entry.name) ? [] : pagesIn(file);
      return entry.name.endsWith(".md") ? [file] : [];
    })
    .sort();
}

export function readPage(file: string, root = ROOT): Page {
  return { file, text: readFileSync(path.join(root, file), "utf8") };
}

/** The blocks of one language on a page, in order. */
export function blocksOf({ text }: Page, language: string): Block[] {
  return [...text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)^\\1\`\`\`$`, "gms"))].map((match) => ({
    line: lineAt(text, match.index) + 1,
    code: match[2] ?? "",
  }));
}

/** A page's lines that aren't in a block of code. */
export function proseOf(text: string): string[] {
  let fenced = false;
  return text.split("\n").filter((line) => {
    if (!/^\s*```/.test(line)) return !fenced;
    fenced = !fenced;
    return false;
  });
}

/** The line of a place in a text, from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
