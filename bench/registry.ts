import { Contract, ContractFactory, id, SigningKey, ZeroAddress } from "ethers";
import type { BaseContract, ContractTransactionReceipt, Result } from "ethers";
import { ethers, network } from "hardhat";
import type { Account } from "../simulation/accounts";
import { Chain } from "../simulation/chain";
import { GWEI, WAD } from "@keep3r-network/sdk";
import type { Artifact, Name } from "./compile";

export const PERFORM_GAS = 500_000;
const FUNDS = 100n * WAD;

export const FAST_GAS = 20n * GWEI;

/** What a report is billed by: dollars with 8 decimals, and parts of a billion of the gas. */
export interface Terms {
  linkPrice: bigint;
  etherPrice: bigint;
  gasFeePPB: number;
}
/** Prices as markets make them. */
const TERMS: Terms = { linkPrice: 17_34512347n, etherPrice: 3_012_34567891n, gasFeePPB: 150_000_000 };

const CONFIG = {
  checkGasLimit: 10_000_000,
  maxPerformGas: 5_000_000,
  maxCheckDataSize: 5_000,
  transcoder: ZeroAddress,
  reorgProtectionEnabled: true,
  stalenessSeconds: 90_000,
  maxPerformDataSize: 5_000,
  maxRevertDataSize: 5_000,
  gasCeilingMultiplier: 2,
  fallbackGasPrice: FAST_GAS,
  registrars: [],
};
const BILLING = { flatFeeMilliCents: 0, decimals: 18, minSpend: WAD };

/** PayoutMode.ON_CHAIN and Trigger.CONDITION of the registry. */
const ON_CHAIN = 0;
const CONDITION = 0;

/** A chain of its own, and short ways to deploy and to call. */
interface Bench {
  chain: Chain;
  signers: Account[];
  owner: Account;
  deploy: (name: Name, ...inputs: unknown[]) => Promise<BaseContract>;
  send: (contract: BaseContract, method: string, ...inputs: unknown[]) => Promise<ContractTransactionReceipt>;
}

/** A registry, what it is billed in, and who runs it. */
export interface Deployment extends Bench {
  registry: Contract;
  link: BaseContract;
  terms: Terms;
  oracles: SigningKey[];
  /** The first oracle's account for transactions. */
  transmitter: Account;
  f: number;
}

/** The registry with its feeds, and 3f + 1 oracles. */
export async function deployRegistry(artifacts: Record<Name, Artifact>, f: number, terms = TERMS): Promise<Deployment> {
  const bench = await openBench(artifacts);
  const { deploy, signers, owner } = bench;
  const { linkPrice, etherPrice, gasFeePPB } = terms;
  const link = await deploy("LinkToken");
  const weth = await deploy("WETH9");
  const linkFeed = await deploy("MockV3Aggregator", 8, linkPrice);
  const etherFeed = await deploy("MockV3Aggregator", 8, etherPrice);
  const gasFeed = await deploy("MockV3Aggregator", 0, FAST_GAS);
  const forwarder = await deploy("AutomationForwarderLogic");
  const logicC = await deploy(
    "AutomationRegistryLogicC2_3",
    ...[link, linkFeed, etherFeed, gasFeed, forwarder, ZeroAddress, ON_CHAIN, weth],
  );
  const logicB = await deploy("AutomationRegistryLogicB2_3", logicC);
  const logicA = await deploy("AutomationRegistryLogicA2_3", logicB);
  const head = await deploy("AutomationRegistry2_3", logicA);
  // What the head hands on to its logic contracts is in the interface alone
  const registry = new Contract(head, artifacts.IAutomationRegistryMaster2_3.abi, owner);

  const oracles = Array.from({ length: 3 * f + 1 }, (_, index) => new SigningKey(id(`oracle ${index}`)));
  const transmitters = signers.slice(1, 1 + oracles.length);
  const chainModule = await deploy("ChainModuleBase");
  const fallbacks = { fallbackLinkPrice: linkPrice, fallbackNativePrice: etherPrice };
  await bench.send(
    registry,
    "setConfigTypeSafe",
    ...[oracles.map((key) => ethers.computeAddress(key)), transmitters, f],
    ...[{ ...CONFIG, ...fallbacks, upkeepPrivilegeManager: owner, financeAdmin: owner, chainModule }, 1, "0x"],
    ...[[link], [{ ...BILLING, gasFeePPB, priceFeed: linkFeed, fallbackPrice: linkPrice }]],
  );
  return { ...bench, registry, link, terms, oracles, transmitter: transmitters[0] as Account, f };
}

/** Funded upkeeps, each with a target of its own, as a batch of different jobs has. */
export async function registerUpkeeps(
  { registry, link, owner, deploy, send }: Deployment,
  count: number,
): Promise<bigint[]> {
  await send(link, "grantMintRole", owner);
  await send(link, "mint", owner, BigInt(count) * FUNDS);
  await send(link, "approve", registry, BigInt(count) * FUNDS);

  const upkeepIds: bigint[] = [];
  for (let i = 0; i < count; i++) {
    const target = await deploy("EmptyUpkeep");
    const settings = [target, PERFORM_GAS, owner, CONDITION, link, "0x", "0x", "0x"];
    const receipt = await send(registry, "registerUpkeep", ...settings);
    const upkeepId = eventsOf(registry, receipt, "UpkeepRegistered")[0]?.id as bigint;
    await send(registry, "addFunds", upkeepId, FUNDS);
    upkeepIds.push(upkeepId);
  }
  return upkeepIds;
}

async function openBench(artifacts: Record<Name, Artifact>): Promise<Bench> {
  await network.provider.send("hardhat_reset", []);
  const chain = await Chain.open(ethers.provider);
  const signers = (await ethers.getSigners()) as Account[];
  const [owner] = signers as [Account];
  return {
    chain,
    signers,
    owner,
    deploy: (name, ...inputs) => {
      const { abi, bytecode } = artifacts[name];
      return chain.deploy(() => new ContractFactory(abi, bytecode, owner).deploy(...inputs));
    },
    send: (contract, method, ...inputs) => chain.land(() => contract.getFunction(method).send(...inputs)),
  };
}

export function eventsOf({ interface: abi }: Contract, receipt: ContractTransactionReceipt, name: string): Result[] {
  return receipt.logs.flatMap((log) => {
    const event = abi.parseLog(log);
    return event?.name === name ? [event.args] : [];
  });
}
