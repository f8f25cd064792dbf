import { oneLine } from "../text.js";
import { decodeRevert, nameless, type Refusal } from "./decode.js";

/** Where viem, ethers, Hardhat and nodes keep the error that theirs is about. */
const INNER = ["cause", "error", "info", "data"] as const;
/** Errors are a few levels deep; more is a circle or a trick. */
const MOST_ERRORS = 50;

/** How nodes say that it was the contract that failed, not they. */
const REVERTED =
  /revert|invalid opcode|out ?of ?gas|invalid jump|stack (?:under|over)flow|stack limit|write protection|vm (?:exception|execution)/i;
/** Geth's, which most nodes have taken over. */
const REVERT_CODE = 3;
/** What ethers calls every `eth_call` that fails. */
const CALL_EXCEPTION = "CALL_EXCEPTION";
const REASON = /reverted(?::| with reason string) '?(.+?)'?$/;
/** Characters. */
const LONGEST_SAYING = 2_000;
const LONGEST_REASON = 200;

/** An error of whatever make: nothing is known of its fields. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The data that a contract reverted with, from whatever a call threw: an error of viem, of ethers, of Hardhat's provider, or
 * a node's answer as it is.
 * @returns Hexadecimal; "0x" for a revert without data, undefined when it isn't a revert
 */
export function revertDataOf(error: unknown): string | undefined {
  const errors = unfold(error);
  const found = errors.flatMap((each) => [each.raw, isOfNode(each) ? each.data : undefined]).map(hexOf);
  const data = found.find((hex) => hex !== undefined && hex !== "0x") ?? found.find((hex) => hex !== undefined);
  return data ?? (errors.some(isRevert) ? "0x" : undefined);
}

/** What a contract said, from whatever a call threw; undefined when it isn't a contract's refusal. */
export function refusalOf(error: unknown): Refusal | undefined {
  const data = revertDataOf(error);
  if (data === undefined) return undefined;
  if (data !== "0x") return decodeRevert(data);

  // Some nodes say it in words only
  const reason = unfold(error)
    .flatMap(sayings)
    .map((saying) => REASON.exec(saying)?.[1])
    .find((found) => found !== undefined);
  return reason === undefined ? decodeRevert(data) : nameless(undefined, `"${oneLine(reason, LONGEST_REASON)}"`);
}

/** An error and those that it is about, the outermost first. */
export function unfold(error: unknown): Fields[] {
  const found = new Set<Fields>();
  const waiting = [error];
  while (waiting.length > 0 && found.size < MOST_ERRORS) {
    const next = waiting.shift();
    if (!isObject(next) || found.has(next)) continue;
    found.add(next);
    waiting.push(...INNER.map((key) => next[key]));
  }
  return [...found];
}

function isRevert(error: Fields): boolean {
  if (error.code === REVERT_CODE) return true;
  // Without a node's answer it is about a receipt's status
  if (error.code === CALL_EXCEPTION && error.info === undefined && error.error === undefined) return true;
  if (error.code === CALL_EXCEPTION) return false;
  return sayings(error).some((saying) => REVERTED.test(saying));
}

/**
 * What a node said. Only that counts: viem calls every internal error of a node a revert in words of its own, and any error
 * may have that word in its message. Viem keeps the node's words as details, or as the reason of what it calls so.
 */
function sayings(error: Fields): string[] {
  const said = error.name === "ContractFunctionRevertedError" ? error.reason : (error.details ?? error.message);
  const isSaid = error.name === "ContractFunctionRevertedError" || isOfNode(error);
  return isSaid && typeof said === "string" ? [said.slice(0, LONGEST_SAYING)] : [];
}

/**
 * Whether it is a node's answer: other errors, such as viem's of what it can't decode, have data that isn't a revert's.
 * Hardhat's, thrown in its own process with a stack of Solidity, has no code but a place for the transaction's hash.
 */
function isOfNode(error: Fields): boolean {
  const { code, name } = error;
  return typeof code === "number" || code === CALL_EXCEPTION || name === undefined || "transactionHash" in error;
}

/** Nethermind and the old Parity write "Reverted 0x...". */
function hexOf(data: unknown): string | undefined {
  return typeof data === "string" ? /^(?:reverted )?(0x[0-9a-f]*)$/i.exec(data)?.[1] : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
