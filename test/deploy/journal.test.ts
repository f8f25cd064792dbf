import { mine } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers, network } from "hardhat";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { refusePending } from "#deploy/journal";

/** What nobody has sent, or what the node has forgotten. */
const UNKNOWN = ethers.id("a transaction");

describe("A deployment whose last transaction was sent", () => {
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "keep3r-journal-"));
    await network.provider.send("evm_setAutomine", [false]);
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await network.provider.send("evm_setAutomine", [true]);
    await mine();
  });

  /** As Ignition writes it: a line begins with its line feed. */
  function journal(...hashes: string[]): void {
    const sent = hashes.map((hash) => JSON.stringify({ type: "TRANSACTION_SEND", transaction: { hash } }));
    const lines = [JSON.stringify({ type: "DEPLOYMENT_INITIALIZE", chainId: 31_337 }), ...sent];
    writeFileSync(path.join(folder, "journal.jsonl"), lines.map((line) => `\n${line}`).join(""));
  }

  async function send(): Promise<string> {
    const sender = await ethers.provider.getSigner();
    return (await sender.sendTransaction({ to: sender })).hash;
  }

  const check = (): Promise<void> => refusePending(folder, network.provider);

  it("waits until it is mined", async () => {
    const hash = await send();
    journal(hash);
    await expect(check()).to.be.rejectedWith(`${hash} was sent and isn't mined yet. Run the command again when it is.`);
    await mine();
    await check();
  });

  it("goes on when the node has forgotten it: Ignition then sends it again", async () => {
    journal(UNKNOWN);
    await check();
  });

  it("looks at the last one: those before it were mined, or it wouldn't have been sent", async () => {
    journal(await send(), UNKNOWN);
    await check();
    journal(UNKNOWN, await send());
    await expect(check()).to.be.rejectedWith("isn't mined yet");
  });

  it("goes on when nothing was sent, or there is no journal", async () => {
    await check();
    journal();
    await check();
  });
});
