import { DAY, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { INFLATION_PERIOD, REWARD_PERIOD } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { deployKind } from "#support/tokens/liquidity";
import { Random } from "#support/tools/random";
import { toPeriodStart } from "#support/tools/time";
import { deployCoreWorld } from "#support/worlds/core";
import { deployMiningWorld, type MiningWorld } from "#support/worlds/mining";
import { modelJobs } from "#support/worlds/modelledJobs";
import vectors from "../vectors.json";

const block = vectors["credits: value 34 KP3R, inflation 34 days, period 5 days: 1 KP3R a day, cap 5"];
type Row = (typeof block.rows)[number];

const toWei = (kp3r: number | undefined): bigint => (BigInt((kp3r ?? 0) * 100) * WAD) / 100n;

async function replay({ keep3r, jobOwner, keeper, job, liquidity, lens }: MiningWorld, row: Row, at: number) {
  const [event, amount] = row.event.split(" ");
  if (event === "read") {
    expect(await lens.projectedCredits(job, at)).to.equal(toWei(row.total));
    return;
  }
  const wei = event === "unbond" ? 17n * WAD : toWei(Number(amount));
  if (row.reverts !== undefined) {
    // In the second of the row before
    expect(await time.latest()).to.equal(at);
    await expect(job.connect(keeper).workForAmount.staticCall(0, wei)).to.be.revertedWithCustomError(
      keep3r,
      row.reverts,
    );
    return;
  }

  await time.setNextBlockTimestamp(at);
  if (event === "pay") await job.connect(keeper).workForAmount(0, wei);
  if (event === "force") await keep3r.forceLiquidityCreditsToJob(job, wei);
  if (event === "unbond") await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, wei);
  expect(await keep3r.jobLiquidityCredits(job)).to.equal(toWei(row.after));
  expect(await keep3r.rewardedAt(job)).to.equal(at);
  if (row.cap !== undefined) expect(await keep3r.jobPeriodCredits(job)).to.equal(toWei(row.cap));
}

