import { Failure, parseAddress } from "@keep3r-network/sdk";
import { readKey, refuseLostDryRun, say } from "@keep3r-network/sdk/node";
import { privateKeyToAccount } from "viem/accounts";
import type { Command, Commands } from "./command.js";
import { GOVERNANCE_COMMANDS } from "./commands/governance.js";
import { JOB_COMMANDS } from "./commands/jobs.js";
import { KEEPER_COMMANDS } from "./commands/keepers.js";
import { LOCAL_RPC, readPlace } from "./place.js";
import { type Options, parseOptions, refuseKeys, requireOptions, type Values } from "./options.js";
import { REPORT } from "./report.js";
import { type Sender, Session } from "./session.js";
import { execute, rehearse } from "./transaction.js";
import { overview, usage } from "./usage.js";

const COMMANDS: Commands = { ...JOB_COMMANDS, ...KEEPER_COMMANDS, ...GOVERNANCE_COMMANDS, report: REPORT };

const WHERE: Options = {
  network: { value: "NAME", about: "the deployment: deployments/NAME/" },
  deployment: { value: "FILE", about: "a deployment file elsewhere" },
  rpc: { value: "URL", about: `the node; of localhost, ${LOCAL_RPC} if left out` },
  help: { about: "shows this" },
};
const SENDING: Options = {
  "dry-run": { about: "simulates, prints what would be sent and its cost, and sends nothing" },
  from: { value: "ADDRESS", about: "who would send; only of a dry run, which needs no key then" },
};

/** Runs one command line. */
export async function run(words: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  refuseKeys(words);
  const [name, ...rest] = words;
  if (name === undefined || name === "help" || name === "--help") return say(overview(COMMANDS));

  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    throw new Failure(`There is no command "${name}". There are: ${Object.keys(COMMANDS).join(", ")}.`);
  }
  const options = { ...command.options, ...WHERE, ...("plan" in command ? SENDING : {}) };
  if (rest.includes("--help")) return say(usage(name, command.about, options));

  refuseLostDryRun(rest, env);
  const values = parseOptions(rest, options);
  requireOptions(values, options);
  await runOn(name, command, values, env);
}

async function runOn(name: string, command: Command, values: Values, env: NodeJS.ProcessEnv): Promise<void> {
  const place = readPlace(values, env);
  if ("report" in command) return command.report(await Session.open(place, values));

  const session = await Session.open(place, values, senderOf(values, env));
  const plan = await command.plan(session);
  await (values.has("dry-run") ? rehearse(session, name, plan) : execute(session, name, plan));
}

function senderOf(values: Values, env: NodeJS.ProcessEnv): Sender {
  const from = values.get("from");
  if (from === undefined) {
    const account = privateKeyToAccount(readKey(env));
    return { address: account.address, account };
  }
  if (!values.has("dry-run")) {
    throw new Failure("--from is for --dry-run. What is sent is signed by the key's own address.");
  }
  return { address: parseAddress("--from", from) };
}
