import { Failure } from "@keep3r-network/sdk";

/** Variables of the environment, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that is set to nothing counts as one that isn't set. */
export function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

/**
 * npm keeps options that stand before `--` for itself. Losing --dry-run would be dangerous.
 * @param words The options that arrived
 * @throws {@link Failure} when a dry run was asked for and didn't arrive
 */
export function refuseLostDryRun(words: readonly string[], env: Environment): void {
  if (env.npm_config_dry_run !== "true" || words.includes("--dry-run")) return;
  throw new Failure(
    "npm took --dry-run for itself. Put `--` before all that is meant for the command: npm run NAME -- ... --dry-run",
  );
}
