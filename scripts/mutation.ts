import { run } from "#tools/entry";
import { MUTATION_OPTIONS, readMutationOptions } from "#tools/mutation/options";
import type * as Run from "#tools/mutation/run";
import { build } from "#tools/solidity/build";

run(
  {
    command: "npm run mutation",
    does: "Changes the contracts in small ways, one at a time, and counts how many of the changes the tests notice. It takes an hour or more.",
    options: MUTATION_OPTIONS,
    example: "npm run mutation -- --file contracts/core/Work.sol",
  },
  async (given) => {
    const options = readMutationOptions(given);
    build("tests");
    const { runMutation } = require("#tools/mutation/run") as typeof Run;
    const enough = await runMutation(options);
    if (!enough) process.exitCode = 1;
  },
);
