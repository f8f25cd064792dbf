import type { Address, Hex } from "viem";
import { Quantity, RpcData } from "./answers.js";
import { explained } from "./blocks.js";
import { type NodeClient, nodeOf } from "./client.js";
import { diagnose } from "./diagnosis.js";
import { BadAnswer } from "./errors.js";

/** A call as `eth_call` takes it. */
export interface CallRequest {
  to: Address;
  data: Hex;
  from?: Address;
  /** Gas, with the 21,000 and the calldata of a transaction: what the node gives at most unless given. */
  gas?: Hex;
  gasPrice?: Hex;
}

/** The block to call at, by number or tag. */
export type CallBlock = Hex | "latest";

/** What a contract did with a call. */
export type CallOutcome =
  | { failed: false; data: Hex }
  /** It reverted, or failed otherwise. `error` is the node's, as viem has it. */
  | { failed: true; error: unknown };

/** Wei that an account is given in a call: enough for any gas price, and far from an overflow. */
export const PLENTY = 2n ** 128n;

/** Geth's "server error", with which nodes in their own words say that a contract failed. */
const SERVER_ERROR = -32_000;
/** What comes with the same code, but is of the request or the account that asks. */
const OF_THE_REQUEST =
  /intrinsic gas|floor data gas|gas limit|gas cost exceeds|at least \d+ gas|insufficient funds|fee ?cap|fee per ?gas|base ?fee/i;

/**
 * Calls a contract that may do anything: that it fails is an answer; that the node does isn't. No lookup off the chain
 * (ERC-3668) is made for it, nothing is decoded, and nothing is batched with other calls.
 * @param balances What accounts own in this call, in wei
 * @throws {@link BadAnswer} when the node answers with something else than bytes
 * @throws {@link PrunedHistory} when the node doesn't keep the block's state
 * @throws viem's error when the node fails otherwise, after the transport's retries
 */
export async function tryCall(
  client: NodeClient,
  request: CallRequest,
  block: CallBlock,
  balances: Readonly<Record<Address, { balance: Hex }>> = {},
): Promise<CallOutcome> {
  // Only where they are needed: not every node knows the parameter.
  const overrides = Object.keys(balances).length === 0 ? [] : [balances];
  try {
    const params = [request, block, ...overrides] as [CallRequest, CallBlock];
    return { failed: false, data: bytesOf(client, "eth_call", await client.request({ method: "eth_call", params })) };
  } catch (error) {
    if (ofTheContract(error)) return { failed: true, error };
    throw nodeFailure(client, block, error);
  }
}

/** Whether a node refuses a call for what the call is, rather than failing itself. */
export function isRefusal(error: unknown, method: string): boolean {
  const { kind, status, code } = diagnose(error, method);
  // Nodes have their own words for contracts that fail, but not for what isn't the contract's doing.
  return kind === "execution" || (kind === "other" && status === undefined && code === SERVER_ERROR);
}

/** A node's failure to answer at a block, named where it comes of the block's age. */
export function nodeFailure(client: NodeClient, block: CallBlock, error: unknown): unknown {
  return block === "latest" ? error : explained(client, BigInt(block), error);
}

/** @throws {@link BadAnswer} when an answer isn't made of bytes */
export function bytesOf(client: NodeClient, method: string, answer: unknown): Hex {
  const data = RpcData.safeParse(answer);
  if (!data.success) throw new BadAnswer(nodeOf(client), method, "isn't made of bytes");
  return data.data;
}

/** @throws {@link BadAnswer} when an answer isn't a number */
export function quantityOf(client: NodeClient, method: string, answer: unknown): bigint {
  const quantity = Quantity.safeParse(answer);
  if (!quantity.success) throw new BadAnswer(nodeOf(client), method, "isn't a number");
  return BigInt(quantity.data);
}

/** Whether a call failed by the contract's code: not by the node, nor by the gas or the price that it was given. */
function ofTheContract(error: unknown): boolean {
  if (!isRefusal(error, "eth_call")) return false;
  const { kind, words } = diagnose(error, "eth_call");
  return kind === "execution" || !OF_THE_REQUEST.test(words);
}
