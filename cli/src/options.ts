import { type Addresses, Failure, parseAddress, parseAmount } from "@keep3r-network/sdk";
import type { Address } from "viem";

export interface Option {
  /** What stands for the value in the help; a flag has none. */
  value?: string;
  about: string;
  required?: boolean;
  /** Refuses a value that can't be meant, before anything is asked of a node. */
  check?: (name: string, text: string, addresses: Addresses) => void;
}

export type Options = Readonly<Record<string, Option>>;
export type Values = ReadonlyMap<string, string>;

/** What stands for "as much as there is". */
export const ALL_WORD = "all";

export const JOB = addressOption("the job");
export const LIQUIDITY = addressOption("the LP token, such as KP3R_WETH");
export const TOKEN = addressOption("the token");
export const KEEPER = addressOption("the keeper");
export const NEW_OWNER = addressOption("who may accept");
export const RECEIVER = optional(TOKEN, "who receives it; the sender if left out");
export const AMOUNT: Option = {
  value: "AMOUNT",
  about: "in whole tokens, such as 12.5",
  required: true,
  check: checkAmount,
};
export const AMOUNT_OR_ALL: Option = {
  ...AMOUNT,
  about: "in whole tokens, such as 12.5, or `all`",
  check: (name, text) => {
    if (text !== ALL_WORD) checkAmount(name, text);
  },
};

export function addressOption(about: string): Option {
  return { value: "ADDRESS", about, required: true, check: resolveAddress };
}

/** The same option, where it may be left out. */
export function optional({ value, check }: Option, about: string): Option {
  return { about, ...(value === undefined ? {} : { value }), ...(check === undefined ? {} : { check }) };
}

/** One of a few words. */
export function choiceOption(value: string, about: string, choices: readonly string[]): Option {
  return {
    value,
    about: `${about}: ${choices.join(", ")}`,
    required: true,
    check: (name, text) => {
      if (!choices.includes(text)) throw new Failure(`--${name}: "${text}" is none of ${choices.join(", ")}.`);
    },
  };
}

/** An address, or the name of a contract in the deployment file. */
export function resolveAddress(option: string, text: string, addresses: Addresses): Address {
  const named = Object.entries(addresses).find(([contract]) => contract === text)?.[1];
  if (named !== undefined) return named;
  if (/^0x/i.test(text)) return parseAddress(`--${option}`, text);
  throw new Failure(
    `--${option}: "${text}" isn't an address or the name of a contract in the deployment file, which are: ` +
      `${Object.keys(addresses).join(", ")}.`,
  );
}

/** Checked before the node is asked; the rest of {@link Values} is checked by the options themselves. */
export function requireOptions(values: Values, options: Options): void {
  const missing = Object.keys(options).filter((name) => options[name]?.required && !values.has(name));
  if (missing.length > 0)
    throw new Failure(`Missing: ${missing.map((name) => usageOf(name, options[name])).join(", ")}.`);
}

/** `--amount AMOUNT`, or `--json`. */
export function usageOf(name: string, option: Option | undefined): string {
  return option?.value === undefined ? `--${name}` : `--${name} ${option.value}`;
}

/** Exactly one of two options. */
export function eitherOf(first: string, second: string): (values: Values) => void {
  return (values) => {
    if (values.has(first) === values.has(second)) throw new Failure(`Give either --${first} or --${second}.`);
  };
}

/** A number's form; how many decimals it may have, only its token knows. */
function checkAmount(name: string, text: string): void {
  const decimals = text.split(".")[1]?.length ?? 0;
  parseAmount(`--${name}`, text, { symbol: "tokens", decimals }, true);
}
