import type * as Sdk from "@keep3r-network/sdk";
import { task, types } from "hardhat/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types";
import type * as Commands from "./commands";

// What the tasks run is loaded when they do: it needs what the compiler generates

task("deploy", "Deploys a network, or what is left of it; docs/deploy.md says how")
  .addFlag("dryRun", "Prints every transaction and its cost, and sends nothing")
  .addOptionalParam("from", "Who would deploy; only of a dry run, which needs no key then", undefined, types.string)
  .addFlag("reset", "Forgets the deployment to a local chain that was started again")
  .addFlag("verify", "Verifies the sources on explorers when all is deployed")
  .setAction(async (options: Commands.DeployOptions, hre) => {
    await ending(hre, async () => {
      const { deployCommand } = require("./commands") as typeof Commands;
      await deployCommand(hre, options, process.env);
      return true;
    });
  });

task("deploy:check", "Compares a deployed network with its parameters").setAction(async (_, hre) => {
  await ending(hre, () => {
    const { checkCommand } = require("./commands") as typeof Commands;
    return checkCommand(hre);
  });
});

/** Ends with 1 after a difference or an error, of which only the message is shown. */
async function ending(hre: HardhatRuntimeEnvironment, run: () => Promise<boolean>): Promise<void> {
  await hre.run("compile", { quiet: true });
  const { messageOf } = require("@keep3r-network/sdk") as typeof Sdk;
  try {
    if (!(await run())) process.exitCode = 1;
  } catch (error) {
    console.error(`\nError: ${messageOf(error)}`);
    process.exitCode = 1;
  }
}
