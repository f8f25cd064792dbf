import type { Option as Flag } from "commander";
import type { Command, Group, Groups } from "../command.js";

/** As it was started: by npm in the repository, by npx, or by its own name. */
export const RUN = runBy(process.env.npm_lifecycle_event);

const ENVIRONMENT = `Environment:
  KEEP3R_KEYSTORE       the keystore file (JSON, version 3) of the key that signs
  KEEP3R_PASSWORD_FILE  a file with its password; or KEEP3R_PASSWORD, the password itself
  KEEP3R_PRIVATE_KEY    the key itself, instead of a keystore
  KEEP3R_RPC_URL        the node, if --rpc isn't given
A key is never an option.`;

const ON_NODE = "--network node";
/** Examples of a group, each of another command. */
const MOST_EXAMPLES = 3;

/** What stands below the options of a command. */
export function epilogueOf(path: string, command: Command): string {
  const examples = examplesText(command.examples.map((example) => lineOf(path, command, example)));
  return "offline" in command ? `\n${examples}` : `\n${examples}\n\n${ENVIRONMENT}`;
}

/** What stands below the commands of a group. */
export function groupEpilogueOf(name: string, group: Group): string {
  const lines = exampleLines(name, group).slice(0, MOST_EXAMPLES);
  return `\n${examplesText(lines)}\n\n${RUN} ${name} COMMAND --help shows the options of a command.`;
}

/** What stands below the groups. */
export function overviewEpilogueOf(groups: Groups): string {
  const lines = Object.entries(groups).flatMap(([name, group]) => exampleLines(name, group).slice(0, 1));
  return `\n${examplesText(lines)}\n\n${RUN} GROUP --help shows the commands of a group.\n\n${ENVIRONMENT}`;
}

/** `--amount AMOUNT`, without the parser's brackets. */
export function optionTerm({ flags }: Flag): string {
  return flags.replace(/[<>]/g, "");
}

function runBy(script: string | undefined): string {
  if (script === "operate") return "npm run operate --";
  return script === "npx" ? "npx --no keep3r" : "keep3r";
}

function exampleLines(name: string, { commands }: Group): string[] {
  return Object.entries(commands).flatMap(([word, command]) =>
    command.examples.slice(0, 1).map((example) => lineOf(`${name} ${word}`, command, example)),
  );
}

function lineOf(path: string, command: Command, example: string): string {
  const where = "offline" in command ? "" : ON_NODE;
  return [RUN, path, example, where].filter((part) => part !== "").join(" ");
}

function examplesText(lines: readonly string[]): string {
  return ["Examples:", ...lines.map((line) => `  ${line}`)].join("\n");
}
