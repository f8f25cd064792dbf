import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { Interface, type InterfaceAbi, NamedFragment } from "ethers";
import { artifacts, ethers } from "hardhat";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { activateKeeper } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { FIRST_WORK_GAS, payFor } from "#support/payments/rate";
import { passBondTime, passUnbondTime } from "#support/tools/time";
import { deployActiveWorld, deployCoreWorld } from "#support/worlds/core";
import v1ProxyAbi from "../compatibility/keep3r-v1-proxy.abi.json";
import v1Abi from "../compatibility/keep3r-v1.abi.json";
import helperAbi from "../compatibility/keep3r-v2-helper.abi.json";
import v2Abi from "../compatibility/keep3r-v2.abi.json";

/** Parts of V2's Keep3r that are missing here, and why. docs/compatibility.md names each of them, too. */
const KEEP3R_OMISSIONS: Record<string, string> = {
  "error AlreadyAJob()": "one address may be a job and a keeper: their funds are apart",
  "error AlreadyAKeeper()": "one address may be a job and a keeper: their funds are apart",
  "error JobTokenCreditsLocked()": "token credits have no cool-down",
  "event Keep3rV1Change(address)": "the token is immutable",
  "event KeeperValidation(uint256)": "isKeeper emits no event",
  "event Kp3rWethPoolChange(address)": "the helper's oracle knows the pair",
  "function jobTokenCreditsAddedAt(address,address) view returns (uint256)": "token credits have no cool-down",
  "function kp3rWethPool() view returns (address)": "the helper's oracle knows the pair",
  "function observeLiquidity(address) view returns ((int56,int56,uint256))": "there are no Uniswap V3 ticks",
  "function setKeep3rV1(address)": "the token is immutable",
  "function setKp3rWethPool(address)": "the helper's oracle knows the pair",
};

/** Parts of V2's helper that are missing here, and why. */
const HELPER_OMISSIONS: Record<string, string> = {
  "error InvalidKp3rPool()": "the pair is found by the factory",
  "event Kp3rWethPoolChange(address,bool)": "the pair is found by the factory",
  "event MinBaseFeeChange(uint256)": "nobody is paid for a base fee that wasn't paid",
  "function getKP3RsAtTick(uint256,int56,uint256) pure returns (uint256)": "there are no Uniswap V3 ticks",
  "function getPoolTokens(address) view returns (address,address)": "there are no Uniswap V3 pools",
  "function getQuoteAtTick(uint128,int56,uint256) pure returns (uint256)": "there are no Uniswap V3 ticks",
  "function isKP3RToken0(address) view returns (bool)": "the oracle knows the order of a pair's tokens",
  "function kp3rWethPool() view returns (address,bool)": "it is kp3rWethPair now",
  "function minBaseFee() view returns (uint256)": "nobody is paid for a base fee that wasn't paid",
  "function observe(address,uint32[]) view returns (int56,int56,bool)": "the oracle observes",
  "function setKp3rWethPool(address)": "the pair is found by the factory",
  "function setMinBaseFee(uint256)": "nobody is paid for a base fee that wasn't paid",
};

/** Functions of V1's helper that jobs and bots call. */
const V1_HELPER_VIEWS = [
  "function quote(uint256) view returns (uint256)",
  "function quoteGas(uint256) view returns (uint256)",
  "function getFastGas() view returns (uint256)",
  "function getQuoteLimit(uint256) view returns (uint256)",
  "function getQuoteLimitFor(address,uint256) view returns (uint256)",
];

/** Functions of V1's token that the network, its users and their wallets need. */
const NEEDED_OF_THE_TOKEN = [
  "allowance",
  "approve",
  "balanceOf",
  "burn",
  "decimals",
  "mint",
  "name",
  "nonces",
  "permit",
  "symbol",
  "totalSupply",
  "transfer",
  "transferFrom",
];

/** Calls of V1's jobs that have the same meaning here. */
const V1_JOB_CALLS = ["isKeeper", "isBondedKeeper", "worked"];

/** Calls of V1's jobs, owners and governance that have other names here. docs/compatibility.md says which. */
const V1_RENAMED_CALLS = [
  "KPRH",
  "addCredit",
  "addCreditETH",
  "addKPRCredit",
  "addVotes",
  "applyCreditToJob",
  "credits",
  "isMinKeeper",
  "jobs",
  "keepers",
  "receipt",
  "receiptETH",
  "removeLiquidityFromJob",
  "removeVotes",
  "votes",
  "workReceipt",
];

const DOCUMENT = readFileSync(path.join(__dirname, "../../docs/compatibility.md"), "utf8");

