import { Failure, parseAddress } from "@keep3r-network/sdk";
import { readKey, refuseLostDryRun } from "@keep3r-network/sdk/node";
import { privateKeyToAccount } from "viem/accounts";
import type { Answer, Command } from "./command.js";
import { withoutAliases } from "./commandLine/aliases.js";
import { refuseKeys } from "./commandLine/keys.js";
import { runProgram } from "./commandLine/program.js";
import { GROUPS } from "./commands/groups.js";
import { printDocument } from "./json.js";
import { type Options, requireOptions, type Values } from "./options.js";
import { LOCAL_RPC, readPlace } from "./place.js";
import { type Sender, Session } from "./session.js";
import { execute, rehearse } from "./transactions/execute.js";
import { tellerOf } from "./transactions/teller.js";

const FORMAT: Options = {
  json: { about: "prints one JSON document instead of text; amounts are decimal strings in base units" },
};
const WHERE: Options = {
  network: { value: "NAME", about: "the deployment: deployments/NAME/" },
  deployment: { value: "FILE", about: "a deployment file elsewhere" },
  rpc: { value: "URL", about: `the node; of localhost, ${LOCAL_RPC} if left out` },
  ...FORMAT,
};
const SENDING: Options = {
  "dry-run": { about: "simulates, prints what would be sent and its cost, and sends nothing" },
  from: { value: "ADDRESS", about: "who would send; only of a dry run, which needs no key then" },
};

/** Runs one command line. */
export async function run(words: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  refuseKeys(words);
  await runProgram(withoutAliases(words), GROUPS, optionsOf, async (path, command, options, values) => {
    refuseLostDryRun(words, env);
    requireOptions(values, options);
    command.check?.(values);
    await runOn(path, command, options, values, env);
  });
}

function optionsOf(command: Command): Options {
  if ("offline" in command) return { ...command.options, ...FORMAT };
  return { ...command.options, ...WHERE, ...("plan" in command ? SENDING : {}) };
}

async function runOn(
  path: string,
  command: Command,
  options: Options,
  values: Values,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if ("offline" in command) return answer(command.offline(values), values);

  const place = readPlace(values, env);
  for (const [name, text] of values) options[name]?.check?.(name, text, place.addresses);

  if ("read" in command) return answer(await command.read(await Session.open(place, values)), values);

  const session = await Session.open(place, values, senderOf(values, env));
  const plan = await command.plan(session);
  await (values.has("dry-run") ? rehearse : execute)(session, path, plan, tellerOf(values));
}

function answer({ document, show }: Answer, values: Values): void {
  if (values.has("json")) printDocument(document);
  else show();
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
