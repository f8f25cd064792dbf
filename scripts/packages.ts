import { complain, readOptions, run } from "#tools/entry";
import { faultsOfPackages } from "#tools/packages/check";

run((args) => {
  readOptions(args);
  complain(faultsOfPackages());
});
