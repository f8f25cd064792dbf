import { CHECK } from "#tools/committed";
import { run } from "#tools/entry";
import { build } from "#tools/solidity/build";
import { keepLayout } from "#tools/solidity/layoutSnapshot";

run(
  {
    command: "npm run layout",
    does: "Writes where every variable of the contracts lies to snapshots/storage.json.",
    options: { check: CHECK },
    example: "npm run layout -- --check",
  },
  ({ check }) => {
    build("production");
    return keepLayout(check);
  },
);
