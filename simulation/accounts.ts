import { HDNodeWallet, type Signer } from "ethers";
import type { HardhatNetworkAccountsConfig } from "hardhat/types";

export type Account = Signer & { readonly address: string };

/** Who takes part in the network, in the order of the chain's accounts. */
export const ROLES = [
  /** Deploys everything and holds every privilege. */
  "governance",
  /** Owns the oracle as a job. */
  "jobOwner",
  /** Bonds, works, and is paid. */
  "keeper",
  /** Buys and sells KP3R. */
  "trader",
  /** Anyone at all: observes prices for free. */
  "passerby",
  /** Reports gas prices to the feed. */
  "reporter",
  "disputer",
  "slasher",
] as const;

export type Role = (typeof ROLES)[number];
export type Accounts = Record<Role, Account>;

/** Gives the roles to a chain's signers, in order. */
export function nameAccounts(signers: readonly Account[]): Accounts {
  const named = ROLES.map((role, index): [Role, Account] => {
    const signer = signers[index];
    if (signer === undefined) throw new Error(`There is no account for the ${role}.`);
    return [role, signer];
  });
  return Object.fromEntries(named) as Accounts;
}

/** Hardhat's own accounts come from a phrase that everyone knows. */
export function wellKnownAccount(accounts: HardhatNetworkAccountsConfig, index: number): HDNodeWallet {
  if (Array.isArray(accounts)) throw new Error("The accounts of the hardhat network don't come from a phrase.");
  return HDNodeWallet.fromPhrase(accounts.mnemonic, accounts.passphrase, `${accounts.path}/${index}`);
}
