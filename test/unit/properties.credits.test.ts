import { DAY, HOUR, WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { INFLATION_PERIOD, UNBOND_TIME } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { addTokens, lessFee } from "#support/tokens/credits";
import { grant } from "#support/tokens/grants";
import { deployKind } from "#support/tokens/liquidity";
import { Random } from "#support/tools/random";
import { passUnbondTime } from "#support/tools/time";
import { deployTwoMiningJobsWorld } from "#support/worlds/mining";
import { modelJobs } from "#support/worlds/modelledJobs";
import type { ERC20__Mock } from "#typechain";

const KP3R = (amount: number): bigint => BigInt(amount) * WAD;

async function deployTwoKindsWorld() {
  const world = await deployTwoMiningJobsWorld();
  return { ...world, otherAddedAt: await time.latest(), kind: await deployKind(world) };
}

/** A job that is being unbonded from, with token credits, beside a stranger's own job. */
async function deployBesideStrangerWorld() {
  const world = await deployTwoMiningJobsWorld();
  const { keep3r, jobOwner, stranger, job, token, liquidity } = world;
  await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, KP3R(100));
  await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, KP3R(4));
  const unbondedAt = await time.latest();
  await keep3r.connect(stranger).addJob(stranger);
  return { ...world, unbondedAt };
}