describe("LiquidityCredits: the bucket", () => {
  it("holds to every row of the vectors, to the second and the wei", async () => {
    const world = await loadFixture(deployMiningWorld);
    expect(await world.keep3r.jobPeriodCredits(world.job)).to.equal(5n * WAD);
    for (const row of block.rows) await replay(world, row, world.addedAt + row.day * DAY);
  });

  it("fills in a reward period and no further, however long it is left alone", async () => {
    const { keep3r, job, addedAt } = await loadFixture(deployMiningWorld);
    await time.increaseTo(addedAt + REWARD_PERIOD - 1);
    expect(await keep3r.totalJobCredits(job)).to.be.lessThan(5n * WAD);
    await time.increaseTo(addedAt + REWARD_PERIOD);
    expect(await keep3r.totalJobCredits(job)).to.equal(5n * WAD);
    await time.increaseTo(addedAt + 365 * DAY);
    expect(await keep3r.totalJobCredits(job)).to.equal(5n * WAD);
    expect(await keep3r.jobLiquidityCredits(job)).to.equal(0);
    await keep3r.settle(job);
    expect(await keep3r.jobLiquidityCredits(job)).to.equal(5n * WAD);
  });

  it("earns its underlying KP3R in one inflation period if it is emptied in time", async () => {
    const { keep3r, keeper, job, addedAt } = await loadFixture(deployMiningWorld);
    for (let day = 2; day <= 34; day += 2) {
      await time.setNextBlockTimestamp(addedAt + day * DAY);
      await job.connect(keeper).workForAmount(0, 2n * WAD);
    }
    expect(await keep3r.jobLiquidityCredits(job)).to.equal(0);
    expect(await keep3r.workCompleted(keeper)).to.equal((50n + 34n) * WAD);
  });

  it("rounds mined credits down and leaving credits up", async () => {
    const { keep3r, jobOwner, job, liquidity, addedAt } = await loadFixture(deployMiningWorld);
    await time.setNextBlockTimestamp(addedAt + 1);
    await keep3r.settle(job);
    const mined = (34n * WAD) / BigInt(INFLATION_PERIOD);
    expect(await keep3r.jobLiquidityCredits(job)).to.equal(mined);
    await time.setNextBlockTimestamp(addedAt + 2);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 1n);
    expect(await keep3r.jobLiquidityCredits(job)).to.equal(2n * mined - 1n);
    expect((await keep3r.jobPeriodCredits(job)) + 1n).to.equal(5n * WAD);
  });

  describe("setRewardPeriodTime", () => {
    it("leaves stored credits as they are, also above the new cap", async () => {
      const { keep3r, job, addedAt } = await loadFixture(deployMiningWorld);
      await time.setNextBlockTimestamp(addedAt + 4 * DAY);
      await keep3r.settle(job);
      await keep3r.setRewardPeriodTime(2 * DAY);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(4n * WAD);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(2n * WAD);
      await time.setNextBlockTimestamp(addedAt + 20 * DAY);
      await keep3r.settle(job);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(4n * WAD);
    });

    it("applies to time that isn't settled yet", async () => {
      const { keep3r, job, addedAt } = await loadFixture(deployMiningWorld);
      await time.setNextBlockTimestamp(addedAt + 4 * DAY);
      await keep3r.setRewardPeriodTime(2 * DAY);
      expect(await keep3r.totalJobCredits(job)).to.equal(2n * WAD);
      await keep3r.setRewardPeriodTime(10 * DAY);
      await time.setNextBlockTimestamp(addedAt + 9 * DAY);
      await keep3r.settle(job);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(9n * WAD);
    });

    it("takes prices anew by the new periods", async () => {
      const { keep3r, pricing, job, liquidity, addedAt } = await loadFixture(deployMiningWorld);
      await time.setNextBlockTimestamp(addedAt + 2 * DAY);
      await keep3r.settle(job);
      await pricing.setPrice(liquidity, WAD / 2n);
      await keep3r.setRewardPeriodTime(DAY);
      await keep3r.settle(job);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(WAD / 2n);
    });
  });

  describe("setInflationPeriod", () => {
    it("leaves stored credits as they are and mines at the new rate", async () => {
      const { keep3r, job, addedAt } = await loadFixture(deployMiningWorld);
      await time.setNextBlockTimestamp(addedAt + 2 * DAY);
      await keep3r.settle(job);
      await time.setNextBlockTimestamp(addedAt + 2 * DAY + 1);
      await keep3r.setInflationPeriod(68 * DAY);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(2n * WAD);
      expect(await keep3r.jobPeriodCredits(job)).to.equal((5n * WAD) / 2n);
      await time.setNextBlockTimestamp(addedAt + 2 * DAY + DAY / 2);
      await keep3r.settle(job);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal((9n * WAD) / 4n);
      await time.setNextBlockTimestamp(addedAt + 30 * DAY);
      await keep3r.settle(job);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal((5n * WAD) / 2n);
    });

    it("leaves stored credits above the new cap as they are", async () => {
      const { keep3r, job, addedAt } = await loadFixture(deployMiningWorld);
      await time.setNextBlockTimestamp(addedAt + 5 * DAY);
      await keep3r.settle(job);
      await keep3r.setInflationPeriod(340 * DAY);
      await keep3r.settle(job);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(5n * WAD);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(WAD / 2n);
    });
  });

  it("agrees with the model over 40 periods of moving and failing prices, payments and parameters", async () => {
    const world = await loadFixture(deployMiningWorld);
    const { keep3r, pricing, jobOwner, keeper, liquidity, job } = world;
    const random = new Random(40);
    const kind = await deployKind(world, 3n * WAD);
    const kinds = { liquidity, kind };
    const quotes = new Map([
      ["liquidity", WAD],
      ["kind", 3n * WAD],
    ]);
    const model = modelJobs(["job"], quotes);
    model.addLiquidity("job", "liquidity", 34n * WAD, "jobOwner", world.addedAt);

    const run = async (at: number, call: () => Promise<unknown>): Promise<number> => {
      await time.setNextBlockTimestamp(at);
      await call();
      return at;
    };
    const owned = keep3r.connect(jobOwner);
    let paid = 0n;
    for (let period = 0; period < 40; period++) {
      let now = await toPeriodStart();
      for (const which of ["liquidity", "kind"] as const) {
        const quote = random.between(0, 4) === 0 ? 0n : random.betweenBig(WAD / 2n, 4n * WAD);
        if (quote === 0n) quotes.delete(which);
        else quotes.set(which, quote);
        await (quote === 0n ? pricing.refuse(kinds[which]) : pricing.setPrice(kinds[which], quote));
      }
      if (period % 10 === 9) {
        now = await run(now + 10, () => keep3r.settle(job));
        model.settle("job", now);
        model.terms.inflationPeriod = random.between(20, 60) * DAY;
        await keep3r.setInflationPeriod(model.terms.inflationPeriod);
      }
      for (let step = 0; step < 3; step++) {
        const which = random.pick(["liquidity", "kind"] as const);
        const before = model.job("job").positions.get(which)?.amount ?? 0n;
        const amount = random.betweenBig(10n * WAD, 20n * WAD);
        now = now + 100 + random.between(600, DAY);
        switch (random.between(0, 3)) {
          case 0: {
            if (!quotes.has(which)) {
              // A price of an earlier period takes no more of it
              await expect(owned.addLiquidityToJob.staticCall(job, kinds[which], amount))
                .to.be.revertedWithCustomError(keep3r, "LiquidityUnpriced")
                .withArgs(await kinds[which].getAddress());
              break;
            }
            await run(now, () => owned.addLiquidityToJob(job, kinds[which], amount));
            model.addLiquidity("job", which, amount, "jobOwner", now);
            break;
          }
          case 1: {
            if (before < 2n * amount) break;
            await run(now, () => owned.unbondLiquidityFromJob(job, kinds[which], amount));
            model.unbond("job", which, amount, "jobOwner", now);
            break;
          }
          case 2: {
            model.settle("job", now);
            const payment = random.betweenBig(0n, model.job("job").credits);
            await run(now, () => job.connect(keeper).workForAmount(0, payment));
            model.pay("job", payment, now);
            paid += payment;
            break;
          }
          default: {
            await run(now, () => keep3r.settle(job));
            model.settle("job", now);
          }
        }
        expect(await keep3r.jobLiquidityCredits(job)).to.equal(model.job("job").credits);
        expect(await keep3r.jobPeriodCredits(job)).to.equal(model.cap("job"));
      }
    }
    expect(await keep3r.workCompleted(keeper)).to.equal(50n * WAD + paid);
    expect(paid).to.be.greaterThan(30n * WAD);
  });

  it("starts a job that has only forced credits without a value", async () => {
    const { keep3r, job } = await loadFixture(deployCoreWorld);
    await keep3r.forceLiquidityCreditsToJob(job, 10n * WAD);
    await time.increase(100 * DAY);
    await keep3r.settle(job);
    expect(await keep3r.jobLiquidityCredits(job)).to.equal(10n * WAD);
    expect(await keep3r.jobPeriodCredits(job)).to.equal(0);
  });
});
