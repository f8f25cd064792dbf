import { complain, readOptions, run } from "#tools/entry";
import { readBuilds } from "#tools/solidity/builds";
import { warningsOf } from "#tools/solidity/warnings";

/** Whether the compiler has nothing to say about our sources. */
run((args) => {
  readOptions(args);
  complain(warningsOf(readBuilds("tests")));
});
