import { checkCoverage } from "#tools/coverage/threshold";
import { readOptions, run } from "#tools/entry";

run((args) => {
  readOptions(args);
  checkCoverage();
});
