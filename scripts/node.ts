import type { Signer } from "ethers";
import hre, { ethers } from "hardhat";
import path from "node:path";
import { ROLES, wellKnownAccount } from "#simulation/accounts";
import { addressesOf, type Deployment, FILE_NAME, writeDeployment } from "#simulation/deployment";
import { amount, moment } from "@keep3r-network/sdk";
import { fact, say, title } from "@keep3r-network/sdk/node";
import { serve, stopWhenAsked } from "#simulation/server";
import { type Operation, setUp } from "#simulation/setup";

/** Set KEEP3R_NODE_PORT and KEEP3R_NODE_FILE to run a second node beside the first. */
const PORT = Number(process.env.KEEP3R_NODE_PORT ?? 8545);
const FILE = process.env.KEEP3R_NODE_FILE ?? path.join(__dirname, "..", "deployments", "node", FILE_NAME);

/** Sets the network up on a chain in this process, then serves that chain to others until it is stopped. */
async function main(): Promise<void> {
  if (hre.network.name !== "hardhat") throw new Error("The node serves a chain of its own: run it without --network.");

  say("Setting up a network with a market, a funded job and a keeper ...");
  const operation = await setUp(ethers.provider, await ethers.getSigners());
  const served = await serve(PORT);

  const deployment = await describe(operation, served.url);
  writeDeployment(FILE, deployment);
  stopWhenAsked(served);
  await show(operation, deployment);
}

async function describe({ network }: Operation, url: string): Promise<Deployment> {
  const { chainId } = await network.chain.provider.getNetwork();
  const roles = ROLES.map((role, index) => {
    const { address, privateKey } = wellKnownAccount(hre.config.networks.hardhat.accounts, index);
    if (address !== network.accounts[role].address) throw new Error(`The ${role} isn't Hardhat's account ${index}.`);
    return [role, { address, privateKey }];
  });

  return {
    chainId: Number(chainId),
    startBlock: 0,
    deployer: network.accounts.governance.address,
    url,
    addresses: await addressesOf(network),
    roles: Object.fromEntries(roles) as Deployment["roles"],
  };
}

async function show({ network, bonded }: Operation, { chainId, url, addresses, roles }: Deployment): Promise<void> {
  const { keep3r, oracle, chain } = network;
  title("Contracts");
  for (const [name, address] of Object.entries(addresses)) fact(name, address);

  title("Accounts (Hardhat's own: everyone knows their keys, send them nothing of value)");
  for (const [role, { address, privateKey }] of Object.entries(roles)) {
    fact(role, address);
    fact("", privateKey);
  }

  title("State");
  fact("clock", `${moment((await latestTimestamp(chain.provider)) ?? 0)} UTC`);
  fact("credits of the oracle", `${amount(await keep3r.totalJobCredits(oracle), 4)} KP3R`);
  fact("bond of the keeper", `${amount(bonded)} KP3R, active`);

  title("Use");
  say("  A block is mined for every transaction. The oracle is due every 30 minutes; to move time on:");
  say(`    curl ${url} -H 'content-type: application/json' \\`);
  say(`      -d '{"jsonrpc":"2.0","id":1,"method":"evm_increaseTime","params":[1800]}'`);
  say("  and the same with evm_mine and no params for a block at the new time.");
  say(`\nChain ${chainId} is served at ${url}, and described in ${path.relative(process.cwd(), FILE)}`);
  say("Ctrl-C stops it.");
}

async function latestTimestamp(provider: NonNullable<Signer["provider"]>): Promise<number | undefined> {
  return (await provider.getBlock("latest"))?.timestamp;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
