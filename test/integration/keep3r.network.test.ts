import { expect } from "chai";
import { parseEther, parseUnits } from "ethers";
import { NetworkShell } from "#support/commands/networkShell";
import { HostileMode } from "#support/tokens/hostile";
import { type ERC20__Mock, HostileToken__Mock__factory, type IERC20, type Keep3r } from "#typechain";

describe("keep3r network", () => {
  let shell: NetworkShell;
  let keep3r: Keep3r;
  let kp3r: IERC20;
  let pair: IERC20;
  let usd: ERC20__Mock;
  let job: string;

  before(async function () {
    shell = await NetworkShell.open(this);
    ({ keep3r, kp3r, pair } = shell);
    usd = await shell.deployDollar();
    job = await (await shell.deployJob()).getAddress();
    const owner = shell.signerOf("jobOwner");
    await (await keep3r.connect(owner).addJob(job)).wait();
    await (await usd.approve(keep3r, parseUnits("10", 6))).wait();
    await (await keep3r.connect(owner).addTokenCreditsToJob(job, usd, parseUnits("10", 6))).wait();
  });

  after(() => shell?.close());

  describe("disputes and approvals", () => {
    it("are for those who hold the roles", async () => {
      for (const [line, error] of [
        [`network dispute --account ${job}`, "OnlyDisputer()"],
        [`network slash-keeper --keeper ${shell.addressOf("keeper")} --amount 1`, "OnlySlasher()"],
        ["network approve-liquidity --liquidity KP3R_WETH", "OnlyGovernance()"],
      ] as const) {
        expect((await shell.as("trader", line)).error, line)
          .to.include(error)
          .and.include("It does so when the caller isn't");
      }
      expect((await shell.as("governance", "network approve-liquidity --liquidity KP3R_WETH")).error).to.include(
        "LiquidityPairApproved()",
      );
    });

    it("revoke a liquidity and approve it", async () => {
      await shell.done("governance", "network revoke-liquidity --liquidity KP3R_WETH");
      expect(await keep3r.approvedLiquidities()).to.be.empty;
      await shell.done("governance", "network approve-liquidity --liquidity KP3R_WETH");
      expect(await keep3r.approvedLiquidities()).to.deep.equal([await pair.getAddress()]);
    });

    it("give a job credits", async () => {
      const before = await keep3r.jobLiquidityCredits(job);
      await shell.done("governance", `network force-credits --job ${job} --amount 7.5`);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(before + parseEther("7.5"));
    });

    it("slash a job's token credits and thaw it", async () => {
      const token = `--job ${job} --token ${await usd.getAddress()}`;
      expect((await shell.as("slasher", `network slash-job ${token} --amount 0.5`)).error).to.include("NotDisputed()");
      await shell.done("disputer", `network dispute --account ${job}`);
      expect(await shell.read(`report job --job ${job}`)).to.match(/in dispute +yes/);
      const before = await keep3r.jobTokenCredits(job, usd);
      await shell.done("slasher", `network slash-job ${token} --amount 0.5`);
      expect(await keep3r.jobTokenCredits(job, usd)).to.equal(before - 500_000n);
      await shell.done("disputer", `network resolve --account ${job}`);
      expect(await keep3r.disputes(job)).to.be.false;
    });

    it("slash a job's liquidity", async () => {
      await shell.done("jobOwner", "job unbond-liquidity --job Keep3rOracle --liquidity KP3R_WETH --amount 1");
      await shell.done("disputer", "network dispute --account Keep3rOracle");
      const before = await keep3r.liquidityAmount(shell.deployment.addresses.Keep3rOracle, pair);
      await shell.done("slasher", "network slash-job --job Keep3rOracle --liquidity KP3R_WETH --amount 1.5");
      expect(await keep3r.liquidityAmount(shell.deployment.addresses.Keep3rOracle, pair)).to.equal(
        before - parseEther("0.5"),
      );
    });

    it("slash a keeper's bond, and revoke it", async () => {
      const keeper = shell.addressOf("keeper");
      await shell.done("disputer", `network dispute --account ${keeper}`);
      const before = await keep3r.bonds(keeper, kp3r);
      await shell.done("slasher", `network slash-keeper --keeper ${keeper} --amount 1.5`);
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(before - parseEther("1.5"));
      await shell.done("slasher", `network revoke-keeper --keeper ${keeper}`);
      expect(await shell.read(`report keeper --keeper ${keeper}`)).to.match(
        /active +no[^]*in dispute +yes[^]*revoked +yes/,
      );
    });

    it("end when governance reinstates the keeper", async () => {
      const line = `network reinstate-keeper --keeper ${shell.addressOf("keeper")}`;
      expect((await shell.as("slasher", line)).error).to.include("OnlyGovernance()");
      await shell.done("governance", line);
      const { revoked } = await shell.document<{ revoked: boolean }>(
        `report keeper --keeper ${shell.addressOf("keeper")}`,
      );
      expect(revoked).to.be.false;
      expect((await shell.as("governance", line)).error).to.include("KeeperNotBarred()");
    });

    it("hold what a token doesn't let governance have, until governance fetches it", async () => {
      const owner = shell.signerOf("jobOwner");
      const hostile = await new HostileToken__Mock__factory(owner).deploy();
      const token = await hostile.getAddress();
      await (await hostile.mint(owner, parseEther("2"))).wait();
      const fetch = `network withdraw-slash-held --token ${token} --receiver ${shell.addressOf("passerby")}`;
      expect((await shell.as("governance", fetch)).error).to.match(/--token: no .* that was slashed is held/);

      await shell.done("jobOwner", `job fund --job ${job} --token ${token} --amount 2`);
      await shell.done("disputer", `network dispute --account ${job}`);
      await (await hostile.setMode(HostileMode.Reverts)).wait();
      await shell.done("slasher", `network slash-job --job ${job} --token ${token} --amount 1`);
      await (await hostile.setMode(HostileMode.Honest)).wait();
      await shell.done("governance", fetch);
      expect(await hostile.balanceOf(shell.addressOf("passerby"))).to.equal(parseEther("1"));
    });
  });
});
