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

  it("take times in seconds or in words", () => {
    const { changes, fastGasFeed } = read({
      settings: { Keep3r: { bondTime: "2 days", unbondTime: "1296000" }, Keep3rHelper: { quoteLifetime: "1 minute" } },
      fastGasFeed: { address: ADDRESS, maxAge: "2 hours" },
    });
    expect(changes.map(({ value }) => value)).to.deep.equal([172_800n, 1_296_000n, 60n]);
    expect(fastGasFeed?.maxAge).to.equal(7_200);
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
      [
        { settings: { Keep3rs: {} } },
        "settings.Keep3rs: there is no such key. There are: Keep3r, Keep3rOracle, Keep3rHelper",
      ],
      [{ settings: { Keep3r: { bondTime: "1.5" } } }, 'settings.Keep3r.bondTime: "1.5" isn\'t a time. Write seconds'],
      [{ settings: { Keep3r: { bondTime: "3 weeks" } } }, 'settings.Keep3r.bondTime: "3 weeks" isn\'t a time'],
      [
        { settings: { Keep3r: { bondTime: "91 days" } } },
        'settings.Keep3r.bondTime: "91 days" is out of bounds. It takes 0 seconds to 90 days (7776000 seconds).',
      ],
      [
        { settings: { Keep3r: { bondTime: 3 } } },
        'settings.Keep3r.bondTime: 3 isn\'t a time, "259200" or "3 days", as text',
      ],
      [
        { settings: { Keep3r: { fee: "1001" } } },
        'settings.Keep3r.fee: "1001" is out of bounds. It takes 0.00 % (0 BPS) to 10.00 % (1000 BPS).',
      ],
      [{ settings: { Keep3r: { fee: "-1" } } }, 'settings.Keep3r.fee: "-1" isn\'t a whole number of BPS'],
      [
        { settings: { Keep3r: { liquidityMinimum: "-3" } } },
        'settings.Keep3r.liquidityMinimum: "-3" isn\'t an amount. Write whole KP3R',
      ],
      [
        { settings: { Keep3rHelper: { minPriorityFee: "11" } } },
        'settings.Keep3rHelper.minPriorityFee: "11" is out of bounds. It takes 0 gwei to 10 gwei.',
      ],
      [{ token: { supply: "-5", pool } }, 'token.supply: "-5" isn\'t an amount'],
      [
        { token: { supply: "99999999999999", pool } },
        'token.supply: "99999999999999" is too much. It takes at most 19807040628.',
      ],
      [
        { token: { supply: "9", pool: { ...pool, eth: "0" } } },
        'token.pool.eth: "0" is too little. It takes at least 0.001 ETH',
      ],
      [
        { token: { supply: "9", pool: { ...pool, kp3r: "0.5" } } },
        'token.pool.kp3r: "0.5" is too little. It takes at least 1 KP3R',
      ],
      [{ fastGasFeed: { address: ADDRESS, maxAge: 60 } }, 'fastGasFeed.maxAge: "60" is out of bounds'],
    ] as const) {
      expect(() => read(changes), message).to.throw(`${file}, ${message}`);
    }
    writeFileSync(file, "{");
    expect(() => readParameters(file)).to.throw("can't be read as JSON");
    expect(() => readParameters(path.join(folder, "nowhere.json"))).to.throw(
      `There is no parameter file ${path.join(folder, "nowhere.json")}. There are: test. Check --network`,
    );
  });
});
