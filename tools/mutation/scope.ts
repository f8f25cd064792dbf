import { readdirSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root";

/** What is changed: all that accounts, pays and prices. */
const MUTATED = /^contracts\/(core|governance|helper|libraries|oracle|types)\/|^contracts\/Keep3r(Helper|Oracle)\.sol$/;
/** The network, and what the tests and the simulation deploy beside it. Library jobs stay as they are. */
const COMPILED = /^contracts\/((test|simulation)\/)?[^/]+\.sol$/;

/** Whether a source is changed. */
export function isMutated(file: string): boolean {
  return MUTATED.test(file);
}

/** All sources that are changed. */
export function mutatedFiles(): string[] {
  const files = readdirSync(path.join(ROOT, "contracts"), { recursive: true, encoding: "utf8" });
  return files.map((file) => path.posix.join("contracts", ...file.split(path.sep))).filter(isSource);
}

/** Whether a source's contracts are compiled when something that they import changes. */
export function isCompiled(file: string): boolean {
  return COMPILED.test(file);
}

function isSource(file: string): boolean {
  return file.endsWith(".sol") && isMutated(file);
}
