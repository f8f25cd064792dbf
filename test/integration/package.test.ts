import type { LocalDeployment } from "@keep3r-network/sdk";
import { expect } from "chai";
import { exec } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { LocalNode } from "#support/nodes/localNode";
import { type Keep3r, Keep3r__factory } from "#typechain";

const REPOSITORY = path.join(__dirname, "..", "..");
const MODULES = realpathSync(path.join(REPOSITORY, "node_modules"));
const CONFIG = "hardhat.linked.config.js";
/** How long a command may take, in milliseconds. */
const PATIENCE = 60_000;

/**
 * What docs/write-a-job.md has an author do, in an empty folder beside the package. Two things are taken from this
 * repository instead of being downloaded: what the example needs for development, Hardhat above all, and the compiler.
 */
describe("The package", () => {
  let project: string;
  let node: LocalNode;
  let deployment: LocalDeployment;
  let keep3r: Keep3r;

  before(async function () {
    const clone = "keep3r";
    node = await LocalNode.open(this, "package", path.join(clone, "deployments", "node", "deployment.json"));
    deployment = node.deployment;
    keep3r = Keep3r__factory.connect(deployment.addresses.Keep3r, node.provider);

    project = path.join(node.folder, "heartbeat");
    await run(`npm pack --pack-destination "${path.join(node.folder, clone)}"`, REPOSITORY);
    await install(project);
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
      const isLeft = (name: string) => /^(?:simulation|test)\/|\.dbg\.json$/.test(name);

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

  it("lets a new job be tested, deployed, funded, worked and paid by the guide's commands", async () => {
    const { KP3R, KP3R_WETH } = deployment.addresses;
    const keeper = deployment.roles.keeper.address;
    const bondBefore = await keep3r.bonds(keeper, KP3R);

    const commands = hardhatCommands(path.join(REPOSITORY, "docs/write-a-job.md"));
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

/** Makes the example's project, with what npm installs for it and links for the rest. */
async function install(project: string): Promise<void> {
  cpSync(path.join(REPOSITORY, "examples/heartbeat"), project, { recursive: true });
  const manifest = path.join(project, "package.json");
  const { devDependencies, ...rest } = readJson(manifest) as { devDependencies: Record<string, string> };
  writeFileSync(manifest, JSON.stringify(rest));

  await run("npm install --prefer-offline --no-audit --no-fund", project);

  for (const name of [...Object.keys(devDependencies), ".bin/hardhat"]) {
    const link = path.join(project, "node_modules", name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(MODULES, name), link);
  }
}

/** The example's configuration, with the compiler that this repository has and the port of the node. */
function configFor(port: number): string {
  return `
const { TASK_COMPILE_SOLIDITY_GET_SOLC_BUILD } = require("hardhat/builtin-tasks/task-names");
const { subtask } = require("hardhat/config");
const config = require("./hardhat.config");

subtask(TASK_COMPILE_SOLIDITY_GET_SOLC_BUILD, async ({ solcVersion: version }) => {
  const compilerPath = ${JSON.stringify(path.join(MODULES, "solc/soljson.js"))};
  return { compilerPath, isSolcJs: true, version, longVersion: version };
});

module.exports = { ...config, networks: { localhost: { url: "http://127.0.0.1:${port}" } } };
`;
}

/** What the guide has an author type, in order. */
function hardhatCommands(guide: string): string[] {
  const lines = readFileSync(guide, "utf8").split("\n");
  return lines.filter((line) => line.startsWith("npx hardhat ")).map((line) => line.replace(/\s*#.*/, ""));
}

/** Fails with what the command prints. */
async function run(command: string, cwd: string, env: Record<string, string> = {}): Promise<void> {
  await promisify(exec)(command, { cwd, env: { ...process.env, ...env }, timeout: PATIENCE }).catch(
    (error: unknown) => {
      const { message, stdout } = error as { message: string; stdout: string };
      throw new Error(`${message}\n${stdout}`);
    },
  );
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The files below a folder, by their paths in it, sorted. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .sort();
}
