import { DAY, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { itIsForGovernanceOnly } from "#support/behaviours/guards";
import { INFLATION_PERIOD, REWARD_PERIOD } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { deployKind } from "#support/tokens/liquidity";
import { passUnbondTime, toPeriodStart } from "#support/tools/time";
import { deployCoreWorld } from "#support/worlds/core";
import { deployTwoMiningJobsWorld } from "#support/worlds/mining";
import { inOneBlock } from "#support/worlds/uniswap";

/** A job without credits that mines a KP3R a day for each of two kinds, another that mines two for the first kind. */
async function deployRevocableWorld() {
  const world = await deployTwoMiningJobsWorld();
  const { keep3r, keeper, jobOwner, job, otherJob } = world;
  const kind = await deployKind(world, 2n * WAD);
  await keep3r.connect(jobOwner).addLiquidityToJob(job, kind, 17n * WAD);
  await time.increase(REWARD_PERIOD);
  const at = (await toPeriodStart()) + 10;
  for (const mining of [job, otherJob]) await keep3r.settle(mining);
  // Both jobs are full, so their credits don't change until they are emptied in the same second
  await inOneBlock(async () => {
    await job.connect(keeper).workForAmount(0, 10n * WAD, { gasLimit: 2_000_000 });
    await otherJob.connect(keeper).workForAmount(0, 10n * WAD, { gasLimit: 2_000_000 });
  }, at);
  return { ...world, kind, at };
}

describe("LiquidityCredits: approval", () => {
  describe("approveLiquidity", () => {
    itIsForGovernanceOnly(deployCoreWorld, ({ keep3r, stranger, token }) =>
      keep3r.connect(stranger).approveLiquidity(token),
    );

    it("refuses a kind that is approved", async () => {
      const { keep3r, liquidity } = await loadFixture(deployCoreWorld);
      await expect(keep3r.approveLiquidity(liquidity)).to.be.revertedWithCustomError(keep3r, "LiquidityPairApproved");
    });

    it("refuses any kind while there is no helper", async () => {
      const { governance, kp3r, liquidity } = await loadFixture(deployCoreWorld);
      const bare = await ethers.deployContract("Keep3r", [governance, kp3r, kp3r]);
      await expect(bare.approveLiquidity(liquidity)).to.be.revertedWithCustomError(bare, "ZeroAddress");
    });

    it("refuses a kind that the helper can't price", async () => {
      const { keep3r, token } = await loadFixture(deployCoreWorld);
      await expect(keep3r.approveLiquidity(token)).to.be.revertedWithCustomError(keep3r, "LiquidityPairInvalid");
    });

    it("lists the kind", async () => {
      const { keep3r, pricing, liquidity, token } = await loadFixture(deployCoreWorld);
      await pricing.setPrice(token, WAD);
      await expect(keep3r.approveLiquidity(token))
        .to.emit(keep3r, "LiquidityApproval")
        .withArgs(await token.getAddress());
      expect(await keep3r.approvedLiquidities()).to.deep.equal([
        await liquidity.getAddress(),
        await token.getAddress(),
      ]);
    });
  });

  describe("revokeLiquidity", () => {
    itIsForGovernanceOnly(deployCoreWorld, ({ keep3r, stranger, liquidity }) =>
      keep3r.connect(stranger).revokeLiquidity(liquidity),
    );

    it("refuses a kind that isn't approved", async () => {
      const { keep3r, token, liquidity } = await loadFixture(deployCoreWorld);
      await expect(keep3r.revokeLiquidity(token)).to.be.revertedWithCustomError(keep3r, "LiquidityPairUnexistent");
      await keep3r.revokeLiquidity(liquidity);
      await expect(keep3r.revokeLiquidity(liquidity)).to.be.revertedWithCustomError(keep3r, "LiquidityPairUnexistent");
    });

    it("takes the kind off the list, which stays whole", async () => {
      const world = await loadFixture(deployCoreWorld);
      const { keep3r, liquidity } = world;
      const [a, b] = [await deployKind(world), await deployKind(world)];
      const [first, second, third] = await Promise.all([liquidity, a, b].map((kind) => kind.getAddress()));
      await expect(keep3r.revokeLiquidity(liquidity)).to.emit(keep3r, "LiquidityRevocation").withArgs(first);
      expect(await keep3r.approvedLiquidities()).to.deep.equal([third, second]);
      await keep3r.revokeLiquidity(a);
      expect(await keep3r.approvedLiquidities()).to.deep.equal([third]);
      await keep3r.revokeLiquidity(b);
      expect(await keep3r.approvedLiquidities()).to.deep.equal([]);
      await keep3r.approveLiquidity(liquidity);
      expect(await keep3r.approvedLiquidities()).to.deep.equal([first]);
    });
  });

  describe("revokeLiquidity: its effect on jobs", () => {
    it("takes the kind's share of the mined credits at the next touch, once", async () => {
      const { keep3r, job, kind, at } = await loadFixture(deployRevocableWorld);
      await keep3r.revokeLiquidity(kind);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(10n * WAD);
      await time.setNextBlockTimestamp(at + DAY);
      await expect(keep3r.settle(job))
        .to.emit(keep3r, "LiquidityCreditsReward")
        .withArgs(await job.getAddress(), at + DAY, WAD, 5n * WAD);
      await time.setNextBlockTimestamp(at + DAY + 10);
      await keep3r.settle(job);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(WAD + (34n * WAD * 10n) / BigInt(INFLATION_PERIOD));
      expect(await keep3r.jobPeriodCredits(job)).to.equal(5n * WAD);
    });

    it("leaves the other kinds and credits above the cap alone", async () => {
      const { keep3r, lens, job, liquidity, kind, at } = await loadFixture(deployRevocableWorld);
      await keep3r.forceLiquidityCreditsToJob(job, 100n * WAD);
      const credits = await keep3r.jobLiquidityCredits(job);
      await keep3r.revokeLiquidity(kind);
      await keep3r.settle(job);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(credits - 5n * WAD);
      const { liquidities } = await lens.jobState(job);
      expect(liquidities.map((state) => [state.liquidity, state.amount, state.mining])).to.deep.equal([
        [await liquidity.getAddress(), 34n * WAD, true],
        [await kind.getAddress(), 17n * WAD, false],
      ]);
      expect(await time.latest()).to.be.lessThan(at + DAY);
    });

    it("leaves a job without the kind alone", async () => {
      const { keep3r, otherJob, kind, at } = await loadFixture(deployRevocableWorld);
      await keep3r.revokeLiquidity(kind);
      await time.setNextBlockTimestamp(at + DAY);
      await expect(keep3r.settle(otherJob)).not.to.emit(keep3r, "LiquidityCreditsReward");
      expect(await keep3r.jobLiquidityCredits(otherJob)).to.equal(2n * WAD);
    });

    for (const first of ["settled", "revoked"] as const) {
      it(`reaches a job that was touched in the second of the revocation, ${first} first`, async () => {
        const { keep3r, job, kind, at } = await loadFixture(deployRevocableWorld);
        await inOneBlock(async () => {
          if (first === "settled") await keep3r.settle(job, { gasLimit: 2_000_000 });
          await keep3r.revokeLiquidity(kind, { gasLimit: 2_000_000 });
          if (first === "revoked") await keep3r.settle(job, { gasLimit: 2_000_000 });
        }, at + DAY);
        await time.setNextBlockTimestamp(at + 2 * DAY);
        await keep3r.settle(job);
        expect(await keep3r.jobPeriodCredits(job)).to.equal(5n * WAD);
        // Until it is touched the job mines for both kinds
        expect(await keep3r.jobLiquidityCredits(job)).to.equal(2n * WAD);
      });
    }

    it("keeps the tokens bonded until they are unbonded, in any amount", async () => {
      const { keep3r, jobOwner, job, kind, at } = await loadFixture(deployRevocableWorld);
      await time.setNextBlockTimestamp(at + 2 * DAY);
      await keep3r.settle(job);
      await keep3r.revokeLiquidity(kind);
      await keep3r.settle(job);
      const credits = await keep3r.jobLiquidityCredits(job);
      expect(await keep3r.liquidityAmount(job, kind)).to.equal(17n * WAD);
      const owned = keep3r.connect(jobOwner);
      await owned.unbondLiquidityFromJob(job, kind, 17n * WAD - 1n);
      expect(await keep3r.liquidityAmount(job, kind)).to.equal(1);
      await owned.unbondLiquidityFromJob(job, kind, 1n);
      expect(await keep3r.jobLiquidityCredits(job)).to.be.greaterThanOrEqual(credits);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(5n * WAD);
      await passUnbondTime();
      await expect(owned.withdrawLiquidityFromJob(job, kind, jobOwner)).to.changeTokenBalance(
        kind,
        jobOwner,
        17n * WAD,
      );
    });

    it("takes the share once when the first touch is to unbond", async () => {
      const { keep3r, jobOwner, job, kind, at } = await loadFixture(deployRevocableWorld);
      await keep3r.revokeLiquidity(kind);
      await time.setNextBlockTimestamp(at + 2 * DAY);
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, kind, 1n);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(2n * WAD);
    });

    it("takes as much as unbonding the kind would if another one has fallen since", async () => {
      const { keep3r, pricing, job, liquidity, kind } = await loadFixture(deployRevocableWorld);
      await time.increase(2 * REWARD_PERIOD);
      await keep3r.settle(job);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(10n * WAD);
      await keep3r.revokeLiquidity(kind);
      await pricing.setPrice(liquidity, WAD / 100n);
      await time.increase(REWARD_PERIOD);
      await keep3r.settle(job);
      // 5.05 of the 10 KP3R are below the cap of a value of 34.34, of which 34 leave
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(5n * WAD);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(WAD / 20n);
    });

    it("refuses more of the kind", async () => {
      const { keep3r, jobOwner, job, kind } = await loadFixture(deployRevocableWorld);
      await keep3r.revokeLiquidity(kind);
      await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, kind, 10n * WAD)).to.be.revertedWithCustomError(
        keep3r,
        "LiquidityPairUnapproved",
      );
      expect(await keep3r.quoteLiquidity(kind, WAD)).to.equal(0);
    });

    it("resumes mining once the kind is approved again, without the lost credits", async () => {
      const { keep3r, job, kind, at } = await loadFixture(deployRevocableWorld);
      await keep3r.revokeLiquidity(kind);
      await time.setNextBlockTimestamp(at + DAY);
      await keep3r.settle(job);
      await keep3r.approveLiquidity(kind);
      await time.setNextBlockTimestamp(at + 2 * DAY);
      await expect(keep3r.settle(job))
        .to.emit(keep3r, "LiquidityCreditsReward")
        .withArgs(await job.getAddress(), at + 2 * DAY, 2n * WAD, 10n * WAD);
      await time.setNextBlockTimestamp(at + 3 * DAY);
      await keep3r.settle(job);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(4n * WAD);
    });

    it("does nothing to a job that wasn't touched before the kind was approved again", async () => {
      const { keep3r, job, kind, at } = await loadFixture(deployRevocableWorld);
      await keep3r.revokeLiquidity(kind);
      await keep3r.approveLiquidity(kind);
      await time.setNextBlockTimestamp(at + DAY);
      await keep3r.settle(job);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(2n * WAD);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(10n * WAD);
    });

    it("takes all mined credits of a job that has no other kind", async () => {
      const { keep3r, otherJob, liquidity, at } = await loadFixture(deployRevocableWorld);
      await keep3r.revokeLiquidity(liquidity);
      await time.setNextBlockTimestamp(at + 2 * DAY);
      await keep3r.settle(otherJob);
      expect(await keep3r.jobLiquidityCredits(otherJob)).to.equal(0);
      expect(await keep3r.jobPeriodCredits(otherJob)).to.equal(0);
    });
  });
});
