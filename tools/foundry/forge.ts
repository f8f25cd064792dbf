import { Failure } from "@keep3r-network/sdk";
import { spawn } from "node:child_process";
import path from "node:path";

/** npm's name for each platform that forge is published for. */
const PACKAGES: Readonly<Record<string, string>> = {
  "linux x64": "@foundry-rs/forge-linux-amd64",
  "darwin arm64": "@foundry-rs/forge-darwin-arm64",
};

export interface TestResult {
  /** File and contract. */
  suite: string;
  name: string;
  passed: boolean;
  reason: string | null;
  /** Fuzz runs, or runs of an invariant. */
  runs: number;
  /** Calls of handlers; none for a fuzz test. */
  calls: number | undefined;
}

/** The part that matters of what `forge test --json` prints of a test. */
interface ForgeResult {
  status: "Success" | "Failure" | "Skipped";
  reason: string | null;
  kind: {
    Fuzz?: { runs: number };
    Invariant?: { runs: number; calls: number };
  };
}

/** Runs all tests. Progress and errors of forge's own go to stderr. */
export async function runForge(profile: string): Promise<TestResult[]> {
  const { code, output } = await collect(forgePath(), ["test", "--json"], profile);
  const json = output.slice(output.indexOf("{"));
  if (!json.startsWith("{")) throw new Error(`forge ended with code ${code} and no result:\n${output}`);

  const suites = JSON.parse(json) as Record<string, { test_results: Record<string, ForgeResult> }>;
  return Object.entries(suites).flatMap(([suite, { test_results: results }]) =>
    Object.entries(results).map(([signature, { status, reason, kind }]) => ({
      suite: path.basename(suite),
      name: signature.slice(0, signature.indexOf("(")),
      passed: status === "Success",
      reason,
      runs: kind.Invariant?.runs ?? kind.Fuzz?.runs ?? 1,
      calls: kind.Invariant?.calls,
    })),
  );
}

/** The seed of a profile's runs. */
export async function readSeed(profile: string): Promise<string> {
  const { output } = await collect(forgePath(), ["config", "--json"], profile);
  return (JSON.parse(output) as { fuzz: { seed: string } }).fuzz.seed;
}

/** The binary itself: npm's wrapper around it succeeds whatever the tests do. */
export function forgePath(): string {
  const platform = `${process.platform} ${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) {
    throw new Failure(`There is no forge on npm for ${platform}; there is for ${Object.keys(PACKAGES).join(", ")}.`);
  }
  try {
    return path.join(path.dirname(require.resolve(`${name}/package.json`)), "bin", "forge");
  } catch {
    throw new Failure(`${name} isn't installed: run \`npm ci\` without --omit=optional.`);
  }
}

function collect(command: string, args: string[], profile: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, FOUNDRY_PROFILE: profile },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    child.on("error", reject).on("close", (code) => resolve({ code, output }));
  });
}
