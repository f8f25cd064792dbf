import { type Address, getAbiItem, type Log, parseEventLogs, type PublicClient } from "viem";
import { keep3rAbi, keep3rHelperAbi, keep3rLensAbi } from "./abis/index.js";
import { explained } from "./chain/blocks.js";
import { PLENTY } from "./chain/call.js";
import type { NetworkAddresses } from "./jobs/list.js";

/** `KeeperWork`, which `Keep3r` emits at each payment (`IWork`). */
export const keeperWorkEvent = getAbiItem({ abi: keep3rAbi, name: "KeeperWork" });

/** Wei per gas: more than any reference. */
const ANY_PRICE = 10n ** 15n;
/** Gas: several times what a preview takes that refreshes the quote. */
const PREVIEW_GAS = 2_000_000n;

/** Errors are the helper's. */
const previewAbi = [
  ...keep3rLensAbi.filter(({ type }) => type === "function"),
  ...keep3rHelperAbi.filter(({ type }) => type === "error"),
] as const;

/** A payment, as `Keep3r` told it. */
export interface Payment {
  /** The token that was paid in: KP3R, which was bonded, or a token of the job's credits, which was sent. */
  credit: Address;
  job: Address;
  keeper: Address;
  /** In the smallest unit of `credit`: for KP3R with 18 decimals. */
  payment: bigint;
  /** Gas that the job's frame had left when the payment was measured: 64/63 of what `Keep3r` had. */
  gasLeft: bigint;
  /** The log's place in its block. */
  logIndex: number;
}

/** A log of a receipt: viem has its place in the block as `logIndex`, ethers as `index`. */
export type ReceiptLog = { address: string; topics: readonly string[]; data: string } & (
  { logIndex: number } | { index: number }
);

/**
 * The payments of a transaction, in its order. Logs of other contracts, and logs that can't be decoded, are passed over.
 * @param receipt viem's receipt, or ethers'
 * @param keep3r The network: whose logs count
 */
export function decodePayments(receipt: { logs: readonly ReceiptLog[] }, keep3r: Address): Payment[] {
  const logs = receipt.logs
    .filter(({ address }) => address.toLowerCase() === keep3r.toLowerCase())
    .map((log) => ({
      address: log.address,
      topics: log.topics,
      data: log.data,
      logIndex: "logIndex" in log ? log.logIndex : log.index,
    }));
  return parseEventLogs({ abi: [keeperWorkEvent], logs: logs as unknown as Log[] }).map(paymentIn);
}

/** What to preview. */
export interface PreviewQuery {
  keeper: Address;
  /** Gas between the opening and the closing of the meter. What exceeds the network's `maxGasPerWork` isn't paid. */
  gasUsed: bigint;
  /**
   * Wei per gas that the keeper is to pay, at least the block's base fee: the payment is at this price or the reference,
   * whichever is lower. Unless given, it is at the reference: the most that the network pays.
   */
  gasPrice?: bigint;
  /** The block to preview at: the latest unless given. */
  blockNumber?: bigint;
}

/**
 * What a keeper would be paid at a block for a work that is the only one of its transaction (`Keep3rLens.previewPayment`,
 * which refreshes the quote if it is due and is simulated here). One request, with a state override for the ether that the
 * keeper needs at the gas price. Hardhat's own node has a base fee of 0 in calls, and so another reference.
 * @returns KP3R with 18 decimals
 * @throws {@link PrunedHistory} when the node doesn't keep the state of `blockNumber`
 * @throws viem's error when the helper reverts, with the name of its error, or the node fails otherwise
 */
export async function previewPayment(
  client: PublicClient,
  { Keep3rLens }: NetworkAddresses<"Keep3rLens">,
  { keeper, gasUsed, gasPrice = ANY_PRICE, blockNumber }: PreviewQuery,
): Promise<bigint> {
  try {
    const { result } = await client.simulateContract({
      address: Keep3rLens,
      abi: previewAbi,
      functionName: "previewPayment",
      args: [keeper, gasUsed],
      account: keeper,
      gas: PREVIEW_GAS,
      gasPrice,
      stateOverride: [{ address: keeper, balance: PLENTY }],
      ...(blockNumber === undefined ? {} : { blockNumber }),
    });
    return result;
  } catch (error) {
    throw blockNumber === undefined ? error : explained(client, blockNumber, error);
  }
}

/** The payment that a decoded `KeeperWork` tells of. */
export function paymentIn({ args, logIndex }: { args: Omit<Payment, "logIndex">; logIndex: number }): Payment {
  const { credit, job, keeper, payment, gasLeft } = args;
  return { credit, job, keeper, payment, gasLeft, logIndex };
}
