import { builtinModules } from "node:module";
import { preProcessFile } from "typescript";
import { installedBy, type Manifest, type NamedManifest, shippedWith } from "./manifest";

/** A file with what it is checked for. */
export interface Source {
  file: string;
  text: string;
}

/** A package with its sources. */
export interface Package extends NamedManifest {
  /** Whether it is installed elsewhere: its sources may then import only dependencies and peers. */
  shipped: boolean;
  sources: Source[];
  /** The manifests of its dependencies, by name. */
  installed: Record<string, Manifest>;
  /** Texts of files that name packages without importing them, such as configurations. */
  configurations: string[];
}

const SOLIDITY_IMPORT = /^(?:import\b.*|\} from )"(.+)";$/gm;

/** The packages that sources import, each with the first source that imports it. */
export function importsOf(sources: Source[]): Map<string, string> {
  const packages = new Map<string, string>();
  for (const source of sources) {
    for (const target of targetsOf(source)) {
      const name = packageOf(target);
      if (name !== undefined && !packages.has(name)) packages.set(name, source.file);
    }
  }
  return packages;
}

function targetsOf({ file, text }: Source): string[] {
  if (file.endsWith(".sol")) return [...text.matchAll(SOLIDITY_IMPORT)].map(([, target = ""]) => target);
  return preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The package of an import. `#name` is none: package.json maps it to a file of ours. */
function packageOf(target: string): string | undefined {
  if (/^(?:\.|\/|#|node:)/.test(target) || builtinModules.includes(target)) return undefined;
  return target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
}

/**
 * Dependencies that nothing uses, and imports of what isn't a dependency. A package is used by being imported, run by a
 * script, named in a configuration, or asked for by another dependency, or by the manifest itself, as a peer.
 */
export function faultsOfUse({ file, manifest, shipped, sources, installed, configurations }: Package): string[] {
  const imported = importsOf(sources);
  const declared = Object.keys(installedBy(manifest));
  const importable = Object.keys(shipped ? shippedWith(manifest) : installedBy(manifest));
  const peers = new Set(
    [manifest, ...Object.values(installed)].flatMap(({ peerDependencies }) => Object.keys(peerDependencies ?? {})),
  );
  const words = new Set(Object.values(manifest.scripts ?? {}).flatMap((script) => script.split(/[\s"']+/)));

  const isUsed = (name: string): boolean => {
    const typed = name.startsWith("@types/") ? name.slice("@types/".length) : undefined;
    return (
      imported.has(name) ||
      peers.has(name) ||
      binariesOf(name, installed[name] ?? {}).some((binary) => words.has(binary)) ||
      configurations.some((text) => text.includes(`"${name}"`)) ||
      (typed !== undefined && (typed === "node" || declared.includes(typed)))
    );
  };
  return [
    ...declared.filter((name) => !isUsed(name)).map((name) => `${file}: nothing uses ${name}`),
    ...[...imported]
      .filter(([name]) => name !== manifest.name && !importable.includes(name))
      .map(([name, source]) => `${source}: it imports ${name}, which ${file} doesn't name${shipped ? " to ship" : ""}`),
  ];
}

function binariesOf(name: string, { bin }: Manifest): string[] {
  return typeof bin === "object" ? Object.keys(bin) : bin === undefined ? [] : [name];
}
