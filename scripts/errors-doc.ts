import { CHECK } from "#tools/committed";
import { run } from "#tools/entry";
import { build } from "#tools/solidity/build";
import { keepErrorsDocs } from "#tools/solidity/errorsDocs";

run(
  {
    command: "npm run docs",
    does: "Writes docs/errors.md, and what the SDK says of errors, from the contracts' documentation.",
    options: { check: CHECK },
    example: "npm run docs -- --check",
  },
  ({ check }) => {
    build("production");
    return keepErrorsDocs(check);
  },
);
