/** What can be compiled, each with all before it: whoever only installs the project needs no contract of the tests. */
export const SCOPES = ["production", "simulation", "tests"] as const;
export type Scope = (typeof SCOPES)[number];

const OURS = "contracts/";
/** Folders of contracts/ that production does without, and from which scope on they are compiled. */
const FOLDERS: Readonly<Record<string, Scope>> = { simulation: "simulation", test: "tests" };

/** Whether a source is ours, and not of a package. */
export function isOurs(source: string): boolean {
  return source.startsWith(OURS);
}

/** From which scope on a source of ours is compiled. */
export function scopeOf(source: string): Scope {
  const [folder = ""] = source.slice(OURS.length).split("/");
  return FOLDERS[folder] ?? "production";
}

/** Whether a source is ours and runs in production: not the local chain's, nor a test's. */
export function isProduction(source: string): boolean {
  return isOurs(source) && scopeOf(source) === "production";
}

/** Whether a scope has all of another. */
export function includes(scope: Scope, other: Scope): boolean {
  return SCOPES.indexOf(other) <= SCOPES.indexOf(scope);
}
