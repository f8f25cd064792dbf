import { Failure } from "../failure.js";
import { printable } from "../text.js";
import type { Refusal } from "./decode.js";
import type { Explanation } from "./explanation.js";
import { REMEDIES } from "./remedies.js";
import { refusalOf, unfold } from "./revertData.js";

/** What a program knows beside what the contracts' sources say. */
export interface Advice {
  /** What is known of the state behind this very refusal; it takes the place of what is said in general. */
  advice?: string | undefined;
  /** What to do about it in this program, in a sentence. */
  hint?: string | undefined;
}

const LONGEST_LINE = 1_000;

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
 * The text for what a program's end is due to, whoever threw it.
 * @param tell How a refusal is told, if not by {@link explain} alone
 */
export function messageOf(error: unknown, tell: (refusal: Refusal) => string = explain): string {
  if (error instanceof Failure) return error.message;
  const errors = unfold(error);
  const is = (codes: readonly string[], said?: RegExp): boolean =>
    errors.some(
      ({ code, name, message }) =>
        codes.includes(String(code)) ||
        codes.includes(String(name)) ||
        (said !== undefined && typeof message === "string" && said.test(message)),
    );

  const refusal = refusalOf(error);
  if (refusal !== undefined) return `The contract refuses: ${tell(refusal)}`;
  if (is(["INSUFFICIENT_FUNDS", "InsufficientFundsError"], /insufficient funds|doesn't have enough funds/i)) {
    return "The sender has too little ether for the gas.";
  }
  if (is(["NONCE_EXPIRED", "NonceTooLowError"], /nonce too low/i)) {
    return "Another transaction of the sender came first. Run the command again.";
  }
  if (is(["TIMEOUT", "ETIMEDOUT", "TimeoutError"])) {
    return "The node didn't answer in time. Try again, or another --rpc.";
  }
  return otherMessageOf(error);
}
