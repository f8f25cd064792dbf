import { readCheck } from "#tools/committed";
import { run } from "#tools/entry";
import { keepErrorsDocs } from "#tools/solidity/errorsDocs";

run((args) => keepErrorsDocs(readCheck(args)));
