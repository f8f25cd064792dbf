import {
  type AbiEvent,
  type Address,
  encodeEventTopics,
  formatLog,
  type GetLogsParameters,
  type Hash,
  type Log,
  type LogTopic,
  numberToHex,
  parseEventLogs,
  type RpcLog,
} from "viem";
import { RpcLogs } from "./answers.js";
import { explained, unknownBlocks } from "./blocks.js";
import { type NodeClient, nodeOf, retryOf } from "./client.js";
import { diagnose } from "./diagnosis.js";
import { BadAnswer, RangeRefused } from "./errors.js";
import { retrying } from "./retry.js";
import { Span } from "./span.js";
import { suggestedBlocks } from "./suggestion.js";

/** Logs that took too long are asked for in halves so often in a row; then the node is taken for dead. */
const SLOW_HALVINGS = 3;

const spans = new WeakMap<object, Span>();

/** Which logs to read. */
export type LogQuery<Event extends AbiEvent | undefined, Events extends readonly AbiEvent[] | undefined> = {
  /** Whose logs: of one contract or several. */
  address: Address | readonly Address[];
  /** The deployment's block: nothing before it is asked for, since a node needn't keep what is older. */
  startBlock: bigint;
  /** The first block: `startBlock` unless given. */
  fromBlock?: bigint;
  /** The last block, one that is known to exist: `(await pinBlock(client)).number`. */
  toBlock: bigint;
} & (
  | {
      /** One event, */
      event: Event;
      /** of which the indexed arguments are these: one value, or one out of a list. */
      args?: GetLogsParameters<Extract<Event, AbiEvent>>["args"];
      events?: undefined;
    }
  | { event?: undefined; args?: undefined; /** Any of these events. */ events: Events }
);

/** A decoded log, as viem types it. */
export type DecodedLog<Event extends AbiEvent | undefined, Events extends readonly AbiEvent[] | undefined> = Log<
  bigint,
  number,
  false,
  Event,
  true,
  Events
>;

/** The logs of some blocks, in the order of the chain. */
export interface LogPage<Decoded> {
  fromBlock: bigint;
  toBlock: bigint;
  logs: Decoded[];
}

/**
 * Reads logs in pages of as many blocks as the node gives at once, in the order of the chain; each block is in exactly one
 * page, and a page may be empty. A log is told once, only of the addresses and events that are asked for, and only if it
 * can be decoded as declared: another contract's event of the same signature may be indexed otherwise.
 *
 * The first guess is 10,000 blocks. A refused range is halved, down to one block, or set to what the node suggests; after
 * successes it grows again, up to 100,000 blocks. What was learnt of a node is remembered for its client.
 *
 * For B blocks at a limit of L blocks, about B / 0.94 L requests are answered. Refused are one where the node names its
 * limit, else at most log2(10,000 / L) to meet it and 5 to come close; and log2(B / 8 L) to find out whether it still
 * holds. So 100,000 blocks cost 4 requests without a limit, and at a limit of 2,000 blocks 53 if it is named, 59 if not.
 *
 * Beware of nodes that answer a range beyond their head with what they have, as older versions of geth do: behind a
 * balancer the newest logs may be missing without a sign. End some blocks behind the head where that matters
 * ({@link pinBlock}).
 *
 * @throws {@link RangeRefused} when the node refuses a single block
 * @throws {@link PrunedHistory} when the node doesn't keep history that old
 * @throws {@link StaleNode} when the node doesn't know `toBlock`
 * @throws {@link BadAnswer} when the node answers with something else than logs of these blocks
 * @throws viem's error where the node fails otherwise, after the transport's retries
 */
export async function* logPages<
  const Event extends AbiEvent | undefined = undefined,
  const Events extends readonly AbiEvent[] | undefined = Event extends AbiEvent ? [Event] : undefined,
>(
  client: NodeClient,
  query: LogQuery<Event, Events>,
): AsyncGenerator<LogPage<DecodedLog<Event, Events>>, void, undefined> {
  const { startBlock, fromBlock = startBlock, toBlock, event, args } = query;
  const addresses = typeof query.address === "string" ? [query.address] : [...query.address];
  const abi: readonly AbiEvent[] = query.events ?? (event === undefined ? [] : [event]);
  // To a node, no address is any address, and no event any event.
  if (addresses.length === 0 || abi.length === 0) return;
  const topics = event === undefined ? [abi.flatMap((one) => topicsOf(one)) as Hash[]] : topicsOf(event, args);

  for (let next = fromBlock > startBlock ? fromBlock : startBlock; next <= toBlock;) {
    const page = await readPage(client, { address: addresses, topics }, next, toBlock);
    const logs = parseEventLogs({ abi, args, logs: page.logs, strict: true });
    yield { ...page, logs: logs as unknown as DecodedLog<Event, Events>[] };
    next = page.toBlock + 1n;
  }
}

