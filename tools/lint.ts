import { inOrder } from "./steps/inOrder";
import { npmRun, type Step } from "./steps/step";

/** What npm finds in node_modules/.bin. */
function installed(command: string, ...args: string[]): Step {
  return { name: command, command, args };
}

/** One after the other, up to the first that fails. */
const LINTERS = [
  npmRun("build"),
  installed("depcruise", "--output-type", "err-long", "."),
  installed("eslint", "."),
  installed(
    "solhint",
    ...["--disc", "--noPoster", "--max-warnings", "0"],
    ...["contracts/**/*.sol", "bench/contracts/**/*.sol"],
  ),
  installed("prettier", "--check", "."),
  installed("tsc", "--noEmit"),
];

export function lint(): void {
  inOrder(LINTERS);
}
