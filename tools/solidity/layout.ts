import { isDeployable } from "./ast";
import type { Build, StorageEntry, StorageOutput } from "./builds";
import { isProduction } from "./sources";
import { wordsOf } from "./words";

/** Where each variable and each struct's member lies, and the fields of each packed word: a line each, by its name. */
export type Layout = Record<string, string>;

/** The layout of all deployable production contracts that have a state. */
export function layoutOf(builds: Build[]): Layout {
  const variables = new Map<string, string>();
  const types = new Map<string, string>();
  for (const { input, output, current } of builds) {
    const words = wordsOf(Object.values(input.sources).map(({ content }) => content));
    for (const source of [...current].filter(isProduction)) {
      for (const { name } of output.sources[source]?.ast.nodes.filter(isDeployable) ?? []) {
        const compiled = output.contracts[source]?.[name];
        if (compiled === undefined) throw new Error(`The build has no output of ${name}.`);
        const { storageLayout, transientStorageLayout } = compiled;
        describe(storageLayout.storage, storageLayout, name, "slot", variables);
        describe(transientStorageLayout.storage, transientStorageLayout, name, "transient slot", variables);
        for (const { label, members } of Object.values(storageLayout.types ?? {})) {
          if (members !== undefined) describe(members, storageLayout, label, "slot", types);
          const fields = words[label];
          if (fields !== undefined) types.set(`word ${label}`, fields);
        }
      }
    }
  }
  if (variables.size === 0) throw new Error("No contract has a variable: the build lacks its layouts.");
  return Object.fromEntries([...byContract(variables), ...byContract(types)]);
}

/** Sorts contracts and types by name; their members keep their order. */
function byContract(lines: Map<string, string>): [string, string][] {
  const owner = (name: string): string => name.slice(0, name.lastIndexOf("."));
  return [...lines].sort(([a], [b]) => owner(a).localeCompare(owner(b)));
}

function describe(
  entries: StorageEntry[],
  { types }: StorageOutput,
  owner: string,
  kind: string,
  lines: Map<string, string>,
): void {
  for (const { label, slot, offset, type } of entries) {
    // solc names a type by an id of the run; its label is what it is called in the source.
    const known = types?.[type];
    if (known === undefined) throw new Error(`The layout doesn't describe ${type}.`);
    const line = `${kind} ${slot}, offset ${offset}, bytes ${known.numberOfBytes}: ${known.label}`;
    const name = `${owner}.${label}`;
    if ((lines.get(name) ?? line) !== line) throw new Error(`${name} lies in two places: rename one of the two.`);
    lines.set(name, line);
  }
}
