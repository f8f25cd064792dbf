import { DAY, WAD } from "@keep3r-network/sdk";
import { takeSnapshot, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { INFLATION_PERIOD, REWARD_PERIOD } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { grant } from "#support/tokens/grants";
import { passUnbondTime, toPeriodStart } from "#support/tools/time";
import { type CoreWorld, deployCoreWorld } from "#support/worlds/core";
import { deployNaivePeriodsWorld } from "#support/worlds/naive";
import type { ERC20__Mock } from "#typechain";

type TwoKindsWorld = CoreWorld & { otherLiquidity: ERC20__Mock };

/** With a second kind of liquidity, also priced at 1 KP3R, of which the job's owner holds 1000. */
async function deployTwoKindsWorld(): Promise<TwoKindsWorld> {
  const world = await deployCoreWorld();
  const { keep3r, pricing, jobOwner } = world;
  const otherLiquidity = await ethers.deployContract("ERC20__Mock", ["LP2", "LP2", 18]);
  await grant(otherLiquidity, [jobOwner], keep3r, 1_000n * WAD);
  await pricing.setPrice(otherLiquidity, WAD);
  await keep3r.approveLiquidity(otherLiquidity);
  return { ...world, otherLiquidity };
}

async function deployNaiveTwoKindsWorld(): Promise<TwoKindsWorld> {
  const otherLiquidity = await ethers.deployContract("ERC20__Mock", ["LP2", "LP2", 18]);
  return { ...(await deployNaivePeriodsWorld()), otherLiquidity };
}

describe("Fault 5: a change of rewardPeriodTime breaks credits", () => {
  const PERIODS = [1, 3, 5, 10, 30];
  const MOMENTS = [1, 13, 25, 50, 75, 99, 130, 210];
  const VALUE = 100n * WAD;
  const PER_SECOND = VALUE / BigInt(INFLATION_PERIOD) + 1n;
  const capOf = (days: number) => (VALUE * BigInt(days * DAY)) / BigInt(INFLATION_PERIOD);

  it("Parameter change in mid-life: a naive bucket pays thirty times what was mined, after 30 days became one", async () => {
    const { keep3r, keeper, jobOwner, job, liquidity } = await loadFixture(deployNaivePeriodsWorld);
    await keep3r.setRewardPeriodTime(30 * DAY);
    await toPeriodStart(30 * DAY);
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, VALUE);
    const addedAt = await time.latest();
    await time.increaseTo(addedAt + 29 * DAY);
    const mined = (BigInt((await time.latest()) - addedAt) * capOf(30)) / BigInt(30 * DAY);
    expect(await keep3r.totalJobCredits(job)).to.equal(mined);

    await keep3r.setRewardPeriodTime(DAY);
    const credits = await keep3r.totalJobCredits(job);
    expect(credits).to.equal((BigInt((await time.latest()) - addedAt) * capOf(30)) / BigInt(DAY));
    expect(credits).to.be.greaterThan(30n * mined);
    await job.connect(keeper).workForAmount(0, credits);
    expect(await keep3r.workCompleted(keeper)).to.equal(credits);
  });

  for (const settled of [true, false]) {
    const title = settled
      ? "Parameter change in mid-life: CRD-1: leaves settled credits as they are in 160 cases"
      : "Parameter change in mid-life: CRD-1: counts unsettled time once, by the new period, in 160 cases";
    it(title, async () => {
      const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployCoreWorld);
      let cases = 0;
      for (const from of PERIODS) {
        const snapshot = await takeSnapshot();
        await keep3r.setRewardPeriodTime(from * DAY);
        const now = await time.latest();
        await time.increaseTo(now - (now % (from * DAY)) + from * DAY);
        await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, VALUE);
        const addedAt = await time.latest();

        for (const percent of MOMENTS) {
          for (const to of PERIODS.filter((days) => days !== from)) {
            const moment = await takeSnapshot();
            await time.increaseTo(addedAt + Math.floor((from * DAY * percent) / 100));
            if (settled) await keep3r.settle(job);
            const before = await keep3r.totalJobCredits(job);
            await keep3r.setRewardPeriodTime(to * DAY);
            await keep3r.settle(job);
            const after = await keep3r.totalJobCredits(job);

            const elapsed = BigInt((await time.latest()) - addedAt);
            const mined = (VALUE * elapsed) / BigInt(INFLATION_PERIOD);
            const label = `${from} to ${to} days at ${percent} %`;
            expect(after, label).to.be.at.most(mined);
            if (settled) {
              expect(after, label).to.be.within(before, before + 3n * PER_SECOND);
            } else {
              expect(after, label).to.equal(mined < capOf(to) ? mined : capOf(to));
            }
            expect(await keep3r.jobPeriodCredits(job), label).to.equal(capOf(to));
            cases++;
            await moment.restore();
          }
        }
        await snapshot.restore();
      }
      expect(cases).to.equal(160);
    });
  }
});

