import { TOO_LARGE } from "./diagnosis.js";
import { base64, credentialsOf, shortened, redact, secretsOf } from "./redact.js";

/** Enough for a provider's explanation. */
const SHOWN = 1_000;
/** What of a text is looked at before it is shortened. */
const LOOKED_AT = 64_000;
const DEPTH = 8;
/** JSON-RPC's "server error", for an error that has no code. */
const UNKNOWN_CODE = -32_000;

/** As viem's HTTP transport fetches. */
export type FetchFn = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * A fetch for viem's HTTP transport, which is given the origin for a URL: viem writes the URL into its errors, and so
 * never learns the secret one. What comes back is read here, within viem's timeout and up to a size, and is a JSON-RPC
 * answer from which the URL's secrets are removed wherever a node quotes them.
 * @param url Where the requests go
 * @param maxAnswer The size of the largest answer that is read, in bytes
 */
export function secretiveFetch(url: string, maxAnswer: number, fetchFn: FetchFn): FetchFn {
  const secrets = secretsOf(url);
  const hide = (text: string): string => shortened(redact(text.slice(0, LOOKED_AT), secrets), SHOWN);
  const credentials = credentialsOf(url);
  const target = new URL(url);
  [target.username, target.password, target.hash] = ["", "", ""];

  return async (_, init) => {
    const headers = new Headers(init?.headers);
    if (credentials !== undefined) headers.set("Authorization", `Basic ${base64(credentials)}`);
    try {
      const response = await fetchFn(target.href, { ...init, headers });
      const text = await readText(response, maxAnswer);
      return withJson(response, response.ok ? readAnswer(text, hide) : { error: readRefusal(text, hide) });
    } catch (error) {
      throw withoutDetails(error, hide);
    }
  };
}

async function readText(response: Response, maxAnswer: number): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return pieces.join("") + decoder.decode();
    size += value.length;
    if (size > maxAnswer) {
      await reader.cancel();
      throw new Error(`${TOO_LARGE}: more than ${maxAnswer} bytes`);
    }
    pieces.push(decoder.decode(value, { stream: true }));
  }
}

/** A successful answer: an object with a result or an error. */
function readAnswer(text: string, hide: (text: string) => string): unknown {
  const answer = parse(text);
  if (!isObject(answer) || !("result" in answer || isThere(answer["error"]))) {
    throw new Error(`The answer isn't JSON-RPC: ${hide(text)}`);
  }
  return isThere(answer["error"]) ? { error: readError(answer["error"], hide) } : { result: answer["result"] };
}

/** What comes with an HTTP status other than success: a JSON-RPC error, or a page for people. */
function readRefusal(text: string, hide: (text: string) => string): unknown {
  const answer = parse(text);
  return isObject(answer) && isThere(answer["error"]) ? readError(answer["error"], hide) : hide(text);
}

function readError(error: unknown, hide: (text: string) => string): unknown {
  if (!isObject(error)) return { code: UNKNOWN_CODE, message: hide(String(error)) };
  const { message, data } = error;
  const code = Number.isInteger(Number(error["code"])) ? Number(error["code"]) : UNKNOWN_CODE;
  const said = typeof message === "string" ? hide(message) : "";
  return { code, message: said, ...(data === undefined ? {} : { data: hideWithin(data, hide, DEPTH) }) };
}

/** Texts are hidden within; what a call returned stays as it is. */
function hideWithin(value: unknown, hide: (text: string) => string, depth: number): unknown {
  if (typeof value === "string") return /^0x[0-9a-f]*$/i.test(value) ? value : hide(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  if (Array.isArray(value)) return value.map((item) => hideWithin(item, hide, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hideWithin(item, hide, depth - 1)]));
}

/** By their standard, they have no body. */
const BODILESS = new Set([204, 205, 304]);

/**
 * An answer that was parsed already: as it is for a viem that asks for `json()`, as text again for one that reads the body.
 * Of the headers viem needs the type, and of errors the wait.
 */
function withJson({ status, headers }: Response, answer: unknown): Response {
  const kept = new Headers({ "Content-Type": "application/json" });
  const wait = headers.get("Retry-After");
  if (wait !== null) kept.set("Retry-After", wait);
  const body = BODILESS.has(status) ? null : textOf(answer);
  return Object.assign(new Response(body, { status, headers: kept }), { json: () => Promise.resolve(answer) });
}

/** Nothing is made text before it is read. */
function textOf(answer: unknown): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(JSON.stringify(answer)));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Node's errors hold the socket, the parser's bytes and more; who aborted is known by the name. */
function withoutDetails(error: unknown, hide: (text: string) => string): Error {
  if (error instanceof Error && error.name === "AbortError") return new DOMException("Aborted", "AbortError");
  const causes = [error, error instanceof Error ? error.cause : undefined];
  const codes = causes.map((cause) =>
    isObject(cause) && typeof cause["code"] === "string" ? cause["code"] : undefined,
  );
  const code = codes.find((found) => found !== undefined);
  const plain = new Error(hide(error instanceof Error ? error.message : String(error)));
  return code === undefined ? plain : Object.assign(plain, { code });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
