import {
  DEPLOYMENT_VERSION,
  Failure,
  LOCAL_ROLES,
  localAccount,
  parseDeployment,
  requireAddresses,
  requireLocal,
  requireNetwork,
  serializeDeployment,
} from "@keep3r-network/sdk";
import { deploymentFileOf, DEPLOYMENT_FILE, readDeployment, readJson, writeDeployment } from "@keep3r-network/sdk/node";
import { expect } from "chai";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ethers } from "hardhat";

const ADDRESS = "0x1cEB5cB57C4D4E2b2433641b95Dd330A33185A44";
const OTHER = "0x87fEbfb3AC5791034fD5EF1a615e9d9627C2665D";
const KEY = `0x${"1f".repeat(32)}`;
const MINIMAL = { chainId: 5, addresses: { Keep3r: ADDRESS, KP3R: ADDRESS, Keep3rLens: ADDRESS } } as const;
const CORE = { ...MINIMAL.addresses, Keep3rOracle: OTHER, Keep3rHelper: OTHER, KP3R_WETH: OTHER } as const;
const NETWORK = { chainId: 5, startBlock: 7, deployer: ADDRESS, addresses: CORE } as const;
const LOCAL = {
  ...NETWORK,
  url: "http://127.0.0.1:8545",
  roles: Object.fromEntries(LOCAL_ROLES.map((role, index) => [role, localAccount(index)])),
};

