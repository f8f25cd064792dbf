import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root";
import { currentUnits, readBuilds } from "../solidity/builds";
import { faultsOfAgreement } from "./agreement";
import { faultsOfHeaders, faultsOfImports } from "./headers";
import { faultsOfLicences } from "./licences";
import { faultsOfLock, readLock } from "./lock";
import { faultsOfVersions, installedBy, type Manifest, type NamedManifest } from "./manifest";
import { faultsOfUse, type Package, type Source } from "./use";

/** Packages apart, with locks of their own. The benchmark's code uses the root's packages too, and is held to those. */
const APART = ["bench"];
const LOCKS = ["package-lock.json", ...APART.map((folder) => `${folder}/package-lock.json`)];
const CODE = /\.(?:ts|js|mjs|cjs|sol)$/;
/** The example has packages of its own, named by its tarball, and forge's tests find theirs by foundry.toml. */
const FOREIGN = /^examples\/|^test\/foundry\//;
/** Files beside the sources that name packages, by the folder of the package that they belong to. */
const CONFIGURATIONS: Readonly<Record<string, readonly string[]>> = {
  "": [".prettierrc.json", "tools/lint.ts"],
  "test/foundry": ["tools/foundry/forge.ts"],
};

/** Faults of licences, checksums and versions, missing dependencies, and dependencies that nothing uses. */
export function faultsOfPackages(): string[] {
  const workspaces = readManifest("").manifest.workspaces ?? [];
  const sources = readSources();
  const locks = LOCKS.map((file) => readLock(path.join(ROOT, file)));
  const manifests = ["", ...workspaces].map(readManifest);

  return [
    ...faultsOfLicences(locks),
    ...locks.flatMap(faultsOfLock),
    ...[...manifests, ...APART.map(readManifest)].flatMap(faultsOfVersions),
    ...faultsOfAgreement(manifests),
    ...["", ...workspaces].map((folder) => packageIn(folder, workspaces, sources)).flatMap(faultsOfUse),
    ...faultsOfHeaders(sources),
    ...faultsOfImports(currentUnits(readBuilds())),
  ];
}

/** A package with its sources. The root's are those outside of all workspaces. */
function packageIn(folder: string, workspaces: readonly string[], sources: readonly Source[]): Package {
  const named = readManifest(folder);
  const others = workspaces.filter((workspace) => workspace !== folder);
  const own = sources.filter(
    ({ file }) => !FOREIGN.test(file) && isIn(folder, file) && !others.some((other) => isIn(other, file)),
  );
  return {
    ...named,
    shipped: folder !== "",
    sources: own,
    installed: Object.fromEntries(
      Object.keys(installedBy(named.manifest)).map((name) => [name, readInstalled(folder, name)]),
    ),
    configurations: (CONFIGURATIONS[folder] ?? []).map(read),
  };
}

function isIn(folder: string, file: string): boolean {
  return folder === "" || file.startsWith(`${folder}/`);
}

/** All code that is under version control, or is new. */
function readSources(): Source[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: ROOT });
  return listed
    .toString()
    .split("\n")
    .filter((file) => CODE.test(file) && existsSync(path.join(ROOT, file)))
    .map((file) => ({ file, text: read(file) }));
}

function readManifest(folder: string): NamedManifest {
  const file = path.posix.join(folder, "package.json");
  return { file, manifest: JSON.parse(read(file)) as Manifest };
}

/** npm installs a package in the workspace if the root has another version; those for other platforms, nowhere. */
function readInstalled(folder: string, name: string): Manifest {
  const places = [folder, ""].map((place) => path.posix.join(place, "node_modules", name, "package.json"));
  const file = places.find((place) => existsSync(path.join(ROOT, place)));
  return file === undefined ? {} : (JSON.parse(read(file)) as Manifest);
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}
