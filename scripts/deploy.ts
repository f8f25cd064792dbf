import { refuseLostDryRun } from "@keep3r-network/sdk/node";
import { run } from "#tools/entry";
import { NETWORK_OPTION, networkNamed, NODE_VARIABLE, runTask } from "#tools/task";

run(
  {
    command: "npm run deploy",
    does: "Deploys the network that deploy/parameters/NAME.json describes, or what is left of it: docs/deploy.md says how.",
    options: {
      network: NETWORK_OPTION,
      "dry-run": { type: "boolean", says: "prints every transaction and its cost, and sends nothing" },
      from: { type: "string", value: "ADDRESS", says: "who would deploy; only of a dry run, which needs no key then" },
      reset: { type: "boolean", says: "forgets the deployment to a local chain that was started again" },
      verify: { type: "boolean", says: "verifies the sources on explorers when all is deployed" },
    },
    variables: {
      ...NODE_VARIABLE,
      KEEP3R_KEYSTORE: "the keystore file of the key that signs; KEEP3R_PASSWORD_FILE or KEEP3R_PASSWORD opens it",
      KEEP3R_PRIVATE_KEY: "the key itself, instead of a keystore",
      ETHERSCAN_API_KEY: "for --verify",
    },
    example: "npm run deploy -- --network localhost --dry-run",
  },
  ({ network, "dry-run": dryRun, from, reset, verify }) => {
    refuseLostDryRun(dryRun ? ["--dry-run"] : [], process.env);
    return runTask(networkNamed(network), "deploy", { dryRun, from, reset, verify });
  },
);
