import type { KnownError } from "./errors";

/** What the command line says of an error. */
export type Explanation = Pick<KnownError, "thrown" | "remedy">;

const HEAD = `# Errors

Written by \`npm run docs\` from the comments of the sources. What our contracts revert with, when, and what to do about it. The selector is what the data of a revert begins with; "in" is whose code throws it.
`;
const COLUMNS = ["error", "selector", "thrown", "what to do", "in"];
/** Whose errors the command line knows; where two share a name, that of the first counts. */
const OPERATED = ["Keep3r", "KP3R", "Keep3rHelper", "Keep3rOracle"];

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

/** When it is thrown and what to do, by the error's name, for those that a command can meet. */
export function explanationsOf(errors: KnownError[]): Record<string, Explanation> {
  const explanations = new Map<string, Explanation>();
  for (const contract of OPERATED) {
    for (const { name, thrown, remedy, by } of errors) {
      if (by.has(contract) && !explanations.has(name)) explanations.set(name, { thrown, remedy });
    }
  }
  return Object.fromEntries([...explanations].sort(([a], [b]) => a.localeCompare(b)));
}