/** Solidity lets a parameter be called `address`, ethers doesn't. */
function readable(abi: readonly unknown[]): InterfaceAbi {
  return abi.map((entry) =>
    typeof entry === "string" ? entry.replace("address address", "address") : entry,
  ) as string[];
}

/** Every function, event and error, without the names of parameters: mutability, outputs and `indexed` included. */
function signaturesOf(abi: readonly unknown[]): string[] {
  const named = new Interface(readable(abi)).fragments.filter(
    (fragment): fragment is NamedFragment => fragment instanceof NamedFragment,
  );
  return named.map((fragment) => fragment.format("minimal")).sort();
}

async function signaturesOfContract(name: string): Promise<Set<string>> {
  return new Set(signaturesOf((await artifacts.readArtifact(name)).abi));
}

const nameOf = (signature: string): string => /^\w+ (\w+)\(/.exec(signature)?.[1] ?? signature;

describe("Compatibility", () => {
  for (const [contract, deployed, omissions] of [
    ["Keep3r", v2Abi.abi, KEEP3R_OMISSIONS],
    ["Keep3rHelper", helperAbi.abi, HELPER_OMISSIONS],
  ] as const) {
    describe(`${contract} and V2's`, () => {
      it("lists all of V2's ABI", () => {
        expect(signaturesOf(deployed)).to.have.lengthOf(deployed.length);
      });

      it("has every function, event and error of V2 with its signature, but for the table of omissions", async () => {
        const ours = await signaturesOfContract(contract);
        const missing = signaturesOf(deployed).filter((signature) => !ours.has(signature));
        expect(missing).to.deep.equal(Object.keys(omissions).sort());
      });

      it("uses no name of the omissions for something else", async () => {
        const names = new Set([...(await signaturesOfContract(contract))].map(nameOf));
        expect(Object.keys(omissions).filter((signature) => names.has(nameOf(signature)))).to.deep.equal([]);
      });

      it("gives a reason for every omission, and names it in docs/compatibility.md", () => {
        for (const [signature, reason] of Object.entries(omissions)) {
          expect(reason, signature).to.not.equal("");
          expect(DOCUMENT, signature).to.include(`\`${nameOf(signature)}\``);
        }
      });
    });
  }

  describe("V1", () => {
    it("Keep3rHelper answers V1's views", async () => {
      expect([...(await signaturesOfContract("Keep3rHelper"))]).to.include.members(V1_HELPER_VIEWS);
    });

    it("KP3R has the functions of V1's token that are needed, with the same signatures", async () => {
      const needed = signaturesOf(v1Abi.abi).filter(
        (signature) => signature.startsWith("function") && NEEDED_OF_THE_TOKEN.includes(nameOf(signature)),
      );
      expect(needed.map(nameOf)).to.deep.equal(NEEDED_OF_THE_TOKEN);
      expect([...(await signaturesOfContract("KP3R"))]).to.include.members([
        ...needed,
        "event Approval(address indexed,address indexed,uint256)",
        "event Transfer(address indexed,address indexed,uint256)",
      ]);
    });

    it("the deployed token and its proxy have the functions that Keep3r calls", async () => {
      expect(signaturesOf(v1Abi.abi)).to.include.members([...(await signaturesOfContract("IKeep3rV1"))]);
      expect(signaturesOf(v1ProxyAbi.abi)).to.include.members([...(await signaturesOfContract("IKeep3rV1Proxy"))]);
    });

    it("a withdrawal of KP3R waits while another network is the minter", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployActiveWorld);
      await keep3r.connect(keeper).unbond(kp3r, 100n * WAD);
      await passUnbondTime();
      await kp3r.removeMinter(keep3r);
      await expect(keep3r.connect(keeper).withdraw(kp3r)).to.be.revertedWithCustomError(kp3r, "OnlyMinter");
      expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(100n * WAD);
      await kp3r.addMinter(keep3r);
      await expect(keep3r.connect(keeper).withdraw(kp3r)).to.changeTokenBalance(kp3r, keeper, 100n * WAD);
    });

    it("the network has none of V1's calls that docs/compatibility.md has other names for", async () => {
      const renamed = signaturesOf(v1Abi.abi).filter((signature) => V1_RENAMED_CALLS.includes(nameOf(signature)));
      expect(renamed.map(nameOf)).to.deep.equal(V1_RENAMED_CALLS);
      const { keep3r, keeper } = await loadFixture(deployCoreWorld);
      const v1 = new Interface(readable(v1Abi.abi));
      for (const name of V1_RENAMED_CALLS) {
        expect(DOCUMENT, name).to.include(`\`${name}`);
        const data = ethers.concat([v1.getFunction(name)?.selector ?? "", ethers.zeroPadBytes("0x", 128)]);
        await expect(keeper.call({ to: keep3r, data }), name).to.be.rejectedWith(
          "function selector was not recognized",
        );
      }
    });

    it("KP3R is paid by bondedPayment alone: nobody can credit a job with it", async () => {
      const { keep3r, kp3r, jobOwner, keeper, job } = await loadFixture(deployCoreWorld);
      await activateKeeper(keep3r, keeper, kp3r, 0n);
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(job, kp3r, WAD)).to.be.revertedWithCustomError(
        keep3r,
        "TokenUnallowed",
      );
      await expect(job.connect(keeper).workForToken(0, kp3r, WAD)).to.be.revertedWithCustomError(
        keep3r,
        "InsufficientFunds",
      );
      await keep3r.forceLiquidityCreditsToJob(job, WAD);
      await job.connect(keeper).workForAmount(0, WAD);
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(WAD);
    });

    it("a job of V1 finds its validation and payment here", async () => {
      const calls = signaturesOf(v1Abi.abi).filter((signature) => V1_JOB_CALLS.includes(nameOf(signature)));
      expect(calls).to.have.lengthOf(V1_JOB_CALLS.length);
      expect([...(await signaturesOfContract("Keep3r"))]).to.include.members(calls);
    });
  });

  describe("V2's known faults", () => {
    it("have a test each, which docs/compatibility.md names", () => {
      const folder = path.join(__dirname, "../security");
      const files = readdirSync(folder);
      const sources = files.map((file) => readFileSync(path.join(folder, file), "utf8")).join("\n");
      const titles = [...sources.matchAll(/^describe\("Fault (\d+): (.+)", /gm)];
      const numbers = titles.map(([, number]) => Number(number)).sort((a, b) => a - b);
      expect(numbers).to.deep.equal(Array.from({ length: 19 }, (_, i) => i + 1));
      const rows = DOCUMENT.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
      for (const [, number, title] of titles) {
        expect(rows.map(([, first, second]) => `${first} ${second}`)).to.include(`${number} ${title}`);
      }
    });
  });

  describe("an unmodified job of V2", () => {
    it("is registered, funded, worked and paid through V2's ABI alone", async () => {
      const { keep3r, kp3r, governance, jobOwner, keeper } = await loadFixture(deployCoreWorld);
      const v2 = new ethers.Contract(await keep3r.getAddress(), readable(v2Abi.abi));
      const as = (signer: typeof keeper) => v2.connect(signer) as typeof v2;
      const job = await ethers.deployContract("PlainJob__Mock", [keep3r]);

      await as(keeper).getFunction("bond")(kp3r, 10n * WAD);
      await passBondTime();
      await as(keeper).getFunction("activate")(kp3r);
      await as(jobOwner).getFunction("addJob")(job);
      await as(governance).getFunction("forceLiquidityCreditsToJob")(job, 5n * WAD);
      const receipt = await (await job.connect(keeper).work(100_000)).wait();

      const events = receipt?.logs.map((log) => v2.interface.parseLog(log)) ?? [];
      expect(events.map((event) => event?.name)).to.deep.equal(["KeeperWork"]);
      const payment = events[0]?.args.getValue("payment") as bigint;
      expect(payment).to.be.at.least(payFor(100_000n + FIRST_WORK_GAS));
      expect(await as(keeper).getFunction("bonds")(keeper, kp3r)).to.equal(10n * WAD + payment);
      expect(await as(keeper).getFunction("workCompleted")(keeper)).to.equal(payment);
      expect(await as(keeper).getFunction("totalJobCredits")(job)).to.equal(5n * WAD - payment);
    });

    it("is paid in each of V2's ways", async () => {
      const { keep3r, kp3r, governance, jobOwner, keeper, token, job } = await loadFixture(deployCoreWorld);
      await activateKeeper(keep3r, keeper, kp3r, 10n * WAD);
      await keep3r.connect(governance).forceLiquidityCreditsToJob(job, 5n * WAD);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 10n * WAD);

      await expect(job.connect(keeper).workBonded(0, kp3r, 10n * WAD, 0, 0)).to.emit(keep3r, "KeeperWork");
      await expect(job.connect(keeper).workBonded(0, kp3r, 20n * WAD, 0, 0)).to.be.revertedWithCustomError(
        job,
        "KeeperNotValid",
      );
      const bonded = await keep3r.bonds(keeper, kp3r);
      await job.connect(keeper).workForAmount(0, WAD);
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(bonded + WAD);
      await expect(job.connect(keeper).workForToken(0, token, WAD)).to.changeTokenBalances(
        token,
        [keep3r, keeper],
        [-WAD, WAD],
      );
    });
  });
});
