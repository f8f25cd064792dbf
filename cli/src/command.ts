import type { Hash, Log } from "viem";
import type { Call } from "./call.js";
import type { Options, Values } from "./options.js";
import type { Session } from "./session.js";

/** A transaction that a command sends. */
export interface Step {
  call: Call;
  /** It can only succeed after the steps before it: a token has to be approved, or bought. */
  dependent?: boolean;
  /** What is known of the state behind an error, by the error's name; asked for when it occurs. */
  advice?: Record<string, () => Promise<string>>;
}

/** What is known before anything is sent: its label, for people, and for programs where that isn't the same. */
export type Fact = readonly [label: string, text: string, value?: unknown];

/** What a command is going to do. */
export interface Plan {
  facts: Fact[];
  /** One at least. */
  steps: Step[];
  /** What is planned when these steps are mined, because it depends on how they went. */
  next?: Sequel;
}

/** A transaction that was mined. */
export interface Mined {
  transactionHash: Hash;
  blockNumber: bigint;
  gasUsed: bigint;
  /** What the gas cost, wei. */
  cost: bigint;
  logs: readonly Log[];
}

/** The rest of a plan. */
export interface Sequel {
  /** The plan as it would be if the steps went as expected: for a dry run, and to find what stands in the way. */
  expected: () => Promise<Plan>;
  /** The plan as it is. @param last The last of the steps, as it was mined */
  after: (last: Mined) => Promise<Plan>;
  /** What is left to do, in a sentence, if the rest fails. */
  left: (last: Mined) => string;
}

/** What a command has found: a document for programs, whose bigints become decimal strings, and the same for people. */
export interface Answer {
  document: object;
  show: () => void;
}

interface Description {
  about: string;
  options: Options;
  /** What stands behind the command without an option's name; its value goes by this name. */
  word?: { value: string; about: string };
  /** Refuses options that can't be meant together, before anything is asked of a node. */
  check?: (values: Values) => void;
  /** Options as somebody would type them, without `--network`. */
  examples: readonly string[];
}

/** Sends transactions, reads a network, or does without one. */
export type Command = Description &
  (
    | { plan: (session: Session) => Plan | Promise<Plan> }
    | { read: (session: Session) => Promise<Answer> }
    | { offline: (values: Values) => Answer }
  );

export type Commands = Readonly<Record<string, Command>>;

/** Commands that belong together. */
export interface Group {
  about: string;
  commands: Commands;
}

export type Groups = Readonly<Record<string, Group>>;
