import { installedBy, type NamedManifest } from "./manifest";

/**
 * Versions on which manifests disagree. A package has the same version in all of them, a package of ours its own, and a
 * peer's range begins at the version that is tested here.
 */
export function faultsOfAgreement(manifests: readonly NamedManifest[]): string[] {
  const versions = new Map<string, { version: string; file: string }>();
  for (const { file, manifest } of manifests) {
    const { name, version } = manifest;
    if (name !== undefined && version !== undefined) versions.set(name, { version, file });
  }

  const faults: string[] = [];
  for (const { file, manifest } of manifests) {
    for (const [name, version] of Object.entries(installedBy(manifest))) {
      const known = versions.get(name);
      if (known === undefined) versions.set(name, { version, file });
      else if (known.version !== version) {
        faults.push(`${file}: ${name} is ${version}, and ${known.version} by ${known.file}`);
      }
    }
  }
  for (const { file, manifest } of manifests) {
    for (const [name, range] of Object.entries(manifest.peerDependencies ?? {})) {
      const known = versions.get(name);
      if (known === undefined)
        faults.push(`${file}: the peer ${name} isn't installed here, so nothing is tested with it`);
      else if (range !== `^${known.version}`) {
        faults.push(`${file}: the peer ${name} is ${range}; ^${known.version} is what is tested, by ${known.file}`);
      }
    }
  }
  return faults;
}
