import { GWEI } from "@keep3r-network/sdk";
import { setNextBlockBaseFeePerGas } from "@nomicfoundation/hardhat-network-helpers";
import type { ContractTransactionReceipt, ContractTransactionResponse } from "ethers";
import type { Chain } from "#simulation/chain";

/** Set explicitly, since a sender must own what a transaction could cost: with instrumented code the default is unaffordable. */
export const GAS_LIMIT = 16_000_000n;

export interface Fees {
  baseFee?: bigint;
  priorityFee?: bigint;
}

/** The fees that a sender offers for a transaction, and the most gas that it may use. */
interface Offer {
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
  gasLimit: bigint;
}

/** Lands a transaction in a block of the given base fee. */
export function landAt(
  chain: Chain,
  { baseFee = 20n * GWEI, priorityFee = GWEI }: Fees,
  send: (offer: Offer) => Promise<ContractTransactionResponse>,
): Promise<ContractTransactionReceipt> {
  const offer = { maxFeePerGas: baseFee + priorityFee, maxPriorityFeePerGas: priorityFee, gasLimit: GAS_LIMIT };
  return chain.landAt(baseFee, () => send(offer));
}

/** Sends a transaction for a block of the given base fee. Blocks after it have none again. */
export async function withBaseFee<T>(baseFee: bigint, send: () => Promise<T>): Promise<T> {
  await setNextBlockBaseFeePerGas(baseFee);
  return send().finally(() => setNextBlockBaseFeePerGas(0));
}
