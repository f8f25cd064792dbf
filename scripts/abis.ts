import { CHECK } from "#tools/committed";
import { run } from "#tools/entry";
import type * as Abis from "#tools/solidity/abis";
import { build } from "#tools/solidity/build";

run(
  {
    command: "npm run abis",
    does: "Writes the ABIs of sdk/src/abis/ from the compiled contracts.",
    options: { check: CHECK },
    example: "npm run abis -- --check",
  },
  ({ check }) => {
    build("production");
    const { keepAbis } = require("#tools/solidity/abis") as typeof Abis;
    return keepAbis(check);
  },
);
