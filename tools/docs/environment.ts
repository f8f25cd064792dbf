import path from "node:path";

/** What an npm script gets from npm, and what would have our commands do something else than on a new machine. */
const NOT_A_NEWCOMERS = /^(?:npm_(?!config_)|npm_config_local_prefix$|INIT_CWD$|KEEP3R_|MAINNET_|FOUNDRY_|BUILT$)/;

/** Those variables of ours that a newcomer has too, and what keeps npm from asking its registry for what it has. */
export function newcomersEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const theirs = Object.entries(env).filter(([name]) => !NOT_A_NEWCOMERS.test(name));
  const folders = (env.PATH ?? "").split(path.delimiter).filter((folder) => !/[\\/]node_modules[\\/]/.test(folder));
  return {
    ...Object.fromEntries(theirs),
    PATH: folders.join(path.delimiter),
    npm_config_prefer_offline: "true",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
}
