import { run } from "#tools/entry";
import { readMutationOptions } from "#tools/mutation/options";
import { runMutation } from "#tools/mutation/run";

run(async (args) => {
  const enough = await runMutation(readMutationOptions(args));
  if (!enough) process.exitCode = 1;
});
