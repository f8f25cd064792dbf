import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const ROOT = path.join(__dirname, "..", "..", "..");
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

/** A page's lines that aren't in a block of code. */
export function proseOf(text: string): string[] {
  let fenced = false;
  return text.split("\n").filter((line) => {
    if (!/^\s*```/.test(line)) return !fenced;
    fenced = !fenced;
    return false;
  });
}

export function readPage(page: string): string {
  return readFileSync(path.join(ROOT, page), "utf8");
}
