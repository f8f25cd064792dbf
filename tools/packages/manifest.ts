/** The parts of a package.json that are checked. */
export interface Manifest {
  name?: string;
  version?: string;
  workspaces?: string[];
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  bin?: string | Record<string, string>;
  overrides?: Overrides;
}

/** A package.json, and its name in faults. */
export interface NamedManifest {
  file: string;
  manifest: Manifest;
}

type Overrides = { [name: string]: string | Overrides };

const EXACT = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;

/** Versions that aren't exact. Peers are ranges by nature: others install them. */
export function faultsOfVersions({ file, manifest }: NamedManifest): string[] {
  const direct = installedBy(manifest);
  const overridden = flatten(manifest.overrides ?? {}).filter(
    // `$name` stands for the version of a dependency of our own
    ([, version]) => !(version.startsWith("$") && version.slice(1) in direct),
  );
  return [...Object.entries(direct), ...overridden]
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `${file}: ${name} is ${version}, which isn't an exact version`);
}

export function installedBy(manifest: Manifest): Record<string, string> {
  return { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
}

/** Packages that are there wherever this one is installed. */
export function shippedWith(manifest: Manifest): Record<string, string> {
  return { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies };
}

function flatten(overrides: Overrides): [name: string, version: string][] {
  return Object.entries(overrides).flatMap(([name, version]) =>
    typeof version === "string" ? [[name, version] as [string, string]] : flatten(version),
  );
}
