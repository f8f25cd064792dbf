import { Failure } from "@keep3r-network/sdk";
import { parseArgs } from "node:util";

/** An option that is given or not. */
export interface Flag {
  type: "boolean";
  /** What it does, for `--help`. */
  says: string;
}

/** An option with a value. */
export interface Value {
  type: "string";
  /** What stands for the value in `--help`. */
  value: string;
  says: string;
  default?: string;
  /** Whether it may be given more than once. */
  multiple?: true;
}

export type Options = Readonly<Record<string, Flag | Value>>;

/** What a program was given for its options. */
export type Given<O extends Options> = {
  readonly [N in keyof O]: O[N] extends Flag
    ? boolean
    : O[N] extends { multiple: true }
      ? readonly string[]
      : O[N] extends { default: string }
        ? string
        : string | undefined;
};

/** What a user has to know to start a program. */
export interface Program<O extends Options> {
  /** As it is typed, without options. */
  command: string;
  /** One or two sentences. */
  does: string;
  options?: O;
  /** What may be named beside options: as it stands in `--help`, and what it is. Nothing unless given. */
  words?: { name: string; says: string };
  /** Variables of the environment that it heeds, with what they are for. */
  variables?: Readonly<Record<string, string>>;
  /** A line to copy. */
  example: string;
}

const HELP = { help: { type: "boolean", says: "prints this" } } as const;

/**
 * The options and words of a command line; undefined if it asks for help.
 * @throws {@link Failure} in one sentence, for whatever the program doesn't know
 */
export function readOptions<O extends Options>(
  { command, options, words }: Program<O>,
  args: readonly string[],
): { given: Given<O>; words: string[] } | undefined {
  const known: Options = { ...options, ...HELP };
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(known).map(([name, { type }]) => [name, { type, multiple: true }])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });

  if (values.help !== undefined) return undefined;
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (option === undefined) throw new Failure(`There is no option ${token.rawName}; there is ${list(known)}.`);
    if (option.type === "boolean" && token.value !== undefined) throw new Failure(`--${token.name} takes no value.`);
    if (option.type === "string" && isMissing(token.value)) {
      throw new Failure(`--${token.name} takes a value: --${token.name} ${option.value}.`);
    }
  }
  if (words === undefined && positionals.length > 0) {
    throw new Failure(`${command} takes no "${positionals.join(" ")}", only the options ${list(known)}.`);
  }
  const given = Object.entries(options ?? {}).map(([name, option]) => [name, valueOf(option, values[name])]);
  return { given: Object.fromEntries(given) as Given<O>, words: positionals };
}

/** The text of `--help`. */
export function helpOf<O extends Options>({ command, does, options, words, variables, example }: Program<O>): string {
  const rows = [
    ...(words === undefined ? [] : [[words.name, words.says] as const]),
    ...Object.entries<Flag | Value>({ ...options, ...HELP }).map(([name, option]) => {
      const left = option.type === "boolean" ? `--${name}` : `--${name} ${option.value}`;
      const usual = option.type === "string" && option.default !== undefined ? `; ${option.default} unless given` : "";
      return [left, `${option.says}${usual}`] as const;
    }),
    ...Object.entries(variables ?? {}),
  ];
  const width = Math.max(...rows.map(([left]) => left.length));
  const usage = `${command} -- [OPTIONS]${words === undefined ? "" : ` [${words.name}]`}`;
  const lines = rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
  return [usage, "", does, "", ...lines, "", `Example: ${example}`].join("\n");
}

/**
 * A whole number that an option or a variable of the environment was given.
 * @param name As the user wrote it: `--lanes`
 * @throws {@link Failure} when it isn't one, or is out of bounds
 */
export function wholeNumber(name: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  const bounds = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  throw new Failure(`${name} takes a whole number ${bounds}, not "${text}".`);
}

/** `--port` and `--check` would be the value of `--file` in `--file --check`. */
function isMissing(value: string | undefined): boolean {
  return value === undefined || value === "" || value.startsWith("--");
}

function list(options: Options): string {
  return Object.keys(options)
    .map((name) => `--${name}`)
    .join(", ");
}

/** Of a value that is given twice, the last one counts. */
function valueOf(option: Flag | Value, all: unknown): unknown {
  const values = Array.isArray(all) ? (all as unknown[]) : [];
  if (option.type === "boolean") return values.length > 0;
  if (option.multiple) return values;
  return values.at(-1) ?? option.default;
}
