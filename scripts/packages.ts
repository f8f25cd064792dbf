import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { faultsOfHeaders, faultsOfImports } from "#tools/packages/headers";
import { faultsOfLicences } from "#tools/packages/licences";
import { faultsOfLock, readLock } from "#tools/packages/lock";
import { faultsOfVersions, installedBy, type Manifest } from "#tools/packages/manifest";
import { faultsOfUse, type Source } from "#tools/packages/use";
import { currentUnits, readBuilds } from "#tools/solidity/builds";

const ROOT = path.join(__dirname, "..");
/** The example names the package that it is an example of by its file, and is held to our versions by a test. */
const MANIFESTS = ["package.json", "bench/package.json", "test/foundry/package.json"];
const LOCKS = ["package-lock.json", "bench/package-lock.json"];
const CODE = /\.(?:ts|js|mjs|sol)$/;
const CONFIGURATIONS = [".prettierrc.json"];

/** What is installed and imported: licences, checksums, exact versions, and nothing too much or too little. */
function main(): void {
  const sources = readSources();
  const locks = LOCKS.map((file) => readLock(path.join(ROOT, file)));
  const manifest = readManifest("package.json");
  const names = Object.keys(installedBy(manifest));
  const installed = names.map((name) => [name, readManifest(`node_modules/${name}/package.json`)] as const);

  const faults = [
    ...faultsOfLicences(locks),
    ...locks.flatMap(faultsOfLock),
    ...MANIFESTS.flatMap((file) => faultsOfVersions(file, readManifest(file))),
    ...faultsOfUse(manifest, Object.fromEntries(installed), sources.filter(isOfRoot), CONFIGURATIONS.map(read)),
    ...faultsOfHeaders(sources),
    ...faultsOfImports(currentUnits(readBuilds())),
  ];
  if (faults.length === 0) return;
  console.error(faults.join("\n"));
  process.exitCode = 1;
}

/** All code under version control or new. */
function readSources(): Source[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: ROOT });
  return listed
    .toString()
    .split("\n")
    .filter((file) => CODE.test(file) && existsSync(path.join(ROOT, file)))
    .map((file) => ({ file, text: read(file) }));
}

/** The example has packages of its own, and forge's tests find theirs by foundry.toml. */
function isOfRoot({ file }: Source): boolean {
  return !file.startsWith("examples/") && !file.startsWith("test/foundry/");
}

function readManifest(file: string): Manifest {
  return JSON.parse(read(file)) as Manifest;
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

main();
