import { takeSnapshot, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import {
  type CoreFixture,
  DAY,
  deployCore,
  deployWithKeeper,
  INFLATION_PERIOD,
  REWARD_PERIOD,
  toPeriodStart,
  UNBOND_TIME,
  WAD,
} from "../support/core";
import { deployPaid, KP3R_PER_ETH } from "../support/faults";
import { loadFixture } from "../support/fixture";

/** With a second kind of liquidity, priced at 1 KP3R too, which everyone in need of it holds. */
async function deployTwoKinds(): Promise<CoreFixture & { otherLiquidity: CoreFixture["liquidity"] }> {
  const fixture = await deployCore();
  const { keep3r, pricing, jobOwner } = fixture;
  const otherLiquidity = await ethers.deployContract("ERC20__Mock", ["LP2", "LP2", 18]);
  await otherLiquidity.mint(jobOwner, 1_000n * WAD);
  await otherLiquidity.connect(jobOwner).approve(keep3r, ethers.MaxUint256);
  await pricing.setPrice(otherLiquidity, WAD);
  await keep3r.approveLiquidity(otherLiquidity);
  return { ...fixture, otherLiquidity };
}

describe("Fault 1: forced credits panic in the next period and are wiped by added liquidity", () => {
  it("works a job that only has forced credits, in the next period and in later ones", async () => {
    const { keep3r, keeper, job } = await loadFixture(deployWithKeeper);
    for (let period = 0; period < 3; period++) {
      await toPeriodStart();
      const before = await keep3r.totalJobCredits(job);
      const earned = await keep3r.workCompleted(keeper);
      await job.connect(keeper).work(10_000);
      const payment = (await keep3r.workCompleted(keeper)) - earned;
      expect(payment).to.be.greaterThan(0);
      expect(await keep3r.totalJobCredits(job)).to.equal(before - payment);
    }
  });

  it("keeps forced credits when liquidity is added and when it is unbonded", async () => {
    const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployWithKeeper);
    await toPeriodStart();
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    expect(await keep3r.totalJobCredits(job)).to.equal(50n * WAD);
    await time.increase(REWARD_PERIOD);
    await keep3r.settle(job);
    expect(await keep3r.totalJobCredits(job)).to.equal(50n * WAD);

    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 100n * WAD);
    const share = (100n * WAD * BigInt(REWARD_PERIOD)) / BigInt(INFLATION_PERIOD);
    // Credits don't tell where they come from: what the liquidity could have mined leaves with it
    expect(await keep3r.totalJobCredits(job)).to.equal(50n * WAD - share);
  });
});

