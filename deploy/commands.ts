import { Failure, LOCAL_CHAIN_ID, type NetworkDeployment, requireNetwork, withoutSecrets } from "@keep3r-network/sdk";
import { DEPLOYMENT_FILE, fact, readDeployment, refuseLostDryRun, say, title } from "@keep3r-network/sdk/node";
import type { EIP1193Provider } from "@nomicfoundation/ignition-core";
import type { HardhatRuntimeEnvironment, HttpNetworkConfig } from "hardhat/types";
import { existsSync } from "node:fs";
import path from "node:path";
import { accountsFor } from "./accounts";
import { checkDeployment, type Row } from "./check";
import { exportFolder, exportNetwork } from "./exports";
import { tellingIfInterrupted } from "./interruption";
import { forget, isAlive, mend, refusePending, refuseReset, refuseStale } from "./journal";
import { patient } from "./node";
import { parameterFile, readParameters } from "./parameters";
import { checkBalance, showPlan } from "./plan";
import { checkChain, checkParameters, developmentChain } from "./preflight";
import { rehearse } from "./rehearsal";
import { deployNetwork, type Site } from "./run";
import { Signer } from "./signer";

export interface DeployOptions {
  dryRun: boolean;
  from?: string;
  reset: boolean;
  verify: boolean;
}

/** `npm run deploy`: what is left to send of a network, rehearsed, sent, exported. */
export async function deployCommand(
  hre: HardhatRuntimeEnvironment,
  options: DeployOptions,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  refuseLostDryRun(options.dryRun ? ["--dry-run"] : [], env);
  if (options.verify) requireApiKey(hre);
  const { name, url, node } = placeOf(hre);
  const { ignition } = hre.config.paths;
  const parameters = readParameters(parameterFile(ignition, name));
  await checkChain(parameters, node);
  const { accounts, wallets } = accountsFor(parameters, options, env);
  const [deployer] = accounts;

  title(`Deploying to ${name}`);
  fact("node", withoutSecrets(url));
  fact("chain", `${parameters.chainId}${await developmentChain(parameters, node)}`);
  fact("deployer", deployer);
  fact("governance", parameters.governance);
  await checkParameters(parameters, node, deployer);

  const folder = path.join(ignition, "deployments", name);
  const journal = options.reset ? await reset(folder, parameters.chainId, node, options.dryRun) : folder;
  mend(journal);
  await refuseStale(journal, node, name);
  await refusePending(journal, node);

  const site: Site = { parameters, provider: new Signer(node, wallets, parameters.chainId), accounts, journal };
  const { transactions, steps } = await rehearse(hre, site, url);
  const cost = await showPlan(node, transactions);
  if (options.dryRun) return say("\nA dry run: nothing was sent.");

  await checkBalance(node, deployer, cost);
  const addresses = await send(hre, site, steps);
  exportNetwork(exportFolder(ignition, name), site, addresses);
  if (options.verify) await hre.run({ scope: "ignition", task: "verify" }, { deploymentId: name });
}

/** `npm run deploy:check`: whether the chain holds what the parameters say. */
export async function checkCommand(hre: HardhatRuntimeEnvironment): Promise<boolean> {
  const { name, node } = placeOf(hre);
  const parameters = readParameters(parameterFile(hre.config.paths.ignition, name));
  const file = path.join(exportFolder(hre.config.paths.ignition, name), DEPLOYMENT_FILE);
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
  const start = name === "localhost" ? "Start one with `npm run node`, or set" : "Check";
  return { name, url, node: patient(provider, url, `${start} KEEP3R_RPC_URL.`) };
}

function requireApiKey({ config }: HardhatRuntimeEnvironment): void {
  if (config.etherscan.apiKey !== "") return;
  throw new Failure("--verify: set ETHERSCAN_API_KEY to a key of etherscan.io, which serves all chains that it knows.");
}

/**
 * Forgets the deployment so far; a dry run looks at what would be without it.
 * @returns Where the journal is from now on
 */
async function reset(folder: string, chainId: number, node: EIP1193Provider, dryRun: boolean): Promise<string> {
  refuseReset(folder, chainId, LOCAL_CHAIN_ID);
  if (await isAlive(folder, node)) {
    say(
      `\n--reset: the chain wasn't started again, and has what ${path.relative(process.cwd(), folder)} tells of. Its ` +
        `contracts stay, and a second network is deployed beside them; the journal and the exports are the new one's.`,
    );
  }
  if (dryRun) return path.join(folder, "without");
  forget(folder);
  return folder;
}

async function send(
  hre: HardhatRuntimeEnvironment,
  site: Site,
  steps: number,
): Promise<NetworkDeployment["addresses"]> {
  if (steps > 0) title("Sending");
  let confirmed = 0;
  const tell = (): void =>
    say(
      `\nInterrupted: ${confirmed} of ${steps} steps are done, and ${steps - confirmed} are left. Run the same command again: ` +
        `it goes on where it was, and sends nothing twice.`,
    );
  return tellingIfInterrupted(tell, () =>
    deployNetwork(hre, site, (step, hash, state) => {
      if (state === "confirmed") say(`  ${`${++confirmed}`.padStart(2)} of ${steps}  ${step}  ${hash}`);
    }),
  );
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
