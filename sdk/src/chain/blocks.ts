import { type Hash, numberToHex } from "viem";
import { RpcBlock } from "./answers.js";
import { type NodeClient, nodeOf, retryOf } from "./client.js";
import { diagnose } from "./diagnosis.js";
import { BadAnswer, PrunedHistory, StaleNode } from "./errors.js";
import { retrying } from "./retry.js";

/** A block, as far as reports and searches need it. */
export interface BlockHead {
  number: bigint;
  hash: Hash;
  /** Seconds since 1970. */
  timestamp: number;
}

class NoBlock extends Error {}

/**
 * The latest block. A backend that lags behind its balancer is asked again.
 * @param atLeast A block that is known to exist: of an earlier answer, or of a receipt
 * @throws {@link StaleNode} when the node stays behind `atLeast`
 * @throws {@link BadAnswer} when the node has no latest block, or answers with something else than a block
 */
export async function latestBlock(client: NodeClient, { atLeast = 0n }: { atLeast?: bigint } = {}): Promise<BlockHead> {
  return retrying(
    retryOf(client),
    async () => {
      const block = await ask(client, "latest");
      if (block === undefined) throw new BadAnswer(nodeOf(client), "eth_getBlockByNumber", "has no latest block");
      if (block.number < atLeast) throw new StaleNode(nodeOf(client), block.number, atLeast);
      return block;
    },
    (error) => (error instanceof StaleNode || error instanceof BadAnswer) && 0,
  );
}

/**
 * The block that a report stands on: hand its number to every read as `blockNumber`, and all of them see one state.
 * Through {@link createReader}'s client, a backend that doesn't know the block yet is asked again.
 * @param atLeast A block that is known to exist, such as that of one's own transaction
 * @param behind How many blocks to stay behind the latest one: then hardly a backend lags, and a reorganisation rarely
 *   reaches so far. Logs need this more than state: old nodes answer a range beyond their head with what they have
 * @throws {@link StaleNode} when the node stays behind `atLeast`
 * @throws {@link BadAnswer} when the node answers with something else than a block
 */
export async function pinBlock(
  client: NodeClient,
  { atLeast = 0n, behind = 0n }: { atLeast?: bigint; behind?: bigint } = {},
): Promise<BlockHead> {
  const latest = await latestBlock(client, { atLeast });
  if (behind === 0n) return latest;
  const number = latest.number > behind ? latest.number - behind : 0n;
  return blockAt(client, number > atLeast ? number : atLeast);
}

/**
 * A block that is known to exist. A backend that doesn't know it yet is asked again.
 * @throws {@link StaleNode} when the node is behind it
 * @throws {@link PrunedHistory} when the node is past it, but doesn't keep it
 * @throws {@link BadAnswer} when the node answers with something else than this block
 */
export async function blockAt(client: NodeClient, number: bigint): Promise<BlockHead> {
  try {
    return await retrying(
      retryOf(client),
      async () => {
        const block = await ask(client, numberToHex(number));
        if (block === undefined) throw new NoBlock();
        if (block.number !== number) {
          throw new BadAnswer(nodeOf(client), "eth_getBlockByNumber", `is block ${block.number} instead of ${number}`);
        }
        return block;
      },
      (error) => (error instanceof NoBlock || error instanceof BadAnswer) && 0,
    );
  } catch (error) {
    if (!(error instanceof NoBlock)) throw explained(client, number, error);
    throw await unknownBlocks(client, { oldest: number, newest: number }, "it has no such block");
  }
}

/**
 * The first block at or after a time, between two blocks, by bisection. Of n blocks from `startBlock` to `latest`,
 * log2(n + 1) are asked for, rounded up, and none outside of them.
 * @param timestamp Seconds since 1970
 * @param startBlock The deployment's: a node needn't keep what is older
 * @param latest The last block to look at
 * @returns One more than `latest` if all blocks are older
 * @throws {@link PrunedHistory} when the node doesn't keep blocks as old as `startBlock`
 * @throws {@link StaleNode} when the node doesn't know blocks as new as `latest`
 */
export async function firstBlockAfter(
  client: NodeClient,
  timestamp: number,
  { startBlock, latest }: { startBlock: bigint; latest: bigint },
): Promise<bigint> {
  let [low, high] = [startBlock, latest + 1n];
  while (low < high) {
    const middle = (low + high) / 2n;
    const block = await blockAt(client, middle);
    if (block.timestamp >= timestamp) high = middle;
    else low = middle + 1n;
  }
  return low;
}

/** A failure that comes of a block's age, named; any other as it is. */
export function explained(client: NodeClient, block: bigint, error: unknown): unknown {
  const { kind, words } = diagnose(error, "eth_getBlockByNumber");
  return kind === "pruned" ? new PrunedHistory(nodeOf(client), block, words) : error;
}

/** Why a node doesn't know blocks from one to another: the newest isn't there yet, or the oldest isn't kept. One request. */
export async function unknownBlocks(
  client: NodeClient,
  { oldest, newest }: { oldest: bigint; newest: bigint },
  words: string,
): Promise<StaleNode | PrunedHistory> {
  const { number } = await latestBlock(client);
  const node = nodeOf(client);
  return number < newest ? new StaleNode(node, number, newest) : new PrunedHistory(node, oldest, words);
}

async function ask(client: NodeClient, block: "latest" | `0x${string}`): Promise<BlockHead | undefined> {
  const answer = RpcBlock.safeParse(await client.request({ method: "eth_getBlockByNumber", params: [block, false] }));
  if (!answer.success) throw new BadAnswer(nodeOf(client), "eth_getBlockByNumber", "isn't a block");
  if (answer.data === null) return undefined;
  const { number, hash, timestamp } = answer.data;
  return { number: BigInt(number), hash, timestamp: Number(timestamp) };
}
