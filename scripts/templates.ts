import { readCheck } from "#tools/committed";
import { run } from "#tools/entry";
import { keepTemplates } from "#tools/packages/templates";

run((args) => keepTemplates(readCheck(args)));
