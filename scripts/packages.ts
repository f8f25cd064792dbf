import { complain, run } from "#tools/entry";
import { faultsOfPackages } from "#tools/packages/check";
import { build } from "#tools/solidity/build";

run(
  {
    command: "npm run packages",
    does: "Checks the packages that this repository depends on: licences, checksums, exact versions, and that each is used.",
    example: "npm run packages",
  },
  () => {
    build("production");
    complain(faultsOfPackages());
  },
);
