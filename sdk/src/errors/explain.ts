import { redact } from "../chain/redact.js";
import { Failure } from "../failure.js";
import { oneLine } from "../text.js";
import type { Refusal } from "./decode.js";
import type { Explanation } from "./explanation.js";
import { REMEDIES } from "./remedies.js";
import { type Fields, refusalOf, unfold } from "./revertData.js";

/** What a program knows beside what the contracts' sources say. */
export interface Advice {
  /** What is known of the state behind this very refusal; it takes the place of what is said in general. */
  advice?: string | undefined;
  /** What to do about it in this program, in a sentence. */
  hint?: string | undefined;
}

/** Characters. */
const LONGEST_LINE = 1_000;
const MOST_LINES = 20;

/** What the sources say of an error; undefined for one that none of our contracts throws. */
export function explanationOf(selector: string | undefined): Explanation | undefined {
  return selector !== undefined && Object.hasOwn(REMEDIES, selector) ? REMEDIES[selector] : undefined;
}

/** A refusal for people: what was said, when that is said, and what to do. */
export function explain(refusal: Refusal, { advice, hint }: Advice = {}): string {
  const explanation = explanationOf(refusal.selector);
  const general = explanation && `It does so ${explanation.thrown}. ${explanation.remedy}`;
  const parts = advice !== undefined && advice !== "" ? [advice] : [general, hint];
  const more = parts.filter((part) => part !== undefined).join(" ");
  return more === "" ? refusal.text : `${refusal.text}\n  ${more}`;
}

/**
 * The text for what a program's end is due to, whoever threw it: this package, viem, ethers, Hardhat or a node.
 * @param tell How a refusal is told; by {@link explain} if left out
 * @param remedies What to do in this program about what can happen to any transaction, in sentences
 */
export function messageOf(
  error: unknown,
  tell: (refusal: Refusal) => string = (refusal) => explain(refusal),
  remedies: Readonly<Partial<Record<Mishap, string>>> = {},
): string {
  if (error instanceof Failure) return error.message;
  const refusal = refusalOf(error);
  if (refusal !== undefined) return `The contract refuses: ${tell(refusal)}`;
  const errors = unfold(error);
  const general = GENERAL.find(({ marks, said }) => errors.some((inner) => isMarked(inner, marks, said)));
  if (general === undefined) return redact(plainMessageOf(error));
  const remedy = remedies[general.mishap] ?? general.remedy;
  return remedy === undefined ? general.text : `${general.text} ${remedy}`;
}

/** What can happen to any transaction. */
export type Mishap = "funds" | "nonce" | "timeout";

/** How ethers and viem mark each, what nodes say of it, and how it is told. */
const GENERAL: readonly { mishap: Mishap; marks: readonly string[]; said: RegExp; text: string; remedy?: string }[] = [
  {
    mishap: "funds",
    marks: ["INSUFFICIENT_FUNDS", "InsufficientFundsError"],
    said: /insufficient funds|doesn't have enough funds/i,
    text: "The sender has too little ether for the gas.",
  },
  {
    mishap: "nonce",
    marks: ["NONCE_EXPIRED", "NonceTooLowError"],
    said: /nonce too low/i,
    text: "Another transaction of the sender came first.",
    remedy: "Try again.",
  },
  {
    mishap: "timeout",
    marks: ["TIMEOUT", "ETIMEDOUT", "TimeoutError"],
    said: /request timed out/i,
    text: "The node didn't answer in time.",
    remedy: "Try again, or ask another node.",
  },
];

function isMarked({ code, name, message }: Fields, marks: readonly string[], said: RegExp): boolean {
  if ([code, name].some((mark) => typeof mark === "string" && marks.includes(mark))) return true;
  return typeof message === "string" && said.test(message);
}

/** What ethers says where it can't say anything. */
const UNTOLD = "could not coalesce error";

/** What the outermost error says, and what the one says that it is about, each line by itself. */
function plainMessageOf(error: unknown): string {
  const [outer] = unfold(error);
  const { shortMessage, message, details, error: inner } = outer ?? {};
  const said = details ?? (inner as Fields | undefined)?.message;
  const own = [shortMessage, message].find((text) => typeof text === "string") ?? nameOf(error);
  const isNew = typeof said === "string" && !own.includes(said);
  const parts = !isNew ? [own] : own === UNTOLD ? [said] : [own.replace(/\.$/, ""), said];
  const lines = parts.join(": ").split("\n").slice(0, MOST_LINES);
  return lines.map((line) => oneLine(line, LONGEST_LINE)).join("\n");
}

/** Some things that are thrown have no message, and some can't be made a string. */
function nameOf(error: unknown): string {
  return typeof error === "object" && error !== null ? "An error without a message." : String(error);
}
