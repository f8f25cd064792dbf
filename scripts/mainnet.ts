import { run } from "#tools/entry";
import type * as Serve from "#tools/mainnet/serve";
import { choosePort, portOption } from "#tools/port";
import { build } from "#tools/solidity/build";

/** Another one than `npm run node` has, so that both can run. */
const PORT = { variable: "MAINNET_PORT", usual: 8546 } as const;

run(
  {
    command: "npm run mainnet",
    does: "Serves the stand-in for mainnet that fork tests run over, until Ctrl-C: docs/fork-tests.md.",
    options: { port: portOption(PORT) },
    variables: { [PORT.variable]: "the port, unless --port is given" },
    example: "npm run mainnet -- --port 9546",
  },
  async ({ port: wanted }) => {
    const port = await choosePort(PORT, wanted);
    build("simulation");
    // Hardhat reads its configuration when it is loaded
    process.env.STAND_IN = "true";
    const { serveStandIn } = require("#tools/mainnet/serve") as typeof Serve;
    await serveStandIn(port);
  },
);
