import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Role } from "./accounts";
import type { Network } from "./deploy";

/**
 * A deployment as other programs read it: `deployments/localhost.json`.
 *
 * - `chainId`: as a number; `url`: where its JSON-RPC server listens
 * - `addresses`: by the contract's name; `KP3R_WETH` is the Uniswap V2 pair, `FastGasFeed` the gas price feed
 * - `roles`: by the role's name, an address and the key that signs for it. The keys are Hardhat's own, known to everyone.
 */
export interface Deployment {
  chainId: number;
  url: string;
  addresses: Record<ContractName, string>;
  roles: Record<Role, { address: string; privateKey: string }>;
}

export type ContractName =
  | "Keep3r"
  | "KP3R"
  | "Keep3rOracle"
  | "Keep3rHelper"
  | "Keep3rLens"
  | "KP3R_WETH"
  | "UniswapV2Factory"
  | "UniswapV2Router02"
  | "WETH9"
  | "FastGasFeed";

export async function addressesOf(network: Network): Promise<Record<ContractName, string>> {
  const { uniswap } = network;
  return {
    Keep3r: await network.keep3r.getAddress(),
    KP3R: await network.kp3r.getAddress(),
    Keep3rOracle: await network.oracle.getAddress(),
    Keep3rHelper: await network.helper.getAddress(),
    Keep3rLens: await network.lens.getAddress(),
    KP3R_WETH: await network.pair.getAddress(),
    UniswapV2Factory: await uniswap.factory.getAddress(),
    UniswapV2Router02: await uniswap.router.getAddress(),
    WETH9: await uniswap.weth.getAddress(),
    FastGasFeed: await network.fastGas.getAddress(),
  };
}

export function writeDeployment(file: string, deployment: Deployment): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(deployment, null, 2)}\n`);
}

export function readDeployment(file: string): Deployment {
  return JSON.parse(readFileSync(file, "utf8")) as Deployment;
}
