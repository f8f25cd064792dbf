import { complain, run } from "#tools/entry";
import { build } from "#tools/solidity/build";
import { currentUnits, readBuilds } from "#tools/solidity/builds";
import { faultsOfDocs } from "#tools/solidity/natspec";

run(
  {
    command: "npm run natspec",
    does: "Checks that all that is called, emitted and thrown by the contracts is documented.",
    example: "npm run natspec",
  },
  () => {
    build("production");
    complain(faultsOfDocs(currentUnits(readBuilds())), "Not documented as CONTRIBUTING.md asks:");
  },
);
