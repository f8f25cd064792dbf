import { BPS, GWEI, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import type { TransactionResponse } from "ethers";
import type { Keep3r } from "#typechain";
import { receiptOf } from "../tools/events";
import { KP3R_PER_ETH } from "../worlds/paid";
import { withBaseFee } from "./landing";
import { amountsPaid } from "./payments";

/** What is paid at boost 1.0, in percent of the cost. PAY-2 has tests of its own, so there is some room below. */
export const FAIR = [95, 105] as const;

export interface Sending {
  gasLimit: number;
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
}

interface Circumstances {
  baseFee?: bigint;
  gasLimit?: number;
  /** The pool's price. */
  kp3rPerEth?: bigint;
}

export interface Paid {
  /** How many payments the transaction made. */
  count: number;
  /** All payments of the transaction, in KP3R. */
  payment: bigint;
  /** As the receipt has it: after refunds. */
  gasUsed: bigint;
  /** Payments in percent of the transaction's cost, at the pool's price. */
  percent: number;
  /** Payments in gas, at the price that was paid. */
  paidGas: bigint;
}

/** Sends a work at a base fee and the least tip, and compares its payments with its cost. */
export async function measure(
  { keep3r }: { keep3r: Keep3r },
  send: (sending: Sending) => Promise<TransactionResponse>,
  { baseFee = 20n * GWEI, gasLimit = 5_000_000, kp3rPerEth = KP3R_PER_ETH }: Circumstances = {},
): Promise<Paid> {
  const gasPrice = baseFee + GWEI;
  await time.increase(1);
  const sending = { gasLimit, maxFeePerGas: gasPrice, maxPriorityFeePerGas: GWEI };
  const receipt = await receiptOf(withBaseFee(baseFee, () => send(sending)));

  const payments = await amountsPaid(keep3r, receipt);
  const payment = payments.reduce((sum, amount) => sum + amount, 0n);
  const { gasUsed } = receipt;
  const paidGas = (payment * WAD) / (gasPrice * kp3rPerEth);
  return { count: payments.length, payment, gasUsed, percent: Number((paidGas * BPS) / gasUsed) / 100, paidGas };
}
