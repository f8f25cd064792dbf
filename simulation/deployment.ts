import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { IERC20Metadata__factory } from "#typechain/factories/@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata__factory";
import { IUniswapV2Pair__factory } from "#typechain/factories/@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair__factory";
import { Keep3r__factory } from "#typechain/factories/contracts/Keep3r__factory";
import { Keep3rHelper__factory } from "#typechain/factories/contracts/Keep3rHelper__factory";
import { Keep3rLens__factory } from "#typechain/factories/contracts/Keep3rLens__factory";
import { Keep3rOracle__factory } from "#typechain/factories/contracts/Keep3rOracle__factory";
import type { Role } from "./accounts";
import type { Network } from "./network";

/**
 * A network as bots, front ends and scripts read it: `deployments/<network>/deployment.json`. Beside it stands
 * `abis/<contract>.json` for each contract that is in `ABIS`.
 *
 * - `chainId`: as a number
 * - `startBlock`: no contract is older, but for those that were there before: where an indexer begins
 * - `deployer`: who sent the transactions
 * - `addresses`: by the contract's name; `KP3R_WETH` is the Uniswap V2 pair, `FastGasFeed` the gas price feed
 */
export interface PublicDeployment {
  chainId: number;
  startBlock: number;
  deployer: string;
  addresses: Addresses;
}

/**
 * A local chain's has more.
 *
 * - `url`: where its JSON-RPC server listens
 * - `roles`: by the role's name, an address and the key that signs for it. The keys are Hardhat's own, known to everyone.
 */
export interface Deployment extends PublicDeployment {
  url: string;
  addresses: Record<ContractName, string>;
  roles: Record<Role, { address: string; privateKey: string }>;
}

/** What every network has. */
export type CoreName = "Keep3r" | "KP3R" | "Keep3rOracle" | "Keep3rHelper" | "Keep3rLens" | "KP3R_WETH";

export type ContractName = CoreName | "UniswapV2Factory" | "UniswapV2Router02" | "WETH9" | "FastGasFeed";

/** The minter of a KP3R that was there before has its own address. */
export type Addresses = Record<CoreName, string> & Partial<Record<ContractName | "Keep3rV1Proxy", string>>;

export const FILE_NAME = "deployment.json";

const ABIS: Record<CoreName, readonly object[]> = {
  Keep3r: Keep3r__factory.abi,
  // The part of it that any KP3R has
  KP3R: IERC20Metadata__factory.abi,
  Keep3rOracle: Keep3rOracle__factory.abi,
  Keep3rHelper: Keep3rHelper__factory.abi,
  Keep3rLens: Keep3rLens__factory.abi,
  KP3R_WETH: IUniswapV2Pair__factory.abi,
};

export async function addressesOf(network: Network): Promise<Deployment["addresses"]> {
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

/** Writes the file, and the ABIs beside it. */
export function writeDeployment(file: string, deployment: PublicDeployment): void {
  const abis = path.join(path.dirname(file), "abis");
  mkdirSync(abis, { recursive: true });
  for (const [name, abi] of Object.entries(ABIS)) writeJson(path.join(abis, `${name}.json`), abi);
  writeJson(file, deployment);
}

/** What a local node wrote. */
export function readDeployment(file: string): Deployment {
  return JSON.parse(readFileSync(file, "utf8")) as Deployment;
}

export function writeJson(file: string, content: unknown): void {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
