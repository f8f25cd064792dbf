import path from "node:path";
import { deploymentFileOf } from "@keep3r-network/sdk/node";
import type * as Node from "#simulation/node";
import { networkAt, NODE_PORT as PORT } from "#simulation/place";
import { run } from "#tools/entry";
import { choosePort, portOption } from "#tools/port";
import { ROOT } from "#tools/root";
import { build } from "#tools/solidity/build";

run(
  {
    command: "npm run node",
    does:
      "Serves a local chain with the network, a market, a funded job and a keeper until Ctrl-C. It is described in " +
      `deployments/node/ or, at another port than ${PORT.usual}, in deployments/node-PORT/: name it by --network node-PORT.`,
    options: { port: portOption(PORT) },
    variables: {
      [PORT.variable]: "the port, unless --port is given",
      KEEP3R_NODE_FILE: "another file to describe it in",
    },
    example: "npm run node -- --port 9545",
  },
  async ({ port: wanted }) => {
    const port = await choosePort(PORT, wanted);
    const file = process.env.KEEP3R_NODE_FILE ?? deploymentFileOf(networkAt(port), path.join(ROOT, "deployments"));
    build("simulation");
    const { serveNode } = require("#simulation/node") as typeof Node;
    await serveNode(port, file);
  },
);
