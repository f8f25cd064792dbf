import type { Tunable } from "@keep3r-network/sdk";
import type { Party, Address } from "./steps";

/** A network as it is to be. */
export interface Terms {
  /** Who governs in the end. The deployer governs until then; it may stay the deployer. */
  governance: Party;
  /** Who owns the oracle as a job. */
  oracleOwner: Party;
  disputers: readonly Address[];
  slashers: readonly Address[];
  token: NewToken | ExistingToken;
  uniswapFactory: Address;
  weth: Address;
  /** Wei per gas with 0 decimals; undefined for none. The age is in seconds. */
  fastGasFeed: { address: Address; maxAge: number } | undefined;
  /** What governance sets, in this order. */
  changes: readonly Change[];
}

/** A KP3R of the network's own, with its first market. Amounts are wei. */
export interface NewToken {
  kind: "new";
  supply: bigint;
  pool: Pool;
}

/** Uniswap V2's router, which opens the pair, and how much goes in. */
export interface Pool {
  router: Address;
  kp3r: bigint;
  eth: bigint;
}

/** A KP3R that exists, its minter and its pair with WETH. */
export interface ExistingToken {
  kind: "existing";
  address: Address;
  minter: Address;
  pair: Address;
}

/** A parameter that differs from what its contract begins with. */
export interface Change {
  contract: Tunable;
  /** What reads it: `fee` is set by `setFee`. */
  getter: string;
  value: bigint;
}
