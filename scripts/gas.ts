import { readCheck } from "#tools/committed";
import { run } from "#tools/entry";
import { keepSnapshots } from "#tools/gas/snapshots";

run((args) => keepSnapshots(readCheck(args)));
