import { run } from "#tools/entry";
import { NETWORK_OPTION, networkNamed, NODE_VARIABLE, runTask } from "#tools/task";

run(
  {
    command: "npm run deploy:check",
    does: "Compares a deployed network with deploy/parameters/NAME.json, and ends with 1 if they differ.",
    options: { network: NETWORK_OPTION },
    variables: NODE_VARIABLE,
    example: "npm run deploy:check -- --network localhost",
  },
  ({ network }) => runTask(networkNamed(network), "deploy:check"),
);
