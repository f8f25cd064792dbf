import { LOCAL_ROLES, type LocalRole } from "@keep3r-network/sdk";
import type { Signer } from "ethers";

export type Account = Signer & { readonly address: string };
export type Accounts = Record<LocalRole, Account>;

/** Gives the roles to a chain's signers, in order. */
export function nameAccounts(signers: readonly Account[]): Accounts {
  const named = LOCAL_ROLES.map((role, index): [LocalRole, Account] => {
    const signer = signers[index];
    if (signer === undefined) throw new Error(`There is no account for the ${role}.`);
    return [role, signer];
  });
  return Object.fromEntries(named) as Accounts;
}
