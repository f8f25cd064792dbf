import { Failure } from "@keep3r-network/sdk";
import { NETWORKS } from "#deploy/networks";
import type { Value } from "./options";

/** The network that a task is about. */
export const NETWORK_OPTION = {
  type: "string",
  value: "NAME",
  says: `which network: ${NETWORKS.join(", ")}`,
} as const satisfies Value;

/** Where a task finds a node of it. */
export const NODE_VARIABLE = {
  KEEP3R_RPC_URL: "the node; of localhost, http://127.0.0.1:8545 if unset",
} as const;

/**
 * The network of `--network`.
 * @throws {@link Failure} that names those that there are when it isn't one of them, or is left out
 */
export function networkNamed(name: string | undefined): string {
  // Why it can't be the hardhat network, the deployment itself says
  if (name !== undefined && ["hardhat", ...NETWORKS].includes(name)) return name;
  const known = `There are ${NETWORKS.join(", ")}`;
  if (name === undefined) throw new Failure(`Which network? Give --network NAME. ${known}.`);
  throw new Failure(
    `--network: there is no network "${name}". ${known}; another one is added in deploy/networks.ts, and its parameters in ` +
      `deploy/parameters/${name}.json.`,
  );
}

/**
 * Runs a task of Hardhat's on a network, in this process, which ends with the task.
 * @param network One of hardhat.config.ts
 */
export async function runTask(network: string, name: string, options: object = {}): Promise<never> {
  // Read when Hardhat is loaded
  process.env.HARDHAT_NETWORK = network;
  const { default: hre } = await import("hardhat");
  await hre.run(name, options);
  process.exit();
}
