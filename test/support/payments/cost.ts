import { BPS, WAD } from "@keep3r-network/sdk";
import type { ContractTransactionReceipt } from "ethers";
import type { Network } from "#simulation/network";
import { MAX_BOOST, MIN_BOOST } from "../defaults";
import { totalPaid } from "./payments";

/** What a work may be paid at boost 1.0, in BPS of its cost: PAY-2. */
export const AT_COST = [BPS, (BPS * 105n) / 100n] as const;

/** What a work may be paid at the default boosts. */
export const BOOSTED = [MIN_BOOST, (MAX_BOOST * 105n) / 100n] as const;

/** The worth of an amount of KP3R at the cached quote, in BPS of a transaction's cost. */
export async function amountToCost(
  { helper }: Pick<Network, "helper">,
  amount: bigint,
  { fee }: ContractTransactionReceipt,
): Promise<bigint> {
  const { kp3rPerEth } = await helper.cachedQuote();
  return (amount * WAD * BPS) / (kp3rPerEth * fee);
}

/** The worth of a transaction's payments, in BPS of its cost. */
export async function paidToCost(
  network: Pick<Network, "keep3r" | "helper">,
  receipt: ContractTransactionReceipt,
): Promise<bigint> {
  return amountToCost(network, await totalPaid(network.keep3r, receipt), receipt);
}

/** The worth of a transaction's payments less its cost, in gas at the transaction's price. */
export async function profitInGas(
  { keep3r, helper }: Pick<Network, "keep3r" | "helper">,
  receipt: ContractTransactionReceipt,
): Promise<bigint> {
  const { kp3rPerEth } = await helper.cachedQuote();
  return (((await totalPaid(keep3r, receipt)) * WAD) / kp3rPerEth - receipt.fee) / receipt.gasPrice;
}
