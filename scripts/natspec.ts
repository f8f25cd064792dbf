import { complain, readOptions, run } from "#tools/entry";
import { currentUnits, readBuilds } from "#tools/solidity/builds";
import { faultsOfDocs } from "#tools/solidity/natspec";

/** Whether all that can be called, emitted and thrown is documented. */
run((args) => {
  readOptions(args);
  complain(faultsOfDocs(currentUnits(readBuilds())), "Not documented as CONTRIBUTING.md asks:");
});
