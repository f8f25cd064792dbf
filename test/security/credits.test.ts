import { HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { INFLATION_PERIOD, REWARD_PERIOD } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { toPeriodStart } from "#support/tools/time";
import { type CoreWorld, deployActiveWorld, deployCoreWorld } from "#support/worlds/core";
import {
  deployNaiveDepositsWorld,
  deployNaivePeriodsWorld,
  deployTwoJobsWorld,
  type TwoJobsWorld,
} from "#support/worlds/naive";
import { deployPaidWorld, KP3R_PER_ETH } from "#support/worlds/paid";

async function deployNaiveForcedWorld(): Promise<TwoJobsWorld> {
  const world = await deployNaivePeriodsWorld();
  await toPeriodStart();
  await world.keep3r.forceLiquidityCreditsToJob(world.job, 50n * WAD);
  return world;
}

async function deployCreditlessWorld(): Promise<CoreWorld> {
  const world = await deployCoreWorld();
  await activateKeeper(world.keep3r, world.keeper, world.kp3r, 0n);
  return world;
}

describe("Fault 1: forced credits panic in the next period and are wiped by added liquidity", () => {
  it("Forced credits wiped: a naive bucket panics when its job is worked in the next period", async () => {
    const { keeper, job } = await loadFixture(deployNaiveForcedWorld);
    await job.connect(keeper).workForAmount(0, 1);
    await toPeriodStart();
    await expect(job.connect(keeper).workForAmount(0, 1)).to.be.revertedWithPanic(0x12);
  });

  it("Forced credits wiped: a naive bucket forgets them when liquidity is added", async () => {
    const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployNaiveForcedWorld);
    expect(await keep3r.totalJobCredits(job)).to.equal(50n * WAD);
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    expect(await keep3r.totalJobCredits(job)).to.equal(0);
  });

  it("Forced credits wiped: works a job that only has forced credits, in the next period and in later ones", async () => {
    const { keep3r, keeper, job } = await loadFixture(deployActiveWorld);
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

  it("Forced credits wiped: keeps forced credits when liquidity is added and when it is unbonded", async () => {
    const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployActiveWorld);
    await toPeriodStart();
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    expect(await keep3r.totalJobCredits(job)).to.equal(50n * WAD);
    await time.increase(REWARD_PERIOD);
    await keep3r.settle(job);
    expect(await keep3r.totalJobCredits(job)).to.equal(50n * WAD);

    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 100n * WAD);
    const share = (100n * WAD * BigInt(REWARD_PERIOD)) / BigInt(INFLATION_PERIOD);
    // Credits have no origin: as many as the liquidity could have mined leave with it
    expect(await keep3r.totalJobCredits(job)).to.equal(50n * WAD - share);
  });
});

