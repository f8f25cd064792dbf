import { spawn } from "node:child_process";
import { once } from "node:events";
import { type Backing, realMainnet, standInAt } from "#tools/mainnet/backing";

/** Files and folders of tests, all of test/fork when there are none. */
const TESTS = process.argv.length > 2 ? process.argv.slice(2) : ["test/fork"];

/** Runs the fork tests over the real mainnet if MAINNET_RPC_URL says where it is, else over a stand-in served meanwhile. */
async function main(): Promise<void> {
  const backing = realMainnet();
  process.exitCode = await (backing ? runOver(backing) : runOverStandIn());
}

async function runOverStandIn(): Promise<number> {
  // Imported here, since these load Hardhat: over the real mainnet this process has no use for a chain.
  const { buildStandIn } = require("#tools/mainnet/standIn") as typeof import("#tools/mainnet/standIn");
  const { serve } = require("#simulation/server") as typeof import("#simulation/server");
  await buildStandIn();
  const { url, server } = await serve(0);
  try {
    return await runOver(standInAt(url));
  } finally {
    await server.close();
  }
}

/** Runs the tests in a process of their own, and says before and after what they ran over. */
async function runOver({ name, url }: Backing): Promise<number> {
  console.log(`\nFork tests over ${name}`);
  const tests = spawn(process.execPath, [require.resolve("hardhat/internal/cli/bootstrap"), "test", ...TESTS], {
    env: { ...process.env, FORK_URL: url },
    stdio: "inherit",
  });
  const [code] = (await once(tests, "close")) as [number | null];
  console.log(`These were fork tests over ${name}`);
  return code ?? 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
