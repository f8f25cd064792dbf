/** Of a package.json, what is checked. */
export interface Manifest {
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  bin?: string | Record<string, string>;
  overrides?: Overrides;
}

type Overrides = { [name: string]: string | Overrides };

const EXACT = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;

/** Versions that aren't exact. What others are to install beside us, the peers, is a range by its nature. */
export function faultsOfVersions(file: string, manifest: Manifest): string[] {
  return Object.entries({ ...installedBy(manifest), ...flatten(manifest.overrides ?? {}) })
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `${file}: ${name} is ${version}, which isn't an exact version`);
}

export function installedBy(manifest: Manifest): Record<string, string> {
  return { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
}

function flatten(overrides: Overrides): Record<string, string> {
  const versions: Record<string, string> = {};
  for (const [name, version] of Object.entries(overrides)) {
    if (typeof version === "string") versions[name] = version;
    else Object.assign(versions, flatten(version));
  }
  return versions;
}
