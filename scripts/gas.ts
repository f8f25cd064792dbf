import { CHECK } from "#tools/committed";
import { run } from "#tools/entry";
import type * as Snapshots from "#tools/gas/snapshots";
import { build } from "#tools/solidity/build";

run(
  {
    command: "npm run gas",
    does: "Measures what the main operations cost and how large the contracts are, and writes both to snapshots/.",
    options: { check: CHECK },
    example: "npm run gas -- --check",
  },
  ({ check }) => {
    build("tests");
    const { keepSnapshots } = require("#tools/gas/snapshots") as typeof Snapshots;
    return keepSnapshots(check);
  },
);
