import { Failure, type NetworkDeployment } from "@keep3r-network/sdk";
import {
  deploy,
  DeploymentResultType,
  type EIP1193Provider,
  type ExecutionEventListener,
} from "@nomicfoundation/ignition-core";
import type { HardhatRuntimeEnvironment } from "hardhat/types";
import type { Address } from "viem";
import { artifactsOf } from "./artifacts";
import { explainResult, inWords } from "./failures";
import { networkModule } from "./modules/network";
import type { Parameters } from "./parameters";
import { OPENER } from "./recipe/steps";

/** What to deploy, and through whom. */
export interface Site {
  parameters: Parameters;
  /** Signs for the accounts. */
  provider: EIP1193Provider;
  /** The deployer first. If governance is among them, it accepts what it is handed over. */
  accounts: [deployer: Address, ...others: Address[]];
  /** Ignition's folder of this deployment; without one nothing can be resumed. */
  journal?: string;
}

/** Told of every transaction, by the name of its step. */
export type OnTransaction = (step: string, hash: string, state: "sent" | "confirmed") => void;

/** Sends what is left to send of a network, and says where its contracts are. */
export async function deployNetwork(
  hre: HardhatRuntimeEnvironment,
  { parameters, provider, accounts, journal }: Site,
  onTransaction: OnTransaction = () => undefined,
): Promise<NetworkDeployment["addresses"]> {
  const result = await deploy({
    config: hre.config.ignition,
    artifactResolver: artifactsOf(hre.artifacts, journal !== undefined),
    provider,
    executionEventListener: listener(onTransaction),
    ...(journal === undefined ? {} : { deploymentDir: journal }),
    ignitionModule: networkModule(parameters, accounts.includes(parameters.governance)),
    deploymentParameters: {},
    accounts,
  }).catch((error: unknown) => {
    throw inWords(error);
  });
  if (result.type !== DeploymentResultType.SUCCESSFUL_DEPLOYMENT) throw new Failure(explainResult(result, parameters));

  const found = Object.values(result.contracts)
    .map(({ id, address }) => [id.split("#")[1], address])
    .filter(([name]) => name !== OPENER);
  return Object.fromEntries(found) as NetworkDeployment["addresses"];
}

/** Ignition has thirty kinds of events; two of them matter. */
function listener(onTransaction: OnTransaction): ExecutionEventListener {
  const handlers: Partial<ExecutionEventListener> = {
    transactionSend: ({ futureId, hash }) => onTransaction(futureId, hash, "sent"),
    transactionConfirm: ({ futureId, hash }) => onTransaction(futureId, hash, "confirmed"),
  };
  return new Proxy(handlers as ExecutionEventListener, {
    get: (known, event: keyof ExecutionEventListener) => known[event] ?? (() => undefined),
  });
}
