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
  for (const { data, raw } of errors) {
    for (const candidate of [raw, data]) {
      // Nethermind and the old Parity write "Reverted 0x..."
      const [, hex] = typeof candidate === "string" ? (/^(?:reverted )?(0x[0-9a-f]*)$/i.exec(candidate) ?? []) : [];
      if (hex !== undefined) return hex;
    }
  }
  return errors.some(isRevert) ? "0x" : undefined;
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
  // Ethers calls every failed eth_call so; without a node's answer it is a receipt's status
  if (error.code === "CALL_EXCEPTION" && error.info === undefined && error.error === undefined) return true;
  return sayings(error).some((saying) => REVERTED.test(saying));
}

/**
 * What a node said. An error that wraps another has words of its own, and viem's say "reverted" of every internal error of a
 * node: there, details and reason quote the node.
 */
function sayings(error: Fields): string[] {
  const quotes = error.name === "ContractFunctionRevertedError" || INNER.some((key) => isObject(error[key]));
  return [error.details, error.reason, quotes ? undefined : error.message]
    .filter((text) => typeof text === "string")
    .map((text) => text.slice(0, LONGEST_SAYING));
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
