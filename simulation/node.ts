import { amount, Failure, LOCAL_ROLES, localAccount, type LocalDeployment, moment } from "@keep3r-network/sdk";
import { fact, say, title, writeDeployment } from "@keep3r-network/sdk/node";
import hre, { ethers } from "hardhat";
import path from "node:path";
import type { ChainProvider } from "./chain";
import { addressesOf } from "./deployment";
import { interruptible } from "./interrupt";
import { serve, stopWhenAsked } from "./server";
import { type Operation, setUp } from "./setup";

/** What the file says of the network; its version is the writer's. */
type Described = Omit<LocalDeployment, "version">;

/**
 * Sets the network up on a chain in this process, then serves that chain to others until it is stopped.
 * @param port Where it is served
 * @param file Where the network is described
 */
export async function serveNode(port: number, file: string): Promise<void> {
  if (hre.network.name !== "hardhat") {
    throw new Failure(`HARDHAT_NETWORK: the node serves a chain of its own, not "${hre.network.name}". Unset it.`);
  }

  const name = path.relative(process.cwd(), file);
  const isSetUp = interruptible(() => say("\nInterrupted while the network was set up: nothing was written."));
  say("Setting up a network with a market, a funded job and a keeper ...");
  const operation = await setUp(ethers.provider, await ethers.getSigners());
  const served = await serve(port);

  const deployment = await describe(operation, served.url);
  writeDeployment(file, deployment);
  isSetUp();
  stopWhenAsked(served, `Stopped, and the chain is gone. ${name} still describes it until the next node replaces it.`);
  await show(operation, deployment, name);
}

async function describe({ network }: Operation, url: string): Promise<Described> {
  const { chainId } = await network.chain.provider.getNetwork();
  const roles = LOCAL_ROLES.map((role, index) => {
    const { address, privateKey } = localAccount(index);
    if (address !== network.accounts[role].address) throw new Error(`The ${role} isn't Hardhat's account ${index}.`);
    return [role, { address, privateKey }];
  });

  return {
    chainId: Number(chainId),
    startBlock: 0,
    deployer: localAccount(LOCAL_ROLES.indexOf("governance")).address,
    url,
    addresses: await addressesOf(network),
    roles: Object.fromEntries(roles) as LocalDeployment["roles"],
  };
}

async function show(
  { network, bonded }: Operation,
  { chainId, url, addresses, roles }: Described,
  name: string,
): Promise<void> {
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
  say(
    "  A block is mined for every transaction. The oracle is due every 30 minutes; however long it isn't updated, the next",
  );
  say("  work is paid. To move time on:");
  say(`    curl ${url} -H 'content-type: application/json' \\`);
  say(`      -d '{"jsonrpc":"2.0","id":1,"method":"evm_increaseTime","params":[1800]}'`);
  say("  and the same with evm_mine and no params for a block at the new time.");
  say(`\nChain ${chainId} is served at ${url}, and described in ${name}`);
  say("Ctrl-C stops it.");
}

async function latestTimestamp(provider: ChainProvider): Promise<number | undefined> {
  return (await provider.getBlock("latest"))?.timestamp;
}
