import hre from "hardhat";
import { createProvider } from "hardhat/internal/core/providers/construction";
import type { HardhatRuntimeEnvironment } from "hardhat/types";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkCommand, deployCommand, type DeployOptions } from "#deploy/commands";
import { type Outcome, outcomeOf } from "./keep3r";

const REPOSITORY = path.join(__dirname, "..", "..", "..");
const PARAMETERS = path.join("deploy", "parameters");

/** The commands on a node of the test's own, with parameters, journal and exports in a folder of the test's own. */
export class DeployBench {
  private constructor(
    readonly folder: string,
    readonly hre: HardhatRuntimeEnvironment,
  ) {}

  static async open(folder: string, url: string): Promise<DeployBench> {
    mkdirSync(path.join(folder, "deploy"), { recursive: true });
    cpSync(path.join(REPOSITORY, PARAMETERS), path.join(folder, PARAMETERS), { recursive: true });
    const paths = { ...hre.config.paths, ignition: path.join(folder, "deploy") };
    const config = { ...hre.config, paths };
    const localhost = { ...config.networks.localhost, url };
    const networks = { ...config.networks, localhost };
    const provider = await createProvider({ ...config, networks }, "localhost", hre.artifacts);
    return new DeployBench(folder, { ...hre, config, network: { name: "localhost", config: localhost, provider } });
  }

  deploy(options: Partial<DeployOptions> = {}, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return outcomeOf(() => deployCommand(this.hre, { dryRun: false, reset: false, verify: false, ...options }, env));
  }

  async check(): Promise<Outcome & { green: boolean }> {
    let green = false;
    const outcome = await outcomeOf(async () => (green = await checkCommand(this.hre)));
    return { ...outcome, green };
  }

  /** The parameters of the local chain, with changes. */
  write(changes: Record<string, unknown>): void {
    writeFileSync(
      path.join(this.folder, PARAMETERS, "localhost.json"),
      JSON.stringify({ ...localParameters(), ...changes }),
    );
  }

  get journal(): string {
    return path.join(this.folder, "deploy", "deployments", "localhost");
  }

  exported(file: string): unknown {
    return JSON.parse(readFileSync(path.join(this.folder, "deployments", "localhost", file), "utf8"));
  }
}

export function localParameters(): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(REPOSITORY, PARAMETERS, "localhost.json"), "utf8")) as Record<
    string,
    unknown
  >;
}
