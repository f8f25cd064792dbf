import {
  amount,
  count,
  ether,
  Failure,
  gwei,
  LOCAL_CHAIN_ID,
  LOCAL_ROLES,
  localAccount,
  type NetworkDeployment,
  parseAddress,
  requireNetwork,
  withoutSecrets,
} from "@keep3r-network/sdk";
import {
  fact,
  DEPLOYMENT_FILE,
  nonEmpty,
  readDeployment,
  readKey,
  refuseLostDryRun,
  say,
  title,
  writeDeployment,
  writeJson,
} from "@keep3r-network/sdk/node";
import type { EIP1193Provider } from "@nomicfoundation/ignition-core";
import { BrowserProvider, Wallet } from "ethers";
import type { HardhatRuntimeEnvironment, HttpNetworkConfig } from "hardhat/types";
import { existsSync } from "node:fs";
import path from "node:path";
import type { Address } from "viem";
import { checkDeployment, type Row } from "./check";
import { acceptance } from "./handover";
import { mend, refusePending, refuseStale, reset, startBlock } from "./journal";
import { type Parameters, parameterFile, readParameters } from "./parameters";
import { checkChain, checkParameters } from "./preflight";
import { type Rehearsed, rehearse } from "./rehearsal";
import { deployNetwork, type Site } from "./run";
import { Signer } from "./signer";

export interface DeployOptions {
  dryRun: boolean;
  from?: string;
  reset: boolean;
  verify: boolean;
}

const SAFE_BATCH = "governance.json";

/** `npm run deploy`: what is left to send of a network, rehearsed, sent, exported. */
export async function deployCommand(
  hre: HardhatRuntimeEnvironment,
  options: DeployOptions,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  refuseLostDryRun(options.dryRun ? ["--dry-run"] : [], env);
  if (options.verify) requireApiKey(hre);
  const { name, url, node } = placeOf(hre);
  const parameters = readParameters(parameterFile(hre.config.paths.ignition, name));
  await checkChain(parameters, node);
  const { accounts, wallets } = accountsFor(parameters, options, env);
  const [deployer] = accounts;

  title(`Deploying to ${name}`);
  fact("node", withoutSecrets(url));
  fact("chain", parameters.chainId.toString());
  fact("deployer", deployer);
  fact("governance", parameters.governance);
  await checkParameters(parameters, node, deployer);

  const journal = path.join(hre.config.paths.ignition, "deployments", name);
  if (options.reset) reset(journal, parameters.chainId, LOCAL_CHAIN_ID);
  mend(journal);
  await refuseStale(journal, node, name);
  await refusePending(journal, node);

  const site: Site = { parameters, provider: new Signer(node, wallets, parameters.chainId), accounts, journal };
  const rehearsed = await rehearse(hre, site, url);
  const cost = await showPlan(node, rehearsed);
  if (options.dryRun) return say("\nA dry run: nothing was sent.");

  await checkBalance(node, deployer, cost);
  const addresses = await send(hre, site, rehearsed.length);
  exportNetwork(hre, name, site, addresses);
  if (options.verify) await hre.run({ scope: "ignition", task: "verify" }, { deploymentId: name });
}

/** `npm run deploy:check`: whether the chain holds what the parameters say. */
export async function checkCommand(hre: HardhatRuntimeEnvironment): Promise<boolean> {
  const { name, node } = placeOf(hre);
  const parameters = readParameters(parameterFile(hre.config.paths.ignition, name));
  const file = path.join(exportFolder(hre, name), DEPLOYMENT_FILE);
  if (!existsSync(file)) throw new Failure(`There is no ${file}: \`npm run deploy -- --network ${name}\` writes it.`);
  const deployment = requireNetwork(file, readDeployment(file));
  await refuseOtherChain(node, file, deployment);

  const rows = await checkDeployment(node, hre.artifacts, parameters, deployment);
  return showRows(rows);
}

