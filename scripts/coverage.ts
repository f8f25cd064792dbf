import { checkCoverage } from "#tools/coverage/threshold";
import { measureCoverage } from "#tools/coverage/measure";
import { run } from "#tools/entry";
import { build } from "#tools/solidity/build";

run(
  {
    command: "npm run coverage",
    does:
      "Measures which lines and branches of the production contracts the tests cover, and fails if that is too little. " +
      "coverage/index.html then shows what is missing.",
    example: "npm run coverage",
  },
  () => {
    // Coverage compiles for itself, but with the types of this build
    build("tests");
    measureCoverage();
    checkCoverage();
  },
);
