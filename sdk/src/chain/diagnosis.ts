import { Failure } from "../failure.js";
import { shortened, redact } from "./redact.js";

/**
 * What a failure means for whoever asked.
 *
 * - `busy`: it may pass: asked too often, a backend is down, the connection broke
 * - `slow`: no answer in time
 * - `range`: the logs of fewer blocks would be given
 * - `pruned`: the node has thrown away what was asked for
 * - `unknown block`: the block isn't there yet, or isn't there any more
 * - `execution`: the call reached the chain, and the contract's code failed
 * - `other`: it stays
 */
export type Kind = "busy" | "slow" | "range" | "pruned" | "unknown block" | "execution" | "other";

/** A failure of a request, understood. */
export interface Diagnosis {
  kind: Kind;
  /** HTTP's status, where it isn't success. */
  status: number | undefined;
  /** JSON-RPC's error code. */
  code: number | undefined;
  /** What the node said, fit to be shown. */
  words: string;
  /** In a word or two: `HTTP 429`, `ECONNREFUSED`, `timeout`. */
  reason: string | undefined;
  /** Milliseconds that the node asks to wait. */
  retryAfter: number;
}

/** What is found along a chain of causes. */
interface Symptoms extends Omit<Diagnosis, "kind"> {
  /** A request went out and nothing understandable came back. */
  cut: "timeout" | "connection" | undefined;
}

/** Long enough for every provider's sentence, short enough that matching it costs nothing. */
const WORDS = 600;
const CAUSES = 20;

/*
 * The texts of nodes and providers. Codes alone say little: -32000, -32005, -32600 and -32602 are used for everything.
 */
const RATE =
  /rate.?limit|too many requests|requests? (?:per|count|limit|rate)|per second|compute units|throughput|quota|capacity|out of credits/;
const EXECUTION =
  /revert|invalid.{0,4}opcode|out ?of ?gas|invalid jump|stack.?(?:under|over)flow|vm (?:execution|exception)|evm error|bad instruction|gas uint64 overflow|write protection|execution (?:aborted|halted)/;
const PRUNED =
  /pruned|pruning|missing trie node|archive|ancient|history (?:is )?(?:un|not )available|(?:historical|world) state|state .{0,90}(?:not |un)available|no state available|proof window/;
