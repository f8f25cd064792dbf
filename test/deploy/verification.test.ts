import { getVerificationInformation } from "@nomicfoundation/ignition-core";
import { expect } from "chai";
import hre, { network } from "hardhat";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deployNetwork } from "#deploy/run";
import { addressOf } from "#simulation/network";
import { loadFixture } from "#support/fixture";
import { deployGround } from "#support/worlds/ground";

/** Those that are compiled in seconds. */
const QUICK = ["KP3R", "MarketOpener", "Keep3rLens"];

/** Of the compiler's output, what is read here. */
interface Compiled {
  contracts: Record<string, Record<string, { metadata: string; evm: { bytecode: { object: string } } }>>;
}

describe("What explorers are given of a deployment", () => {
  it("compiles to the code that was sent, by the compiler that is named", async function () {
    this.timeout(600_000);
    const { parameters, deployer, governance } = await loadFixture(deployGround);
    const folder = mkdtempSync(path.join(tmpdir(), "keep3r-verification-"));
    try {
      const journal = path.join(folder, "journal");
      const accounts: Parameters<typeof deployNetwork>[1]["accounts"] = [
        await addressOf(deployer),
        await addressOf(governance),
      ];
      await deployNetwork(hre, { parameters, provider: network.provider, accounts, journal });

      const solc = await compiler();
      const compared: string[] = [];
      const chains = [{ network: "hardhat", chainId: 31_337, urls: { apiURL: "", browserURL: "" } }];
      for await (const [, contract] of getVerificationInformation(journal, chains)) {
        if (typeof contract === "string") throw new Error(`There is no artifact of ${contract}.`);
        const [source = "", name = ""] = contract.name.split(":");
        if (!QUICK.includes(name)) continue;
        const input = JSON.parse(contract.sourceCode) as { settings: object };
        const settings = { ...input.settings, outputSelection: { "*": { [name]: ["evm.bytecode", "metadata"] } } };
        const output = JSON.parse(solc.compile(JSON.stringify({ ...input, settings }))) as Compiled;
        const compiled = output.contracts[source]?.[name];

        const { bytecode } = await hre.artifacts.readArtifact(contract.name);
        expect(`0x${compiled?.evm.bytecode.object}`, name).to.equal(bytecode);
        const { compiler: known } = JSON.parse(compiled?.metadata ?? "{}") as { compiler: { version: string } };
        expect(contract.compilerVersion, name).to.equal(`v${known.version}`);
        compared.push(name);
      }
      expect(compared).to.have.members(QUICK);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

async function compiler(): Promise<{ compile(input: string): string }> {
  const { default: solc } = (await import("solc")) as unknown as { default: { compile(input: string): string } };
  return solc;
}