describe("Fault 16: revoked liquidity can't be unbonded, or leaves its credits behind", () => {
  /** Mines with one kind and perhaps another for a period; then the one is revoked. */
  async function mineAndRevoke(world: TwoKindsWorld, amount: bigint, otherAmount: bigint): Promise<void> {
    const { keep3r, jobOwner, job, liquidity, otherLiquidity } = world;
    await toPeriodStart();
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, amount);
    if (otherAmount !== 0n) await keep3r.connect(jobOwner).addLiquidityToJob(job, otherLiquidity, otherAmount);
    await time.increase(REWARD_PERIOD);
    await keep3r.revokeLiquidity(liquidity);
  }

  it("Revoked liquidity: a naive bucket panics when all of it is unbonded beside another kind", async () => {
    const world = await loadFixture(deployNaiveTwoKindsWorld);
    const { keep3r, jobOwner, job, liquidity } = world;
    await mineAndRevoke(world, 300n * WAD, 100n * WAD);
    await expect(keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 300n * WAD)).to.be.revertedWithPanic(
      0x11,
    );
    expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(300n * WAD);
  });

  it("Revoked liquidity: a naive bucket leaves the credits of the only kind to be spent", async () => {
    const world = await loadFixture(deployNaiveTwoKindsWorld);
    const { keep3r, jobOwner, keeper, job, liquidity } = world;
    await mineAndRevoke(world, 100n * WAD, 0n);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 100n * WAD);
    const mined = await keep3r.totalJobCredits(job);
    expect(mined).to.be.at.least((100n * WAD * BigInt(REWARD_PERIOD)) / BigInt(INFLATION_PERIOD));
    await job.connect(keeper).workForAmount(0, mined);
    expect(await keep3r.workCompleted(keeper)).to.equal(mined);
  });

  it("Revoked liquidity: unbonds all of a larger kind beside another", async () => {
    const world = await loadFixture(deployTwoKindsWorld);
    const { keep3r, jobOwner, job, liquidity } = world;
    await mineAndRevoke(world, 300n * WAD, 100n * WAD);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 300n * WAD);
    const full = (400n * WAD * BigInt(REWARD_PERIOD)) / BigInt(INFLATION_PERIOD);
    expect(await keep3r.totalJobCredits(job)).to.equal(full / 4n);
    expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal(300n * WAD);
  });

  it("Revoked liquidity: unbonds and withdraws all of a revoked kind beside another kind, and takes its share of the credits", async () => {
    const { keep3r, jobOwner, job, liquidity, otherLiquidity } = await loadFixture(deployTwoKindsWorld);
    await toPeriodStart();
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await keep3r.connect(jobOwner).addLiquidityToJob(job, otherLiquidity, 300n * WAD);
    await time.increase(REWARD_PERIOD);
    await keep3r.settle(job);
    const full = await keep3r.totalJobCredits(job);

    await keep3r.revokeLiquidity(liquidity);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 100n * WAD);
    expect(await keep3r.totalJobCredits(job)).to.equal((full * 3n) / 4n);
    expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(0);
    expect(await keep3r.liquidityAmount(job, otherLiquidity)).to.equal(300n * WAD);

    await passUnbondTime();
    await expect(keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner)).to.changeTokenBalances(
      liquidity,
      [keep3r, jobOwner],
      [-100n * WAD, 100n * WAD],
    );
  });

  it("Revoked liquidity: leaves no credits when the only kind is revoked and unbonded", async () => {
    const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployTwoKindsWorld);
    await toPeriodStart();
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await time.increase(REWARD_PERIOD);
    await keep3r.revokeLiquidity(liquidity);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 100n * WAD);
    expect(await keep3r.totalJobCredits(job)).to.equal(0);
    expect(await keep3r.jobPeriodCredits(job)).to.equal(0);
  });

  it("Revoked liquidity: can't be worked on a revoked kind's credits before that", async () => {
    const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployTwoKindsWorld);
    await toPeriodStart();
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await time.increase(REWARD_PERIOD);
    await keep3r.revokeLiquidity(liquidity);
    await keep3r.settle(job);
    expect(await keep3r.totalJobCredits(job)).to.equal(0);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 1);
    expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(100n * WAD - 1n);
  });
});
