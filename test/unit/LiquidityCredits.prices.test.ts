import { DAY, HOUR, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { MAX_UINT88, REWARD_PERIOD, UNBOND_TIME } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { deployKind } from "#support/tokens/liquidity";
import { toPeriodStart } from "#support/tools/time";
import { deployCoreWorld } from "#support/worlds/core";
import { deployMiningWorld, deployTwoMiningJobsWorld } from "#support/worlds/mining";

const RETRY = HOUR / 2;
/** See LIQUIDITY_QUOTE_GAS of Accounting. */
const QUOTE_GAS = 250_000n;
const QUOTE_GAS_NEEDED = (QUOTE_GAS * 64n) / 63n + 5_000n;

/** Two jobs at the beginning of a period, with a quote that is twice the price in force. */
async function deployRisenWorld() {
  const world = await deployTwoMiningJobsWorld();
  await world.pricing.setPrice(world.liquidity, 2n * WAD);
  return { ...world, start: await toPeriodStart() };
}

/** A job that was settled in a period in which the quote fails. */
async function deployStaleWorld() {
  const world = await deployTwoMiningJobsWorld();
  await world.pricing.refuse(world.liquidity);
  await toPeriodStart();
  await world.keep3r.settle(world.job);
  return { ...world, failedAt: await time.latest() };
}

describe("LiquidityCredits: prices", () => {
  it("are taken by the first touch of a period, in its first second already", async () => {
    const { keep3r, lens, pricing, job, liquidity, addedAt } = await loadFixture(deployMiningWorld);
    const start = addedAt - (addedAt % REWARD_PERIOD) + REWARD_PERIOD;
    await pricing.setPrice(liquidity, WAD / 2n);
    await time.setNextBlockTimestamp(start - 1);
    await expect(keep3r.settle(job)).not.to.emit(keep3r, "LiquidityPriceUpdate");
    expect(await lens.liquidityPrice(liquidity)).to.deep.equal([WAD, addedAt, 0n]);
    await time.setNextBlockTimestamp(start);
    const settled = keep3r.settle(job);
    await expect(settled)
      .to.emit(keep3r, "LiquidityPriceUpdate")
      .withArgs(await liquidity.getAddress(), WAD / 2n);
    await expect(settled)
      .to.emit(keep3r, "LiquidityCreditsReward")
      .withArgs(
        await job.getAddress(),
        start,
        (34n * WAD * BigInt(start - addedAt)) / BigInt(34 * DAY),
        (5n * WAD) / 2n,
      );
    expect(await lens.liquidityPrice(liquidity)).to.deep.equal([WAD / 2n, start, 0n]);
  });

  it("stay for the rest of the period, for every job", async () => {
    const { keep3r, pricing, job, otherJob, liquidity } = await loadFixture(deployRisenWorld);
    await keep3r.settle(job);
    await pricing.setPrice(liquidity, WAD / 10n);
    await time.increase(2 * DAY);
    await keep3r.settle(otherJob);
    await keep3r.settle(job);
    expect(await keep3r.jobPeriodCredits(job)).to.equal((5n * WAD * 5n) / 4n);
    expect(await keep3r.jobPeriodCredits(otherJob)).to.equal((10n * WAD * 5n) / 4n);
  });

  it("are read from the cache once they are of this period", async () => {
    const { keep3r, pricing, job, otherJob, liquidity } = await loadFixture(deployRisenWorld);
    await keep3r.settle(job);
    await pricing.refuse(liquidity);
    const settled = keep3r.settle(otherJob);
    await expect(settled).not.to.emit(keep3r, "LiquidityQuoteFailed");
    await expect(settled).not.to.emit(keep3r, "LiquidityPriceUpdate");
    expect(await keep3r.jobPeriodCredits(otherJob)).to.equal((10n * WAD * 5n) / 4n);
  });

  it("rise by a quarter a period at most, rounded down", async () => {
    const { keep3r, lens, pricing, job, liquidity } = await loadFixture(deployMiningWorld);
    let price = WAD;
    await pricing.setPrice(liquidity, 1_000n * WAD);
    for (let period = 0; period < 10; period++) {
      await toPeriodStart();
      price += price / 4n;
      await expect(keep3r.settle(job))
        .to.emit(keep3r, "LiquidityPriceUpdate")
        .withArgs(await liquidity.getAddress(), price);
      expect((await lens.liquidityPrice(liquidity)).price).to.equal(price);
    }
  });

  it("rise by no more for periods that nobody touched", async () => {
    const { keep3r, lens, pricing, job, liquidity } = await loadFixture(deployMiningWorld);
    await pricing.setPrice(liquidity, 1_000n * WAD);
    await time.increase(10 * REWARD_PERIOD);
    await keep3r.settle(job);
    expect((await lens.liquidityPrice(liquidity)).price).to.equal((WAD * 5n) / 4n);
  });

  it("rise to just a quarter more and fall at once", async () => {
    const { keep3r, lens, pricing, job, liquidity } = await loadFixture(deployMiningWorld);
    for (const price of [(WAD * 5n) / 4n, WAD / 1_000n, 1n]) {
      await pricing.setPrice(liquidity, price);
      await toPeriodStart();
      await keep3r.settle(job);
      expect((await lens.liquidityPrice(liquidity)).price).to.equal(price);
    }
    expect(await keep3r.jobPeriodCredits(job)).to.equal((34n * 5n) / 34n);
  });

  it("are free the first time", async () => {
    const { keep3r, jobOwner, pricing, job, liquidity, lens } = await loadFixture(deployCoreWorld);
    await pricing.setPrice(liquidity, 1_000n * WAD);
    await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, WAD))
      .to.emit(keep3r, "LiquidityPriceUpdate")
      .withArgs(await liquidity.getAddress(), 1_000n * WAD);
    expect((await lens.liquidityPrice(liquidity)).price).to.equal(1_000n * WAD);
  });

  it("leave credits that were mined before a fall above the cap", async () => {
    const { keep3r, pricing, job, liquidity } = await loadFixture(deployMiningWorld);
    await pricing.setPrice(liquidity, WAD / 10n);
    await time.increase(2 * REWARD_PERIOD);
    await keep3r.settle(job);
    await time.increase(DAY);
    await keep3r.settle(job);
    expect(await keep3r.jobLiquidityCredits(job)).to.equal(5n * WAD);
    expect(await keep3r.jobPeriodCredits(job)).to.equal(WAD / 2n);
  });

  it("may leave a position below the minimum, which can then be unbonded as a whole only", async () => {
    const { keep3r, jobOwner, pricing, job, liquidity } = await loadFixture(deployMiningWorld);
    await pricing.setPrice(liquidity, WAD / 100n);
    await toPeriodStart();
    await expect(keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, WAD)).to.be.revertedWithCustomError(
      keep3r,
      "JobLiquidityLessThanMin",
    );
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 34n * WAD);
    expect(await keep3r.canWithdrawAfter(job, liquidity)).to.equal((await time.latest()) + UNBOND_TIME);
  });

  it("count for 309 million KP3R at the most", async () => {
    const { keep3r, lens, jobOwner, pricing, job, liquidity } = await loadFixture(deployCoreWorld);
    await pricing.setPrice(liquidity, 2n ** 255n);
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, WAD);
    expect((await lens.liquidityPrice(liquidity)).price).to.equal(2n ** 128n - 1n);
    expect((await lens.jobState(job)).value).to.equal(2n ** 88n - 1n);
    await time.increase(DAY);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, WAD);
    expect(await keep3r.jobLiquidityCredits(job)).to.equal(0);
  });

  it("are quoted before anyone touched the period as the first touch would take them", async () => {
    const { keep3r, job, liquidity } = await loadFixture(deployRisenWorld);
    expect(await keep3r.quoteLiquidity(liquidity, 34n * WAD)).to.equal((5n * WAD * 5n) / 4n);
    await keep3r.settle(job);
    expect(await keep3r.quoteLiquidity(liquidity, 34n * WAD)).to.equal((5n * WAD * 5n) / 4n);
  });

  describe("quoteLiquidity", () => {
    it("is zero for a kind that isn't approved or was never priced", async () => {
      const { keep3r, pricing, liquidity, token } = await loadFixture(deployCoreWorld);
      await pricing.setPrice(token, WAD);
      expect(await keep3r.quoteLiquidity(token, WAD)).to.equal(0);
      await pricing.refuse(liquidity);
      expect(await keep3r.quoteLiquidity(liquidity, WAD)).to.equal(0);
    });

    it("tells how much liquidity mines in a reward period, at this period's price", async () => {
      const { keep3r, pricing, liquidity } = await loadFixture(deployMiningWorld);
      expect(await keep3r.quoteLiquidity(liquidity, 34n * WAD)).to.equal(5n * WAD);
      expect(await keep3r.quoteLiquidity(liquidity, 1n)).to.equal(0);
      await pricing.setPrice(liquidity, WAD / 2n);
      expect(await keep3r.quoteLiquidity(liquidity, 34n * WAD)).to.equal(5n * WAD);
    });
  });

  describe("when the quote fails", () => {
    for (const [title, fail] of [
      ["refused", "refuse"],
      ["zero", "setPrice"],
    ] as const) {
      it(`keeps the last price in force, ${title}`, async () => {
        const { keep3r, lens, pricing, job, liquidity, addedAt } = await loadFixture(deployMiningWorld);
        await (fail === "refuse" ? pricing.refuse(liquidity) : pricing.setPrice(liquidity, 0));
        const at = await toPeriodStart();
        await expect(keep3r.settle(job))
          .to.emit(keep3r, "LiquidityQuoteFailed")
          .withArgs(await liquidity.getAddress(), WAD);
        expect(await keep3r.jobPeriodCredits(job)).to.equal(5n * WAD);
        expect(await lens.liquidityPrice(liquidity)).to.deep.equal([WAD, addedAt, at + 1]);
      });
    }

    it("still pays keepers", async () => {
      const { keep3r, keeper, job } = await loadFixture(deployStaleWorld);
      await job.connect(keeper).workForAmount(0, WAD);
      await job.connect(keeper).work(0);
      expect(await keep3r.workedAt(job)).to.equal(await time.latest());
    });

    it("isn't tried again for 30 minutes, by any job", async () => {
      const { keep3r, lens, pricing, job, otherJob, liquidity, failedAt } = await loadFixture(deployStaleWorld);
      await pricing.setPrice(liquidity, WAD / 2n);
      await time.setNextBlockTimestamp(failedAt + RETRY - 2);
      await keep3r.settle(otherJob);
      await time.setNextBlockTimestamp(failedAt + RETRY - 1);
      await keep3r.settle(job);
      expect((await lens.liquidityPrice(liquidity)).price).to.equal(WAD);
      await time.setNextBlockTimestamp(failedAt + RETRY);
      await keep3r.settle(job);
      expect(await lens.liquidityPrice(liquidity)).to.deep.equal([WAD / 2n, failedAt + RETRY, failedAt]);
      expect(await keep3r.jobPeriodCredits(job)).to.equal((5n * WAD) / 2n);
    });

    it("is tried again every 30 minutes", async () => {
      const { keep3r, job, liquidity, failedAt } = await loadFixture(deployStaleWorld);
      for (let i = 1; i < 4; i++) {
        await time.setNextBlockTimestamp(failedAt + i * RETRY);
        await expect(keep3r.settle(job))
          .to.emit(keep3r, "LiquidityQuoteFailed")
          .withArgs(await liquidity.getAddress(), WAD);
      }
    });

    it("values a job anew once another one has got the price", async () => {
      const { keep3r, pricing, job, otherJob, liquidity, failedAt } = await loadFixture(deployStaleWorld);
      await pricing.setPrice(liquidity, WAD / 2n);
      await time.setNextBlockTimestamp(failedAt + RETRY);
      await keep3r.settle(otherJob);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(5n * WAD);
      await keep3r.settle(job);
      expect(await keep3r.jobPeriodCredits(job)).to.equal((5n * WAD) / 2n);
      await expect(keep3r.settle(job)).not.to.emit(keep3r, "LiquidityCreditsReward");
    });

    it("takes half of such a job's credits with half of its liquidity, whoever got the price", async () => {
      const { keep3r, pricing, jobOwner, job, otherJob, liquidity, failedAt } = await loadFixture(deployStaleWorld);
      await keep3r.settle(otherJob);
      await pricing.setPrice(liquidity, WAD / 2n);
      await time.setNextBlockTimestamp(failedAt + DAY);
      await keep3r.settle(job);
      const mined = await keep3r.totalJobCredits(otherJob);
      await time.setNextBlockTimestamp(failedAt + DAY + 1);
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(otherJob, liquidity, 34n * WAD);
      // Of what is above the cap of the new value nothing leaves
      const leaving = (5n * WAD) / 2n;
      expect(await keep3r.jobLiquidityCredits(otherJob)).to.be.closeTo(mined - leaving, WAD / BigInt(DAY));
    });

    it("raises a price that can be had again by a quarter of the last one", async () => {
      const { keep3r, pricing, lens, job, liquidity, failedAt } = await loadFixture(deployStaleWorld);
      await pricing.setPrice(liquidity, 9n * WAD);
      await time.setNextBlockTimestamp(failedAt + 3 * REWARD_PERIOD);
      await keep3r.settle(job);
      expect((await lens.liquidityPrice(liquidity)).price).to.equal((WAD * 5n) / 4n);
    });

    it("fails for one kind alone", async () => {
      const world = await loadFixture(deployMiningWorld);
      const { keep3r, lens, pricing, jobOwner, job, liquidity } = world;
      const kind = await deployKind(world);
      await keep3r.connect(jobOwner).addLiquidityToJob(job, kind, 34n * WAD);
      await pricing.refuse(liquidity);
      await pricing.setPrice(kind, WAD / 2n);
      await toPeriodStart();
      await keep3r.settle(job);
      expect((await lens.jobState(job)).value).to.equal(51n * WAD);
    });
  });

  describe("for a deposit", () => {
    it("ORC-4: are none when the one in force is of an earlier period and the quote fails", async () => {
      const { keep3r, jobOwner, pricing, job, liquidity } = await loadFixture(deployMiningWorld);
      await pricing.refuse(liquidity);
      await toPeriodStart();
      expect(await keep3r.quoteLiquidity(liquidity, 34n * WAD)).to.equal(0);
      await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 34n * WAD))
        .to.be.revertedWithCustomError(keep3r, "LiquidityUnpriced")
        .withArgs(await liquidity.getAddress());
      expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(34n * WAD);
    });

    it("ORC-4: are none when the quote is zero, nor shortly after it failed", async () => {
      const { keep3r, jobOwner, pricing, job, liquidity, failedAt } = await loadFixture(deployStaleWorld);
      await pricing.setPrice(liquidity, 0);
      for (const wait of [60, RETRY]) {
        await time.increaseTo(failedAt + wait);
        expect(await keep3r.quoteLiquidity(liquidity, 34n * WAD)).to.equal(0);
        await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 34n * WAD))
          .to.be.revertedWithCustomError(keep3r, "LiquidityUnpriced")
          .withArgs(await liquidity.getAddress());
      }
    });

    it("are the period's, whatever becomes of the quote in it", async () => {
      const { keep3r, jobOwner, pricing, job, liquidity } = await loadFixture(deployRisenWorld);
      await keep3r.settle(job);
      await pricing.refuse(liquidity);
      expect(await keep3r.quoteLiquidity(liquidity, 34n * WAD)).to.equal((5n * WAD * 5n) / 4n);
      await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 34n * WAD)).not.to.emit(
        keep3r,
        "LiquidityPriceUpdate",
      );
      expect(await keep3r.jobPeriodCredits(job)).to.equal((10n * WAD * 5n) / 4n);
    });

    it("are taken at once when they can be had again, though a failure was noted a minute ago", async () => {
      const { keep3r, lens, pricing, jobOwner, job, liquidity, failedAt } = await loadFixture(deployStaleWorld);
      await pricing.setPrice(liquidity, WAD / 2n);
      await time.increaseTo(failedAt + 59);
      expect(await keep3r.quoteLiquidity(liquidity, 34n * WAD)).to.equal((5n * WAD) / 2n);
      await time.setNextBlockTimestamp(failedAt + 60);
      await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 34n * WAD))
        .to.emit(keep3r, "LiquidityPriceUpdate")
        .withArgs(await liquidity.getAddress(), WAD / 2n);
      expect(await lens.liquidityPrice(liquidity)).to.deep.equal([WAD / 2n, failedAt + 60, failedAt]);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(5n * WAD);
    });

    it("rise by a quarter of the last one as well", async () => {
      const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployRisenWorld);
      expect(await keep3r.quoteLiquidity(liquidity, 34n * WAD)).to.equal((5n * WAD * 5n) / 4n);
      await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 34n * WAD))
        .to.emit(keep3r, "LiquidityPriceUpdate")
        .withArgs(await liquidity.getAddress(), (WAD * 5n) / 4n);
    });

    it("are taken for one kind of a job whose other kind has none", async () => {
      const world = await loadFixture(deployMiningWorld);
      const { keep3r, lens, pricing, jobOwner, job, liquidity } = world;
      const kind = await deployKind(world);
      await pricing.refuse(liquidity);
      await toPeriodStart();
      await keep3r.connect(jobOwner).addLiquidityToJob(job, kind, 17n * WAD);
      // At the last price of the one, and this period's of the other
      expect((await lens.jobState(job)).value).to.equal(51n * WAD);
    });

    it("aren't told for more than a job can hold", async () => {
      const { keep3r, liquidity } = await loadFixture(deployMiningWorld);
      expect(await keep3r.quoteLiquidity(liquidity, MAX_UINT88)).to.be.greaterThan(0n);
      await expect(keep3r.quoteLiquidity(liquidity, MAX_UINT88 + 1n))
        .to.be.revertedWithCustomError(keep3r, "SafeCastOverflowedUintDowncast")
        .withArgs(88, MAX_UINT88 + 1n);
    });
  });

  describe("with little gas", () => {
    it("counts the failure of a quote that uses up all it may use", async () => {
      const { keep3r, pricing, job, liquidity } = await loadFixture(deployMiningWorld);
      await pricing.setGasToBurn(QUOTE_GAS);
      await toPeriodStart();
      await expect(keep3r.settle(job, { gasLimit: 1_000_000 }))
        .to.emit(keep3r, "LiquidityQuoteFailed")
        .withArgs(await liquidity.getAddress(), WAD);
    });

    it("refuses to count a failure that gas may have brought about", async () => {
      const { keep3r, pricing, job } = await loadFixture(deployMiningWorld);
      await pricing.setGasToBurn(200_000n);
      await toPeriodStart();
      await expect(keep3r.settle(job, { gasLimit: 200_000 }))
        .to.be.revertedWithCustomError(keep3r, "QuoteOutOfGas")
        .withArgs((gasGiven: bigint) => gasGiven > 100_000n && gasGiven < 200_000n, QUOTE_GAS_NEEDED);
      await keep3r.settle(job, { gasLimit: 400_000 });
    });

    it("takes a quote that succeeds on little gas", async () => {
      const { keep3r, lens, pricing, job, liquidity } = await loadFixture(deployRisenWorld);
      await pricing.setGasToBurn(0);
      await keep3r.settle(job, { gasLimit: 120_000 });
      expect((await lens.liquidityPrice(liquidity)).price).to.equal((WAD * 5n) / 4n);
    });
  });
});
