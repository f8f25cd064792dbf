import type * as Benchmarks from "./benchmarks";
import { CHECK } from "../tools/committed";
import { run } from "../tools/entry";
import { build } from "../tools/solidity/build";
import { inOrder } from "../tools/steps/inOrder";

/** The peers' packages are apart from those of this repository. */
const INSTALL = {
  name: "npm ci",
  command: "npm",
  args: ["ci", "--prefix", "bench", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel", "error"],
};

run(
  {
    command: "npm run bench",
    does: "Measures us beside our peers into docs/benchmarks.md, in a few minutes.",
    options: { check: CHECK },
    example: "npm run bench -- --check",
  },
  ({ check }) => {
    inOrder([INSTALL]);
    build("tests");
    const { keepBenchmarks } = require("./benchmarks") as typeof Benchmarks;
    return keepBenchmarks(check);
  },
);
