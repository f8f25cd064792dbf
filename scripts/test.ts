import { Failure } from "@keep3r-network/sdk";
import { run } from "#tools/entry";
import { runSuites } from "#tools/tests/suites";

run((args) => {
  if (args.length > 0) {
    throw new Failure(
      "`npm test` runs all tests; for some of them: npx hardhat test PATH, npm run test:fork -- PATH, npm run test:invariants",
    );
  }
  const { failed } = runSuites();
  if (failed > 0) process.exitCode = 1;
});
