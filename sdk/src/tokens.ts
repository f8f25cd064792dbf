import { type Address, type Hex, hexToBigInt, hexToBytes, numberToHex, size, slice } from "viem";
import { RpcData } from "./chain/answers.js";
import { explained } from "./chain/blocks.js";
import { type NodeClient, nodeOf } from "./chain/client.js";
import { diagnose } from "./chain/diagnosis.js";
import { BadAnswer } from "./chain/errors.js";
import type { Token } from "./values.js";

const SYMBOL = "0x95d89b41"; // symbol()
const DECIMALS = "0x313ce567"; // decimals()
const SYMBOL_LENGTH = 20;
const WORD = 32;
/**
 * Shares of a vault can have its asset's decimals and as many again; more than 36 nobody has use for, and amounts would
 * only be long.
 */
const MAX_DECIMALS = 36n;
/** Tokens that are asked at a time. */
const AT_ONCE = 4;

/** What could be learnt of a token. */
export interface TokenMetadata extends Token {
  /**
   * Whether the token says its decimals. If not, `decimals` is 0, amounts are in its smallest unit, and `symbol` says so:
   * `base units of 0x1234…abcd`.
   */
  known: boolean;
  /** Whether there is a contract at the address. */
  hasCode: boolean;
}

/**
 * Symbol and decimals of an ERC-20 token. Both are optional in the standard, so that a token may say neither, revert, or
 * answer with anything: that never throws. A symbol that isn't there, or can't be shown, is the address in short; one that
 * is shown has at most 20 characters of printable ASCII, a question mark for any other. It is whatever the token's author
 * wrote: it identifies nothing. Two requests, and a third where the token answers neither.
 * @param blockNumber The block to read at: the latest unless given
 * @throws {@link BadAnswer} when the node answers with something else than bytes
 * @throws {@link PrunedHistory} when the node doesn't keep the state of `blockNumber`
 * @throws viem's error when the node fails otherwise, after the transport's retries
 */
export async function tokenMetadata(
  client: NodeClient,
  address: Address,
  { blockNumber }: { blockNumber?: bigint } = {},
): Promise<TokenMetadata> {
  const block = blockNumber === undefined ? "latest" : numberToHex(blockNumber);
  const [said, scale] = await Promise.all([
    call(client, address, SYMBOL, block),
    call(client, address, DECIMALS, block),
  ]);
  const hasCode = said !== "0x" || scale !== "0x" || (await codeAt(client, address, block)) !== "0x";

  const decimals = decimalsOf(scale);
  const short = `${address.slice(0, 6)}…${address.slice(-4)}`;
  if (decimals === undefined) return { address, symbol: `base units of ${short}`, decimals: 0, known: false, hasCode };
  return { address, symbol: symbolOf(said) ?? short, decimals, known: true, hasCode };
}

/**
 * {@link tokenMetadata} of several tokens, in their order. A token that is named twice is asked once.
 * @param blockNumber The block to read at: the latest unless given
 */
export async function tokensMetadata(
  client: NodeClient,
  addresses: readonly Address[],
  options: { blockNumber?: bigint } = {},
): Promise<TokenMetadata[]> {
  const unique = [...new Map(addresses.map((address) => [address.toLowerCase(), address])).entries()];
  const found = new Map<string, TokenMetadata>();
  for (let start = 0; start < unique.length; start += AT_ONCE) {
    const some = unique.slice(start, start + AT_ONCE);
    const tokens = await Promise.all(some.map(([, address]) => tokenMetadata(client, address, options)));
    some.forEach(([key], index) => found.set(key, tokens[index]!));
  }
  return addresses.map((address) => ({ ...found.get(address.toLowerCase())!, address }));
}

/** What a token returns: nothing if it fails. */
async function call(client: NodeClient, to: Address, data: Hex, block: Hex | "latest"): Promise<Hex> {
  try {
    return checked(client, "eth_call", await client.request({ method: "eth_call", params: [{ to, data }, block] }));
  } catch (error) {
    const { kind, status, code } = diagnose(error, "eth_call");
    // Nodes have their own words for contracts that fail, but not for what isn't the contract's doing.
    const fails = kind === "execution" || (kind === "other" && status === undefined && code === -32_000);
    if (fails) return "0x";
    throw block === "latest" ? error : explained(client, BigInt(block), error);
  }
}

async function codeAt(client: NodeClient, address: Address, block: Hex | "latest"): Promise<Hex> {
  return checked(client, "eth_getCode", await client.request({ method: "eth_getCode", params: [address, block] }));
}

function checked(client: NodeClient, method: string, answer: unknown): Hex {
  const data = RpcData.safeParse(answer);
  if (!data.success) throw new BadAnswer(nodeOf(client), method, "isn't made of bytes");
  return data.data;
}

function decimalsOf(data: Hex): number | undefined {
  if (size(data) < WORD) return undefined;
  const decimals = hexToBigInt(slice(data, 0, WORD));
  return decimals <= MAX_DECIMALS ? Number(decimals) : undefined;
}

/** A string, or bytes32 as MKR has it. */
function symbolOf(data: Hex): string | undefined {
  const bytes = hexToBytes(data);
  const text = new TextDecoder().decode(bytes.length === WORD ? bytes : stringIn(bytes)).replace(/\0+$/, "");
  const shown = text
    .replace(/[^\x20-\x7e]/g, "?")
    .slice(0, SYMBOL_LENGTH)
    .trim();
  return /[^? ]/.test(shown) ? shown : undefined;
}

/** The string that a call returned, as far as it is going to be shown; nothing if it isn't one. */
function stringIn(bytes: Uint8Array): Uint8Array {
  const start = numberAt(bytes, 0);
  const length = numberAt(bytes, start);
  const from = start + WORD;
  if (from + length > bytes.length) return new Uint8Array();
  return bytes.subarray(from, from + Math.min(length, SYMBOL_LENGTH * WORD));
}

/** The word at a place: infinite where there is none. */
function numberAt(bytes: Uint8Array, at: number): number {
  if (at + WORD > bytes.length) return Infinity;
  return bytes.subarray(at, at + WORD).reduce((value, byte) => value * 256 + byte, 0);
}
