import { HOUR, type NetworkDeployment, WAD } from "@keep3r-network/sdk";
import hre, { ethers, network } from "hardhat";
import { checkDeployment } from "#deploy/check";
import type { Parameters } from "#deploy/parameters";
import { nameAccounts } from "#simulation/accounts";
import { Chain } from "#simulation/chain";
import { addressOf } from "#simulation/network";
import { deployUniswap } from "#simulation/uniswap";

export const POOL = { kp3r: 400n * WAD, eth: 40n * WAD } as const;
export const SUPPLY = 1_000n * WAD;

/** What others have deployed, and parameters of a network over it that everyone's key is at hand for. */
export async function deployGround() {
  const signers = nameAccounts(await ethers.getSigners());
  const { governance, keeper: deployer, reporter, trader } = signers;
  const chain = await Chain.open(ethers.provider);
  const uniswap = await deployUniswap(chain, governance);
  const feed = await chain.deploy(() => ethers.deployContract("MockV3Aggregator", [0, 1], reporter));
  const parameters: Parameters = {
    file: "local.json",
    chainId: 31_337,
    governance: await addressOf(governance),
    oracleOwner: await addressOf(governance),
    disputers: [await addressOf(signers.disputer)],
    slashers: [await addressOf(signers.slasher)],
    token: { kind: "new", supply: SUPPLY, pool: { router: await addressOf(uniswap.router), ...POOL } },
    uniswapFactory: await addressOf(uniswap.factory),
    weth: await addressOf(uniswap.weth),
    fastGasFeed: { address: await addressOf(feed), maxAge: 3 * HOUR },
    changes: [],
  };
  const target = { deployer: deployer.address, firstNonce: await deployer.getNonce() };
  const startBlock = await ethers.provider.getBlockNumber();
  return { chain, deployer, governance, uniswap, feed, trader, target, parameters, startBlock };
}

export type DeploymentGround = Awaited<ReturnType<typeof deployGround>>;

/** What the check of a deployment finds wrong. */
export async function differencesOf(
  { parameters, deployer, startBlock }: Pick<DeploymentGround, "parameters" | "deployer" | "startBlock">,
  addresses: object,
): Promise<string[]> {
  const deployment = {
    addresses: addresses as NetworkDeployment["addresses"],
    startBlock,
    deployer: await addressOf(deployer),
  };
  const rows = await checkDeployment(network.provider, hre.artifacts, parameters, deployment);
  const differing = rows.filter(({ expected }) => expected !== undefined);
  return differing.map(({ contract, what, found }) => `${contract} ${what}: ${found}`);
}
