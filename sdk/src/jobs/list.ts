import type { Address, PublicClient } from "viem";
import { keep3rLensAbi } from "../abis/index.js";
import { explained, pinBlock } from "../chain/blocks.js";
import { nodeOf } from "../chain/client.js";
import { BadAnswer } from "../chain/errors.js";
import type { CoreName } from "../deployment.js";
import { checkCount } from "../values.js";

/** A page takes some 4,000 gas an address: a tenth of what the strictest nodes give a call. */
const PAGE_SIZE = 500;

/** The addresses of a network that a reader needs, by their names in `deployment.json`. */
export type NetworkAddresses<Name extends CoreName> = Readonly<Record<Name, Address>>;

/** How a list is read. */
export interface ListOptions {
  /** The block to read at: the latest, of which all pages then are, unless given. */
  blockNumber?: bigint;
  /** How many addresses to ask for at a time, at least 1: 500 unless given. */
  pageSize?: number;
}

/**
 * All registered jobs at one block, in no order (`Keep3rLens.jobs`). One request a page, and one for the block.
 * @throws {@link Failure} when `pageSize` isn't a whole number of at least 1
 * @throws {@link PrunedHistory} when the node doesn't keep the state of `blockNumber`
 * @throws {@link BadAnswer} when the node answers with a list that can't be
 * @throws viem's error when the lens or the node fails otherwise, after the transport's retries
 */
export function listJobs(
  client: PublicClient,
  addresses: NetworkAddresses<"Keep3rLens">,
  options: ListOptions = {},
): Promise<Address[]> {
  return list(client, addresses, "jobs", options);
}

/**
 * All active keepers at one block, in no order (`Keep3rLens.keepers`). One request a page, and one for the block.
 * @throws As {@link listJobs}
 */
export function listKeepers(
  client: PublicClient,
  addresses: NetworkAddresses<"Keep3rLens">,
  options: ListOptions = {},
): Promise<Address[]> {
  return list(client, addresses, "keepers", options);
}

async function list(
  client: PublicClient,
  { Keep3rLens }: NetworkAddresses<"Keep3rLens">,
  name: "jobs" | "keepers",
  { blockNumber, pageSize = PAGE_SIZE }: ListOptions,
): Promise<Address[]> {
  checkCount("pageSize", pageSize);
  const block = blockNumber ?? (await pinBlock(client)).number;
  const known = new Set<Address>();
  for (;;) {
    const [start, end] = [BigInt(known.size), BigInt(known.size + pageSize)];
    const page = await client
      .readContract({
        address: Keep3rLens,
        abi: keep3rLensAbi,
        functionName: name,
        args: [start, end],
        blockNumber: block,
      })
      .catch((error: unknown) => {
        throw explained(client, block, error);
      });
    for (const address of page) known.add(address);
    // Otherwise a node that repeats a page would be asked for ever.
    if (page.length > pageSize || BigInt(known.size) !== start + BigInt(page.length)) {
      throw new BadAnswer(nodeOf(client), "eth_call", `isn't a page of the ${name}: it is too long, or repeats some`);
    }
    if (page.length < pageSize) return [...known];
  }
}
