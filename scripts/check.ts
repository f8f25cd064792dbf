import { run } from "#tools/entry";
import { inOrder } from "#tools/steps/inOrder";
import { npmRun } from "#tools/steps/step";

/** One after the other, up to the first that fails. */
const CHECKS = [
  npmRun("warnings"),
  npmRun("natspec"),
  npmRun("layout", ["--check"]),
  npmRun("docs", ["--check"]),
  npmRun("abis", ["--check"]),
  npmRun("templates", ["--check"]),
  npmRun("packages"),
];

run(
  {
    command: "npm run check",
    does: `Checks what the compiler knows of the contracts, what is generated from it, and the packages: ${CHECKS.map(({ name }) => name).join(", ")}.`,
    example: "npm run check",
  },
  () => inOrder(CHECKS),
);
