import { run } from "#tools/entry";
import { runInvariants } from "#tools/foundry/invariants";
import { build } from "#tools/solidity/build";

run(
  {
    command: "npm run test:invariants",
    does: "Runs forge's fuzz tests and invariants of test/foundry over the compiled contracts.",
    options: { deep: { type: "boolean", says: "runs many more and longer ones than CI has time for" } },
    example: "npm run test:invariants -- --deep",
  },
  async ({ deep }) => {
    build("tests");
    const failed = await runInvariants(deep ? "deep" : "default");
    if (failed > 0) process.exitCode = 1;
  },
);
