import type * as Hardhat from "hardhat";
import { CHECK } from "#tools/committed";
import { run } from "#tools/entry";
import { keepExports } from "#tools/packages/exports";
import { keepAbis } from "#tools/solidity/abis";
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
    const { artifacts } = require("hardhat") as typeof Hardhat;
    await keepAbis(artifacts, check);
    await keepExports(artifacts, check);
  },
);
