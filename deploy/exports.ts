import type { NetworkDeployment } from "@keep3r-network/sdk";
import { DEPLOYMENT_FILE, fact, say, title, writeDeployment, writeJson } from "@keep3r-network/sdk/node";
import path from "node:path";
import { acceptance } from "./handover";
import { startBlock } from "./journal";
import type { Site } from "./run";

const SAFE_BATCH = "governance.json";

/** Beside the modules' folder: what other programs read of a network. */
export function exportFolder(ignition: string, network: string): string {
  return path.join(ignition, "..", "deployments", network);
}

export function exportNetwork(
  folder: string,
  { parameters, accounts, journal = "" }: Site,
  addresses: NetworkDeployment["addresses"],
): void {
  const { chainId, governance } = parameters;
  const [deployer] = accounts;
  const deployment = { chainId, startBlock: startBlock(journal), deployer, addresses };
  writeDeployment(path.join(folder, DEPLOYMENT_FILE), deployment);

  title("Contracts");
  for (const [contract, address] of Object.entries(addresses)) fact(contract, address);
  say(`\nDescribed in ${path.relative(process.cwd(), folder)}/.`);
  if (accounts.includes(governance)) return;

  writeJson(path.join(folder, SAFE_BATCH), acceptance(parameters, deployment));
  say(`Governance has yet to accept: ${governance} must send what is in ${SAFE_BATCH} there; docs/deploy.md says how.`);
}
