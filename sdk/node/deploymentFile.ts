import {
  type CoreName,
  type Deployment,
  Failure,
  keep3rAbi,
  keep3rHelperAbi,
  keep3rLensAbi,
  keep3rOracleAbi,
  parseDeployment,
  serializeDeployment,
  uniswapV2PairAbi,
} from "@keep3r-network/sdk";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Abi, erc20Abi } from "viem";

/** The name of every deployment's file. */
export const DEPLOYMENT_FILE = "deployment.json";

/** What is written beside a deployment, for who has no SDK. Of KP3R it is what any KP3R has. */
const ABIS: Record<CoreName, Abi> = {
  Keep3r: keep3rAbi,
  KP3R: erc20Abi,
  Keep3rOracle: keep3rOracleAbi,
  Keep3rHelper: keep3rHelperAbi,
  Keep3rLens: keep3rLensAbi,
  KP3R_WETH: uniswapV2PairAbi,
};

/**
 * The file of a network's deployment: `deployments/<network>/deployment.json`.
 * @param folder Where deployments are: `deployments` below the working directory unless given
 * @throws {@link Failure} when the network's name isn't one
 */
export function deploymentFileOf(network: string, folder = path.resolve("deployments")): string {
  if (!/^[\w-]+$/.test(network)) throw new Failure(`--network: "${network}" isn't the name of a network.`);
  return path.join(folder, network, DEPLOYMENT_FILE);
}

/** The networks whose deployments a folder has: `deployments` below the working directory unless given. */
export function networksIn(folder = path.resolve("deployments")): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => existsSync(path.join(folder, name, DEPLOYMENT_FILE)));
}

/** @throws {@link Failure} when there is no such file, it isn't JSON, or isn't a deployment */
export function readDeployment(file: string): Deployment {
  if (!existsSync(file)) {
    throw new Failure(`There is no deployment file ${file}. Check --network, or give --deployment FILE.`);
  }
  return parseDeployment(file, readJson(file));
}

/** Writes a deployment, and the ABIs of its contracts beside it in `abis/`. A reader never finds half of a file. */
export function writeDeployment(file: string, deployment: Omit<Deployment, "version">): void {
  const abis = path.join(path.dirname(file), "abis");
  mkdirSync(abis, { recursive: true });
  for (const [name, abi] of Object.entries(ABIS)) writeJson(path.join(abis, `${name}.json`), abi);
  replace(file, serializeDeployment(deployment));
}

/** Writes JSON with two spaces and a line feed at the end. */
export function writeJson(file: string, content: unknown): void {
  replace(file, `${JSON.stringify(content, null, 2)}\n`);
}

function replace(file: string, text: string): void {
  const written = `${file}.${process.pid}.tmp`;
  writeFileSync(written, text);
  renameSync(written, file);
}

/** @throws {@link Failure} when the file can't be read, or isn't JSON */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new Failure(`${file} can't be read as JSON.`);
  }
}
