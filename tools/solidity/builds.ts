import { Failure } from "@keep3r-network/sdk";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root";
import type { SourceUnit } from "./ast";
import { includes, isOurs, type Scope, scopeOf, SCOPES } from "./sources";

const ARTIFACTS = path.join(ROOT, "artifacts");
const FOLDER = path.join(ARTIFACTS, "build-info");

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

/** A message of the compiler about a source; one that compiles has no errors, so these are warnings. */
export interface Diagnostic {
  severity: string;
  formattedMessage: string;
  sourceLocation?: { file: string };
}

/** A run of the compiler. Ids of an AST mean something within it only. */
export interface Build {
  /** The sources that were compiled by it last. */
  current: Set<string>;
  input: { sources: Record<string, { content: string }> };
  output: {
    sources: Record<string, { ast: SourceUnit }>;
    contracts: Record<string, Record<string, ContractOutput>>;
    errors?: Diagnostic[];
  };
}

/** The runs of the compiler that Hardhat has kept; they must include the contracts of a scope. */
export function readBuilds(scope: Scope = "production"): Build[] {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith(".json")) : [];
  const builds = files.map((file) => {
    const build = JSON.parse(readFileSync(path.join(FOLDER, file), "utf8")) as Omit<Build, "current">;
    const sources = Object.entries(build.input.sources);
    const current = sources
      .filter(([source, { content }]) => isCurrent(source, content, file))
      .map(([source]) => source);
    return { ...build, current: new Set(current) };
  });
  demand(
    scope,
    builds.flatMap(({ current }) => [...current]),
  );
  return builds;
}

/** Fails unless the contracts of a scope are compiled. */
export function demandArtifacts(scope: Scope): void {
  const folder = path.join(ARTIFACTS, "contracts");
  demand(scope, existsSync(folder) ? readdirSync(folder).map((name) => `contracts/${name}`) : []);
}

function demand(scope: Scope, compiled: readonly string[]): void {
  const present = new Set(compiled.filter(isOurs).map(scopeOf));
  const missing = SCOPES.find((needed) => includes(scope, needed) && !present.has(needed));
  if (missing === undefined) return;
  throw new Failure(`The contracts of ${missing} aren't compiled: run \`npx hardhat build --for ${scope}\`.`);
}

/** Hardhat keeps a run while one artifact is from it. A source without a contract has no artifact: its text must be today's. */
function isCurrent(source: string, content: string, file: string): boolean {
  const folder = path.join(ARTIFACTS, source);
  if (!existsSync(folder)) {
    const original = path.join(ROOT, isOurs(source) ? "" : "node_modules", source);
    return existsSync(original) && readFileSync(original, "utf8") === content;
  }

  return readdirSync(folder)
    .filter((name) => name.endsWith(".dbg.json"))
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")) as { buildInfo: string })
    .some(({ buildInfo }) => path.basename(buildInfo) === file);
}

/** The parsed sources, each as it was compiled last. */
export function currentUnits(builds: Build[]): SourceUnit[] {
  const units = new Map<string, SourceUnit>();
  for (const { output, current } of builds) {
    for (const source of current) {
      const unit = output.sources[source]?.ast;
      if (unit !== undefined) units.set(source, unit);
    }
  }
  return [...units.values()].sort((a, b) => a.absolutePath.localeCompare(b.absolutePath));
}
