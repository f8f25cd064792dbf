import { DAY, GWEI, HOUR, type LocalDeployment, type LocalRole, MINUTE } from "@keep3r-network/sdk";
import { writeDeployment } from "@keep3r-network/sdk/node";
import { expect } from "chai";
import { type JsonRpcProvider, parseEther, parseUnits, Wallet } from "ethers";
import { exec } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { Address } from "viem";
import { operate, type Outcome } from "#support/commands/operate";
import { freePort, LocalNode } from "#support/nodes/localNode";
import { startProxy, type Tweak } from "#support/rpc/proxy";
import {
  type ERC20__Mock,
  ERC20__Mock__factory,
  type IERC20,
  IERC20__factory,
  type Keep3r,
  Keep3r__factory,
  type Keep3rHelper,
  Keep3rHelper__factory,
  type Keep3rOracle,
  Keep3rOracle__factory,
  PlainJob__Mock__factory,
} from "#typechain";

const REPOSITORY = path.join(__dirname, "..", "..");

describe("Operating jobs and keepers", () => {
  let folder: string;
  let file: string;
  let node: LocalNode;
  let deployment: LocalDeployment;
  let provider: JsonRpcProvider;
  let keep3r: Keep3r;
  let kp3r: IERC20;
  let pair: IERC20;
  let usd: ERC20__Mock;
  let job: string;
  let newJob: string;

  before(async function () {
    node = await LocalNode.open(this, "operate");
    ({ folder, file, deployment, provider } = node);
    const { Keep3r, KP3R, KP3R_WETH } = deployment.addresses;
    keep3r = Keep3r__factory.connect(Keep3r, provider);
    kp3r = IERC20__factory.connect(KP3R, provider);
    pair = IERC20__factory.connect(KP3R_WETH, provider);

    const owner = node.signerOf("jobOwner");
    const deployJob = async (): Promise<string> => {
      const contract = await new PlainJob__Mock__factory(owner).deploy(Keep3r);
      return (await contract.waitForDeployment()).getAddress();
    };
    job = await deployJob();
    newJob = await deployJob();
    usd = await new ERC20__Mock__factory(owner).deploy("Dollar", "USD", 6);
    await (await usd.mint(owner, parseUnits("1000", 6))).wait();
    await (await pair.connect(node.signerOf("governance")).transfer(owner, parseEther("100"))).wait();
  });

  // Whatever failed or was skipped, nothing may be left behind
  after(() => node?.close());

  function addressOf(role: LocalRole): Address {
    return deployment.roles[role].address;
  }

  function as(role: LocalRole, line: string): Promise<Outcome> {
    return operate(`${line} --deployment ${file}`, { KEEP3R_PRIVATE_KEY: deployment.roles[role].privateKey });
  }

  /** Fails with the command's own error. */
  async function done(role: LocalRole, line: string): Promise<string> {
    const { output, error } = await as(role, line);
    expect(error, line).to.equal("");
    expect(output, line).to.match(/mined +in block \d+: [\d,]+ gas, 0\.\d+ ETH/);
    return output;
  }

  async function report(line: string): Promise<string> {
    const { output, error } = await operate(`report ${line} --deployment ${file}`);
    expect(error, line).to.equal("");
    return output;
  }

  async function pass(seconds: number): Promise<void> {
    await provider.send("evm_increaseTime", [seconds]);
    await provider.send("evm_mine", []);
  }

  describe("the life of a job", () => {
    it("begins with its registration", async () => {
      await done("jobOwner", `add-job --job ${job}`);
      expect(await keep3r.jobOwner(job)).to.equal(addressOf("jobOwner"));

      const { error } = await as("trader", `add-job --job ${job}`);
      expect(error)
        .to.include("JobAlreadyAdded()")
        .and.include(`owned by ${addressOf("jobOwner")}`);
    });

    it("is funded with liquidity, of which no more is approved than is taken", async () => {
      const output = await done("jobOwner", `fund-job --job ${job} --liquidity KP3R_WETH --amount 20.5`);

      expect(output).to.include("1 of 2: UNI-V2.approve(").and.include("2 of 2: Keep3r.addLiquidityToJob(");
      expect(await keep3r.liquidityAmount(job, pair)).to.equal(parseEther("20.5"));
      expect(await pair.allowance(addressOf("jobOwner"), keep3r)).to.equal(0n);
    });

    it("is funded with a token, in the token's decimals, and with what is approved already", async () => {
      const owner = node.signerOf("jobOwner");
      await (await usd.connect(owner).approve(keep3r, parseUnits("1", 6))).wait();
      const output = await done("jobOwner", `fund-job --job ${job} --token ${await usd.getAddress()} --amount 2.5`);
      // An allowance that is too small is taken back first.
      expect(output).to.include("3 of 3: Keep3r.addTokenCreditsToJob(");
      expect(await usd.allowance(owner, keep3r)).to.equal(0n);
      const fee = await keep3r.fee();
      const credits = 2_500_000n - (2_500_000n * fee + 9_999n) / 10_000n;
      expect(await keep3r.jobTokenCredits(job, usd)).to.equal(credits);

      await (await usd.connect(owner).approve(keep3r, parseUnits("1", 6))).wait();
      const again = await done("jobOwner", `fund-job --job ${job} --token ${await usd.getAddress()} --amount 1`);
      expect(again).to.include("1 of 1: Keep3r.addTokenCreditsToJob(");
    });

    it("is reported, with the days that its credits last", async () => {
      await pass(DAY / 4);
      const output = await report(`--job ${job} --spend 10`);

      expect(output).to.match(/UNI-V2 +20.5 UNI-V2, worth \d/);
      expect(output).to.match(/USD +3\.\d+ USD/);
      expect(output).to.match(/runway +0\.\d days/);
      expect(await report(`--job ${job} --spend 0.001`)).to.include("unlimited: mining covers the spending");
      expect(await report(`--job ${job}`)).to.include("unlimited: nothing was spent");
    });

    it("is reported with what it paid", async () => {
      await (await PlainJob__Mock__factory.connect(job, node.signerOf("keeper")).work(100_000)).wait();
      const [event] = await keep3r.queryFilter(keep3r.filters.KeeperWork(kp3r, job));
      expect(event?.args.payment).to.be.above(0n);

      const output = await report(`--job ${job} --days 3`);
      expect(output).to.match(/spent +0\.\d+ KP3R in the past 3 days, in 1 works/);
      await pass(4 * DAY);
      expect(await report(`--job ${job} --days 3`)).to.include("in 0 works");
    });

    it("doesn't move to a job that nobody has registered", async () => {
      expect((await as("jobOwner", `migrate-job --from-job ${job} --to-job ${newJob}`)).error)
        .to.include(`--to-job: ${newJob} isn't registered`)
        .and.include("add-job");
    });

    it("moves to another job, a minute after the proposal", async () => {
      await done("jobOwner", `add-job --job ${newJob}`);
      const jobs = `--from-job ${job} --to-job ${newJob}`;
      expect((await as("jobOwner", `migrate-job ${jobs} --to-owner ${addressOf("trader")}`)).error)
        .to.include(`--to-job: ${newJob} is owned by ${addressOf("jobOwner")}`)
        .and.include("--to-owner");
      await done("jobOwner", `migrate-job ${jobs}`);
      expect((await as("jobOwner", `accept-migration ${jobs}`)).error)
        .to.include("JobMigrationLocked()")
        .and.include("a minute after it was proposed");
      expect(await report(`--job ${job}`))
        .to.match(new RegExp(`migration proposed to +${newJob}`))
        .and.match(new RegExp(`may be accepted by +${addressOf("jobOwner")}`));

      await pass(MINUTE);
      await done("jobOwner", `accept-migration ${jobs}`);
      expect(await keep3r.liquidityAmount(newJob, pair)).to.equal(parseEther("20.5"));
      expect((await operate(`report --job ${job} --deployment ${file}`)).error).to.include("isn't registered");
    });

    it("ends with all that was put in", async () => {
      const owner = addressOf("jobOwner");
      const name = `--job ${newJob} --liquidity KP3R_WETH`;
      expect((await as("jobOwner", `unbond-liquidity ${name} --amount 21`)).error)
        .to.include("JobLiquidityInsufficient()")
        .and.include("The job has 20.5 UNI-V2");
      expect(await done("jobOwner", `unbond-liquidity ${name} --amount all`)).to.include("all, 20.5 UNI-V2 as of now");
      expect((await as("jobOwner", `withdraw-liquidity ${name}`)).error)
        .to.include("UnbondsLocked()")
        .and.match(/locked until 2026-\d\d-\d\d \d\d:\d\d UTC, 14 days from now/);

      await pass(14 * DAY + 1);
      const before = await pair.balanceOf(owner);
      await done("jobOwner", `withdraw-liquidity ${name}`);
      expect(await pair.balanceOf(owner)).to.equal(before + parseEther("20.5"));

      const token = `--job ${newJob} --token ${await usd.getAddress()} --amount 1.25 --receiver ${addressOf("trader")}`;
      await done("jobOwner", `withdraw-credits ${token}`);
      expect(await usd.balanceOf(addressOf("trader"))).to.equal(1_250_000n);
    });

    it("goes on with another owner", async () => {
      await done("jobOwner", `offer-job --job ${newJob} --to-owner ${addressOf("trader")}`);
      await done("trader", `accept-job --job ${newJob}`);
      expect(await keep3r.jobOwner(newJob)).to.equal(addressOf("trader"));

      const { error } = await as(
        "jobOwner",
        `withdraw-credits --job ${newJob} --token ${await usd.getAddress()} --amount 1`,
      );
      expect(error)
        .to.include("OnlyJobOwner()")
        .and.include(`owned by ${addressOf("trader")}, not by`);
    });
  });

  describe("the life of a keeper", () => {
    it("begins with a bond that has to wait", async () => {
      const output = await done("trader", "bond --amount 12.5");
      expect(output).to.match(/can be activated +after 3 days/);
      expect((await as("trader", "activate")).error)
        .to.include("BondsLocked()")
        .and.match(/locked until 2026-.* UTC, 3 days from now/);
      expect(await report(`--keeper ${addressOf("trader")}`)).to.match(/handed in +12.5 KP3R, locked until/);

      await pass(3 * DAY + 1);
      await done("trader", "activate");
      expect(await keep3r.bonds(addressOf("trader"), kp3r)).to.equal(parseEther("12.5"));
      expect(await report(`--keeper ${addressOf("trader")}`)).to.match(/active +yes[^]*bonded +12.5 KP3R/);
    });

    it("ends with the bond's way back", async () => {
      expect((await as("trader", "unbond --amount 13")).error)
        .to.include("BondsInsufficient(bonded: 12500000000000000000, amount: 13000000000000000000)")
        .and.include("when more is unbonded than is bonded. Unbond at most");
      await done("trader", "unbond --amount 12.5");
      expect((await as("trader", "withdraw")).error)
        .to.include("UnbondsLocked()")
        .and.include("14 days from now");

      await pass(14 * DAY + 1);
      const before = await kp3r.balanceOf(addressOf("trader"));
      await done("trader", "withdraw");
      expect(await kp3r.balanceOf(addressOf("trader"))).to.equal(before + parseEther("12.5"));
    });

    it("is led by an owner to whom it was offered", async () => {
      const keeper = addressOf("passerby");
      await done("passerby", `offer-keeper --to-owner ${addressOf("trader")}`);
      await done("trader", `accept-keeper --keeper ${keeper}`);
      expect((await as("passerby", "bond --amount 0")).error)
        .to.include("OnlyKeeperOwner()")
        .and.include(`moved by ${addressOf("trader")}, not by ${keeper}`);

      await done("trader", `bond --keeper ${keeper} --amount 1`);
      await pass(3 * DAY + 1);
      await done("trader", `activate --keeper ${keeper}`);
      await done("trader", `unbond --keeper ${keeper} --amount 1`);
      await pass(14 * DAY + 1);
      const before = await kp3r.balanceOf(addressOf("trader"));
      await done("trader", `withdraw --keeper ${keeper}`);
      expect(await kp3r.balanceOf(addressOf("trader"))).to.equal(before + parseEther("1"));
    });

    it("bonds another token", async () => {
      const token = `--token ${await usd.getAddress()}`;
      await done("jobOwner", `bond ${token} --amount 7.25`);
      await pass(3 * DAY + 1);
      await done("jobOwner", `activate ${token}`);
      expect(await keep3r.bonds(addressOf("jobOwner"), usd)).to.equal(7_250_000n);
      expect(await report(`--keeper ${addressOf("jobOwner")} ${token}`)).to.match(/bonded +0 KP3R\n +bonded +7.25 USD/);
    });

    it("needs no bond", async () => {
      const output = await done("reporter", "bond --amount 0");
      expect(output).to.include("1 of 1: Keep3r.bond(");
      expect(await keep3r.hasBonded(addressOf("reporter"))).to.be.true;
    });
  });

  describe("disputes and approvals", () => {
    it("are for those who hold the roles", async () => {
      for (const [line, error] of [
        [`dispute --account ${newJob}`, "OnlyDisputer()"],
        [`slash-keeper --keeper ${addressOf("keeper")} --amount 1`, "OnlySlasher()"],
        ["approve-liquidity --liquidity KP3R_WETH", "OnlyGovernance()"],
      ] as const) {
        expect((await as("trader", line)).error, line)
          .to.include(error)
          .and.include("It does so when the caller isn't");
      }
      expect((await as("governance", "approve-liquidity --liquidity KP3R_WETH")).error).to.include(
        "LiquidityPairApproved()",
      );
    });

    it("approve a liquidity", async () => {
      await (await keep3r.connect(node.signerOf("governance")).revokeLiquidity(pair)).wait();
      await done("governance", "approve-liquidity --liquidity KP3R_WETH");
      expect(await keep3r.approvedLiquidities()).to.deep.equal([await pair.getAddress()]);
    });

    it("slash a job's token credits and thaw it", async () => {
      const token = `--job ${newJob} --token ${await usd.getAddress()}`;
      expect((await as("slasher", `slash-job ${token} --amount 0.5`)).error).to.include("NotDisputed()");
      await done("disputer", `dispute --account ${newJob}`);
      expect(await report(`--job ${newJob}`)).to.match(/in dispute +yes/);
      const before = await keep3r.jobTokenCredits(newJob, usd);
      await done("slasher", `slash-job ${token} --amount 0.5`);
      expect(await keep3r.jobTokenCredits(newJob, usd)).to.equal(before - 500_000n);
      await done("disputer", `resolve --account ${newJob}`);
      expect(await keep3r.disputes(newJob)).to.be.false;
    });

    it("slash a job's liquidity", async () => {
      await done("jobOwner", "unbond-liquidity --job Keep3rOracle --liquidity KP3R_WETH --amount 1");
      await done("disputer", "dispute --account Keep3rOracle");
      const before = await keep3r.liquidityAmount(deployment.addresses.Keep3rOracle, pair);
      await done("slasher", "slash-job --job Keep3rOracle --liquidity KP3R_WETH --amount 1.5");
      expect(await keep3r.liquidityAmount(deployment.addresses.Keep3rOracle, pair)).to.equal(
        before - parseEther("0.5"),
      );
    });

    it("slash a keeper's bond, and revoke it", async () => {
      const keeper = addressOf("keeper");
      await done("disputer", `dispute --account ${keeper}`);
      const before = await keep3r.bonds(keeper, kp3r);
      await done("slasher", `slash-keeper --keeper ${keeper} --amount 1.5`);
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(before - parseEther("1.5"));
      await done("slasher", `revoke-keeper --keeper ${keeper}`);
      expect(await report(`--keeper ${keeper}`)).to.match(/active +no[^]*in dispute +yes[^]*revoked +yes/);
    });
  });

  describe("a report of prices", () => {
    let untouched: string;
    let oracle: Keep3rOracle;
    let helper: Keep3rHelper;

    beforeEach(async () => {
      untouched = (await provider.send("evm_snapshot", [])) as string;
      const governance = node.signerOf("governance");
      oracle = Keep3rOracle__factory.connect(deployment.addresses.Keep3rOracle, governance);
      helper = Keep3rHelper__factory.connect(deployment.addresses.Keep3rHelper, governance);
    });

    afterEach(() => provider.send("evm_revert", [untouched]));

    async function prices(): Promise<string> {
      const { output, error } = await operate(`report --deployment ${file}`);
      expect(error).to.equal("");
      return output;
    }

    it("tells what the oracle answers, however old its newest observation is, and warns of nothing", async () => {
      await (await helper.workRate(0)).wait();
      await pass(3 * DAY);
      const output = await prices();

      expect(output).to.match(/newest observation +\d+(\.\d)? days old, of \d+ in \d+/);
      expect(output).to.match(/thin +no\n/);
      expect(output).to.match(/the oracle answers +\d+\.\d{4} KP3R per ETH, a mean of \d+(\.\d)? days\n/);
      expect(output).to.match(/the last +\d+\.\d{4} KP3R per ETH, of 2026-\d\d-\d\d \d\d:\d\d UTC\n/);
      expect(output).to.match(/serves +until the next payment refreshes it$/);
    });

    it("tells how long the last quote serves of a thin pair, and warns when that is short", async () => {
      await (await helper.workRate(0)).wait();
      await (await oracle.setMinKp3rReserve(parseEther("50000"))).wait();
      await pass(HOUR);
      await (await oracle.update(pair)).wait();

      const early = await prices();
      expect(early).to.match(/thin +yes: /);
      expect(early).to.match(/the oracle answers +no: Kp3rReserveTooLow\(.*\)\n +Add liquidity to the pair, or/);
      expect(early).to.match(/serves +for another 2[23](\.\d)? hours$/);

      await pass(18 * HOUR);
      expect(await prices()).to.match(
        /WARNING +Payments by gas stop in [45](\.\d)? hours: .* Add liquidity to the pair/,
      );
      await pass(6 * HOUR);
      expect(await prices())
        .to.match(/serves +no more: payments by gas revert with StaleQuote\n/)
        .and.match(/WARNING +Payments by gas have stopped: /);
    });

    it("tells that nothing serves a pair that isn't listed but the last quote", async () => {
      await (await oracle.removePair(pair)).wait();
      expect(await prices()).to.match(
        /the oracle answers +no: PairNotListed\(.*\)\n +Have governance list the pair again/,
      );
    });
  });

  describe("a dry run", () => {
    /** All that a transaction would change. */
    async function stateOf(role: LocalRole): Promise<unknown[]> {
      const address = addressOf(role);
      return Promise.all([
        provider.getTransactionCount(address),
        provider.getBalance(address),
        provider.getBlockNumber(),
        kp3r.balanceOf(address),
        kp3r.allowance(address, keep3r),
      ]);
    }

    it("says what would be sent to whom and what it costs, and changes nothing", async () => {
      const before = await stateOf("trader");
      const { output, error } = await as("trader", "bond --amount 3 --dry-run");

      expect(error).to.equal("");
      expect(output).to.include("1 of 2: KP3R.approve(").and.include("2 of 2: Keep3r.bond(");
      expect(output).to.match(new RegExp(`to +${deployment.addresses.Keep3r}\n +data +0xa515366a`));
      expect(output).to.match(/gas +[\d,]+, estimated\n +cost +at most 0\.\d+ ETH/);
      expect(output).to.include("nothing was sent");
      expect(await stateOf("trader")).to.deep.equal(before);
    });

    it("needs no key for an address", async () => {
      const line = `revoke-keeper --keeper ${addressOf("trader")} --dry-run --from ${addressOf("slasher")}`;
      expect((await operate(`${line} --deployment ${file}`)).error).to.include("NotDisputed()");
      const { output } = await operate(
        `dispute --account ${addressOf("trader")} --dry-run --from ${addressOf("disputer")} --deployment ${file}`,
      );
      expect(output).to.include("nothing was sent");
      expect((await as("disputer", `dispute --account ${newJob} --from ${addressOf("disputer")}`)).error).to.include(
        "--from is for --dry-run",
      );
    });

    it("finds what would fail after an approval, as a real run does before it", async () => {
      for (const line of [
        `bond --keeper ${addressOf("slasher")} --amount 3`,
        `bond --keeper ${job} --amount 3 --dry-run`,
      ]) {
        const before = await stateOf("trader");
        expect((await as("trader", line)).error, line).to.include("OnlyKeeperOwner()");
        expect(await stateOf("trader"), line).to.deep.equal(before);
      }
    });
  });

  describe("a node that isn't perfect", () => {
    async function throughProxy(line: string, tweak: Tweak): Promise<Outcome> {
      const proxy = await startProxy(deployment.url, tweak);
      try {
        return await as("trader", `${line} --rpc ${proxy.url}`);
      } finally {
        proxy.close();
      }
    }

    it("that lags behind a receipt doesn't hide that the transaction was mined (regression)", async () => {
      const before = await provider.getBlockNumber();
      const { output, error } = await throughProxy("bond --amount 0", async ({ method, params, ask }) => {
        if (method !== "eth_getBlockByNumber" || params[0] !== "latest") return undefined;
        return { result: await ask(method, [`0x${before.toString(16)}`, false]) };
      });
      expect(error).to.equal("");
      expect(output).to.match(/transaction +0x[0-9a-f]{64}\n +mined +in block/);
    });

    it("that fails while a transaction is mined is asked again (regression)", async () => {
      let failures = 0;
      const { output, error } = await throughProxy("bond --amount 0", ({ method }) =>
        Promise.resolve(
          method === "eth_getTransactionReceipt" && failures++ < 5
            ? { error: { code: -32_603, message: "internal error" } }
            : undefined,
        ),
      );
      expect(error).to.equal("");
      expect(output).to.match(/mined +in block/);
      expect(failures).to.be.above(5);
    });

    it("that leaves out what a receipt cost is no reason to fail, and one that knows no tip none to give none", async () => {
      const { output, error } = await throughProxy("bond --amount 0", async ({ method, params, ask }) => {
        if (method === "eth_maxPriorityFeePerGas") return { error: { code: -32_601, message: "method not found" } };
        if (method !== "eth_getTransactionReceipt") return undefined;
        const receipt = (await ask(method, params)) as object | null;
        return { result: receipt && { ...receipt, effectiveGasPrice: undefined } };
      });
      expect(error).to.equal("");
      const [, hash = ""] = /transaction +(0x[0-9a-f]{64})/.exec(output) ?? [];
      expect((await provider.getTransaction(hash))?.maxPriorityFeePerGas).to.equal(GWEI);
    });
  });

  describe("mistakes", () => {
    it("of the chain or the deployment are found before anything is sent", async () => {
      const other = path.join(folder, "other.json");
      writeDeployment(other, { ...deployment, chainId: 1 });
      const env = { KEEP3R_PRIVATE_KEY: deployment.roles.trader.privateKey };
      const nonce = await provider.getTransactionCount(addressOf("trader"));

      expect((await operate(`bond --amount 1 --deployment ${other}`, env)).error).to.match(
        /is on chain 31337, but .*other\.json is of chain 1\. Check --network and --rpc/,
      );
      const { addresses } = deployment;
      writeDeployment(other, { ...deployment, addresses: { ...addresses, Keep3r: addressOf("slasher") } });
      expect((await operate(`bond --amount 1 --deployment ${other}`, env)).error).to.include(
        `Keep3r: there is no contract at ${addressOf("slasher")} on chain 31337`,
      );
      writeDeployment(other, { ...deployment, addresses: { ...addresses, KP3R: addresses.WETH9 } });
      expect((await operate(`bond --amount 1 --deployment ${other}`, env)).error).to.include("but Keep3r's token is");
      const port = await freePort();
      expect((await as("trader", `bond --amount 1 --rpc http://127.0.0.1:${port}/secret`)).error)
        .to.include(`The node at http://127.0.0.1:${port} doesn't answer (ECONNREFUSED)`)
        .and.not.include("secret");
      expect(await provider.getTransactionCount(addressOf("trader"))).to.equal(nonce);
    });

    it("of the key are explained", async () => {
      expect((await operate(`bond --amount 1 --deployment ${file}`)).error).to.include("There is no key to sign with");
      const { privateKey } = deployment.roles.trader;
      const { error, output } = await as("trader", `bond --amount 1 --token ${privateKey}`);
      expect(error).to.include("must not be an argument");
      expect(error + output).not.to.include(privateKey.slice(2));
    });

    it("of an option are named", async () => {
      for (const [line, error] of [
        ["bond --amount 1.5.0", '--amount: "1.5.0" isn\'t an amount'],
        ["bond --amount -1", '--amount: "-1" isn\'t an amount'],
        ["unbond --amount 0", "--amount: the amount must be more than zero"],
        ["bond --amount 1 --token 0x12", '--token: "0x12" isn\'t an address'],
        [`bond --amount 1 --token ${addressOf("slasher")}`, "--token: there is no contract at"],
        [`bond --amount 1 --token ${newJob}`, "isn't a token"],
        [`add-job --job ${addressOf("slasher")}`, "--job: there is no contract at"],
        [`fund-job --job ${newJob} --amount 1`, "Give either --liquidity or --token"],
        ["bond --amount 99999", "but 99999 KP3R are needed"],
        ["bond", "Missing: --amount AMOUNT"],
      ] as const) {
        expect((await as("trader", line)).error, line).to.include(error);
      }
      for (const [line, error] of [
        [`report --job Keep3rOracle --keeper ${newJob}`, "Give either --job or --keeper"],
        ["report --job Keep3rOracle --days 0", '--days: "0" isn\'t a whole number of days'],
        ["report --job Keep3rOracle --spend x", '--spend: "x" isn\'t an amount'],
      ] as const) {
        expect((await operate(`${line} --deployment ${file}`)).error, line).to.include(error);
      }
    });

    it("of a poor sender are told with what is missing", async () => {
      const poor = Wallet.createRandom().address;
      const line = `dispute --account ${newJob} --dry-run --from ${poor} --deployment ${file}`;
      await (await keep3r.connect(node.signerOf("governance")).addDisputer(poor)).wait();
      expect((await operate(line)).error).to.match(
        new RegExp(`${poor} has 0\\.0 ETH, but the transaction may cost 0\\.`),
      );
    });

    it("end the program with 1 and no stack, and npm's own --dry-run isn't lost", async () => {
      const npm = (line: string): Promise<{ code: number; stderr: string }> =>
        promisify(exec)(`npm run --silent operate ${line}`, {
          cwd: REPOSITORY,
          env: { ...process.env, KEEP3R_PRIVATE_KEY: deployment.roles.trader.privateKey },
        }).then(
          ({ stderr }) => ({ code: 0, stderr }),
          (error: unknown) => error as { code: number; stderr: string },
        );
      const failed = await npm(`-- bond --amount x --deployment ${file}`);
      expect(failed.code).to.equal(1);
      expect(failed.stderr).to.include('Error: --amount: "x" isn\'t an amount').and.not.include("    at ");
      expect((await npm("bond --dry-run")).stderr).to.include("npm took --dry-run for itself");
      expect((await npm(`-- report --keeper ${addressOf("trader")} --deployment ${file}`)).code).to.equal(0);
    });
  });
});
