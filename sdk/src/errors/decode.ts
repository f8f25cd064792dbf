import { type Abi, type AbiParameter, decodeAbiParameters, type Hex, toFunctionSelector } from "viem";
import { formatAbiItem } from "viem/utils";
import {
  automationJobAbi,
  erc20ErrorsAbi,
  hegicSimpleUnlockJobAbi,
  hegicUnlockJobAbi,
  keep3rAbi,
  keep3rHelperAbi,
  keep3rLensAbi,
  keep3rOracleAbi,
  kp3rAbi,
  liquidationJobAbi,
  rebalanceJobAbi,
  relayJobAbi,
  resolverJobAbi,
  strategyHarvestJobAbi,
} from "../abis/index.js";
import { oneLine } from "../text.js";

/** What a contract said when it refused. */
export interface Refusal {
  /** `Error` for a text, `Panic` for a fault of its code, "" when it gave no reason or one that isn't known here. */
  name: string;
  /** The first four bytes of the data; undefined when there are none. */
  selector: Hex | undefined;
  /** The error's values, in their order; strings among them are as the contract gave them. */
  args: readonly unknown[];
  /** For people, on one line, with the values: `BondsInsufficient(bonded: 1, amount: 2)`. */
  text: string;
}

interface KnownError {
  name: string;
  inputs: readonly AbiParameter[];
}

/** Where two ABIs have the same error, its values are named as in the first. */
const ABIS: readonly Abi[] = [
  ...[keep3rAbi, kp3rAbi, keep3rHelperAbi, keep3rOracleAbi, keep3rLensAbi, erc20ErrorsAbi],
  ...[hegicSimpleUnlockJobAbi, hegicUnlockJobAbi, strategyHarvestJobAbi, liquidationJobAbi, rebalanceJobAbi],
  ...[relayJobAbi, automationJobAbi, resolverJobAbi],
];

const ERROR: KnownError = { name: "Error", inputs: [{ name: "reason", type: "string" }] };
const PANIC: KnownError = { name: "Panic", inputs: [{ name: "code", type: "uint256" }] };

/** What the compiler has code revert with by itself. */
const PANICS: Readonly<Record<string, string>> = {
  0x01: "something that must always hold doesn't",
  0x11: "a number became too large or too small",
  0x12: "a division by zero",
  0x21: "a number that stands for nothing in a list of choices",
  0x22: "a list of bytes in the storage is broken",
  0x31: "an element is taken from an empty list",
  0x32: "there are fewer elements in a list",
  0x41: "too much memory is asked for",
  0x51: "a function that isn't set is called",
};

/** Characters. No error of ours has as much data; a hostile contract's isn't worth decoding. */
const LONGEST_DATA = 2 + 2 * 32_768;
const LONGEST_TEXT = 1_000;
const LONGEST_STRING = 200;
/** The selector and two words. */
const LONGEST_BYTES = 138;
const MOST_ELEMENTS = 8;

let known: ReadonlyMap<string, KnownError> | undefined;

/**
 * Reads the data of a revert by the errors of all ABIs in this package, Solidity's own, and ERC-20's. The data may come from
 * anybody: whatever it is, this returns, and the text is short and printable.
 * @param data Hexadecimal, as a node answers it; "0x" when the contract gave no reason
 */
export function decodeRevert(data: string): Refusal {
  const lower = data.toLowerCase();
  if (lower === "0x") return nameless(undefined, "the contract gave no reason");

  const selector = /^0x[0-9a-f]{8}/.test(lower) ? (lower.slice(0, 10) as Hex) : undefined;
  const error = selector === undefined ? undefined : errorsBySelector().get(selector);
  const args = error === undefined ? undefined : decodeArgs(error, lower);
  if (error === undefined || args === undefined) {
    return nameless(selector, `an error that isn't known here: ${oneLine(data, LONGEST_BYTES)}`);
  }
  return { name: error.name, selector, args, text: oneLine(textOf(error, args), LONGEST_TEXT) };
}

/** A refusal that no error stands behind. */
export function nameless(selector: Hex | undefined, text: string): Refusal {
  return { name: "", selector, args: [], text };
}

/** Whether Keep3r itself refused, not a token or a helper that it called. */
export function isOfKeep3r({ name, selector }: Refusal): boolean {
  if (name === "" || name === "SafeERC20FailedOperation") return false;
  return keep3rAbi.some((item) => item.type === "error" && selectorOf(item) === selector);
}

/** Undefined for data that only begins like an error. */
function decodeArgs({ inputs }: KnownError, data: string): readonly unknown[] | undefined {
  if (data.length > LONGEST_DATA || !/^0x(?:[0-9a-f]{2})*$/.test(data)) return undefined;
  if (inputs.length === 0) return [];
  try {
    return decodeAbiParameters(inputs, `0x${data.slice(10)}`);
  } catch {
    return undefined;
  }
}

function textOf(error: KnownError, args: readonly unknown[]): string {
  if (error === ERROR) return show(args[0]);
  if (error === PANIC) {
    const code = String(args[0]);
    return `Panic(${code}): ${PANICS[code] ?? "a fault in the contract"}`;
  }
  const values = error.inputs.map(({ name }, index) => `${name}: ${show(args[index])}`);
  return `${error.name}(${values.join(", ")})`;
}

function show(value: unknown): string {
  if (Array.isArray(value)) {
    const more = value.length > MOST_ELEMENTS ? ", ..." : "";
    return `[${value.slice(0, MOST_ELEMENTS).map(show).join(", ")}${more}]`;
  }
  if (typeof value !== "string") return String(value);
  return /^0x[0-9a-f]*$/i.test(value) ? oneLine(value, LONGEST_BYTES) : `"${oneLine(value, LONGEST_STRING)}"`;
}

/** Computed when the first revert is decoded: there are some 200 hashes. */
function errorsBySelector(): ReadonlyMap<string, KnownError> {
  if (known !== undefined) return known;
  const errors = new Map<string, KnownError>([
    ["0x08c379a0", ERROR],
    ["0x4e487b71", PANIC],
  ]);
  for (const item of ABIS.flat()) {
    if (item.type !== "error") continue;
    const selector = selectorOf(item);
    if (!errors.has(selector)) errors.set(selector, item);
  }
  return (known = errors);
}

function selectorOf(error: Extract<Abi[number], { type: "error" }>): Hex {
  return toFunctionSelector(formatAbiItem(error));
}
