import {
  explain as explainRefusal,
  Failure,
  explanationOf,
  messageOf as messageOfAny,
  type Mishap,
  type Refusal,
} from "@keep3r-network/sdk";
import type { Hash } from "viem";
import { serialize } from "./json.js";

/** What the commands add to what the contracts' sources say of an error, by its name. */
export const HINTS: Record<string, string> = {
  BondsInsufficient: "`report keeper` shows what is bonded.",
  BondsLocked: "`report keeper` shows when that is.",
  BondsUnexistent: "`report keeper` shows what there is.",
  ERC20InsufficientAllowance: "Run the command again: it approves what is needed.",
  InsufficientJobTokenCredits: "`report job` shows how many the job has.",
  JobAlreadyAdded: "`report job` shows the owner.",
  JobLiquidityInsufficient: "`report job` shows how much there is.",
  JobLiquidityUnexistent: "`report job` shows what the job has.",
  JobMigrationImpossible: "Check --from-job and --to-job.",
  JobMigrationUnavailable: "Run `job migrate` (again).",
  JobTokenInsufficient: "`report job` shows how many the job has.",
  JobTokenUnexistent: "`report job` shows what the job has.",
  JobUnavailable: "Check --job, or run `job add` first.",
  LiquidityPairUnapproved: "`network approve-liquidity` does.",
  OnlyDisputer: "Sign with a disputer's key.",
  OnlyGovernance: "Sign with its key, or take the data of a --dry-run --from GOVERNANCE.",
  OnlyJobOwner: "Sign with the owner's key; `report job` shows the owner.",
  OnlyKeeperOwner: "`report keeper` shows the owner; --keeper names the keeper.",
  OnlyPendingGovernance: "`network roles` shows who may accept; `network offer-governance` offers it.",
  OnlyPendingJobOwner: "Its owner has to run `job offer` first.",
  OnlyPendingKeeperOwner: "Its owner has to run `keeper offer` first.",
  OnlySlasher: "Sign with a slasher's key.",
  SafeCastOverflowedUintDowncast: "Check --amount.",
  TokenUnallowed: "Use --liquidity, or another --token.",
  UnbondsLocked: "The report of the job or keeper shows until when.",
};

const UNKNOWN = "Check the options against `report`.";

/**
 * A refusal, when it occurs and what to do about it.
 * @param advice What is known of the state behind it, instead of what is said in general
 */
export function explain(refusal: Refusal, advice?: string): string {
  const known = explanationOf(refusal.selector) !== undefined;
  return explainRefusal(refusal, { advice, hint: known ? HINTS[refusal.name] : UNKNOWN });
}

const REMEDIES: Readonly<Partial<Record<Mishap, string>>> = {
  nonce: "Run the command again.",
  timeout: "Try again, or another --rpc.",
};

/** The text for what a command's end is due to. */
export function messageOf(error: unknown): string {
  return messageOfAny(error, (refusal) => explain(refusal), REMEDIES);
}

/** A command that ended after some of its transactions were mined. */
export class Interrupted extends Failure {
  constructor(
    error: unknown,
    /** The transactions that were mined. */
    readonly sent: readonly Hash[],
    /** What is left to do, in a sentence, where that isn't to run the command again. */
    left?: string,
  ) {
    super([messageOf(error), left ?? []].flat().join("\n  "));
  }
}

/** What is printed of a command's end: a sentence, or with `--json` a document. */
export function errorText(error: unknown, words: readonly string[]): string {
  const message = messageOf(error);
  if (!words.includes("--json")) return `\nError: ${message}`;
  return serialize({ error: message, ...(error instanceof Interrupted ? { sent: error.sent } : {}) });
}