describe("Fault 4: a quote above 2^128 is truncated", () => {
  it("Truncated quote: a naive helper quotes 2^128 + 1 wei as one", async () => {
    const naive = await ethers.deployContract("NaiveQuote__Mock");
    for (const bits of [128n, 129n, 200n]) {
      expect(await naive.quote(2n ** bits + 1n), `${bits} bits`).to.equal(KP3R_PER_ETH / WAD);
    }
  });

  it("Truncated quote: quotes, or refuses, any amount of ETH and gas", async () => {
    const { helper } = await loadFixture(deployPaidWorld);
    const kp3rPerEth = await helper.quote(WAD);
    expect(kp3rPerEth).to.be.closeTo(KP3R_PER_ETH, KP3R_PER_ETH / 10n ** 11n);
    for (const bits of [127n, 128n, 129n, 200n, 240n]) {
      const eth = 2n ** bits + 1n;
      expect(await helper.quote(eth), `${bits} bits`).to.equal((eth * kp3rPerEth) / WAD);
    }
    await expect(helper.quote(ethers.MaxUint256)).to.be.revertedWithPanic(0x11);
    await expect(helper.getRewardAmount(ethers.MaxUint256)).to.be.revertedWithPanic(0x11);
    await expect(helper.quoteGas(ethers.MaxUint256)).to.be.revertedWithPanic(0x11);
  });

  it("Truncated quote: quotes all liquidity that a job can hold, and refuses more", async () => {
    const { keep3r, liquidity, pricing } = await loadFixture(deployCoreWorld);
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

  it("Truncated quote: refuses a payment that doesn't fit, and never pays a part of it", async () => {
    const { keep3r, keeper, job, pricing } = await loadFixture(deployActiveWorld);
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

  it("Truncated quote: refuses credits that don't fit", async () => {
    const { keep3r, job } = await loadFixture(deployCoreWorld);
    for (const amount of [2n ** 88n, 2n ** 128n + 1n, ethers.MaxUint256]) {
      await expect(keep3r.forceLiquidityCreditsToJob(job, amount))
        .to.be.revertedWithCustomError(keep3r, "SafeCastOverflowedUintDowncast")
        .withArgs(88, amount);
    }
  });

  it("Truncated quote: projects credits to any time", async () => {
    const { keep3r, lens, jobOwner, job, liquidity } = await loadFixture(deployCoreWorld);
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    const cap = await keep3r.jobPeriodCredits(job);
    const addedAt = BigInt(await time.latest());
    // 100e18 is a multiple of 2^20, so that its product with 2^236 would wrap to nothing
    for (const timestamp of [addedAt + BigInt(REWARD_PERIOD), 2n ** 32n, addedAt + 2n ** 236n, ethers.MaxUint256]) {
      expect(await lens.projectedCredits(job, timestamp), `${timestamp}`).to.equal(cap);
    }
  });
});

describe("Credits by add-and-remove cycles", () => {
  const CYCLES = 5n;
  const VALUE = 100n * WAD;

  /** The job's owner adds the same liquidity again and again, spends its credits at once, and takes it back. */
  async function cycle({ keep3r, jobOwner, keeper, job, liquidity }: CoreWorld): Promise<bigint> {
    const before = await keep3r.workCompleted(keeper);
    for (let i = 0n; i < CYCLES; i++) {
      await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, VALUE);
      await time.increase(HOUR);
      await job.connect(keeper).workForAmount(0, await keep3r.totalJobCredits(job));
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, VALUE);
    }
    expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(0);
    return (await keep3r.workCompleted(keeper)) - before;
  }

  it("Add-and-remove cycles: a naive bucket hands out a period's credits in every one", async () => {
    const world = await loadFixture(deployNaiveDepositsWorld);
    const period = (VALUE * BigInt(REWARD_PERIOD)) / BigInt(INFLATION_PERIOD);
    expect(await cycle(world)).to.equal(CYCLES * period);
  });

  it("Add-and-remove cycles: CRD-1, CRD-3: earn what the liquidity mined while it was there, and leave nothing", async () => {
    const world = await loadFixture(deployCreditlessWorld);
    expect(await cycle(world)).to.equal(CYCLES * ((VALUE * BigInt(HOUR)) / BigInt(INFLATION_PERIOD)));
    expect(await world.keep3r.totalJobCredits(world.job)).to.equal(0);
  });
});

describe("Forced credits, then a migration", () => {
  async function forceAndMigrate({ keep3r, jobOwner, job, newJob }: TwoJobsWorld): Promise<void> {
    await toPeriodStart();
    await keep3r.forceLiquidityCreditsToJob(job, 50n * WAD);
    await keep3r.connect(jobOwner).migrateJob(job, newJob);
    await time.increase(MINUTE);
    await keep3r.connect(jobOwner).acceptJobMigration(job, newJob);
  }

  it("Forced credits, then a migration: a naive bucket loses them on the way", async () => {
    const world = await loadFixture(deployNaivePeriodsWorld);
    const { keep3r, job, newJob } = world;
    await forceAndMigrate(world);
    expect(await keep3r.totalJobCredits(job)).to.equal(0);
    expect(await keep3r.totalJobCredits(newJob)).to.equal(0);
  });

  it("Forced credits, then a migration: CRD-4: moves them, once, there and back", async () => {
    const world = await loadFixture(deployTwoJobsWorld);
    const { keep3r, keeper, kp3r, jobOwner, job, newJob } = world;
    await forceAndMigrate(world);
    expect(await keep3r.totalJobCredits(newJob)).to.equal(50n * WAD);
    await keep3r.connect(jobOwner).addJob(job);
    expect(await keep3r.totalJobCredits(job)).to.equal(0);

    await activateKeeper(keep3r, keeper, kp3r, 0n);
    await expect(job.connect(keeper).workForAmount(0, 1)).to.be.revertedWithCustomError(keep3r, "InsufficientFunds");
    await forceAndMigrate({ ...world, job: newJob, newJob: job });
    expect(await keep3r.totalJobCredits(job)).to.equal(100n * WAD);
    await job.connect(keeper).workForAmount(0, 100n * WAD);
    expect(await keep3r.workCompleted(keeper)).to.equal(100n * WAD);
  });
});
