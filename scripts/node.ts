import path from "node:path";
import { DEPLOYMENT_FILE } from "@keep3r-network/sdk/node";
import { serveNode } from "#simulation/node";
import { chosenPort } from "#simulation/server";
import { run } from "#tools/entry";
import { demandArtifacts } from "#tools/solidity/builds";

/** Set KEEP3R_NODE_PORT and KEEP3R_NODE_FILE to run a second node beside the first. */
const FILE = process.env.KEEP3R_NODE_FILE ?? path.join(__dirname, "..", "deployments", "node", DEPLOYMENT_FILE);

run(async () => {
  demandArtifacts("simulation");
  await serveNode(await chosenPort("KEEP3R_NODE_PORT", 8545), FILE);
});
