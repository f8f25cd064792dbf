import { Failure } from "@keep3r-network/sdk";
import * as Mnemonic from "ox/Mnemonic";

export interface Option {
  /** What stands for the value in the help; a flag has none. */
  value?: string;
  about: string;
  required?: boolean;
}

export type Options = Record<string, Option>;
export type Values = ReadonlyMap<string, string>;

/** 32 bytes: no address or amount is as long, and no command takes a hash. */
const KEY = /^(-[^=]*=)?(0x)?[0-9a-f]{64}$/i;
const KEY_OPTION = /^--?(private-?key|key|secret|seed|mnemonic|phrase|password|passphrase)\b/i;

/** Keys come from a file or the environment. The message never repeats what it refuses. */
export function refuseKeys(words: readonly string[]): void {
  if (!words.some((word) => KEY.test(word) || KEY_OPTION.test(word) || isPhrase(word))) return;
  throw new Failure(
    "A key, phrase or password must not be an argument: the shell keeps arguments in its history, and every user of " +
      "the machine sees them. Consider this one known to others. Set KEEP3R_KEYSTORE, or KEEP3R_PRIVATE_KEY, instead.",
  );
}

function isPhrase(text: string): boolean {
  return Mnemonic.validate(text.trim().toLowerCase().split(/\s+/).join(" "), Mnemonic.english);
}

/** `--name value`, `--name=value` and `--flag`, each at most once. */
export function parseOptions(words: readonly string[], options: Options): Values {
  const values = new Map<string, string>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const [, name, attached] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) throw new Failure(`"${word}" isn't an option. Options look like --name value.`);
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) {
      throw new Failure(`There is no option --${name} here. There are: ${list(Object.keys(options))}.`);
    }
    if (values.has(name)) throw new Failure(`--${name} is given twice. Give it once.`);
    if (option.value === undefined) {
      if (attached !== undefined) throw new Failure(`--${name} takes no value: leave "=${attached}" out.`);
      values.set(name, "");
      continue;
    }
    const value = attached ?? words[++index];
    if (value === undefined || value === "" || (attached === undefined && value.startsWith("--"))) {
      throw new Failure(`--${name} needs a value: --${name} ${option.value}`);
    }
    values.set(name, value);
  }
  return values;
}

/** Checked after --help was looked for. */
export function requireOptions(values: Values, options: Options): void {
  const missing = Object.keys(options).filter((name) => options[name]?.required && !values.has(name));
  if (missing.length > 0) throw new Failure(`Missing: ${list(missing, options)}.`);
}

function list(names: readonly string[], options: Options = {}): string {
  return names.map((name) => `--${name} ${options[name]?.value ?? ""}`.trim()).join(", ");
}
