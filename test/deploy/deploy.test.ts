import { DAY, HOUR, type LocalDeployment, MINUTE, type NetworkDeployment, WAD } from "@keep3r-network/sdk";
import { getVerificationInformation } from "@nomicfoundation/ignition-core";
import { expect } from "chai";
import { Contract, type JsonRpcProvider, toBeHex, Wallet } from "ethers";
import hre from "hardhat";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readPlace } from "#cli/place";
import { checkDeployment } from "#deploy/check";
import { readParameters } from "#deploy/parameters";
import { checkParameters } from "#deploy/preflight";
import { DeployBench, localParameters } from "#support/commands/deployBench";
import { LocalNode } from "#support/nodes/localNode";
import {
  Keep3r__factory,
  type Keep3rHelper,
  Keep3rHelper__factory,
  type Keep3rOracle,
  Keep3rOracle__factory,
  KP3R__factory,
  MockV3Aggregator__factory,
} from "#typechain";

/** As explorers list it. */
const COMPILER = "v0.8.37+commit.f401782d";
/** Hardhat's account after those that have a role. */
const DEPLOYER = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const MULTISIG = "0x1111111111111111111111111111111111111111";

describe("Deploying", () => {
  let folder: string;
  let node: LocalNode;
  let local: LocalDeployment;
  let provider: JsonRpcProvider;
  let deployed: DeployBench;
  let bench: DeployBench;
  let untouched: string;

  before(async function () {
    node = await LocalNode.open(this, "deploy", path.join("node", "deployment.json"));
    ({ folder, deployment: local, provider } = node);
    deployed = await DeployBench.open(path.join(folder, "deployed"), local.url);
  });

  // Whatever failed or was skipped, nothing may be left behind
  after(() => node?.close());

  it("rehearses: every transaction and its cost is printed, and none is sent", async () => {
    const before = await provider.getBlockNumber();
    const { output, error } = await deployed.deploy({ dryRun: true });

    expect(error).to.equal("");
    expect(output).to.match(/\n +1 +Token#KP3R +[\d,]+ gas +0\.\d{6} ETH\n/);
    expect(output).to.match(/14 +Connection#Token~MarketOpener.open .* and sends 1000.0 ETH\n/);
    expect(output).to.match(/27 +Handover#Core~Keep3r.acceptJobOwnership/);
    expect(output).to.include("nothing was sent");
    expect(await provider.getBlockNumber()).to.equal(before);
    expect(await provider.getTransactionCount(DEPLOYER)).to.equal(0);
  });

  it("lets anyone rehearse without a key, but not deploy", async () => {
    const { output } = await deployed.deploy({ dryRun: true, from: MULTISIG });
    expect(output)
      .to.match(new RegExp(`deployer +${MULTISIG}`))
      .and.include("nothing was sent");
    expect((await deployed.deploy({ from: MULTISIG })).error).to.include("--from is for --dry-run");
  });

  it("ends with a network that its check finds nothing wrong with", async () => {
    expect((await deployed.deploy()).error).to.equal("");
    const { output, green, error } = await deployed.check();
    expect(error).to.equal("");
    expect(output)
      .to.match(/ok +Keep3r +bytecode +as compiled/)
      .and.match(/\n\d+ checks, 0 differences$/);
    expect(green).to.be.true;
  });

  it("sends nothing the second time", async () => {
    const count = await provider.getTransactionCount(DEPLOYER);
    const { output, error } = await deployed.deploy();
    expect(error).to.equal("");
    expect(output).to.include("none: all is deployed already");
    expect(await provider.getTransactionCount(DEPLOYER)).to.equal(count);
  });

  it("exports what other programs read", async () => {
    const { addresses, startBlock } = deployed.exported("deployment.json") as NetworkDeployment;
    const place = readPlace(
      new Map([["deployment", path.join(deployed.folder, "deployments/localhost/deployment.json")]]),
      {
        KEEP3R_RPC_URL: local.url,
      },
    );
    expect(place).to.deep.include({ chainId: 31_337, addresses });
    expect(await provider.getCode(addresses.KP3R, startBlock)).not.to.equal("0x");
    expect(await provider.getCode(addresses.KP3R, startBlock - 1)).to.equal("0x");

    const abi = deployed.exported("abis/Keep3rLens.json") as [];
    expect(await new Contract(addresses.Keep3rLens, abi, provider).getFunction("keep3r")()).to.equal(addresses.Keep3r);
  });

  it("keeps what explorers verify sources with", async () => {
    const chains = [{ network: "localhost", chainId: 31_337, urls: { apiURL: local.url, browserURL: local.url } }];
    const names: string[] = [];
    for await (const [, contract] of getVerificationInformation(deployed.journal, chains)) {
      if (typeof contract === "string") throw new Error(`There is no artifact of ${contract}.`);
      const [source = "", name = ""] = contract.name.split(":");
      const { bytecode } = await hre.artifacts.readArtifact(contract.name);
      const entries = readFileSync(path.join(deployed.journal, "journal.jsonl"), "utf8");
      expect(entries).to.include(`"data":"${bytecode}${contract.args}"`);
      expect(contract.compilerVersion).to.equal(COMPILER);
      expect((JSON.parse(contract.sourceCode) as { sources: object }).sources).to.have.property(source);
      names.push(name);
    }
    expect(names).to.have.members(["KP3R", "MarketOpener", "Keep3r", "Keep3rOracle", "Keep3rHelper", "Keep3rLens"]);
    expect((await deployed.deploy({ verify: true })).error).to.include("set ETHERSCAN_API_KEY");
  });

  it("refuses the hardhat network and a network without a node", async () => {
    const network = { ...deployed.hre.network };
    const at = (changes: object): DeployBench =>
      Object.assign(Object.create(DeployBench.prototype) as DeployBench, {
        hre: { ...deployed.hre, network: { ...network, ...changes } },
      });
    expect((await at({ name: "hardhat" }).deploy()).error).to.include("The hardhat network ends with this command");
    expect((await at({ name: "sepolia", config: { url: "" } }).deploy()).error).to.include(
      "Set KEEP3R_RPC_URL to the URL of a node of sepolia",
    );
  });

  describe("with a state of its own", () => {
    beforeEach(async () => {
      untouched = (await provider.send("evm_snapshot", [])) as string;
      bench = await DeployBench.open(mkdtempSync(path.join(folder, "bench-")), local.url);
    });

    afterEach(() => provider.send("evm_revert", [untouched]));

    it("finds every difference, and fails", async () => {
      const { addresses } = deployed.exported("deployment.json") as NetworkDeployment;
      const { KP3R, Keep3r, Keep3rHelper, Keep3rLens, KP3R_WETH } = addresses;
      const governance = node.signerOf("governance");
      const keep3r = Keep3r__factory.connect(Keep3r, governance);
      await (await keep3r.setFee(31)).wait();
      await (await keep3r.addDisputer(DEPLOYER)).wait();
      await (await keep3r.revokeLiquidity(KP3R_WETH)).wait();
      await (await keep3r.setGovernance(DEPLOYER)).wait();
      await (await Keep3rHelper__factory.connect(Keep3rHelper, governance).setMaxBoost(12_001)).wait();
      await (await KP3R__factory.connect(KP3R, governance).addMinter(DEPLOYER)).wait();
      await (await KP3R__factory.connect(KP3R, governance).transfer(DEPLOYER, 1n)).wait();
      await (await KP3R__factory.connect(KP3R, governance).removeMinter(Keep3r)).wait();
      const code = await provider.getCode(Keep3rLens);
      await provider.send("hardhat_setCode", [Keep3rLens, `${code.slice(0, -2)}ff`]);
      await provider.send("evm_increaseTime", [3 * 86_400]);
      await provider.send("evm_mine", []);

      const { output, green } = await deployed.check();
      expect(green).to.be.false;
      const differences = [...output.matchAll(/DIFFERS +(\S+) +(\S+(?: \S+)*?) {2,}/g)].map(([, a, b]) => `${a} ${b}`);
      expect(differences).to.have.members([
        ...["Keep3rLens bytecode", "Keep3r fee", "Keep3rHelper maxBoost", "Keep3r approvedLiquidities"],
        ...["Keep3r pendingGovernance", "Keep3r disputers", "KP3R minters", "Keep3r can mint KP3R"],
        ...["Keep3rOracle newest observation"],
      ]);
      expect(output).to.match(/DIFFERS +Keep3r +fee +0\.31 % \(31 BPS\)\n +expected 0\.30 % \(30 BPS\)\n/);
    });

    describe("looks at what prices are made of, which", () => {
      let oracle: Keep3rOracle;
      let helper: Keep3rHelper;

      /** The rows that differ, of a network whose keepers are at work. */
      async function differences(): Promise<Record<string, string>> {
        const parameters = readParameters(path.join(deployed.folder, "deploy/parameters/localhost.json"));
        const rows = await checkDeployment(deployed.hre.network.provider, hre.artifacts, parameters, local);
        const prices = rows.filter(({ contract }) => contract === "Keep3rOracle" || contract === "Keep3rHelper");
        const differing = prices.filter(({ expected }) => expected !== undefined);
        return Object.fromEntries(differing.map(({ what, found }) => [what, found]));
      }

      async function pass(seconds: number): Promise<void> {
        await provider.send("evm_increaseTime", [seconds]);
        await provider.send("evm_mine", []);
      }

      /** Quotes once more, then governance asks for more KP3R than the pair holds, and the oracle notices. */
      async function makeThin(): Promise<void> {
        await (await helper.workRate(0)).wait();
        await (await oracle.setMinKp3rReserve(50_000n * WAD)).wait();
        await pass(HOUR);
        await (await oracle.update(local.addresses.KP3R_WETH)).wait();
      }

      let before: Record<string, string>;

      beforeEach(async () => {
        oracle = Keep3rOracle__factory.connect(local.addresses.Keep3rOracle, node.signerOf("governance"));
        helper = Keep3rHelper__factory.connect(local.addresses.Keep3rHelper, node.signerOf("governance"));
        before = await differences();
      });

      it("are a quote that lasts while the oracle answers, however long nobody works", async () => {
        await pass(2 * DAY - HOUR);
        expect(await differences()).to.deep.equal(before);
        await pass(2 * HOUR);
        expect(await differences()).to.deep.equal({ ...before, "newest observation": "2 days old" });
      });

      it("are a pair that isn't thin, and else a quote that lasts for a quarter of its time", async () => {
        await makeThin();
        const thin = { ...before, minKp3rReserve: "50000 KP3R", "the pair is thin": "yes" };
        expect(await differences()).to.deep.equal(thin);

        const { quotedAt } = await helper.cachedQuote();
        const now = (await provider.getBlock("latest"))?.timestamp ?? 0;
        await pass(Number(quotedAt) + 18 * HOUR - MINUTE - now);
        expect(await differences()).to.deep.equal(thin);
        await pass(2 * MINUTE);
        expect((await differences()).quote).to.match(/^Payments by gas stop in 6 hours: .* Add liquidity to the pair/);
        await pass(6 * HOUR);
        expect((await differences()).quote).to.match(/^Payments by gas have stopped: /);
      });

      it("are a pair that is listed", async () => {
        await (await oracle.removePair(local.addresses.KP3R_WETH)).wait();
        await pass(20 * HOUR);
        const found = await differences();
        expect(found.pairs).to.equal("");
        expect(found.quote).to.match(/Have governance list the pair again/);
      });

      it("are a scale that fits the price", async () => {
        const { KP3R_WETH } = local.addresses;
        const RESERVES = "0x8";
        const word = BigInt(await provider.getStorage(KP3R_WETH, RESERVES));
        const reserve0 = word & (2n ** 112n - 1n);
        const store = (value: bigint): Promise<unknown> =>
          provider.send("hardhat_setStorageAt", [KP3R_WETH, RESERVES, toBeHex(value, 32)]);

        await store(word - reserve0 + (reserve0 >> 9n));
        expect(await differences()).to.deep.equal(before);
        await store(word - reserve0 + (reserve0 >> 13n));
        expect((await differences()).scale).to.match(/^leaves 5[34] bits of the price instead of 41$/);
        await store(word - reserve0);
        expect((await differences()).scale).to.equal("the pair is empty");
      });
    });

    it("hands over to a governance that accepts itself", async () => {
      bench.write({
        governance: MULTISIG,
        settings: {
          Keep3rHelper: { maxBoost: "25000", minBoost: "10000" },
          Keep3rOracle: { maxChange: "4000" },
        },
      });
      const { output, error } = await bench.deploy();
      expect(error).to.equal("");
      expect(output).to.include(`Governance has yet to accept: ${MULTISIG} must send what is in governance.json`);

      const pending = await bench.check();
      expect(pending.green).to.be.false;
      expect(pending.output).to.match(new RegExp(`DIFFERS +Keep3r +governance +${DEPLOYER}\n +expected ${MULTISIG}`));

      const { transactions } = bench.exported("governance.json") as { transactions: { to: string; data: string }[] };
      await provider.send("hardhat_impersonateAccount", [MULTISIG]);
      await provider.send("hardhat_setBalance", [MULTISIG, "0xffffffffffffffff"]);
      for (const { to, data } of transactions)
        await provider.send("eth_sendTransaction", [{ from: MULTISIG, to, data }]);
      const accepted = await bench.check();
      expect(accepted.output)
        .to.match(/ok +Keep3rHelper +maxBoost +250\.00 % \(25000 BPS\)/)
        .and.match(/ok +Keep3rOracle +maxChange +40\.00 % \(4000 BPS\)/)
        .and.match(/, 0 differences$/);
      expect(accepted.green).to.be.true;
    });

    it("takes a KP3R that exists; Keep3r mints once its minter lets it", async () => {
      const { KP3R, KP3R_WETH } = local.addresses;
      bench.write({ token: { address: KP3R, minter: KP3R, pair: KP3R_WETH } });
      expect((await bench.deploy()).error).to.equal("");
      const { output } = await bench.check();
      expect(output)
        .to.match(/DIFFERS +Keep3r +can mint KP3R +no/)
        .and.match(/, 1 differences$/);

      const { addresses } = bench.exported("deployment.json") as NetworkDeployment;
      await (await KP3R__factory.connect(KP3R, node.signerOf("governance")).addMinter(addresses.Keep3r)).wait();
      expect((await bench.check()).green).to.be.true;
    });

    it("finds what a contract would refuse before anything is sent", async () => {
      bench.write({ settings: { Keep3rHelper: { minBoost: "12001" } } });
      expect((await bench.deploy()).error).to.match(
        /settings\.Keep3rHelper\.minBoost, Connection#Core~Keep3rHelper\.setMinBoost: .*It takes 100\.00 % \(10000 BPS\) to 120\.00 % \(12000 BPS\)\./,
      );
      bench.write({ disputers: [MULTISIG, MULTISIG] });
      expect((await bench.deploy()).error).to.include("addDisputer");
      expect(await provider.getTransactionCount(DEPLOYER)).to.equal(22);
    });

    it("refuses parameters that don't fit the chain, all at once", async () => {
      const feed = await new MockV3Aggregator__factory(node.signerOf("reporter")).deploy(8, 1n);
      await feed.waitForDeployment();
      const problems = async (changes: object): Promise<string> => {
        bench.write({ ...changes });
        return (await bench.deploy()).error;
      };
      const { KP3R, KP3R_WETH, WETH9, UniswapV2Factory, UniswapV2Router02, Keep3r } = local.addresses;
      const other = (deployed.exported("deployment.json") as NetworkDeployment).addresses;
      const existing = { address: KP3R, minter: KP3R, pair: KP3R_WETH };
      const { pool } = localParameters().token as { pool: object };

      expect(await problems({ chainId: 5 })).to.include("the node is on chain 31337, but the file is for 5");
      expect(await problems({ governance: DEPLOYER })).to.include(`governance: ${DEPLOYER} is the deployer`);
      const missing = await problems({ weth: MULTISIG, uniswapFactory: MULTISIG });
      expect(missing)
        .to.include(`uniswapFactory: there is no contract at ${MULTISIG}`)
        .and.include(`weth: there is no contract at ${MULTISIG}`);
      expect(await problems({ fastGasFeed: { address: await feed.getAddress(), maxAge: 10_800 } })).to.include(
        "must answer wei per gas, with 0 decimals; asked for them it gives 8",
      );
      expect(await problems({ token: { ...existing, pair: other.KP3R_WETH } })).to.match(
        new RegExp(`token.pair: ${other.KP3R_WETH} is a pair of .*, not of the file's KP3R and WETH`),
      );
      expect(await problems({ token: { ...existing, address: other.KP3R, minter: Keep3r } })).to.include(
        `token.minter: ${Keep3r} mints ${KP3R}`,
      );
      expect(await problems({ weth: other.KP3R, token: { supply: "2", pool: { ...pool, kp3r: "1" } } })).to.include(
        `token.pool.router: ${UniswapV2Router02} is of the factory ${UniswapV2Factory} and WETH ${WETH9}`,
      );
      expect(await provider.getTransactionCount(DEPLOYER)).to.equal(22);
    });

    it("demands a contract as mainnet's governance, not a key that lends itself code", async () => {
      const parameters = { ...readParameters(path.join(bench.folder, "deploy/parameters/localhost.json")), chainId: 1 };
      const mainnet = {
        request: async ({ method, params }: { method: string; params?: unknown[] }): Promise<unknown> =>
          method === "eth_chainId" ? "0x1" : provider.send(method, params ?? []),
      };
      const refused = (): Promise<string> =>
        checkParameters(parameters, mainnet, DEPLOYER).then(
          () => "",
          (error: Error) => error.message,
        );
      expect(await refused()).to.include(`governance: ${parameters.governance} is a single key`);
      await provider.send("hardhat_setCode", [parameters.governance, `0xef0100${local.addresses.KP3R.slice(2)}`]);
      expect(await refused()).to.include("is a single key");
      await provider.send("hardhat_setCode", [parameters.governance, "0x00"]);
      expect(await refused()).to.equal("");
    });

    it("knows a journal of a chain that is gone, and begins anew when told to", async () => {
      expect((await bench.deploy()).error).to.equal("");
      const second = await bench.deploy({ reset: true, dryRun: true });
      expect(second.output)
        .to.include("--reset: the chain wasn't started again")
        .and.include("a second network is deployed beside them")
        .and.match(/27 +Handover/);
      expect((await bench.deploy()).output).to.include("none: all is deployed already");
      await provider.send("evm_revert", [untouched]);
      untouched = (await provider.send("evm_snapshot", [])) as string;

      expect((await bench.deploy()).error)
        .to.include("is of another chain: this one doesn't know 0x")
        .and.include("npm run deploy -- --network localhost --reset");
      expect((await bench.check()).error).to.include("Was a local chain started again?");
      expect((await bench.deploy({ reset: true })).error).to.equal("");
      expect((await bench.check()).green).to.be.true;
    });

    it("tells a poor deployer what is missing, and refuses other parameters than it began with", async () => {
      const poor = Wallet.createRandom();
      expect((await bench.deploy({}, { KEEP3R_PRIVATE_KEY: poor.privateKey })).error).to.match(
        new RegExp(`${poor.address} has 0\\.0 ETH, but the deployment may cost 1000\\.\\d+ ETH`),
      );
      const file = path.join(deployed.folder, "deploy/parameters/localhost.json");
      const before = readFileSync(file, "utf8");
      deployed.write({ token: { ...(localParameters().token as object), supply: "90000" } });
      expect((await deployed.deploy()).error).to.include(
        "The parameters differ from those that this deployment began with",
      );
      writeFileSync(file, before);
    });
  });

  it("is checked by a function too", async () => {
    const parameters = readParameters(path.join(deployed.folder, "deploy/parameters/localhost.json"));
    const deployment = deployed.exported("deployment.json") as NetworkDeployment;
    const rows = await checkDeployment(deployed.hre.network.provider, hre.artifacts, parameters, deployment);
    expect(rows.filter(({ expected }) => expected !== undefined)).to.deep.equal([]);
  });
});
