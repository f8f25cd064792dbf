import { run } from "#tools/entry";
import { runForkTests } from "#tools/mainnet/forkTests";

/** Takes files and folders of tests; without any, runs all. */
run(async (args) => {
  process.exitCode = await runForkTests(args.length > 0 ? args : ["test/fork"]);
});
