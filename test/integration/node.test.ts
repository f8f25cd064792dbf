import { expect } from "chai";
import { JsonRpcProvider, Wallet } from "ethers";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Deployment, readDeployment } from "../../scripts/network/deployment";
import { Keep3r__factory, Keep3rOracle__factory } from "../../typechain-types";

const HARDHAT = require.resolve("hardhat/internal/cli/bootstrap");
const PROJECT = path.join(__dirname, "..", "..");

describe("The local node", () => {
  let folder: string;
  let node: ChildProcess;
  let deployment: Deployment;
  let provider: JsonRpcProvider;

  before(async function () {
    // Instrumented contracts are too large for a node, and what it runs isn't covered anyway.
    if (process.env.SOLIDITY_COVERAGE === "true") this.skip();

    folder = mkdtempSync(path.join(tmpdir(), "keep3r-node-"));
    const file = path.join(folder, "deployment.json");
    node = startNode(file, await freePort());
    await ready(node);
    deployment = readDeployment(file);
    provider = new JsonRpcProvider(deployment.url, deployment.chainId, { staticNetwork: true, cacheTimeout: -1 });
    provider.pollingInterval = 100;
  });

  after(() => {
    // Whatever failed or was skipped, nothing may be left behind.
    if (folder === undefined) return;
    provider?.destroy();
    if (node?.exitCode === null && node.signalCode === null) node.kill("SIGINT");
    rmSync(folder, { recursive: true, force: true });
  });

  it("describes the contracts that it serves", async () => {
    expect((await provider.getNetwork()).chainId).to.equal(BigInt(deployment.chainId));
    for (const [name, address] of Object.entries(deployment.addresses)) {
      expect(await provider.getCode(address), name).not.to.equal("0x");
    }
  });

  it("describes the accounts by the keys that sign for them", () => {
    for (const [role, { address, privateKey }] of Object.entries(deployment.roles)) {
      expect(new Wallet(privateKey).address, role).to.equal(address);
    }
  });

  it("lets a client move time and work the oracle", async () => {
    const keeper = new Wallet(deployment.roles.keeper.privateKey, provider);
    const keep3r = Keep3r__factory.connect(deployment.addresses.Keep3r, provider);
    const oracle = Keep3rOracle__factory.connect(deployment.addresses.Keep3rOracle, keeper);

    await provider.send("evm_increaseTime", [Number(await oracle.periodSize())]);
    await provider.send("evm_mine", []);
    const { canWork, data } = await oracle.workable();
    expect(canWork).to.be.true;
    const bondBefore = await keep3r.bonds(keeper, deployment.addresses.KP3R);
    const receipt = await (await oracle["work(bytes)"](data)).wait();

    const [event] = await keep3r.queryFilter(keep3r.filters.KeeperWork(), receipt?.blockNumber);
    expect(event?.args.keeper).to.equal(keeper.address);
    expect(event?.args.payment).to.be.above(0n);
    expect(await keep3r.bonds(keeper, deployment.addresses.KP3R)).to.equal(bondBefore + (event?.args.payment ?? 0n));
  });

  it("stops when it is interrupted", async () => {
    const closed = once(node, "close");
    node.kill("SIGINT");
    await closed;

    const answer = fetch(deployment.url, { method: "POST", body: "{}" });
    expect(await answer.then(() => "an answer").catch(() => "nothing")).to.equal("nothing");
  });
});

function startNode(file: string, port: number): ChildProcess {
  return spawn(process.execPath, [HARDHAT, "run", "--no-compile", "scripts/node.ts"], {
    cwd: PROJECT,
    env: { ...process.env, KEEP3R_NODE_FILE: file, KEEP3R_NODE_PORT: port.toString() },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Waits for the last line that a node prints before it only serves. */
async function ready(node: ChildProcess): Promise<void> {
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes("Ctrl-C")) resolve();
    };
    node.stdout?.on("data", read);
    node.stderr?.on("data", read);
    node.once("close", () => reject(new Error(`The node ended before it was ready:\n${output}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