const UNKNOWN_BLOCK =
  /header not found|header for hash not found|(?:unknown|future) block|invalid block range(?: params)?\W*$|beyond (?:the )?(?:current )?head|not yet imported|unfinalized|blocks? .{0,90}(?:not (?:be )?found|not yet|does not exist|doesn't exist|out of range)/;
const RANGE =
  /range|limited to|more than [\d,]+ (?:results|logs|blocks)|too many (?:results|logs|blocks|events)|max(?:imum)? (?:results|blocks|logs|number)|response.{0,20}(?:size|too (?:big|large)|exceed)|result set too large|size exceeded|logs matched by query|smaller than size|blocks distance|at most [\d,]+ blocks|limit exceeded|exceeds? (?:the )?limit|reducing/;
const PASSING =
  /internal (?:server )?error|temporar|try again|tim(?:e|ed)[ -]?out|deadline exceeded|unavailable|backend|upstream|overload|\bbusy\b|connection/;
/** The transport's own words for an answer that it doesn't read to its end. */
export const TOO_LARGE = "the response is too large";
const SLOW = /tim(?:e|ed)[ -]?out|deadline exceeded/;

/** Error codes that stand for a refused range at one provider, whatever the text: QuickNode's, and Base's. */
const RANGE_CODES = [-32_614, -32_020];
/** EIP-1474's "limit exceeded": of the range for logs, as BNB Smart Chain's public nodes have it, of the rate elsewhere. */
const LIMIT_EXCEEDED = -32_005;
/** EIP-4444's "pruned history unavailable", as geth, reth and Nethermind answer it. */
const PRUNED_CODE = 4444;
/** Geth's "execution reverted". */
const REVERTED_CODE = 3;
/** JSON-RPC's "internal error". */
const INTERNAL_CODE = -32_603;

/**
 * Understands a failure, wherever in the chain of causes the node's own answer stands.
 * @param method What was asked
 */
export function diagnose(error: unknown, method: string): Diagnosis {
  const { cut, ...symptoms } = symptomsOf(error);
  // What has been understood once isn't a node's text.
  const kind = error instanceof Failure ? "other" : kindOf({ cut, ...symptoms }, method === "eth_getLogs");
  return { ...symptoms, kind };
}

function kindOf({ status, code, words, cut }: Symptoms, logs: boolean): Kind {
  // Hosts have names such as archive.example.
  const text = words.toLowerCase().replace(/\w+:\/\/\S+/g, "");
  if (cut === "timeout") return "slow";
  if (status === 429 || code === 429) return "busy";
  // Before the other texts: why it reverts is the contract's own text, and could be any of them.
  if (!logs && (code === REVERTED_CODE || EXECUTION.test(text))) return "execution";
  if (RATE.test(text)) return "busy";
  if (code === PRUNED_CODE || PRUNED.test(text)) return "pruned";
  if (UNKNOWN_BLOCK.test(text)) return "unknown block";
  if (logs && refusesRange(status, code, text)) return "range";
  if (logs && (status === 504 || SLOW.test(text))) return "slow";
  if (text.includes(TOO_LARGE)) return "other";
  if (status !== undefined) return status === 408 || status >= 500 ? "busy" : "other";
  if (cut === "connection" || code === INTERNAL_CODE || code === LIMIT_EXCEEDED || PASSING.test(text)) return "busy";
  return "other";
}

function refusesRange(status: number | undefined, code: number | undefined, text: string): boolean {
  if (status === 413 || code === LIMIT_EXCEEDED || RANGE_CODES.includes(code ?? 0)) return true;
  return RANGE.test(text);
}

function symptomsOf(error: unknown): Symptoms {
  const found: Symptoms = {
    status: undefined,
    code: undefined,
    words: "",
    reason: undefined,
    retryAfter: 0,
    cut: undefined,
  };
  const texts: string[] = [];
  let cause: unknown = error;
  for (let depth = 0; depth < CAUSES && typeof cause === "object" && cause !== null; depth++) {
    look(cause as Record<string, unknown>, found, texts);
    cause = (cause as { cause?: unknown }).cause;
  }
  found.reason ??= reasonOf(found);
  const words = shortened(redact(texts.join(" ").slice(0, WORDS * 4)), WORDS);
  // viem writes an empty text as JSON.
  found.words = words === "" || words === '""' ? (found.reason ?? "it doesn't say why") : words;
  return found;
}

/** One error of the chain: viem's, a provider's of EIP-1193, Node's, or the error object of an answer. */
function look(error: Record<string, unknown>, found: Symptoms, texts: string[]): void {
  const { name, code, status, details, message, data, headers } = error;
  // viem gives -1 to what it doesn't know.
  if (typeof code === "number" && code !== -1) found.code ??= code;
  if (typeof code === "string") found.reason ??= code;
  if (name === "TimeoutError") found.cut = "timeout";
  if (name === "HttpRequestError") {
    if (typeof status === "number") found.status ??= status;
    else found.cut ??= "connection";
    if (headers instanceof Headers) found.retryAfter = waitOf(headers.get("retry-after"));
  }
  const answer = typeof details === "string" ? answerIn(details) : { message };
  if (typeof answer.code === "number") found.code ??= answer.code;
  const said = [answer.message, textOf(data)].filter((text) => typeof text === "string");
  texts.push(...said.filter((text) => !texts.includes(text)));
}

/** Some providers say in `data` what is wrong. Results of calls aren't texts. */
function textOf(data: unknown): string | undefined {
  if (typeof data === "string") return /^0x/i.test(data) ? undefined : data;
  try {
    return typeof data === "object" && data !== null ? JSON.stringify(data).slice(0, WORDS) : undefined;
  } catch {
    return undefined; // A provider within the process may hold what JSON can't.
  }
}

/** viem's details are a sentence or, where an HTTP status came with it, the text of a JSON-RPC error. */
function answerIn(details: string): { code?: unknown; message?: unknown } {
  try {
    const answer: unknown = details.startsWith("{") ? JSON.parse(details) : undefined;
    return typeof answer === "object" && answer !== null ? { message: details, ...answer } : { message: details };
  } catch {
    return { message: details };
  }
}

function reasonOf({ status, code, cut }: Symptoms): string | undefined {
  if (status !== undefined) return `HTTP ${status}`;
  if (code !== undefined) return `error ${code}`;
  return cut;
}

/** `Retry-After` in milliseconds: seconds, or a date. */
function waitOf(header: string | null): number {
  if (header === null) return 0;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.max(wait, 0) : 0;
}
