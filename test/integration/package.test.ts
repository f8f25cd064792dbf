import type { LocalDeployment } from "@keep3r-network/sdk";
import { expect } from "chai";
import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LocalNode } from "#support/nodes/localNode";
import { filesIn, install, pack, PATIENCE, readJson, REPOSITORY, run } from "#support/projects/project";
import { commandsIn } from "#tools/docs/commands";
import { readPage } from "#tools/docs/pages";
import { type Keep3r, Keep3r__factory } from "#typechain";

const CONFIG = "hardhat.port.config.js";

/**
 * What docs/write-a-job.md has an author do, in an empty folder beside the package. What the example needs for development
 * is linked to this repository's packages instead of being downloaded.
 */
describe("The package", () => {
  let project: string;
  let node: LocalNode;
  let deployment: LocalDeployment;
  let keep3r: Keep3r;

  before(async function () {
    this.timeout(3 * PATIENCE);
    const clone = "keep3r";
    node = await LocalNode.open(this, "package", path.join(clone, "deployments", "node", "deployment.json"));
    deployment = node.deployment;
    keep3r = Keep3r__factory.connect(deployment.addresses.Keep3r, node.provider);

    project = path.join(node.folder, "heartbeat");
    await pack(path.join(node.folder, clone));
    cpSync(path.join(REPOSITORY, "examples/heartbeat"), project, { recursive: true });
    await install(project, [".bin/hardhat"]);
    writeFileSync(path.join(project, CONFIG), configFor(node.port));
  });

  // Whatever failed or was skipped, nothing may be left behind
  after(() => node?.close());

  it("holds every contract with its artifact, and no double", () => {
    for (const [kind, extension, example] of [
      ["contracts", ".sol", "jobs/Keep3rJob.sol"],
      ["artifacts/contracts", ".json", "Keep3r.sol/Keep3r.json"],
    ] as const) {
      const built = filesIn(path.join(REPOSITORY, kind)).filter((name) => name.endsWith(extension));
      const packed = filesIn(path.join(project, "node_modules/@keep3r-network/keep3r", kind));
      const isLeft = (name: string) => /^(?:deploy|simulation|test)\/|\.dbg\.json$/.test(name);

      expect(packed).to.deep.equal(built.filter((name) => !isLeft(name)));
      expect(packed).to.include(example);
    }
  });

  it("is installed with OpenZeppelin's and Uniswap's contracts and nothing else", () => {
    const { packages } = readJson(path.join(project, "node_modules/.package-lock.json")) as { packages: object };

    expect(Object.keys(packages)).to.have.members([
      "node_modules/@keep3r-network/keep3r",
      "node_modules/@openzeppelin/contracts",
      "node_modules/@uniswap/v2-core",
    ]);
  });

  it("is compiled in the example with npm's compiler, named as explorers know it, without a warning", async () => {
    // Where Hardhat keeps what it downloads: nothing is there, so that it would say that it downloads
    const output = await run("npx hardhat compile --force 2>&1", project, { XDG_CACHE_HOME: project });

    expect(output).to.match(/^Compiled \d+ Solidity files successfully \(evm target: cancun\)\.\n$/);
    const builds = path.join(project, "artifacts/build-info");
    const versions = filesIn(builds).map((file) => (readJson(path.join(builds, file)) as Build).solcLongVersion);
    expect(versions).to.deep.equal(["0.8.37+commit.f401782d"]);
  });

  it("lets a new job be tested, deployed, funded, worked and paid by the guide's commands", async () => {
    const { KP3R, KP3R_WETH } = deployment.addresses;
    const keeper = deployment.roles.keeper.address;
    const bondBefore = await keep3r.bonds(keeper, KP3R);

    const commands = hardhatCommands("docs/write-a-job.md");
    for (const command of commands) await run(command, project, { HARDHAT_CONFIG: CONFIG });

    const job = (readJson(path.join(project, "job.json")) as { address: string }).address;
    expect(await keep3r.jobOwner(job)).to.equal(deployment.roles.jobOwner.address);
    expect(await keep3r.liquidityAmount(job, KP3R_WETH)).to.be.above(0n);

    const payments = await keep3r.queryFilter(keep3r.filters.KeeperWork(KP3R, undefined, keeper));
    expect(payments.filter(({ args }) => args.job === job).length).to.equal(1);
    const paid = payments.reduce((sum, { args }) => sum + args.payment, 0n);
    expect(paid).to.be.above(0n);
    expect(await keep3r.bonds(keeper, KP3R)).to.equal(bondBefore + paid);
  });
});

interface Build {
  solcLongVersion: string;
}

/** The example's configuration with the port of the node. */
function configFor(port: number): string {
  return `
const config = require("./hardhat.config");
module.exports = { ...config, networks: { localhost: { url: "http://127.0.0.1:${port}" } } };
`;
}

/** What the guide has an author type, in order. */
function hardhatCommands(guide: string): string[] {
  const commands = commandsIn(readPage(guide)).map(({ text }) => text);
  return commands.filter((command) => command.startsWith("npx hardhat "));
}
