import { type EIP1193RequestFn, http, type Transport } from "viem";
import { Failure } from "../failure.js";
import { diagnose } from "./diagnosis.js";
import { type FetchFn, secretiveFetch } from "./fetch.js";
import { withoutSecrets } from "./redact.js";
import { type Retry, retrying, retryWith } from "./retry.js";

/** Milliseconds. Providers themselves give up on large ranges of logs after ten seconds or so. */
const TIMEOUT = 30_000;
/** Bytes. The largest answer that a provider documents has 150 MB: Alchemy's, to `eth_getLogs`. */
const MAX_ANSWER = 200_000_000;

/** What may be asked twice: it changes nothing, and a node doesn't forget it by telling it. */
const READS =
  /^(?:eth_(?:get(?!FilterChanges)|call|chainId|blockNumber|estimateGas|gasPrice|feeHistory|maxPriorityFeePerGas|blobBaseFee|simulateV1|createAccessList|syncing|accounts)|net_|web3_|txpool_|trace_|debug_trace)/;

/** How a node is spoken to. */
export interface TransportOptions extends Partial<Retry> {
  /** How long one request may take, in milliseconds: 30,000 unless given. */
  timeout?: number;
  /** The size of the largest answer that is read, in bytes: 200,000,000 unless given. */
  maxAnswer?: number;
  /** Fetches instead of the platform's own `fetch`. */
  fetchFn?: FetchFn;
}

/** A viem transport that shows its URL's origin only, and knows how it asks again. */
export type Keep3rTransport = Transport<"http", { url: string; retry: Retry }, EIP1193RequestFn>;

/**
 * viem's HTTP transport for nodes that are imperfect, with a URL that stays secret.
 *
 * Asked again, a bounded number of times and later each time: what only reads, after HTTP 408, 429 (as late as
 * `Retry-After` says, up to `maxDelay`) and 5xx, a broken connection, no answer in time, an answer that isn't JSON-RPC, an
 * error that says the node is busy, and an error that says a block isn't known, as a backend does that lags behind its
 * balancer. Never asked again: other 4xx, reverts, refused ranges of logs, history that was thrown away, logs that took
 * too long, and whatever sends, signs or changes something. viem's own retries, which draw these lines elsewhere, are off.
 *
 * No error of it has more of the URL in it than the origin, not in its texts, its stack or its causes, even if the node
 * quotes the URL. A part of the URL that stands by itself, away from the URL, is recognised from six characters on.
 *
 * @param url Where the node is
 * @throws {@link Failure} when the URL isn't one of http or https
 */
export function keep3rTransport(url: string, options: TransportOptions = {}): Keep3rTransport {
  const { timeout = TIMEOUT, maxAnswer = MAX_ANSWER, fetchFn = (input, init) => fetch(input, init) } = options;
  checkUrl(url);
  const origin = withoutSecrets(url);
  const retry = retryWith(options);
  const node = http(origin, { retryCount: 0, timeout, fetchFn: secretiveFetch(url, maxAnswer, fetchFn) });

  return (parameters) => {
    const { config, request: ask } = node({ ...parameters, retryCount: 0, timeout });
    const request = (args: { method: string; params?: unknown }, overrides: Parameters<typeof ask>[1] = {}) => {
      const retries = overrides.retryCount ?? retry.retries;
      return retrying(
        { ...retry, retries: READS.test(args.method) ? retries : 0 },
        () => ask(args, { ...overrides, retryCount: 0 }),
        (error) => waitFor(error, args.method),
      );
    };
    return {
      config: { ...config, key: "keep3r", request: request as EIP1193RequestFn },
      request: request as EIP1193RequestFn,
      value: { url: origin, retry },
    };
  };
}

/** @throws {@link Failure} when the URL isn't one of http or https */
export function checkUrl(url: string): void {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new Failure("The node's URL must begin with http:// or https://.");
  }
}

function waitFor(error: unknown, method: string): number | false {
  const { kind, retryAfter } = diagnose(error, method);
  const passes = kind === "busy" || kind === "unknown block" || (kind === "slow" && method !== "eth_getLogs");
  return passes && retryAfter;
}
