import { Failure } from "@keep3r-network/sdk";

/**
 * npm keeps options for itself that stand before `--`. Losing `--dry-run` would be dangerous: what was only to be shown
 * would be sent.
 * @throws {@link Failure} when npm has taken it
 */
export function refuseLostDryRun(words: readonly string[], env: Readonly<Record<string, string | undefined>>): void {
  if (env.npm_config_dry_run !== "true" || words.includes("--dry-run")) return;
  throw new Failure(
    "npm took --dry-run for itself. Put `--` before all that is meant for the command: npm run NAME -- ... --dry-run",
  );
}
