import { readFileSync } from "node:fs";

const REGISTRY = "https://registry.npmjs.org/";

export interface LockedPackage {
  name: string;
  version: string;
  licence: string | undefined;
  integrity: string | undefined;
  resolved: string | undefined;
  /** Whether it is a workspace of this repository, or the link to one. */
  local: boolean;
}

export interface Lock {
  file: string;
  packages: LockedPackage[];
}

interface Entry {
  name?: string;
  version?: string;
  license?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
}

/** Every package that a lock file of npm's version 3 installs. */
export function readLock(file: string): Lock {
  const { packages } = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Entry> };
  return { file, packages: lockedIn(packages) };
}

export function lockedIn(entries: Record<string, Entry>): LockedPackage[] {
  const MODULES = "node_modules/";
  return Object.entries(entries)
    .filter(([place]) => place !== "")
    .map(([place, { name, version, license, integrity, resolved, link }]) => ({
      // An alias is installed under another name than the package's own.
      name: name ?? place.slice(place.lastIndexOf(MODULES) + MODULES.length),
      version: version ?? "",
      licence: license,
      integrity,
      resolved,
      local: link === true || !place.includes(MODULES),
    }));
}

/** What could be changed without anybody noticing: packages without a checksum, or from elsewhere than the registry. */
export function faultsOfLock({ file, packages }: Lock): string[] {
  if (packages.length === 0) return [`${file}: it locks nothing`];
  return packages
    .filter(({ local }) => !local)
    .flatMap(({ name, version, integrity, resolved }) => [
      ...(integrity?.startsWith("sha512-") ? [] : [`${file}: ${name} ${version} has no sha512 checksum`]),
      ...(resolved === undefined || resolved.startsWith(REGISTRY)
        ? []
        : [`${file}: ${name} ${version} is from ${resolved}`]),
    ]);
}
