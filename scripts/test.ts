import { run } from "#tools/entry";
import { wholeNumber } from "#tools/options";
import { LANES } from "#tools/steps/option";
import { runSuites } from "#tools/tests/suites";

run(
  {
    command: "npm test",
    does:
      "Builds everything and runs all tests; the last line reads `N passed, N failed`. For some of them: " +
      "npx hardhat test PATH, npm run test:fork -- PATH, npm run test:invariants.",
    options: { lanes: LANES },
    example: "npm test -- --lanes 1",
  },
  async ({ lanes }) => {
    const { failed } = await runSuites(wholeNumber("--lanes", lanes, 1));
    if (failed > 0) process.exitCode = 1;
  },
);
