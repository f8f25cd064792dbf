import {
  type ContractDefinition,
  type ErrorDefinition,
  isContract,
  isDeployable,
  isError,
  type SourceUnit,
  walk,
} from "./ast";
import { type Build, currentUnits } from "./builds";
import { LIBRARY_ERRORS } from "./libraryErrors";
import { REMEDY, textOf } from "./natspec";
import { isOurs, isProduction } from "./sources";

/** An error that a production contract can throw. */
export interface KnownError {
  /** The interface or library that declares it, its title, and its source. */
  owner: string;
  title: string;
  source: string;
  name: string;
  /** With the types and names of its values. */
  signature: string;
  /** Its first four bytes. */
  selector: string;
  thrown: string;
  remedy: string;
  /** The contracts that can be deployed and revert with it, also by what they inherit and call. */
  by: Set<string>;
  /** Our contracts and libraries whose code names it; none for what only a package's code throws. */
  where: Set<string>;
}

/** The errors of all production contracts, in the order of their sources and names. */
export function errorsOf(builds: Build[]): KnownError[] {
  const errors = new Map<string, KnownError>();
  for (const unit of currentUnits(builds)) {
    forErrors(unit, (error, owner) => errors.set(keyOf(unit, owner, error), describe(unit, owner, error)));
  }
  for (const { output, current } of builds) {
    const ids = new Map<number, KnownError>();
    for (const { ast } of Object.values(output.sources)) {
      forErrors(ast, (error, owner) => {
        const known = errors.get(keyOf(ast, owner, error));
        if (known !== undefined) ids.set(error.id, known);
      });
    }
    for (const source of [...current].filter(isProduction)) {
      output.sources[source]?.ast.nodes.filter(isContract).forEach((contract) => noteUses(contract, ids));
    }
  }

  const used = [...errors.values()].filter(({ source, by, where }) =>
    isOurs(source) ? isProduction(source) : by.size > 0 || where.size > 0,
  );
  for (const error of used.filter(({ where }) => where.size === 0)) {
    // Declared for readers of reverts: another contract throws it, and it passes through
    const thrown = used.filter(({ selector }) => selector === error.selector);
    error.where = new Set(thrown.flatMap(({ where }) => [...where]));
  }
  if (used.length === 0) throw new Error("No contract has an error: there is nothing to document.");
  return used.sort((a, b) => rankOf(a).localeCompare(rankOf(b)));
}

function forErrors({ nodes }: SourceUnit, callback: (error: ErrorDefinition, owner: ContractDefinition) => void): void {
  for (const owner of nodes.filter(isContract)) owner.nodes.filter(isError).forEach((error) => callback(error, owner));
}

function keyOf({ absolutePath }: SourceUnit, owner: ContractDefinition, error: ErrorDefinition): string {
  return `${absolutePath}:${owner.name}.${error.name}:${error.errorSelector}`;
}

/** The network's own errors come first, then the jobs', then those of packages. */
function rankOf({ source, owner, name }: KnownError): string {
  const rank = !isProduction(source) ? 2 : source.includes("/jobs/") ? 1 : 0;
  return `${rank} ${owner} ${name}`;
}

/** What is wrong with them. */
export function faultsOfErrors(errors: KnownError[]): string[] {
  const faults: string[] = [];
  for (const { owner, name, source, thrown, remedy, where } of errors) {
    const ours = isProduction(source);
    const place = ours ? `in ${source}` : "in tools/solidity/libraryErrors.ts";
    if (thrown === "") faults.push(`${owner}.${name}: it isn't said when it is thrown, ${place}`);
    if (remedy === "") faults.push(`${owner}.${name}: it isn't said what to do about it, ${place}`);
    if (ours && where.size === 0) faults.push(`${owner}.${name}: no contract throws it`);
  }
  const known = new Set(errors.filter(({ source }) => !isProduction(source)).map(({ name }) => name));
  for (const name of Object.keys(LIBRARY_ERRORS)) {
    if (!known.has(name)) faults.push(`${name} in tools/solidity/libraryErrors.ts: no contract throws it`);
  }
  return faults;
}

function describe({ absolutePath: source }: SourceUnit, owner: ContractDefinition, error: ErrorDefinition): KnownError {
  const { name, errorSelector, parameters } = error;
  const values = parameters.parameters.map(
    ({ name: value, typeDescriptions: { typeString } }) =>
      `${typeString.replace(/^(enum|contract|struct) /, "")} ${value}`,
  );
  const library = LIBRARY_ERRORS[name];
  return {
    ...{ source, name, owner: owner.name },
    title: textOf(owner, "title") ?? "",
    signature: `${name}(${values.join(", ")})`,
    selector: `0x${errorSelector}`,
    thrown: (isProduction(source) ? textOf(error, "notice")?.replace(/^Thrown /, "") : library?.thrown) ?? "",
    remedy: (isProduction(source) ? textOf(error, REMEDY) : library?.remedy) ?? "",
    by: new Set(),
    where: new Set(),
  };
}

function noteUses(contract: ContractDefinition, ids: Map<number, KnownError>): void {
  if (isDeployable(contract)) contract.usedErrors.forEach((id) => ids.get(id)?.by.add(contract.name));
  walk(contract, ({ referencedDeclaration }) => {
    if (referencedDeclaration !== undefined) ids.get(referencedDeclaration)?.where.add(contract.name);
  });
}
