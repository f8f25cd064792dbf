import hre from "hardhat";
import { readCheck } from "#tools/committed";
import { run } from "#tools/entry";
import { keepAbis } from "#tools/solidity/abis";

run((args) => keepAbis(hre.artifacts, readCheck(args)));