describe("Fault 4: a quote above 2^128 is truncated", () => {
  it("quotes, or refuses, any amount of ETH and gas", async () => {
    const { helper } = await loadFixture(deployPaid);
    for (const bits of [127n, 128n, 129n, 200n, 240n]) {
      const eth = 2n ** bits + 1n;
      expect(await helper.quote(eth), `${bits} bits`).to.equal((eth * KP3R_PER_ETH) / WAD);
    }
    await expect(helper.quote(ethers.MaxUint256)).to.be.revertedWithPanic(0x11);
    await expect(helper.getRewardAmount(ethers.MaxUint256)).to.be.revertedWithPanic(0x11);
    await expect(helper.quoteGas(ethers.MaxUint256)).to.be.revertedWithPanic(0x11);
  });

  it("quotes all liquidity that a job can hold, and refuses more", async () => {
    const { keep3r, liquidity, pricing } = await loadFixture(deployCore);
    await pricing.setPrice(liquidity, 2n ** 128n - 1n);
    await toPeriodStart();
    const most = 2n ** 88n - 1n;
    const worth = (most * (2n ** 128n - 1n)) / WAD;
    expect(await keep3r.quoteLiquidity(liquidity, most)).to.equal(
      (worth * BigInt(REWARD_PERIOD)) / BigInt(INFLATION_PERIOD),
    );
    for (const amount of [most + 1n, 2n ** 128n, 2n ** 200n, ethers.MaxUint256]) {
      await expect(keep3r.quoteLiquidity(liquidity, amount))
        .to.be.revertedWithCustomError(keep3r, "SafeCastOverflowedUintDowncast")
        .withArgs(88, amount);
    }
  });

  it("refuses a payment that doesn't fit, and never pays a part of it", async () => {
    const { keep3r, keeper, job, pricing } = await loadFixture(deployWithKeeper);
    for (const payment of [2n ** 88n + 1n, 2n ** 128n + 1n, 2n ** 255n + 1n]) {
      await expect(job.connect(keeper).workForAmount(0, payment)).to.be.revertedWithCustomError(
        keep3r,
        "InsufficientFunds",
      );
    }
    await pricing.setRate(2n ** 200n, 0, 0);
    await expect(job.connect(keeper).work(0)).to.be.revertedWithCustomError(keep3r, "InsufficientFunds");
    await pricing.setRate(2n ** 255n, 0, 0);
    await expect(job.connect(keeper).work(0)).to.be.revertedWithPanic(0x11);
  });

  it("refuses credits that don't fit", async () => {
    const { keep3r, job } = await loadFixture(deployCore);
    for (const amount of [2n ** 88n, 2n ** 128n + 1n, ethers.MaxUint256]) {
      await expect(keep3r.forceLiquidityCreditsToJob(job, amount))
        .to.be.revertedWithCustomError(keep3r, "SafeCastOverflowedUintDowncast")
        .withArgs(88, amount);
    }
  });

  it("projects credits to any time", async () => {
    const { keep3r, lens, jobOwner, job, liquidity } = await loadFixture(deployCore);
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    const cap = await keep3r.jobPeriodCredits(job);
    const addedAt = BigInt(await time.latest());
    // 100e18 is a multiple of 2^20, so that its product with 2^236 would wrap to nothing
    for (const timestamp of [addedAt + BigInt(REWARD_PERIOD), 2n ** 32n, addedAt + 2n ** 236n, ethers.MaxUint256]) {
      expect(await lens.projectedCredits(job, timestamp), `${timestamp}`).to.equal(cap);
    }
  });
});

describe("Fault 5: a change of rewardPeriodTime breaks credits", () => {
  const PERIODS = [1, 3, 5, 10, 30];
  const MOMENTS = [1, 13, 25, 50, 75, 99, 130, 210];
  const VALUE = 100n * WAD;
  const PER_SECOND = VALUE / BigInt(INFLATION_PERIOD) + 1n;
  const capOf = (days: number) => (VALUE * BigInt(days * DAY)) / BigInt(INFLATION_PERIOD);

  for (const settled of [true, false]) {
    const title = settled
      ? "CRD-1: leaves settled credits as they are in 160 cases"
      : "CRD-1: counts unsettled time once, by the new period, in 160 cases";
    it(title, async () => {
      const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployCore);
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
  it("unbonds and withdraws all of a revoked kind beside another kind, and takes its share of the credits", async () => {
    const { keep3r, jobOwner, job, liquidity, otherLiquidity } = await loadFixture(deployTwoKinds);
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

    await time.increase(UNBOND_TIME + 1);
    await expect(keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner)).to.changeTokenBalances(
      liquidity,
      [keep3r, jobOwner],
      [-100n * WAD, 100n * WAD],
    );
  });

  it("leaves no credits when the only kind is revoked and unbonded", async () => {
    const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployTwoKinds);
    await toPeriodStart();
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await time.increase(REWARD_PERIOD);
    await keep3r.revokeLiquidity(liquidity);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 100n * WAD);
    expect(await keep3r.totalJobCredits(job)).to.equal(0);
    expect(await keep3r.jobPeriodCredits(job)).to.equal(0);
  });

  it("can't be worked on a revoked kind's credits before that", async () => {
    const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployTwoKinds);
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
