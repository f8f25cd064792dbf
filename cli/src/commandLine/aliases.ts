/** The names that commands had while they weren't in groups, and where they are now. Help doesn't show them. */
const ALIASES: Readonly<Record<string, readonly [group: string, command: string]>> = {
  "add-job": ["job", "add"],
  "offer-job": ["job", "offer"],
  "accept-job": ["job", "accept"],
  "fund-job": ["job", "fund"],
  "unbond-liquidity": ["job", "unbond-liquidity"],
  "withdraw-liquidity": ["job", "withdraw-liquidity"],
  "withdraw-credits": ["job", "withdraw-credits"],
  "migrate-job": ["job", "migrate"],
  "accept-migration": ["job", "accept-migration"],
  bond: ["keeper", "bond"],
  activate: ["keeper", "activate"],
  unbond: ["keeper", "unbond"],
  withdraw: ["keeper", "withdraw"],
  "offer-keeper": ["keeper", "offer"],
  "accept-keeper": ["keeper", "accept"],
  "approve-liquidity": ["network", "approve-liquidity"],
  dispute: ["network", "dispute"],
  resolve: ["network", "resolve"],
  "slash-keeper": ["network", "slash-keeper"],
  "revoke-keeper": ["network", "revoke-keeper"],
  "slash-job": ["network", "slash-job"],
};

/** A command line with today's names. */
export function withoutAliases(words: readonly string[]): string[] {
  const [name = "", ...rest] = words;
  if (Object.hasOwn(ALIASES, name)) return [...(ALIASES[name] ?? []), ...rest];
  return name === "report" ? ["report", ...subjectOf(rest), ...rest] : [...words];
}

/** `report` had one command for all that can be reported. */
function subjectOf(options: readonly string[]): string[] {
  const [first] = options;
  if (first === undefined || !first.startsWith("-") || first === "--help" || first === "-h") return [];
  const subject = ["job", "keeper"].find((name) => options.some((word) => word.split("=")[0] === `--${name}`));
  return [subject ?? "prices"];
}