describe("Properties: credits", () => {
  for (const seed of [1, 2, 3]) {
    it(`CRD-1: a job mines no more than its stored value underlies, nor past its cap; as the model does (seed ${seed})`, async () => {
      const world = await loadFixture(deployTwoKindsWorld);
      const { keep3r, lens, pricing, jobOwner, keeper } = world;
      const jobs = [world.job, world.otherJob] as const;
      const kinds = [world.liquidity, world.kind] as const;
      const random = new Random(seed);
      const [jobNames, kindNames] = [["job", "otherJob"] as const, ["liquidity", "kind"] as const];
      const quotes = new Map<string, bigint>(kindNames.map((name) => [name, WAD]));
      const model = modelJobs(jobNames, quotes);
      model.addLiquidity("job", "liquidity", KP3R(34), "jobOwner", world.addedAt);
      model.addLiquidity("otherJob", "liquidity", KP3R(68), "jobOwner", world.otherAddedAt);
      const owned = keep3r.connect(jobOwner);
      const mined = [0n, 0n];
      /** KP3R seconds. */
      const underlying = [0n, 0n];

      let now = (await time.latest()) + 1;
      for (let step = 0; step < 120; step++) {
        const which = random.pick([0, 1] as const);
        const kind = random.pick([0, 1] as const);
        const job = jobs[which];
        if (random.between(0, 3) === 0) {
          const quote = random.between(0, 3) === 0 ? 0n : random.betweenBig(WAD / 4n, KP3R(3));
          await pricing.setPrice(kinds[kind], quote);
          if (quote === 0n) quotes.delete(kindNames[kind]);
          else quotes.set(kindNames[kind], quote);
        }
        now = Math.max(now, await time.latest()) + random.pick([1, 60, HOUR, DAY, 6 * DAY]);

        const before = await lens.jobState(job);
        const [stored, cap] = [await keep3r.jobLiquidityCredits(job), before.periodCredits];
        await time.setNextBlockTimestamp(now);
        await keep3r.settle(job);
        model.settle(jobNames[which], now);
        const settled = await keep3r.jobLiquidityCredits(job);
        mined[which] = (mined[which] ?? 0n) + settled - stored;
        underlying[which] = (underlying[which] ?? 0n) + before.value * (BigInt(now) - before.rewardedAt);
        expect(settled).to.be.greaterThanOrEqual(stored);
        expect((settled - stored) * BigInt(INFLATION_PERIOD)).to.be.lessThanOrEqual(
          before.value * (BigInt(now) - before.rewardedAt),
        );
        if (settled > stored) expect(settled).to.be.lessThanOrEqual(cap);

        now++;
        await time.setNextBlockTimestamp(now);
        const amount = random.betweenBig(KP3R(20), KP3R(40));
        const bonded = await keep3r.liquidityAmount(job, kinds[kind]);
        switch (random.between(0, 3)) {
          case 0: {
            if (bonded > KP3R(200)) break;
            const refusal = model.attempt(() =>
              model.addLiquidity(jobNames[which], kindNames[kind], amount, "jobOwner", now),
            );
            const adding = owned.addLiquidityToJob(job, kinds[kind], amount);
            if (refusal === undefined) await adding;
            else await expect(adding).to.be.revertedWithCustomError(keep3r, refusal).withArgs(kinds[kind]);
            break;
          }
          case 1: {
            if (bonded === 0n) break;
            const part = bonded > amount + KP3R(20) ? amount : bonded;
            await owned.unbondLiquidityFromJob(job, kinds[kind], part);
            model.unbond(jobNames[which], kindNames[kind], part, "jobOwner", now);
            break;
          }
          case 2: {
            const payment = random.betweenBig(0n, settled);
            await job.connect(keeper).workForAmount(0, payment);
            model.pay(jobNames[which], payment, now);
            break;
          }
          default: {
            await keep3r.forceLiquidityCreditsToJob(job, WAD);
            model.force(jobNames[which], WAD, now);
          }
        }
        expect(await keep3r.jobLiquidityCredits(job), `step ${step}`).to.equal(model.job(jobNames[which]).credits);
        expect((await lens.jobState(job)).value, `step ${step}`).to.equal(model.job(jobNames[which]).value);
      }

      for (const which of [0, 1] as const) {
        expect(mined[which]).to.be.greaterThan(0n);
        expect((mined[which] ?? 0n) * BigInt(INFLATION_PERIOD)).to.be.lessThanOrEqual(underlying[which]);
      }
    });
  }

  for (const seed of [1, 2]) {
    it(`CRD-3: liquidity that is added and unbonded at one price returns to the wei and leaves no credits (seed ${seed})`, async () => {
      const { keep3r, lens, jobOwner, job, liquidity, kind, pricing } = await loadFixture(deployTwoKindsWorld);
      const random = new Random(seed);
      const owned = keep3r.connect(jobOwner);
      for (let i = 0; i < 20; i++) {
        const price = random.betweenBig(WAD / 2n, KP3R(5));
        await pricing.setPrice(kind, price);
        await time.increase(6 * DAY);
        await keep3r.settle(job);
        const used = random.pick([liquidity, kind]);
        const bonded = await keep3r.liquidityAmount(job, used);
        const value = (await lens.jobState(job)).value;
        const held = await used.balanceOf(jobOwner);
        const amount = random.betweenBig(KP3R(6), KP3R(100));

        const at = (await time.latest()) + 10;
        await time.setNextBlockTimestamp(at);
        await owned.addLiquidityToJob(job, used, amount);
        const credits = await keep3r.jobLiquidityCredits(job);
        await time.setNextBlockTimestamp(at + 1);
        await owned.unbondLiquidityFromJob(job, used, amount);
        expect(await keep3r.liquidityAmount(job, used)).to.equal(bonded);
        // Prices only fall within the same period if they are taken anew, which they aren't
        if ((await lens.liquidityPrice(used)).pricedAt <= BigInt(at)) {
          expect((await lens.jobState(job)).value).to.equal(value);
        }
        expect(await keep3r.jobLiquidityCredits(job)).to.be.lessThanOrEqual(
          credits + ((await lens.jobState(job)).value + 1n) / BigInt(INFLATION_PERIOD) + 1n,
        );

        await passUnbondTime();
        await owned.withdrawLiquidityFromJob(job, used, jobOwner);
        expect(await used.balanceOf(jobOwner)).to.equal(held);
      }
    });
  }

  it("CRD-3: a job whose only liquidity is added and unbonded keeps no credits, however long it mined", async () => {
    const { keep3r, stranger, liquidity } = await loadFixture(deployTwoKindsWorld);
    const owned = keep3r.connect(stranger);
    await owned.addJob(stranger);
    for (const days of [0, 1, 4, 30]) {
      await owned.addLiquidityToJob(stranger, liquidity, KP3R(100));
      await time.increase(days * DAY + 1);
      await owned.unbondLiquidityFromJob(stranger, liquidity, KP3R(100));
      expect(await keep3r.jobLiquidityCredits(stranger)).to.equal(0);
      expect(await keep3r.jobPeriodCredits(stranger)).to.equal(0);
    }
  });

  it("ACC-1: a stranger can't change a job but by additions that are open to anyone", async () => {
    const world = await loadFixture(deployBesideStrangerWorld);
    const { keep3r, stranger, job, otherJob, liquidity, token } = world;
    const calls = keep3r.connect(stranger);
    await passUnbondTime();
    for (const [refused, error] of [
      [() => calls.addJob(job), "JobAlreadyAdded"],
      [() => calls.changeJobOwnership(job, stranger), "OnlyJobOwner"],
      [() => calls.acceptJobOwnership(job), "OnlyPendingJobOwner"],
      [() => calls.migrateJob(job, stranger), "OnlyJobOwner"],
      [() => calls.acceptJobMigration(job, stranger), "JobMigrationUnavailable"],
      [() => calls.acceptJobMigration(job, otherJob), "OnlyJobOwner"],
      [() => calls.withdrawTokenCreditsFromJob(job, token, 1, stranger), "OnlyJobOwner"],
      [() => calls.unbondLiquidityFromJob(job, liquidity, 1), "OnlyJobOwner"],
      [() => calls.withdrawLiquidityFromJob(job, liquidity, stranger), "UnbondsUnexistent"],
      [() => calls.forceLiquidityCreditsToJob(job, 1), "OnlyGovernance"],
      [() => calls.approveLiquidity(token), "OnlyGovernance"],
      [() => calls.revokeLiquidity(liquidity), "OnlyGovernance"],
      [() => calls.dispute(job), "OnlyDisputer"],
      [() => calls.resolve(job), "OnlyDisputer"],
      [() => calls.slashTokenFromJob(job, token, 1), "OnlySlasher"],
      [() => calls.slashLiquidityFromJob(job, liquidity, 1), "OnlySlasher"],
      [() => calls.slashUnbondingLiquidityFromJob(job, liquidity, stranger, 1), "OnlySlasher"],
      [() => calls.withdrawSlashHeld(token, stranger), "OnlyGovernance"],
      [() => calls.sendDust(token, 1, stranger), "OnlyGovernance"],
    ] as const) {
      await expect(refused()).to.be.revertedWithCustomError(keep3r, error);
    }
  });

  it("ACC-1: a stranger who isn't a job pays from no job", async () => {
    const { keep3r, other, keeper, token } = await loadFixture(deployBesideStrangerWorld);
    const calls = keep3r.connect(other);
    await expect(calls.bondedPayment(keeper, 0)).to.be.revertedWithCustomError(keep3r, "JobUnapproved");
    await expect(calls.directTokenPayment(token, keeper, 0)).to.be.revertedWithCustomError(keep3r, "JobUnapproved");
    await expect(calls.worked(keeper)).to.be.revertedWithCustomError(keep3r, "GasNotInitialized");
  });

  it("ACC-1: a stranger's deposits and touches neither lock, move nor delay an owner's withdrawals", async () => {
    const world = await loadFixture(deployBesideStrangerWorld);
    const { keep3r, lens, jobOwner, stranger, job, liquidity, token, unbondedAt } = world;
    const meddle = async (caller: HardhatEthersSigner): Promise<void> => {
      await keep3r.connect(caller).addTokenCreditsToJob(job, token, 10n);
      await keep3r.connect(caller).addLiquidityToJob(job, liquidity, KP3R(3));
      await keep3r.connect(caller).settle(job);
    };
    await meddle(stranger);
    const [amount, readyAfter] = await lens.jobPendingUnbonds(job, liquidity, jobOwner);
    expect(amount).to.equal(KP3R(4));
    expect(readyAfter).to.equal(unbondedAt + UNBOND_TIME);

    await time.increaseTo(readyAfter - 10n);
    await meddle(stranger);
    await time.setNextBlockTimestamp(readyAfter + 1n);
    const owned = keep3r.connect(jobOwner);
    await expect(owned.withdrawLiquidityFromJob(job, liquidity, jobOwner)).to.changeTokenBalance(
      liquidity,
      jobOwner,
      KP3R(4),
    );
    await meddle(stranger);
    await expect(owned.withdrawTokenCreditsFromJob(job, token, lessFee(KP3R(100)), jobOwner)).to.changeTokenBalance(
      token,
      jobOwner,
      lessFee(KP3R(100)),
    );
    await meddle(stranger);
    await owned.unbondLiquidityFromJob(job, liquidity, KP3R(30 + 4 * 3));
    expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(0);
  });

  it("ACC-1: a stranger can't bring a job to its limits of tokens and kinds", async () => {
    const world = await loadFixture(deployTwoKindsWorld);
    const { keep3r, stranger, job, kind } = world;
    const [dust] = (await addTokens(world, world.otherJob, 1)) as [ERC20__Mock];
    await grant(dust, [stranger], keep3r, 100n);
    await expect(keep3r.connect(stranger).addTokenCreditsToJob(job, dust, 100n)).to.be.revertedWithCustomError(
      keep3r,
      "OnlyJobOwner",
    );
    await expect(keep3r.connect(stranger).addLiquidityToJob(job, kind, KP3R(10))).to.be.revertedWithCustomError(
      keep3r,
      "OnlyJobOwner",
    );
  });

  it("ACC-1: a stranger's deposits don't hold up a migration", async () => {
    const { keep3r, lens, jobOwner, stranger, job, otherJob, liquidity, token } =
      await loadFixture(deployBesideStrangerWorld);
    await keep3r.connect(jobOwner).migrateJob(job, otherJob);
    const proposedAt = await time.latest();
    await keep3r.connect(stranger).addTokenCreditsToJob(job, token, 2n);
    await keep3r.connect(stranger).addLiquidityToJob(otherJob, liquidity, KP3R(3));
    await time.setNextBlockTimestamp(proposedAt + 60);
    await keep3r.connect(jobOwner).acceptJobMigration(job, otherJob);
    expect((await lens.jobState(otherJob)).value).to.equal(KP3R(98 + 3));
  });
});
