import type * as Demo from "#simulation/demo";
import { run } from "#tools/entry";
import { build } from "#tools/solidity/build";

run(
  {
    command: "npm start",
    does: "Tells a keeper's life on a chain of its own, from the network's deployment to the keeper's leave, in a minute.",
    example: "npm start",
  },
  async () => {
    build("simulation");
    const { playDemo } = require("#simulation/demo") as typeof Demo;
    if (!(await playDemo())) process.exitCode = 1;
  },
);
