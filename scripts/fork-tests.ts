import { run } from "#tools/entry";
import { runForkTests } from "#tools/mainnet/forkTests";

run(
  {
    command: "npm run test:fork",
    does: "Runs the tests of test/fork over a stand-in for mainnet, or over the real one if MAINNET_RPC_URL is set.",
    words: { name: "PATH ...", says: "files and folders of tests; all of test/fork unless given" },
    variables: { MAINNET_RPC_URL: "the URL of an archive node of Ethereum" },
    example: "npm run test:fork -- test/fork/oracle.test.ts",
  },
  async (_, tests) => {
    process.exitCode = await runForkTests(tests.length > 0 ? tests : ["test/fork"]);
  },
);
