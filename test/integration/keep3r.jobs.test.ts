import { DAY, HOUR, MINUTE } from "@keep3r-network/sdk";
import { expect } from "chai";
import { Contract, parseEther, parseUnits } from "ethers";
import { NetworkShell } from "#support/commands/networkShell";
import { type ERC20__Mock, type IERC20, type Keep3r, Keep3rOracle__factory, PlainJob__Mock__factory } from "#typechain";

describe("keep3r job", () => {
  let shell: NetworkShell;
  let keep3r: Keep3r;
  let kp3r: IERC20;
  let pair: IERC20;
  let usd: ERC20__Mock;
  let job: string;
  let newJob: string;

  before(async function () {
    shell = await NetworkShell.open(this);
    ({ keep3r, kp3r, pair } = shell);
    job = await (await shell.deployJob()).getAddress();
    newJob = await (await shell.deployJob()).getAddress();
    usd = await shell.deployDollar();
    await (
      await pair.connect(shell.signerOf("governance")).transfer(shell.addressOf("jobOwner"), parseEther("100"))
    ).wait();
  });

  // Whatever failed or was skipped, nothing may be left behind
  after(() => shell?.close());

  describe("the life of a job", () => {
    it("begins with its registration", async () => {
      await shell.done("jobOwner", `job add --job ${job}`);
      expect(await keep3r.jobOwner(job)).to.equal(shell.addressOf("jobOwner"));

      const { error } = await shell.as("trader", `job add --job ${job}`);
      expect(error)
        .to.include("JobAlreadyAdded()")
        .and.include(`owned by ${shell.addressOf("jobOwner")}`);
    });

    it("is funded with liquidity, of which no more is approved than is taken", async () => {
      const output = await shell.done("jobOwner", `job fund --job ${job} --liquidity KP3R_WETH --amount 20.5`);

      expect(output).to.include("1 of 2: UNI-V2.approve(").and.include("2 of 2: Keep3r.addLiquidityToJob(");
      expect(await keep3r.liquidityAmount(job, pair)).to.equal(parseEther("20.5"));
      expect(await pair.allowance(shell.addressOf("jobOwner"), keep3r)).to.equal(0n);
    });

    it("is funded with a token, in the token's decimals, and with what is approved already", async () => {
      const owner = shell.signerOf("jobOwner");
      await (await usd.connect(owner).approve(keep3r, parseUnits("1", 6))).wait();
      const output = await shell.done(
        "jobOwner",
        `job fund --job ${job} --token ${await usd.getAddress()} --amount 2.5`,
      );
      // An allowance that is too small is taken back first.
      expect(output).to.include("3 of 3: Keep3r.addTokenCreditsToJob(");
      expect(await usd.allowance(owner, keep3r)).to.equal(0n);
      const fee = await keep3r.fee();
      const credits = 2_500_000n - (2_500_000n * fee + 9_999n) / 10_000n;
      expect(await keep3r.jobTokenCredits(job, usd)).to.equal(credits);

      await (await usd.connect(owner).approve(keep3r, parseUnits("1", 6))).wait();
      const again = await shell.done("jobOwner", `job fund --job ${job} --token ${await usd.getAddress()} --amount 1`);
      expect(again).to.include("1 of 1: Keep3r.addTokenCreditsToJob(");
    });

    it("is reported as unable to pay while it has no credits", async () => {
      const poor = await (await shell.deployJob()).getAddress();
      await shell.done("jobOwner", `job add --job ${poor}`);
      const line = `report job --job ${poor}`;

      expect(await shell.read(line)).to.match(/runway +none: the job has no KP3R credits, so it can't pay; fund it/);
      expect(JSON.parse(await shell.read(`${line} --json`))).to.include({ runwaySeconds: 0 });
    });

    it("is reported, with the days that its credits last", async () => {
      await shell.pass(DAY / 4);
      const output = await shell.read(`report job --job ${job} --spend 10`);

      expect(output).to.match(/UNI-V2 +20.5 UNI-V2, worth \d/);
      expect(output).to.match(/USD +3\.\d+ USD/);
      expect(output).to.match(/runway +0\.\d days/);
      expect(await shell.read(`report job --job ${job} --spend 0.001`)).to.include(
        "unlimited: mining covers the spending",
      );
      expect(await shell.read(`report job --job ${job}`)).to.include("unlimited: nothing was spent");
    });

    it("is reported with what it paid", async () => {
      await (await PlainJob__Mock__factory.connect(job, shell.signerOf("keeper")).work(100_000)).wait();
      const [event] = await keep3r.queryFilter(keep3r.filters.KeeperWork(kp3r, job));
      expect(event?.args.payment).to.be.above(0n);

      const output = await shell.read(`report job --job ${job} --days 3`);
      expect(output).to.match(
        /spent +0\.\d+ KP3R in 1 works of the past 3 days: 0\.\d+ KP3R a day, averaged over these days\n/,
      );
      await shell.pass(4 * DAY);
      expect(await shell.read(`report job --job ${job} --days 3`)).to.include("in 0 works of the past 3 days");
    });

    it("doesn't move to a job that nobody has registered", async () => {
      expect((await shell.as("jobOwner", `job migrate --from-job ${job} --to-job ${newJob}`)).error)
        .to.include(`--to-job: ${newJob} isn't registered`)
        .and.include("job add");
    });

    it("moves to another job, a minute after the proposal", async () => {
      await shell.done("jobOwner", `job add --job ${newJob}`);
      const jobs = `--from-job ${job} --to-job ${newJob}`;
      expect((await shell.as("jobOwner", `job migrate ${jobs} --to-owner ${shell.addressOf("trader")}`)).error)
        .to.include(`--to-job: ${newJob} is owned by ${shell.addressOf("jobOwner")}`)
        .and.include("--to-owner");
      await shell.done("jobOwner", `job migrate ${jobs}`);
      expect((await shell.as("jobOwner", `job accept-migration ${jobs}`)).error)
        .to.include("JobMigrationLocked()")
        .and.include("Accept it one minute after it was proposed");
      expect(await shell.read(`report job --job ${job}`))
        .to.match(new RegExp(`migration proposed to +${newJob}`))
        .and.match(new RegExp(`may be accepted by +${shell.addressOf("jobOwner")}`));

      await shell.pass(MINUTE);
      await shell.done("jobOwner", `job accept-migration ${jobs}`);
      expect(await keep3r.liquidityAmount(newJob, pair)).to.equal(parseEther("20.5"));
      expect((await shell.run(`report job --job ${job}`)).error).to.include("isn't registered");
    });

    it("ends with all that was put in", async () => {
      const owner = shell.addressOf("jobOwner");
      const name = `--job ${newJob} --liquidity KP3R_WETH`;
      expect((await shell.as("jobOwner", `job unbond-liquidity ${name} --amount 21`)).error)
        .to.include("JobLiquidityInsufficient()")
        .and.include("The job has 20.5 UNI-V2");
      expect(await shell.done("jobOwner", `job unbond-liquidity ${name} --amount all`)).to.include(
        "all, 20.5 UNI-V2 as of now",
      );
      expect((await shell.as("jobOwner", `job withdraw-liquidity ${name}`)).error)
        .to.include("UnbondsLocked()")
        .and.match(/locked until 2026-\d\d-\d\d \d\d:\d\d UTC, 14 days from now/);

      await shell.pass(14 * DAY + 1);
      const before = await pair.balanceOf(owner);
      await shell.done("jobOwner", `job withdraw-liquidity ${name}`);
      expect(await pair.balanceOf(owner)).to.equal(before + parseEther("20.5"));

      const token = `--job ${newJob} --token ${await usd.getAddress()} --amount 1.25 --receiver ${shell.addressOf("trader")}`;
      await shell.done("jobOwner", `job withdraw-credits ${token}`);
      expect(await usd.balanceOf(shell.addressOf("trader"))).to.equal(1_250_000n);
    });

    it("goes on with another owner", async () => {
      await shell.done("jobOwner", `job offer --job ${newJob} --to-owner ${shell.addressOf("trader")}`);
      await shell.done("trader", `job accept --job ${newJob}`);
      expect(await keep3r.jobOwner(newJob)).to.equal(shell.addressOf("trader"));

      const { error } = await shell.as(
        "jobOwner",
        `job withdraw-credits --job ${newJob} --token ${await usd.getAddress()} --amount 1`,
      );
      expect(error)
        .to.include("OnlyJobOwner()")
        .and.include(`owned by ${shell.addressOf("trader")}, not by`);
    });
  });

  describe("all jobs", () => {
    interface ListedJob {
      job: string;
      owner: string;
      tokenCredits: object[];
      disputed: boolean;
      workable: boolean | null;
    }

    let paid: string;

    before(async () => {
      paid = await (await shell.deployJob()).getAddress();
      await shell.done("jobOwner", `job add --job ${paid}`);
      await shell.done("jobOwner", `job fund --job ${paid} --token ${await usd.getAddress()} --amount 2`);
      const weth = new Contract(shell.deployment.addresses.WETH9, ["function deposit() payable"]);
      await shell.signerOf("jobOwner").sendTransaction({
        ...(await weth.getFunction("deposit").populateTransaction()),
        value: parseEther("1"),
      });
      await shell.done("jobOwner", `job fund --job ${paid} --token WETH9 --amount 0.5`);
    });

    async function listed(job: string): Promise<ListedJob | undefined> {
      const { jobs } = await shell.document<{ jobs: ListedJob[] }>("job list");
      return jobs.find((each) => each.job === job);
    }

    it("are listed with whether they have work now", async () => {
      const oracle = Keep3rOracle__factory.connect(shell.deployment.addresses.Keep3rOracle, shell.signerOf("passerby"));
      await shell.pass(HOUR);
      expect((await listed(await oracle.getAddress()))?.workable).to.be.true;
      await (await oracle.updateAll()).wait();
      expect((await listed(await oracle.getAddress()))?.workable).to.be.false;
      // Nobody can ask a job that isn't an IKeep3rWorkable
      expect((await listed(paid))?.workable).to.be.null;
      expect(await shell.read("job list")).to.match(
        new RegExp(`${await oracle.getAddress()}\\n-+\\n +owner +0x[^]*workable now +no\\n`),
      );
    });

    it("are listed with their credits of every token", async () => {
      const tokenCredits = [
        { amount: "1994000", decimals: 6, symbol: "USD", token: await usd.getAddress() },
        { amount: "498500000000000000", decimals: 18, symbol: "WETH", token: shell.deployment.addresses.WETH9 },
      ];
      expect(await listed(paid)).to.deep.include({
        owner: shell.addressOf("jobOwner"),
        credits: { amount: "0", decimals: 18, symbol: "KP3R" },
        tokenCredits,
        disputed: false,
        workedAt: null,
      });
      expect(await shell.document<object>(`report job --job ${paid}`)).to.deep.include({ tokenCredits });
      for (const line of ["job list", `report job --job ${paid}`]) {
        expect(await shell.read(line))
          .to.include(`1.994 USD (${await usd.getAddress()})`)
          .and.include(`0.4985 WETH (${shell.deployment.addresses.WETH9})`);
      }
    });

    it("are settled by anybody", async () => {
      const { Keep3rOracle } = shell.deployment.addresses;
      await shell.pass(DAY);
      const before = await keep3r.rewardedAt(Keep3rOracle);
      await shell.done("passerby", "job settle --job Keep3rOracle");
      expect(await keep3r.rewardedAt(Keep3rOracle)).to.be.above(before);
      expect((await shell.as("passerby", `job settle --job ${await usd.getAddress()}`)).error)
        .to.include("JobUnavailable()")
        .and.include("`job add`");
    });
  });
});
