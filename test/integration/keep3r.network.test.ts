import { expect } from "chai";
import { parseEther, parseUnits } from "ethers";
import { NetworkShell } from "#support/commands/networkShell";
import type { ERC20__Mock, IERC20, Keep3r } from "#typechain";

describe("keep3r network", () => {
  let shell: NetworkShell;
  let keep3r: Keep3r;
  let kp3r: IERC20;
  let pair: IERC20;
  let usd: ERC20__Mock;
  let job: string;

  before(async function () {
    shell = await NetworkShell.open(this, "network");
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

    it("approve a liquidity", async () => {
      await (await keep3r.connect(shell.signerOf("governance")).revokeLiquidity(pair)).wait();
      await shell.done("governance", "network approve-liquidity --liquidity KP3R_WETH");
      expect(await keep3r.approvedLiquidities()).to.deep.equal([await pair.getAddress()]);
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
  });
});
