import { DAY, type LocalDeployment } from "@keep3r-network/sdk";
import { expect } from "chai";
import { type JsonRpcProvider, Wallet } from "ethers";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { freePort, LocalNode, startNode } from "#support/nodes/localNode";
import { paymentOf } from "#support/payments/payments";
import { networkAt } from "#simulation/place";
import { Keep3r__factory, Keep3rHelper__factory, Keep3rOracle__factory } from "#typechain";

/** How a node's process ends, and all that it prints from now on; once it has printed a text, it is interrupted. */
async function endOf(process: ChildProcess, interruptedAt?: string): Promise<{ code: unknown; output: string }> {
  let output = "";
  let isInterrupted = false;
  const read = (chunk: Buffer): void => {
    output += chunk.toString();
    if (isInterrupted || interruptedAt === undefined || !output.includes(interruptedAt)) return;
    isInterrupted = process.kill("SIGINT");
  };
  process.stdout?.on("data", read);
  process.stderr?.on("data", read);
  const [code] = (await once(process, "close")) as [unknown];
  return { code, output };
}

describe("The local node", () => {
  let node: LocalNode;
  let deployment: LocalDeployment;
  let provider: JsonRpcProvider;

  before(async function () {
    node = await LocalNode.open(this, "node");
    ({ deployment, provider } = node);
  });

  // Whatever failed or was skipped, nothing may be left behind
  after(() => node?.close());

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
    const keeper = node.signerOf("keeper");
    const keep3r = Keep3r__factory.connect(deployment.addresses.Keep3r, provider);
    const oracle = Keep3rOracle__factory.connect(deployment.addresses.Keep3rOracle, keeper);

    await provider.send("evm_increaseTime", [Number(await oracle.periodSize())]);
    await provider.send("evm_mine", []);
    const { canWork, data } = await oracle.workable();
    expect(canWork).to.be.true;
    const bondBefore = await keep3r.bonds(keeper, deployment.addresses.KP3R);

    const paid = await paymentOf(keep3r, oracle["work(bytes)"](data));

    expect(paid.keeper).to.equal(keeper.address);
    expect(paid.payment).to.be.above(0n);
    expect(await keep3r.bonds(keeper, deployment.addresses.KP3R)).to.equal(bondBefore + paid.payment);
  });

  it("LIV-1: pays the first work after three days in which nobody did anything", async () => {
    const keeper = node.signerOf("keeper");
    const { Keep3r, Keep3rHelper, Keep3rOracle } = deployment.addresses;
    const keep3r = Keep3r__factory.connect(Keep3r, provider);
    const helper = Keep3rHelper__factory.connect(Keep3rHelper, provider);
    const oracle = Keep3rOracle__factory.connect(Keep3rOracle, keeper);

    await provider.send("evm_increaseTime", [3 * DAY]);
    const paid = await paymentOf(keep3r, oracle["work()"]());

    expect(paid.payment).to.be.above(0n);
    const { quotedAt } = await helper.cachedQuote();
    expect(quotedAt).to.equal((await provider.getBlock("latest"))?.timestamp);
  });

  it("keeps its port from another node, which is told before it sets anything up", async () => {
    const { code, output } = await endOf(startNode(node.file, node.port));

    expect(code).to.equal(1);
    expect(output).to.equal(
      `\nError: Port ${node.port} is taken, perhaps by another local chain. ` +
        `Stop what listens there, or choose another: --port ${node.port + 1}.\n`,
    );
  });

  it("leaves nothing if it is interrupted while it is set up", async () => {
    const file = path.join(node.folder, "other", "deployment.json");
    const { code, output } = await endOf(startNode(file, await freePort()), "Setting up");

    expect(code).to.equal(130);
    expect(output).to.match(/\nInterrupted while the network was set up: nothing was written\.\n$/);
    expect(existsSync(file)).to.be.false;
  });

  it("has a folder to itself for each port", () => {
    expect([networkAt(8545), networkAt(9545)]).to.deep.equal(["node", "node-9545"]);
  });

  it("stops when it is interrupted, and says what it leaves", async () => {
    const end = endOf(node.process);
    node.process.kill("SIGINT");

    const { code, output } = await end;
    expect(code).to.equal(0);
    expect(output).to.match(/^\nStopped, and the chain is gone\. .*deployment\.json still describes it .*\n$/);
    const answer = fetch(deployment.url, { method: "POST", body: "{}" });
    expect(await answer.then(() => "an answer").catch(() => "nothing")).to.equal("nothing");
  });
});
