import { readCheck } from "#tools/committed";
import { run } from "#tools/entry";
import { keepLayout } from "#tools/solidity/layoutSnapshot";

run((args) => keepLayout(readCheck(args)));
