import type { Commands } from "./command.js";
import type { Options } from "./options.js";

/** As it was started: by npm in the repository, or by its own name. */
const RUN = process.env.npm_lifecycle_event === "operate" ? "npm run operate --" : "keep3r";

const ENVIRONMENT = `Environment
  KEEP3R_KEYSTORE       the keystore file (JSON, version 3) of the key that signs
  KEEP3R_PASSWORD_FILE  a file with its password; or KEEP3R_PASSWORD, the password itself
  KEEP3R_PRIVATE_KEY    the key itself, instead of a keystore
  KEEP3R_RPC_URL        the node, if --rpc isn't given
A key is never an option.`;

/** All commands. */
export function overview(commands: Commands): string {
  const rows = Object.entries(commands).map(([name, { about }]) => [name, about] as const);
  return [
    `${RUN} COMMAND [OPTIONS]`,
    "",
    "Commands",
    ...table(rows),
    "",
    `${RUN} COMMAND --help`,
    "",
    ENVIRONMENT,
  ].join("\n");
}

/** One command with its options. */
export function usage(name: string, about: string, options: Options): string {
  const rows = Object.entries(options).map(
    ([option, { value, about: text, required }]) =>
      [`--${option} ${value ?? ""}`.trim(), required === true ? `${text} (required)` : text] as const,
  );
  return [`${RUN} ${name} [OPTIONS]`, `  ${about}`, "", "Options", ...table(rows), "", ENVIRONMENT].join("\n");
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
