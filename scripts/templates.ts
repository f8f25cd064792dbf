import { CHECK } from "#tools/committed";
import { run } from "#tools/entry";
import { keepTemplates } from "#tools/packages/templates";

run(
  {
    command: "npm run templates",
    does: "Writes the templates of `keep3r job new` from the example in examples/.",
    options: { check: CHECK },
    example: "npm run templates -- --check",
  },
  ({ check }) => keepTemplates(check),
);
