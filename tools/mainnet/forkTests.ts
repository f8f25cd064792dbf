import { spawn } from "node:child_process";
import { once } from "node:events";
import type * as Server from "#simulation/server";
import { type Backing, realMainnet, standInAt } from "./backing";
import type * as StandIn from "./standIn";

/**
 * Runs fork tests over the real mainnet if MAINNET_RPC_URL says where it is, else over a stand-in served meanwhile.
 * @param tests Files and folders
 * @returns The exit code of the tests
 */
export function runForkTests(tests: readonly string[]): Promise<number> {
  const backing = realMainnet();
  return backing ? runOver(backing, tests) : runOverStandIn(tests);
}

async function runOverStandIn(tests: readonly string[]): Promise<number> {
  // Imported here, since these load Hardhat: over the real mainnet this process has no use for a chain.
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
  const run = spawn(process.execPath, [require.resolve("hardhat/internal/cli/bootstrap"), "test", ...tests], {
    env: { ...process.env, FORK_URL: url },
    stdio: "inherit",
  });
  const [code] = (await once(run, "close")) as [number | null];
  console.log(`These were fork tests over ${name}`);
  return code ?? 1;
}
