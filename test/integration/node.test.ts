import { expect } from "chai";
import { JsonRpcProvider, Wallet } from "ethers";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Deployment, readDeployment } from "../../scripts/network/deployment";
import { Keep3r__factory, Keep3rOracle__factory } from "../../typechain-types";
import { freePort, ready, startNode, stopNode } from "../support/node";

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
    stopNode(node);
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
