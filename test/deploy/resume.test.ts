import type { LocalDeployment } from "@keep3r-network/sdk";
import { expect } from "chai";
import type { JsonRpcProvider } from "ethers";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DeployBench } from "#support/commands/deployBench";
import { Gate, type Moment } from "#support/nodes/gate";
import { LocalNode } from "#support/nodes/localNode";

const HARDHAT = require.resolve("hardhat/internal/cli/bootstrap");
const REPOSITORY = path.join(__dirname, "..", "..");

describe("A deployment that is killed", () => {
  let folder: string;
  let node: LocalNode;
  let gate: Gate;
  let local: LocalDeployment;
  let provider: JsonRpcProvider;

  before(async function () {
    node = await LocalNode.open(this, "resume", path.join("node", "deployment.json"));
    ({ folder, deployment: local, provider } = node);
    gate = await Gate.open(local.url);
  });

  after(() => {
    // Whatever failed or was skipped, nothing may be left behind
    gate?.close();
    node?.close();
  });

  /** All that can be told of a deployment from outside. */
  async function resultOf(bench: DeployBench): Promise<unknown> {
    const { green, output } = await bench.check();
    const exported = bench.exported("deployment.json") as { deployer: string };
    return { green, output, exported, transactions: await provider.getTransactionCount(exported.deployer) };
  }

  /** Runs the command in a process of its own until it is killed. */
  async function deployUntil(bench: DeployBench, moment: Moment): Promise<void> {
    const config = path.join(bench.folder, "hardhat.config.ts");
    const paths = { root: REPOSITORY, ignition: path.join(bench.folder, "deploy") };
    writeFileSync(
      config,
      `import config from ${JSON.stringify(path.join(REPOSITORY, "hardhat.config"))};\n` +
        `export default { ...config, paths: ${JSON.stringify(paths)} };\n`,
    );
    const deployment = spawn(process.execPath, [HARDHAT, "--config", config, "deploy", "--network", "localhost"], {
      cwd: REPOSITORY,
      env: { ...process.env, KEEP3R_RPC_URL: gate.url, KEEP3R_PRIVATE_KEY: "", KEEP3R_KEYSTORE: "" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    for (const stream of [deployment.stdout, deployment.stderr]) {
      stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    }
    gate.killAt(deployment, moment);
    const [, signal] = (await once(deployment, "close")) as [number | null, string | null];
    expect(signal, printed).to.equal("SIGKILL");
  }

  function lastEntry(bench: DeployBench): { type: string; futureId: string } {
    const lines = readFileSync(path.join(bench.journal, "journal.jsonl"), "utf8").trim().split("\n");
    return JSON.parse(lines.at(-1) ?? "") as { type: string; futureId: string };
  }

  /** As if the kill had come in the middle of writing the last line. */
  function tear(bench: DeployBench): void {
    const file = path.join(bench.journal, "journal.jsonl");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.slice(0, (text.lastIndexOf("\n") + text.length) >> 1));
  }

  it("at three different steps ends as one that isn't", async function () {
    // Five runs, three of them in processes of their own.
    this.timeout(300_000);
    const snapshot = (await provider.send("evm_snapshot", [])) as string;
    const whole = await DeployBench.open(path.join(folder, "whole"), local.url);
    expect((await whole.deploy()).error).to.equal("");
    const expected = await resultOf(whole);
    expect(expected).to.include({ green: true });
    await provider.send("evm_revert", [snapshot]);

    const killed = await DeployBench.open(path.join(folder, "killed"), local.url);
    const send = "eth_sendRawTransaction";
    await deployUntil(killed, { method: send, count: 7, forwarded: true });
    expect(lastEntry(killed)).to.include({ type: "TRANSACTION_SEND", futureId: "Core#Keep3r" });

    await deployUntil(killed, { method: send, count: 8, forwarded: false });
    expect(lastEntry(killed)).to.include({
      type: "TRANSACTION_SEND",
      futureId: "Connection#Core~Keep3rOracle.addPair",
    });
    tear(killed);

    // It was mined, but nobody has told the journal: to confirm it is one of the steps that are left
    await deployUntil(killed, { method: send, count: 7, forwarded: true });
    expect(lastEntry(killed)).to.include({
      type: "TRANSACTION_SEND",
      futureId: "Handover#Core~Keep3rOracle.setGovernance",
    });

    const { error, output } = await killed.deploy();
    expect(error).to.equal("");
    expect(output).to.include("7 of 7  Handover#Core~Keep3r.acceptJobOwnership");
    expect(await resultOf(killed)).to.deep.equal(expected);
  });
});