/** All of {@link logPages} at once. */
export async function readLogs<
  const Event extends AbiEvent | undefined = undefined,
  const Events extends readonly AbiEvent[] | undefined = Event extends AbiEvent ? [Event] : undefined,
>(client: NodeClient, query: LogQuery<Event, Events>): Promise<DecodedLog<Event, Events>[]> {
  const logs: DecodedLog<Event, Events>[] = [];
  for await (const page of logPages(client, query)) for (const log of page.logs) logs.push(log);
  return logs;
}

interface Filter {
  address: Address[];
  topics: LogTopic[];
}

async function readPage(client: NodeClient, filter: Filter, fromBlock: bigint, end: bigint): Promise<LogPage<Log>> {
  const span = spanOf(client);
  let size = span.size;
  for (let slow = 0; ;) {
    const toBlock = fromBlock + size - 1n < end ? fromBlock + size - 1n : end;
    const blocks = toBlock - fromBlock + 1n;
    try {
      const logs = await ask(client, filter, fromBlock, toBlock);
      span.given(blocks);
      return { fromBlock, toBlock, logs };
    } catch (error) {
      const { kind, words } = diagnose(error, "eth_getLogs");
      if (kind === "unknown block") throw await unknownBlocks(client, { oldest: fromBlock, newest: toBlock }, words);
      if (kind === "slow") slow++;
      const smaller = kind === "range" || (kind === "slow" && slow <= SLOW_HALVINGS && blocks > 1n);
      if (!smaller) throw explained(client, fromBlock, error);
      if (blocks === 1n) throw new RangeRefused(nodeOf(client), fromBlock, words);
      size = span.refused(blocks, suggestedBlocks(words, fromBlock, blocks));
    }
  }
}

/** One request. Logs of other blocks than those asked for show that others are missing, so that it is made again. */
function ask(client: NodeClient, filter: Filter, fromBlock: bigint, toBlock: bigint): Promise<Log[]> {
  const range = { fromBlock: numberToHex(fromBlock), toBlock: numberToHex(toBlock) };
  return retrying(
    retryOf(client),
    async () => {
      const answer = RpcLogs.safeParse(
        await client.request({ method: "eth_getLogs", params: [{ ...filter, ...range }] }),
      );
      if (!answer.success) throw new BadAnswer(nodeOf(client), "eth_getLogs", "isn't a list of logs");
      const mined = answer.data.filter(({ blockNumber, logIndex, removed }) => blockNumber && logIndex && !removed);
      const logs = mined.map((log) => formatLog(log as RpcLog));
      const stray = logs.find(({ blockNumber }) => blockNumber! < fromBlock || blockNumber! > toBlock);
      if (stray !== undefined) {
        const problem = `has a log of block ${stray.blockNumber}, outside of ${fromBlock} to ${toBlock}`;
        throw new BadAnswer(nodeOf(client), "eth_getLogs", problem);
      }
      return inOrder(logs, filter.address);
    },
    (error) => error instanceof BadAnswer && 0,
  );
}

/** Each log once, in the order of the chain, and only of these addresses. */
function inOrder(logs: readonly Log[], addresses: readonly Address[]): Log[] {
  const wanted = new Set(addresses.map((address) => address.toLowerCase()));
  const own = logs.filter(({ address }) => wanted.has(address.toLowerCase()));
  const unique = new Map(own.map((log) => [`${log.blockNumber}:${log.logIndex}`, log]));
  return [...unique.values()].sort((a, b) => Number(a.blockNumber! - b.blockNumber!) || a.logIndex! - b.logIndex!);
}

function topicsOf(event: AbiEvent, args?: unknown): LogTopic[] {
  return encodeEventTopics({
    abi: [event],
    eventName: event.name,
    ...(args === undefined ? {} : { args: args as never }),
  });
}

function spanOf(client: object): Span {
  const span = spans.get(client) ?? new Span();
  spans.set(client, span);
  return span;
}
