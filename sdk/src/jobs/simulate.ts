import { type Address, decodeFunctionResult, encodeFunctionData, type Hex, isHex, numberToHex, size } from "viem";
import { keep3rWorkableAbi } from "../abis/index.js";
import {
  type CallBlock,
  type CallRequest,
  isRefusal,
  nodeFailure,
  PLENTY,
  quantityOf,
  tryCall,
} from "../chain/call.js";
import type { NodeClient } from "../chain/client.js";
import { revertDataOf } from "../errors/revertData.js";

/** EIP-7825: what a transaction can use at most. */
const TRANSACTION_GAS = 2n ** 24n;
/** Bytes. Nodes pass on transactions of up to 128 KiB; some of them go to the signature and the fields beside the data. */
const MAX_DATA = 2 ** 17 - 1_024;
const WORKABLE = encodeFunctionData({ abi: keep3rWorkableAbi, functionName: "workable" });

/** Whose work is simulated, and how. */
export interface WorkQuery {
  job: Address;
  /** Who would work: the job sees it as `msg.sender`. */
  keeper: Address;
  /** The block to simulate at: the latest unless given. */
  blockNumber?: bigint;
  /**
   * Wei per gas that the keeper is to pay, at least the block's base fee. Unless given, nodes simulate at a price of 0, at
   * which a payment is 0 as well: that the job's credits don't cover it then goes unnoticed.
   */
  gasPrice?: bigint;
}

/** What a job said when it was asked for work. */
export interface WorkAnswer {
  /** Whether `workable` says so. */
  canWork: boolean;
  /** What `workable` hands to `work`; empty where it names nothing. */
  data: Hex;
  /** Whether it reverted, ran out of gas, or answered with something else than a boolean and bytes that fit a transaction. */
  failed?: "workable";
  /** What it reverted with; see {@link WorkSimulation}. */
  revertData?: Hex;
}

/** What became of a simulated work. */
export interface WorkSimulation extends Omit<WorkAnswer, "failed"> {
  /** Whether `workable` says so, and `work` with its data goes through. */
  canWork: boolean;
  /**
   * Which call failed: it reverted, ran out of gas or, as for `workable`, answered with something else than a boolean and
   * bytes that a transaction can carry. Not there when the job simply has no work.
   */
  failed?: "workable" | "work";
  /**
   * What the failed call reverted with, for {@link decodeRevert}: `0x` where it gave no reason or ran out of gas. Not there
   * where it returned, or the node doesn't say that it was the contract.
   */
  revertData?: Hex;
  /** What the transaction would use, estimated at the block. Not there without work, and where the node can't estimate. */
  gas?: bigint;
}

/**
 * Asks a job for work, and doesn't simulate that: `workable()`, with the gas of the largest transaction. Whatever the job
 * does never throws. One request. A job may answer yes, and fail at `work`: {@link simulateWork} finds out.
 * @throws As {@link simulateWork}
 */
export async function askForWork(client: NodeClient, query: WorkQuery): Promise<WorkAnswer> {
  const { block, balances, request } = transactionOf(query);
  const asked = await tryCall(client, request(WORKABLE), block, balances);
  if (asked.failed) return { canWork: false, data: "0x", failed: "workable", ...revertOf(asked.error) };
  const said = workableIn(asked.data);
  return said === undefined ? { canWork: false, data: "0x", failed: "workable" } : { canWork: said[0], data: said[1] };
}

/**
 * Asks a job for work as its keeper would, and simulates the work: `workable()`, then `work(data)`, each with the gas of the
 * largest transaction. Whatever the job does never throws. One request without work, else three. A simulation promises
 * nothing: a job may see that it is one, and the next block may be another.
 * @throws {@link PrunedHistory} when the node doesn't keep the state of `blockNumber`
 * @throws {@link BadAnswer} when the node answers with something else than bytes, or an amount of gas
 * @throws viem's error when the node fails otherwise, after the transport's retries, or refuses the gas price
 */
export async function simulateWork(client: NodeClient, query: WorkQuery): Promise<WorkSimulation> {
  const answer = await askForWork(client, query);
  if (!answer.canWork) return answer;

  const { data } = answer;
  const { block, balances, request } = transactionOf(query);
  const work = request(encodeFunctionData({ abi: keep3rWorkableAbi, functionName: "work", args: [data] }));
  const worked = await tryCall(client, work, block, balances);
  if (worked.failed) return { canWork: false, data, failed: "work", ...revertOf(worked.error) };
  return { canWork: true, data, ...(await gasOf(client, work, block)) };
}

interface Transaction {
  block: CallBlock;
  balances: Readonly<Record<Address, { balance: Hex }>>;
  request: (data: Hex) => CallRequest;
}

/** How the keeper calls the job. */
function transactionOf({ job, keeper, blockNumber, gasPrice }: WorkQuery): Transaction {
  return {
    block: blockNumber === undefined ? "latest" : numberToHex(blockNumber),
    // At a price, nodes want the gas that is allowed to be affordable, which is far more than a work uses.
    balances: gasPrice === undefined ? {} : { [keeper]: { balance: numberToHex(PLENTY) } },
    request: (data) => ({
      from: keeper,
      to: job,
      data,
      gas: numberToHex(TRANSACTION_GAS),
      ...(gasPrice === undefined ? {} : { gasPrice: numberToHex(gasPrice) }),
    }),
  };
}

/** What `workable` answered: nothing if that isn't a boolean and bytes that fit into a transaction. */
function workableIn(data: Hex): readonly [canWork: boolean, data: Hex] | undefined {
  try {
    const answer = decodeFunctionResult({ abi: keep3rWorkableAbi, functionName: "workable", data });
    return size(answer[1]) <= MAX_DATA ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** The gas that a node estimates: nothing where the keeper couldn't pay for it, or the work fails after all. */
async function gasOf(client: NodeClient, request: CallRequest, block: CallBlock): Promise<{ gas?: bigint }> {
  try {
    const answer: unknown = await client.request({ method: "eth_estimateGas", params: [request, block] });
    return { gas: quantityOf(client, "eth_estimateGas", answer) };
  } catch (error) {
    if (isRefusal(error, "eth_estimateGas")) return {};
    throw nodeFailure(client, block, error);
  }
}

/** Nothing where the node doesn't say that it was the contract. */
function revertOf(error: unknown): { revertData?: Hex } {
  const revertData = revertDataOf(error);
  return isHex(revertData) ? { revertData } : {};
}
