import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { SourceUnit } from "./ast";

const FOLDER = path.join(__dirname, "..", "..", "artifacts", "build-info");

/** A variable or a struct's member, as solc describes where it lies. */
export interface StorageEntry {
  label: string;
  slot: string;
  offset: number;
  type: string;
}

/** solc's `storageLayout` and `transientStorageLayout`. Types is null when there are no variables. */
export interface StorageOutput {
  storage: StorageEntry[];
  types: Record<string, { label: string; numberOfBytes: string; members?: StorageEntry[] }> | null;
}

export interface ContractOutput {
  storageLayout: StorageOutput;
  transientStorageLayout: StorageOutput;
}

/** One run of the compiler. Ids of an AST mean something within it only. */
export interface Build {
  input: { sources: Record<string, { content: string }> };
  output: {
    sources: Record<string, { ast: SourceUnit }>;
    contracts: Record<string, Record<string, ContractOutput>>;
  };
}

/** What Hardhat's last compilation has left: every run that an artifact is from. */
export function readBuilds(): Build[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
  if (files.length === 0) throw new Error("Nothing is compiled: run `npx hardhat compile`.");
  return files.map((file) => JSON.parse(readFileSync(path.join(FOLDER, file), "utf8")) as Build);
}

/** Whether a source is ours and runs in production: no test's contract, and none of a package. */
export function isProduction(source: string): boolean {
  return source.startsWith("contracts/") && !source.startsWith("contracts/test/");
}
