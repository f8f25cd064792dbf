import { CHECK } from "#tools/committed";
import { run } from "#tools/entry";
import type * as Exports from "#tools/packages/exports";
import type * as Abis from "#tools/solidity/abis";
import { build } from "#tools/solidity/build";

run(
  {
    command: "npm run abis",
    does: "Writes what the SDK and the package export of the compiled contracts: ABIs, interface ids and addresses.",
    options: { check: CHECK },
    example: "npm run abis -- --check",
  },
  async ({ check }) => {
    build("production");
    const { keepAbis } = require("#tools/solidity/abis") as typeof Abis;
    const { keepExports } = require("#tools/packages/exports") as typeof Exports;
    await keepAbis(check);
    await keepExports(check);
  },
);
