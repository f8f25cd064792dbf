import { builtinModules } from "node:module";
import { preProcessFile } from "typescript";
import { installedBy, type Manifest } from "./manifest";

/** A file with what it is checked for. */
export interface Source {
  file: string;
  text: string;
}

const SOLIDITY_IMPORT = /^(?:import\b.*|\} from )"(.+)";$/gm;

/** The packages that sources import, by the first source that does. */
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

function packageOf(target: string): string | undefined {
  if (/^(?:\.|\/|node:)/.test(target) || builtinModules.includes(target)) return undefined;
  return target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
}

/**
 * Dependencies that nothing uses, and imports of what isn't a dependency. A package is used by being imported, run by a
 * script, named in a tool's configuration, or asked for by another dependency as its peer.
 * @param installed The manifests of the dependencies, by name
 * @param configurations Texts of the tools' configurations
 */
export function faultsOfUse(
  manifest: Manifest,
  installed: Record<string, Manifest>,
  sources: Source[],
  configurations: string[],
): string[] {
  const imported = importsOf(sources);
  const declared = Object.keys(installedBy(manifest));
  const peers = new Set(
    Object.values(installed).flatMap(({ peerDependencies }) => Object.keys(peerDependencies ?? {})),
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
    ...declared.filter((name) => !isUsed(name)).map((name) => `package.json: nothing uses ${name}`),
    ...[...imported]
      .filter(([name]) => !declared.includes(name))
      .map(([name, file]) => `${file}: it imports ${name}, which package.json doesn't name`),
  ];
}

function binariesOf(name: string, { bin }: Manifest): string[] {
  return typeof bin === "object" ? Object.keys(bin) : bin === undefined ? [] : [name];
}
