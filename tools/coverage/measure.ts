import { inOrder } from "../steps/inOrder";
import { hardhat } from "../steps/step";

/** What instrumented contracts leave behind of every test, in megabytes. */
const MEMORY = 12_288;

/** Runs the tests over instrumented contracts; the result is in coverage/. */
export function measureCoverage(): void {
  const env = { SOLIDITY_COVERAGE: "true", NODE_OPTIONS: `--max-old-space-size=${MEMORY}` };
  inOrder([hardhat(["coverage"], env)]);
}
