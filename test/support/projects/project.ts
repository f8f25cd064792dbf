import { exec } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { INSTRUMENTED } from "../tools/coverage";

export const REPOSITORY = path.join(__dirname, "..", "..", "..");
export const MODULES = realpathSync(path.join(REPOSITORY, "node_modules"));
/** How long a command may take on a busy machine, in milliseconds. */
export const PATIENCE = 120_000;

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Tests of projects that install what is packed here: skipped while coverage is measured, since they cover nothing. */
export function describeProject(title: string, define: () => void): void {
  (INSTRUMENTED ? describe.skip : describe)(title, define);
}

/** A folder for a test alone, which has to remove it. */
export function makeFolder(name: string): string {
  return mkdtempSync(path.join(realpathSync(tmpdir()), `keep3r-${name}-`));
}

/** Packs the package for job authors into a folder, which is made, as it is built. */
export async function pack(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await run(`npm pack --ignore-scripts --pack-destination "${folder}"`, REPOSITORY);
}

/**
 * Installs a project's dependencies. What it needs for development isn't downloaded: it is linked to this repository's.
 * @param others Packages and binaries of this repository that are linked as well
 */
export async function install(project: string, others: readonly string[] = []): Promise<void> {
  const file = path.join(project, "package.json");
  const { devDependencies = {}, ...rest } = readJson(file) as Manifest;
  writeFileSync(file, JSON.stringify(rest));

  await run("npm install --prefer-offline --no-audit --no-fund", project);

  for (const name of [...Object.keys(devDependencies), ...others]) {
    const link = path.join(project, "node_modules", name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(MODULES, name), link);
  }
}

/** What a command prints; fails with all of it if the command does. */
export async function run(command: string, cwd: string, env: Record<string, string> = {}): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, timeout: PATIENCE };
  try {
    return (await promisify(exec)(command, options)).stdout;
  } catch (error) {
    const { message, stdout } = error as { message: string; stdout: string };
    throw new Error(`${message}\n${stdout}`);
  }
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The files below a folder, by their paths in it, sorted. */
export function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .sort();
}
