import { complain, run } from "#tools/entry";
import { build } from "#tools/solidity/build";
import { readBuilds } from "#tools/solidity/builds";
import { warningsOf } from "#tools/solidity/warnings";

run(
  {
    command: "npm run warnings",
    does: "Checks that the compiler has nothing to say about our sources.",
    example: "npm run warnings",
  },
  () => {
    build("tests");
    complain(warningsOf(readBuilds("tests")));
  },
);
