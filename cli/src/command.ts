import type { Call } from "./call.js";
import type { Options, Values } from "./options.js";
import type { Session } from "./session.js";

/** A transaction that a command sends. */
export interface Step {
  call: Call;
  /** It can only succeed after the steps before it: a token has to be approved. */
  afterApproval?: boolean;
  /** What is known of the state behind an error, by the error's name; asked for when it occurs. */
  advice?: Record<string, () => Promise<string>>;
}

/** What is known before anything is sent: its label, for people, and for programs where that isn't the same. */
export type Fact = readonly [label: string, text: string, value?: unknown];

/** What a command is going to do. */
export interface Plan {
  facts: Fact[];
  steps: Step[];
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
