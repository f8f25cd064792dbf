/** The tokens of the solvency world by name. */
export type TokenName = "kp3r" | OtherTokenName;
export type OtherTokenName = "honest" | "fee" | "noReturn" | "reentrant";

export const OTHER_TOKENS: readonly [OtherTokenName, ...OtherTokenName[]] = ["honest", "fee", "noReturn", "reentrant"];
export const TOKENS: readonly [TokenName, ...TokenName[]] = ["kp3r", ...OTHER_TOKENS];

export interface Bonds {
  pending: bigint;
  /** Whether there is something to activate, were it nothing. */
  started: boolean;
  bonded: bigint;
  unbonding: bigint;
}

/** What the network owes of each token, kept apart from the network: bonds by keeper, and one job's token credits. */
export class Books {
  readonly credits: Record<OtherTokenName, bigint> = { honest: 0n, fee: 0n, noReturn: 0n, reentrant: 0n };
  readonly #bonds = new Map<string, Map<TokenName, Bonds>>();

  /** A keeper's bonds in a token, to be read and written. */
  bondsOf(keeper: string, name: TokenName): Bonds {
    const byToken = this.#bonds.get(keeper) ?? new Map<TokenName, Bonds>();
    const bonds = byToken.get(name) ?? { pending: 0n, started: false, bonded: 0n, unbonding: 0n };
    this.#bonds.set(keeper, byToken.set(name, bonds));
    return bonds;
  }

  /** Forgets a keeper's bonds in KP3R, as a revocation does. */
  revoke(keeper: string): void {
    this.#bonds.get(keeper)?.delete("kp3r");
  }

  /** What is owed of a token; an activated bond in KP3R is minted again when it is withdrawn, so it isn't held. */
  owed(name: TokenName): bigint {
    let sum = name === "kp3r" ? 0n : this.credits[name];
    for (const byToken of this.#bonds.values()) {
      const { pending, bonded, unbonding } = byToken.get(name) ?? { pending: 0n, bonded: 0n, unbonding: 0n };
      sum += name === "kp3r" ? pending : pending + bonded + unbonding;
    }
    return sum;
  }
}

/** What arrives of a transfer: the token with a fee keeps a tenth. */
export function arriving(name: TokenName, amount: bigint): bigint {
  return name === "fee" ? amount - amount / 10n : amount;
}
