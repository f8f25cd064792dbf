import { type Address, type Hex, hexToBigInt, hexToString, numberToHex, size, slice } from "viem";
import { bytesOf, type CallBlock, tryCall } from "./chain/call.js";
import type { NodeClient } from "./chain/client.js";
import { printable, stringIn } from "./text.js";
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
async function call(client: NodeClient, to: Address, data: Hex, block: CallBlock): Promise<Hex> {
  const answer = await tryCall(client, { to, data }, block);
  return answer.failed ? "0x" : answer.data;
}

async function codeAt(client: NodeClient, address: Address, block: CallBlock): Promise<Hex> {
  return bytesOf(client, "eth_getCode", await client.request({ method: "eth_getCode", params: [address, block] }));
}

function decimalsOf(data: Hex): number | undefined {
  if (size(data) < WORD) return undefined;
  const decimals = hexToBigInt(slice(data, 0, WORD));
  return decimals <= MAX_DECIMALS ? Number(decimals) : undefined;
}

/** A string, or bytes32 as MKR has it. */
function symbolOf(data: Hex): string | undefined {
  const text = size(data) === WORD ? hexToString(data) : stringIn(data, SYMBOL_LENGTH * WORD);
  return text === undefined ? undefined : printable(text.replace(/\0+$/, ""), SYMBOL_LENGTH);
}