function placeOf(hre: HardhatRuntimeEnvironment): { name: string; url: string; node: EIP1193Provider } {
  const { name, config, provider } = hre.network;
  if (name === "hardhat") {
    throw new Failure(
      "The hardhat network ends with this command, and what is deployed there with it. Give --network NAME; for a chain " +
        "of your own: `npm run node`, then --network localhost.",
    );
  }
  const { url } = config as HttpNetworkConfig;
  if (!/^https?:\/\//.test(url)) throw new Failure(`Set KEEP3R_RPC_URL to the URL of a node of ${name}.`);
  return { name, url, node: provider };
}

function requireApiKey({ config }: HardhatRuntimeEnvironment): void {
  if (config.etherscan.apiKey !== "") return;
  throw new Failure("--verify: set ETHERSCAN_API_KEY to a key of etherscan.io, which serves all chains that it knows.");
}

/** The deployer's key; on a local chain also those that everyone knows, so that governance can accept right away. */
function accountsFor(
  { chainId, governance }: Parameters,
  { dryRun, from }: DeployOptions,
  env: NodeJS.ProcessEnv,
): { accounts: Site["accounts"]; wallets: Wallet[] } {
  if (from !== undefined && !dryRun) {
    throw new Failure("--from is for --dry-run. What is sent is signed by the key's own address.");
  }
  const known = chainId === LOCAL_CHAIN_ID ? localWallets() : [];
  const hasKey = [env.KEEP3R_KEYSTORE, env.KEEP3R_PRIVATE_KEY].some((key) => nonEmpty(key) !== undefined);
  const wallets = known.filter(({ address }) => address === governance);
  if (from !== undefined) return { accounts: [parseAddress("--from", from), ...addressesOf(wallets)], wallets: [] };

  const local = known[LOCAL_ROLES.length];
  const deployer = local !== undefined && !hasKey ? local : new Wallet(readKey(env));
  return { accounts: [deployer.address as Address, ...addressesOf(wallets)], wallets: [deployer, ...wallets] };
}

/** The roles' accounts, and one more that deploys. */
function localWallets(): Wallet[] {
  return [...LOCAL_ROLES, "deployer"].map((_, index) => new Wallet(localAccount(index).privateKey));
}

function addressesOf(wallets: readonly Wallet[]): Address[] {
  return wallets.map(({ address }) => address as Address);
}

/** @returns Wei that the deployer needs at the most */
async function showPlan(node: EIP1193Provider, rehearsed: readonly Rehearsed[]): Promise<bigint> {
  title("Transactions");
  if (rehearsed.length === 0) {
    say("  none: all is deployed already");
    return 0n;
  }
  const { maxFeePerGas, gasPrice } = await new BrowserProvider(node).getFeeData();
  const price = maxFeePerGas ?? gasPrice ?? 0n;
  const width = Math.max(...rehearsed.map(({ step }) => step.length));
  let [gas, value] = [0n, 0n];
  for (const [index, { step, transaction, gasUsed }] of rehearsed.entries()) {
    gas += gasUsed;
    value += transaction.value;
    const cost = amount(gasUsed * price, 6);
    const sum = transaction.value === 0n ? "" : `, and sends ${ether(transaction.value)} ETH`;
    say(
      `  ${`${index + 1}`.padStart(2)}  ${step.padEnd(width)}  ${count(gasUsed).padStart(10)} gas  ${cost} ETH${sum}`,
    );
  }
  title("Cost");
  fact("gas", `${count(gas)} at ${gwei(price, 4)} gwei at the most: ${amount(gas * price, 6)} ETH`);
  if (value > 0n) fact("sent along", `${ether(value)} ETH`);
  return gas * price + value;
}

async function checkBalance(node: EIP1193Provider, deployer: string, cost: bigint): Promise<void> {
  const balance = BigInt((await node.request({ method: "eth_getBalance", params: [deployer, "latest"] })) as string);
  if (balance >= cost) return;
  throw new Failure(
    `${deployer} has ${ether(balance)} ETH, but the deployment may cost ${ether(cost)} ETH. Send it ether.`,
  );
}

async function send(
  hre: HardhatRuntimeEnvironment,
  site: Site,
  steps: number,
): Promise<NetworkDeployment["addresses"]> {
  if (steps > 0) title("Sending");
  let confirmed = 0;
  return deployNetwork(hre, site, (step, hash, state) => {
    if (state === "confirmed") say(`  ${`${++confirmed}`.padStart(2)} of ${steps}  ${step}  ${hash}`);
  });
}

function exportNetwork(
  hre: HardhatRuntimeEnvironment,
  name: string,
  { parameters, accounts, journal = "" }: Site,
  addresses: NetworkDeployment["addresses"],
): void {
  const folder = exportFolder(hre, name);
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

function exportFolder(hre: HardhatRuntimeEnvironment, name: string): string {
  return path.join(hre.config.paths.ignition, "..", "deployments", name);
}

async function refuseOtherChain(
  node: EIP1193Provider,
  file: string,
  { chainId, addresses }: NetworkDeployment,
): Promise<void> {
  const found = Number(await node.request({ method: "eth_chainId" }));
  if (found !== chainId) throw new Failure(`The node is on chain ${found}, but ${file} is of chain ${chainId}.`);
  const code = await node.request({ method: "eth_getCode", params: [addresses.Keep3r, "latest"] });
  if (code !== "0x") return;
  throw new Failure(
    `There is no Keep3r at ${addresses.Keep3r}, where ${file} has it. Was a local chain started again?`,
  );
}

function showRows(rows: readonly Row[]): boolean {
  const width = (cells: readonly string[]): number => Math.max(...cells.map(({ length }) => length));
  const contracts = width(rows.map(({ contract }) => contract));
  const names = width(rows.map(({ what }) => what));
  title("Checks");
  for (const { contract, what, found, expected } of rows) {
    const mark = expected === undefined ? "ok     " : "DIFFERS";
    say(`  ${mark}  ${contract.padEnd(contracts)}  ${what.padEnd(names)}  ${found}`);
    if (expected !== undefined) say(`${" ".repeat(contracts + names + 15)}expected ${expected}`);
  }
  const differences = rows.filter(({ expected }) => expected !== undefined).length;
  say(`\n${rows.length} checks, ${differences} differences`);
  return differences === 0;
}
