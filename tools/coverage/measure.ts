import path from "node:path";
import { ROOT } from "../root";
import { inOrder } from "../steps/inOrder";
import { hardhat } from "../steps/step";

/** What instrumented contracts leave behind of every test, in megabytes. */
const MEMORY = 12_288;

/** Where they are compiled to. */
const BUILD_FOLDER = path.join(ROOT, "coverage", "build");

/** Runs the tests over instrumented contracts; the result is in coverage/. */
export function measureCoverage(): void {
  const env = { SOLIDITY_COVERAGE: "true", BUILD_FOLDER, NODE_OPTIONS: `--max-old-space-size=${MEMORY}` };
  inOrder([hardhat(["coverage"], env)]);
}
