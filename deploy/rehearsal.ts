import type { EIP1193Provider } from "@nomicfoundation/ignition-core";
import { BrowserProvider, type TransactionReceipt, type TransactionResponse } from "ethers";
import { createProvider } from "hardhat/internal/core/providers/construction";
import type { HardhatRuntimeEnvironment } from "hardhat/types";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deployNetwork, type Site } from "./run";

/** Ether in plenty: what the deployer lacks is told with the whole cost, not by a failure half way. */
const PLENTY = "0xffffffffffffffffffffffff";

/** A transaction as it went in the rehearsal. */
export interface Rehearsed {
  step: string;
  transaction: TransactionResponse;
  gasUsed: bigint;
}

/** How what is left of a deployment went. */
export interface Rehearsal {
  transactions: Rehearsed[];
  /** How many steps were confirmed: also those whose transaction an interrupted run had sent already. */
  steps: number;
}

/**
 * Executes what is left of a deployment on a fork of the chain inside of this process, with a copy of the journal. Whatever
 * a contract refuses, it refuses here, before the first real transaction.
 */
export async function rehearse(hre: HardhatRuntimeEnvironment, site: Site, url: string): Promise<Rehearsal> {
  const folder = mkdtempSync(path.join(tmpdir(), "keep3r-rehearsal-"));
  try {
    const { parameters, accounts, journal } = site;
    const copy = path.join(folder, "journal");
    const begun = journal !== undefined && existsSync(journal);
    if (begun) cpSync(journal, copy, { recursive: true });

    const fork = await forkOf(hre, site, url, path.join(folder, "cache"));
    for (const account of accounts) {
      await fork.request({ method: "hardhat_impersonateAccount", params: [account] });
      await fork.request({ method: "hardhat_setBalance", params: [account, PLENTY] });
    }
    const sent: { step: string; hash: string }[] = [];
    let steps = 0;
    const rehearsed = { parameters, accounts, provider: fork, ...(begun ? { journal: copy } : {}) };
    await deployNetwork(hre, rehearsed, (step, hash, state) => {
      if (state === "sent") sent.push({ step, hash });
      else steps++;
    });
    return { transactions: await Promise.all(sent.map(({ step, hash }) => receiptOf(fork, step, hash))), steps };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function forkOf(
  { config, artifacts }: HardhatRuntimeEnvironment,
  { parameters: { chainId }, provider }: Site,
  url: string,
  cache: string,
): Promise<EIP1193Provider> {
  const blockNumber = Number(await provider.request({ method: "eth_blockNumber" }));
  // Without a block's number Hardhat forks one that is old enough to be final, in which the last transactions are missing
  const forking = { enabled: true, url, blockNumber, httpHeaders: {} };
  const hardhat = { ...config.networks.hardhat, chainId, forking };
  const networks = { ...config.networks, hardhat };
  const fork = await createProvider({ ...config, networks, paths: { ...config.paths, cache } }, "hardhat", artifacts);
  // Of a block that isn't its own the fork may not know the rules: of the next one it does.
  await fork.request({ method: "hardhat_mine", params: [] });
  return fork;
}

async function receiptOf(fork: EIP1193Provider, step: string, hash: string): Promise<Rehearsed> {
  const provider = new BrowserProvider(fork, undefined, { cacheTimeout: -1 });
  const receipt = (await provider.getTransactionReceipt(hash)) as TransactionReceipt;
  const transaction = (await provider.getTransaction(hash)) as TransactionResponse;
  return { step, transaction, gasUsed: receipt.gasUsed };
}
