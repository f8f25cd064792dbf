import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { NETWORKS } from "#deploy/networks";
import { BUILT } from "#tools/solidity/built";
import type { End } from "#support/commands/program";

const ROOT = path.join(__dirname, "..", "..");
const KNOWN = NETWORKS.join(", ");

/** `npm run deploy` and `npm run deploy:check`. */
const COMMANDS = [
  { command: "npm run deploy", script: "scripts/deploy.ts" },
  { command: "npm run deploy:check", script: "scripts/deploy-check.ts" },
] as const;

function end(script: string, args: readonly string[], env: Record<string, string> = {}): End {
  const words = ["--require", "ts-node/register/transpile-only", script, ...args];
  return spawnSync(process.execPath, words, {
    cwd: ROOT,
    encoding: "utf8",
    // Also while coverage is measured
    env: { ...process.env, ...BUILT, SOLIDITY_COVERAGE: "", BUILD_FOLDER: "", KEEP3R_RPC_URL: "", ...env },
  });
}

describe("The options of a deployment", () => {
  for (const { command, script } of COMMANDS) {
    describe(command, () => {
      const refused = (args: readonly string[], env?: Record<string, string>): string => {
        const { status, stdout, stderr } = end(script, args, env);
        expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
        return stderr;
      };

      it("says which networks there are, and how to add one, to who names another or none", () => {
        expect(refused(["--network", "nope"])).to.equal(
          `\nError: --network: there is no network "nope". There are ${KNOWN}; another one is added in deploy/networks.ts, ` +
            "and its parameters in deploy/parameters/nope.json.\n",
        );
        expect(refused([])).to.equal(`\nError: Which network? Give --network NAME. There are ${KNOWN}.\n`);
        expect(refused(["--network", "hardhat"]))
          .to.include("ends with this command")
          .and.include("npm run node");
      });

      it("names an option that it doesn't know, and those that it does", () => {
        expect(refused(["--nope"])).to.match(/^\nError: There is no option --nope; there is --network, .*--help\.\n$/);
        expect(refused(["--network"])).to.equal("\nError: --network takes a value: --network NAME.\n");
      });

      it("says what it does and takes when it is asked for help", () => {
        const { status, stdout, stderr } = end(script, ["--help"]);
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
        expect(stdout)
          .to.include(`${command} -- [OPTIONS]`)
          .and.include(`which network: ${KNOWN}`)
          .and.include("KEEP3R_RPC_URL");
      });

      it("begins with a network that there is", () => {
        expect(refused(["--network", "sepolia"])).to.equal(
          "\nError: Set KEEP3R_RPC_URL to the URL of a node of sepolia.\n",
        );
      });
    });
  }

  it("notice a dry run that npm has kept for itself, before anything else", () => {
    const { stderr } = end("scripts/deploy.ts", ["--network", "nope"], { npm_config_dry_run: "true" });
    expect(stderr).to.include("npm took --dry-run for itself");
  });

  it("are networks with parameters", () => {
    for (const name of NETWORKS) {
      expect(existsSync(path.join(ROOT, "deploy", "parameters", `${name}.json`)), name).to.be.true;
    }
  });
});
