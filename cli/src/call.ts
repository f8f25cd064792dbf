import type { Address, Hex } from "viem";

/** A call as a transaction carries it. */
export interface Call {
  to: Address;
  data: Hex;
}
