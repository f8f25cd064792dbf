import type { Explanation } from "@keep3r-network/sdk";
import type { KnownError } from "./errors";

const HEAD = `# Errors

Written by \`npm run docs\` from the comments of the sources. What our contracts revert with, when, and what to do about it. The selector is what the data of a revert begins with; "in" is whose code throws it.
`;
const COLUMNS = ["error", "selector", "thrown", "what to do", "in"];
/** Where several contracts give an error a meaning of their own, that of the first of these counts. */
const NETWORK = ["Keep3r", "KP3R", "Keep3rHelper", "Keep3rOracle", "Keep3rLens"];

/** A table for every interface or library that declares errors. */
export function pageOf(errors: KnownError[]): string {
  const owners = [...new Set(errors.map(({ source, owner }) => `${source}:${owner}`))];
  const sections = owners.map((key) => sectionOf(errors.filter(({ source, owner }) => `${source}:${owner}` === key)));
  return [HEAD, ...sections].join("\n");
}

function sectionOf(errors: KnownError[]): string {
  const [{ owner, title } = { owner: "", title: "" }] = errors;
  const rows = errors.map(({ signature, selector, thrown, remedy, where }) =>
    row([`\`${signature}\``, `\`${selector}\``, thrown, remedy, where.size === 0 ? "OpenZeppelin" : names(where)]),
  );
  return [
    `## ${owner}\n`,
    `${title === "" ? "" : `${title}. `}${usersOf(errors)}\n`,
    row(COLUMNS),
    row(COLUMNS.map(() => "---")),
    ...rows,
    "",
  ].join("\n");
}

function usersOf(errors: KnownError[]): string {
  const by = new Set(errors.flatMap((error) => [...error.by]));
  const where = new Set(errors.flatMap((error) => [...error.where]));
  return by.size > 0 ? `Thrown by ${names(by)}.` : `Thrown by whatever inherits ${names(where)}.`;
}

function names(contracts: Set<string>): string {
  return [...contracts]
    .sort()
    .map((name) => `\`${name}\``)
    .join(", ");
}

function row(cells: string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |`;
}

const MODULE_HEAD = `// Written by \`npm run docs\` from the contracts' comments.
import type { Explanation } from "./explanation.js";

/** What the errors of all contracts mean and what to do about them, by the error's selector. */
export const REMEDIES: Readonly<Record<string, Explanation>> = `;

/** The SDK's module of the explanations. */
export function remediesModule(errors: KnownError[]): string {
  return `${MODULE_HEAD}${JSON.stringify(explanationsOf(errors))};\n`;
}

/** When an error is thrown and what to do, by its selector, sorted by its name. */
export function explanationsOf(errors: KnownError[]): Record<string, Explanation> {
  const selectors = [...new Set(errors.map(({ selector }) => selector))];
  const explanations = selectors.map((selector): [string, Explanation] => [
    selector,
    explanationOf(errors.filter((error) => error.selector === selector)),
  ]);
  const rank = ([selector, { name }]: [string, Explanation]): string => `${name} ${selector}`;
  return Object.fromEntries(explanations.sort((a, b) => rank(a).localeCompare(rank(b))));
}

/**
 * One explanation of what all declare: the network's own, or each that differs with the contracts that it is of, since
 * nobody can tell from a selector which contract was meant.
 */
function explanationOf(declared: KnownError[]): Explanation {
  const [own] = NETWORK.flatMap((contract) => declared.filter(({ by }) => by.has(contract)));
  const candidates = own === undefined ? declared : [own];
  const alike = ({ thrown, remedy }: KnownError): KnownError[] =>
    candidates.filter((other) => other.thrown === thrown && other.remedy === remedy);

  const meanings = candidates.filter((error) => alike(error)[0] === error);
  const [{ name, thrown, remedy } = { name: "", thrown: "", remedy: "" }] = meanings;
  if (meanings.length === 1) return { name, thrown, remedy };
  const contracts = (error: KnownError): string => names(contractsOf(alike(error)));
  return {
    name,
    thrown: meanings.map((error) => `${error.thrown} (${contracts(error)})`).join(", or "),
    remedy: meanings.map((error) => `${contracts(error)}: ${error.remedy}`).join(" "),
  };
}

/** Who throws an error; for one of a mixin, that. */
function contractsOf(errors: KnownError[]): Set<string> {
  return new Set(errors.flatMap(({ by, where }) => [...(by.size > 0 ? by : where)]));
}
