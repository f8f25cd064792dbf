import { type Address, concatHex, encodeFunctionData, type Hex, numberToHex, size, slice } from "viem";
import { keep3rWorkSourceAbi } from "../abis/index.js";
import { pinBlock } from "../chain/blocks.js";
import { type CallBlock, tryCall } from "../chain/call.js";
import type { NodeClient } from "../chain/client.js";
import { printable, stringIn } from "../text.js";
import { checkCount } from "../values.js";

/** The ERC-165 id of `IKeep3rWorkable`: the exclusive or of `workable()` and `work(bytes)`. */
export const WORKABLE_ID = "0xcad5ca1d";
/** The ERC-165 id of `IKeep3rWorkSource`: the selector of `workSource()`. */
export const WORK_SOURCE_ID = "0xc6a4fa6c";

/** The selector of `supportsInterface(bytes4)`, and so the id of ERC-165 itself. */
const SUPPORTS_INTERFACE = "0x01ffc9a7";
/** ERC-165, "How to detect if a contract implements ERC-165": who says yes to this id doesn't know what it is asked. */
const INVALID_ID = "0xffffffff";
/** ERC-165: `supportsInterface` "must use less than 30,000 gas". */
const ERC165_GAS = 30_000n;
/** Several times what it takes to read and return 64 characters from storage behind a proxy. */
const WORK_SOURCE_GAS = 100_000n;
/** What a transaction takes for itself, and at most for the calldata of these questions: 36 bytes, 16 gas each. */
const CALL_GAS = 21_000n + 36n * 16n;

const SOURCE_LENGTH = 64;
const SOURCE_BYTES = 4 * SOURCE_LENGTH;
const WORD = 32;
const YES = numberToHex(1n, { size: WORD });
const NO = numberToHex(0n, { size: WORD });

/** Jobs that are asked at a time. */
const AT_ONCE = 8;

/** What a job says of itself through ERC-165. It is whatever the job's author wrote: it proves nothing. */
export interface DiscoveredJob {
  job: Address;
  /** Whether it says that a bot can ask it for work: `IKeep3rWorkable`. */
  workable: boolean;
  /**
   * Where its work comes from when it can't be found on the chain (`IKeep3rWorkSource`): at most 64 characters of
   * printable ASCII, a question mark for any other; empty when the job has the interface, but names nothing that can be
   * shown. A bot without a plugin of this name leaves the job alone. Not there for other jobs.
   */
  workSource?: string;
}

/** At which block to look. */
export interface DiscoveryOptions {
  /** The block to read at: the latest unless given. */
  blockNumber?: bigint;
}

/** How to look at several jobs. */
export interface DiscoveriesOptions extends DiscoveryOptions {
  /** How many jobs to ask at a time, at least 1: 8 unless given. */
  concurrency?: number;
}

/**
 * Asks a job what it is, through ERC-165 with the standard's whole handshake. Whatever stands at the address never throws:
 * one that reverts, has no code, burns its gas or answers with anything else than a boolean is a job that says nothing.
 * Each question has the standard's 30,000 gas, and so can't return more than some 100 kB either. Two requests, four for
 * contracts with ERC-165, and a fifth for the work's source.
 * @throws {@link PrunedHistory} when the node doesn't keep the state of `blockNumber`
 * @throws {@link BadAnswer} when the node answers with something else than bytes
 * @throws viem's error when the node fails otherwise, after the transport's retries
 */
export async function discoverJob(
  client: NodeClient,
  job: Address,
  { blockNumber }: DiscoveryOptions = {},
): Promise<DiscoveredJob> {
  const block = blockNumber === undefined ? "latest" : numberToHex(blockNumber);
  const ask = (id: Hex) => supports(client, job, id, block);

  const [known, invalid] = await Promise.all([ask(SUPPORTS_INTERFACE), ask(INVALID_ID)]);
  if (known !== true || invalid !== false) return { job, workable: false };

  const [workable, sourced] = await Promise.all([ask(WORKABLE_ID), ask(WORK_SOURCE_ID)]);
  const found = { job, workable: workable === true };
  return sourced === true ? { ...found, workSource: await sourceOf(client, job, block) } : found;
}

/**
 * {@link discoverJob} of several jobs, in their order, all at one block. No job can end the list.
 * @throws {@link Failure} when `concurrency` isn't a whole number of at least 1
 * @throws As {@link discoverJob}
 */
export async function discoverJobs(
  client: NodeClient,
  jobs: readonly Address[],
  { blockNumber, concurrency = AT_ONCE }: DiscoveriesOptions = {},
): Promise<DiscoveredJob[]> {
  checkCount("concurrency", concurrency);
  if (jobs.length === 0) return [];
  const pinned = { blockNumber: blockNumber ?? (await pinBlock(client)).number };
  const found: DiscoveredJob[] = [];
  for (let start = 0; start < jobs.length; start += concurrency) {
    const some = jobs.slice(start, start + concurrency);
    found.push(...(await Promise.all(some.map((job) => discoverJob(client, job, pinned)))));
  }
  return found;
}

/** What a contract answers to an id: nothing if it fails, or its answer isn't a boolean. */
async function supports(client: NodeClient, to: Address, id: Hex, block: CallBlock): Promise<boolean | undefined> {
  const data = concatHex([SUPPORTS_INTERFACE, id, `0x${"00".repeat(WORD - 4)}`]);
  const answer = await tryCall(client, { to, data, gas: numberToHex(CALL_GAS + ERC165_GAS) }, block);
  if (answer.failed || size(answer.data) < WORD) return undefined;
  const word = slice(answer.data, 0, WORD);
  if (word === YES) return true;
  return word === NO ? false : undefined;
}

async function sourceOf(client: NodeClient, to: Address, block: CallBlock): Promise<string> {
  const data = encodeFunctionData({ abi: keep3rWorkSourceAbi, functionName: "workSource" });
  const answer = await tryCall(client, { to, data, gas: numberToHex(CALL_GAS + WORK_SOURCE_GAS) }, block);
  const text = answer.failed ? undefined : stringIn(answer.data, SOURCE_BYTES);
  return text === undefined ? "" : (printable(text, SOURCE_LENGTH) ?? "");
}
