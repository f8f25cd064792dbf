import { Failure, LOCAL_CHAIN_ID, LOCAL_ROLES, localAccount, parseAddress } from "@keep3r-network/sdk";
import { nonEmpty, readKey } from "@keep3r-network/sdk/node";
import { Wallet } from "ethers";
import type { Address } from "viem";
import type { Parameters } from "./parameters";
import type { Site } from "./run";

/** The deployer's key; on a local chain also those that everyone knows, so that governance can accept right away. */
export function accountsFor(
  { chainId, governance }: Parameters,
  { dryRun, from }: { dryRun: boolean; from?: string },
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
