import hre from "hardhat";
import { readCheck } from "#tools/committed";
import { run } from "#tools/entry";
import { keepExports } from "#tools/packages/exports";
import { keepAbis } from "#tools/solidity/abis";

run(async (args) => {
  const check = readCheck(args);
  await keepAbis(hre.artifacts, check);
  await keepExports(hre.artifacts, check);
});
