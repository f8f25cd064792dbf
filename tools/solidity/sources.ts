/** What can be compiled, each with all before it: an installation alone needs no contract of the tests. */
export const SCOPES = ["production", "simulation", "tests"] as const;
export type Scope = (typeof SCOPES)[number];

const OURS = "contracts/";
/** Folders of contracts/ that production doesn't need, and the first scope that does. */
const FOLDERS: Readonly<Record<string, Scope>> = { simulation: "simulation", test: "tests" };

/** Whether a source is ours, and not of a package. */
export function isOurs(source: string): boolean {
  return source.startsWith(OURS);
}

/** The first scope that a source of ours is part of. */
export function scopeOf(source: string): Scope {
  const [folder = ""] = source.slice(OURS.length).split("/");
  return FOLDERS[folder] ?? "production";
}

/** Whether a source is ours and runs in production: not the local chain's, nor a test's. */
export function isProduction(source: string): boolean {
  return isOurs(source) && scopeOf(source) === "production";
}

/** Whether a scope includes another. */
export function includes(scope: Scope, other: Scope): boolean {
  return SCOPES.indexOf(other) <= SCOPES.indexOf(scope);
}