describe("A deployment", () => {
  const parse = (json: unknown) => parseDeployment("d.json", json);

  function messageFor(json: unknown): string {
    try {
      parse(json);
      return "read";
    } catch (error) {
      expect(error).to.be.instanceOf(Failure);
      return (error as Failure).message;
    }
  }

  const withAddress = (Keep3r: unknown): object => ({ ...MINIMAL, addresses: { ...MINIMAL.addresses, Keep3r } });

  describe("parseDeployment", () => {
    it("reads what was written before files had a version, and what is written today", () => {
      for (const version of [{}, { version: DEPLOYMENT_VERSION }]) {
        expect(parse({ ...LOCAL, ...version })).to.deep.equal({ ...LOCAL, version: 1 });
      }
    });

    it("takes a file without a first block: the chain's beginning stands for it", () => {
      expect(parse(MINIMAL)).to.deep.equal({ ...MINIMAL, version: 1, startBlock: 0 });
    });

    it("gives addresses their checksum", () => {
      expect(parse(withAddress(ADDRESS.toLowerCase())).addresses.Keep3r).to.equal(ADDRESS);
    });

    it("keeps contracts and keys that it doesn't know", () => {
      const json = { ...MINIMAL, addresses: { ...MINIMAL.addresses, Heartbeat: OTHER }, note: [1] };
      expect(parse(json)).to.deep.equal({ ...json, version: 1, startBlock: 0 });
    });

    it("refuses a file of a later version, whatever it holds", () => {
      expect(messageFor({ version: 2, contracts: [] })).to.equal(
        "d.json: it is of version 2, and this program reads up to version 1. Update it.",
      );
    });

    it("refuses what isn't an object", () => {
      for (const json of [null, [], "x", 5, undefined]) {
        expect(messageFor(json)).to.equal("d.json: it isn't an object with chainId and addresses.");
      }
    });

    it("names the key and the value of a number that can't be meant", () => {
      expect(messageFor({ addresses: CORE })).to.equal(
        "d.json: chainId isn't a number. It is missing; mainnet's is 1.",
      );
      for (const chainId of ["1", 0, -1, 1.5, 2 ** 60, null]) {
        expect(messageFor({ ...MINIMAL, chainId })).to.include(`isn't a number. It is ${JSON.stringify(chainId)};`);
      }
      for (const startBlock of ["0", -1, 1.5, null]) {
        expect(messageFor({ ...MINIMAL, startBlock })).to.include(
          `startBlock is ${JSON.stringify(startBlock)}. It has`,
        );
      }
      for (const version of ["1", 0.5, null]) {
        expect(messageFor({ ...MINIMAL, version })).to.include(`version is ${JSON.stringify(version)}. It has to be`);
      }
    });

    it("names the contract whose address is wrong, and says that there are none", () => {
      for (const addresses of [undefined, null, [], "x"]) {
        expect(messageFor({ chainId: 1, addresses })).to.equal("d.json: there are no addresses.");
      }
      expect(messageFor(withAddress("0x1"))).to.include('d.json, Keep3r: "0x1" isn\'t an address.');
      expect(messageFor(withAddress(5))).to.include('d.json, Keep3r: "5" isn\'t an address.');
      expect(messageFor(withAddress(ADDRESS.replace("c", "C")))).to.include("d.json, Keep3r: the checksum");
      expect(messageFor(withAddress(`0x${"0".repeat(40)}`))).to.include("d.json, Keep3r: the zero address");
      expect(messageFor({ ...MINIMAL, deployer: "me" })).to.include('d.json, deployer: "me" isn\'t an address.');
    });

    it("names what is wrong of a local chain, without a word of a key", () => {
      const withRole = (role: unknown): object => ({ ...LOCAL, roles: { keeper: role } });
      expect(messageFor({ ...LOCAL, url: 8545 })).to.include("url is 8545. It has to be a node's URL.");
      expect(messageFor({ ...LOCAL, roles: [] })).to.include("roles is []. It has to be an object of accounts.");
      expect(messageFor(withRole({ address: "0x", privateKey: KEY }))).to.include('d.json, roles: "0x" isn\'t');
      expect(messageFor(withRole({ address: OTHER, privateKey: `${KEY}1` })))
        .to.include("a private key of the roles isn't")
        .and.not.include("1f1f");
    });
  });

  describe("what a reader can't do without", () => {
    it("is there, or missed by the file and the name", () => {
      expect(requireAddresses("d.json", parse(LOCAL), ["Keep3r", "KP3R_WETH"])).to.include({ KP3R_WETH: OTHER });
      expect(() => requireAddresses("d.json", parse(MINIMAL), ["Keep3r", "WETH9"])).to.throw(
        "d.json: there is no address of WETH9.",
      );
    });

    it("is a network's contracts and deployer", () => {
      expect(requireNetwork("d.json", parse(NETWORK))).to.deep.equal({ ...NETWORK, version: 1 });
      expect(() => requireNetwork("d.json", parse({ ...NETWORK, deployer: undefined }))).to.throw("who deployed");
      expect(() => requireNetwork("d.json", parse({ ...MINIMAL, deployer: ADDRESS }))).to.throw(
        "d.json: there is no address of Keep3rOracle.",
      );
    });

    it("is a local node's URL and accounts, too", () => {
      expect(requireLocal("d.json", parse(LOCAL)).roles.keeper).to.deep.equal(localAccount(2));
      const { keeper, ...others } = LOCAL.roles;
      expect(keeper).to.not.equal(undefined);
      for (const missing of [{ url: undefined }, { roles: undefined }, { roles: others }]) {
        expect(() => requireLocal("d.json", parse({ ...LOCAL, ...missing }))).to.throw("it isn't of a local node");
      }
    });
  });

  describe("its file", () => {
    let folder: string;

    beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "keep3r-deployment-"))));
    afterEach(() => rmSync(folder, { recursive: true }));

    it("is the same text for the same deployment, and read back as it was written", () => {
      const file = path.join(folder, "deep", DEPLOYMENT_FILE);
      writeDeployment(file, NETWORK);

      expect(readFileSync(file, "utf8")).to.equal(serializeDeployment(NETWORK));
      expect(serializeDeployment(NETWORK)).to.match(/^\{\n {2}"version": 1,\n {2}"chainId": 5,[^]*\n\}\n$/);
      expect(readDeployment(file)).to.deep.equal({ ...NETWORK, version: 1 });
    });

    it("has the ABIs of a network's contracts beside it, and nothing half written", () => {
      writeDeployment(path.join(folder, DEPLOYMENT_FILE), NETWORK);

      expect(readdirSync(folder).sort()).to.deep.equal(["abis", DEPLOYMENT_FILE]);
      expect(readdirSync(path.join(folder, "abis")).sort()).to.deep.equal(
        Object.keys(CORE)
          .map((name) => `${name}.json`)
          .sort(),
      );
      expect(readJson(path.join(folder, "abis", "KP3R.json"))).to.deep.include({
        type: "function",
        name: "symbol",
        stateMutability: "view",
        inputs: [],
        outputs: [{ type: "string" }],
      });
    });

    it("is named by the network, which can't lead elsewhere", () => {
      expect(deploymentFileOf("local-1", folder)).to.equal(path.join(folder, "local-1", DEPLOYMENT_FILE));
      for (const name of ["../x", "a/b", ""]) {
        expect(() => deploymentFileOf(name, folder)).to.throw(`--network: "${name}" isn't the name of a network.`);
      }
    });

    it("is missed by its name, and must be JSON", () => {
      const file = path.join(folder, DEPLOYMENT_FILE);
      expect(() => readDeployment(file)).to.throw(`There is no deployment file ${file}. Check --network`);
      writeFileSync(file, "{");
      expect(() => readDeployment(file)).to.throw(`${file} can't be read as JSON.`);
    });
  });

  describe("localAccount", () => {
    it("is the development node's own", async () => {
      const signers = await ethers.getSigners();
      for (const index of [0, 1, 8]) expect(localAccount(index).address).to.equal(signers[index]?.address);
      expect(new ethers.Wallet(localAccount(3).privateKey).address).to.equal(signers[3]?.address);
    });
  });
});
