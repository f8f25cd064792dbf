import { spawn } from "node:child_process";
import { once } from "node:events";
import type * as Server from "#simulation/server";
import { build } from "../solidity/build";
import { hardhat } from "../steps/step";
import { testsOf } from "../tests/files";
import { type Backing, mainnetBy, standInAt } from "./backing";
import { demandMainnet } from "./demand";
import type * as StandIn from "./standIn";

/**
 * Runs fork tests over the real mainnet if MAINNET_RPC_URL says where it is, else over a stand-in served meanwhile.
 * @param tests Files and folders
 * @returns The exit code of the tests
 */
export async function runForkTests(tests: readonly string[]): Promise<number> {
  testsOf(tests);
  const mainnet = process.env.MAINNET_RPC_URL;
  if (mainnet) await demandMainnet(mainnet);

  build("tests");
  return mainnet ? runOver(mainnetBy(mainnet), tests) : runOverStandIn(tests);
}

async function runOverStandIn(tests: readonly string[]): Promise<number> {
  // Hardhat reads its configuration, and what was built, when these are loaded
  process.env.STAND_IN = "true";
  const { buildStandIn } = require("./standIn") as typeof StandIn;
  const { serve } = require("#simulation/server") as typeof Server;
  await buildStandIn();
  const { url, server } = await serve(0);
  try {
    return await runOver(standInAt(url), tests);
  } finally {
    await server.close();
  }
}

/** Runs the tests in a process of their own, and says before and after what they ran over. */
async function runOver({ name, url }: Backing, tests: readonly string[]): Promise<number> {
  console.log(`\nFork tests over ${name}`);
  const { command, args } = hardhat(["test", "--no-compile", ...tests]);
  const run = spawn(command, args, {
    env: { ...process.env, FORK_URL: url },
    stdio: "inherit",
  });
  const [code] = (await once(run, "close")) as [number | null];
  console.log(`These were fork tests over ${name}`);
  return code ?? 1;
}
