import { type Addresses, checkUrl, type Deployment, Failure, requireAddresses } from "@keep3r-network/sdk";
import { deploymentFileOf, networksIn, nonEmpty, readDeployment } from "@keep3r-network/sdk/node";
import { existsSync } from "node:fs";
import type { Address } from "viem";
import type { Values } from "./options.js";

/** Where a node on this machine listens, unless it is told otherwise. */
export const LOCAL_RPC = "http://127.0.0.1:8545";
/** What every command uses. */
const NEEDED = ["Keep3r", "KP3R", "Keep3rLens"] as const;

/** Where a command is at work. */
export interface Place extends Pick<Deployment, "chainId" | "startBlock"> {
  file: string;
  addresses: Addresses & Record<(typeof NEEDED)[number], Address>;
  rpc: string;
}

/** The deployment of `--network` or the file of `--deployment`, and the node to ask. */
export function readPlace(values: Values, env: NodeJS.ProcessEnv): Place {
  const network = values.get("network");
  const file = values.get("deployment") ?? fileOf(network);
  const deployment = readDeployment(file);
  const addresses = requireAddresses(file, deployment, NEEDED);

  const { chainId, startBlock, url } = deployment;
  const rpc =
    values.get("rpc") ?? nonEmpty(env.KEEP3R_RPC_URL) ?? url ?? (network === "localhost" ? LOCAL_RPC : undefined);
  if (rpc === undefined) throw new Failure("There is no node to ask. Give --rpc URL, or set KEEP3R_RPC_URL.");
  checkUrl(rpc);
  return { file, chainId, startBlock, addresses, rpc };
}

function fileOf(network: string | undefined): string {
  if (network === undefined) {
    throw new Failure(`Which network? Give --network NAME, or --deployment FILE. ${known()}`);
  }
  const file = deploymentFileOf(network);
  if (!existsSync(file)) {
    throw new Failure(`--network: there is no deployment of "${network}": no file ${file}. ${known()}`);
  }
  return file;
}

/** The networks that could be meant. */
function known(): string {
  const networks = networksIn();
  return networks.length === 0
    ? "There are no deployments here: `npm run node` writes one, and `npm run deploy` others."
    : `There are: ${networks.join(", ")}.`;
}
