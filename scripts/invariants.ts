import { readOptions, run } from "#tools/entry";
import { runInvariants } from "#tools/foundry/invariants";

run(async (args) => {
  const deep = readOptions(args, "--deep").has("--deep");
  const failed = await runInvariants(deep ? "deep" : "default");
  if (failed > 0) process.exitCode = 1;
});
