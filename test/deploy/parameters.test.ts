import { expect } from "chai";
import { parseEther, parseUnits } from "ethers";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parameterFile, type Parameters, readParameters } from "#deploy/parameters";
import { localParameters } from "#support/commands/deployBench";

const IGNITION = path.join(__dirname, "..", "..", "deploy");
const ADDRESS = "0x1cEB5cB57C4D4E2b2433641b95Dd330A33185A44";

describe("Deployment parameters", () => {
  let folder: string;
  let file: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "keep3r-parameters-"));
    file = path.join(folder, "test.json");
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  function read(changes: Record<string, unknown>): Parameters {
    writeFileSync(file, JSON.stringify({ ...localParameters(), ...changes }));
    return readParameters(file);
  }

  function demands(network: string, key: string): void {
    expect(() => readParameters(parameterFile(IGNITION, network)), network).to.throw(`${network}.json, ${key}: give`);
  }

  it("are complete for a local chain, and demand elsewhere what can't be known", () => {
    expect(readdirSync(path.join(IGNITION, "parameters")).sort()).to.deep.equal([
      ...["custom.json", "localhost.json", "mainnet.json", "sepolia.json"],
    ]);
    expect(readParameters(parameterFile(IGNITION, "localhost")).token.kind).to.equal("new");
    demands("mainnet", "governance");
    demands("sepolia", "governance");
    demands("custom", "chainId");
  });

  it("scale amounts by their unit and leave out what the contracts begin with, in the file's order", () => {
    const { changes } = read({
      settings: {
        Keep3rHelper: { maxBoost: "25000", minPriorityFee: "0.5", minBoost: "11000" },
        Keep3r: { liquidityMinimum: "1.5" },
      },
    });
    expect(changes).to.deep.equal([
      { contract: "Keep3rHelper", getter: "maxBoost", value: 25_000n },
      { contract: "Keep3rHelper", getter: "minPriorityFee", value: parseUnits("0.5", "gwei") },
      { contract: "Keep3r", getter: "liquidityMinimum", value: parseEther("1.5") },
    ]);
  });

  it("take a KP3R that exists, and no feed", () => {
    const { token, fastGasFeed } = read({
      token: { address: ADDRESS, minter: ADDRESS, pair: ADDRESS.toLowerCase() },
      fastGasFeed: null,
    });
    expect(token).to.deep.equal({ kind: "existing", address: ADDRESS, minter: ADDRESS, pair: ADDRESS });
    expect(fastGasFeed).to.equal(undefined);
  });

  it("say which key is wrong, and why", () => {
    const pool = { router: ADDRESS, kp3r: "2", eth: "1" };
    for (const [changes, message] of [
      [{ governence: ADDRESS }, "governence: there is no such key. There are: chainId, governance"],
      [{ chainId: "1" }, 'chainId: "1" isn\'t a whole number above zero'],
      [{ governance: "0x12" }, 'governance: "0x12" isn\'t an address'],
      [{ governance: ADDRESS.replace("c", "C") }, "governance: the checksum of"],
      [{ weth: undefined }, "weth: give an address; it can't be known here"],
      [{ disputers: ADDRESS }, "disputers: give a list of addresses, [] for none"],
      [{ slashers: [ADDRESS, 5] }, "slashers[1]: 5 isn't an address"],
      [{ token: null }, "token: an object is missing here"],
      [{ token: { supply: "1", pool } }, "token.pool.kp3r: the pool can't get more KP3R than there are"],
      [{ token: { supply: 1, pool } }, "token.supply: 1 isn't an amount as text"],
      [{ token: { address: ADDRESS, supply: "1" } }, "token.supply: there is no such key"],
      [
        { settings: { Keep3r: { bondTimes: "1" } } },
        "settings.Keep3r.bondTimes: there is no such key. There are: bondTime",
      ],
      [{ settings: { Keep3r: { bondTime: "1.5" } } }, "settings.Keep3r.bondTime:"],
    ] as const) {
      expect(() => read(changes), message).to.throw(`${file}, ${message}`);
    }
    writeFileSync(file, "{");
    expect(() => readParameters(file)).to.throw("can't be read as JSON");
    expect(() => readParameters(path.join(folder, "nowhere.json"))).to.throw("There is no parameter file");
  });
});
