import { DAY, MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { MAX_UINT88, REWARD_PERIOD, UNBOND_TIME } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { addTokens, lessFee } from "#support/tokens/credits";
import { addKinds, deployKind } from "#support/tokens/liquidity";
import { passUnbondTime, toPeriodStart } from "#support/tools/time";
import { deployCoreWorld } from "#support/worlds/core";
import { deployTwoMiningJobsWorld } from "#support/worlds/mining";

/** A funded job that may be migrated to another one of another owner. */
async function deployProposedWorld() {
  const world = await deployTwoMiningJobsWorld();
  const { keep3r, jobOwner, other, token, job, otherJob: toJob } = world;
  const owned = keep3r.connect(jobOwner);
  await owned.addTokenCreditsToJob(job, token, 100n * WAD);
  await owned.changeJobOwnership(toJob, other);
  await keep3r.connect(other).acceptJobOwnership(toJob);
  await owned.migrateJob(job, toJob);
  return {
    ...world,
    toJob,
    proposedAt: await time.latest(),
    fromAddress: await job.getAddress(),
    toAddress: await toJob.getAddress(),
  };
}

/** The same, a minute later. */
async function deployReadyWorld() {
  const world = await deployProposedWorld();
  await time.increase(MINUTE);
  return {
    ...world,
    accept: () => world.keep3r.connect(world.other).acceptJobMigration(world.job, world.toJob),
  };
}

/** The same, migrated. */
async function deployMigratedWorld() {
  const world = await deployReadyWorld();
  const { keep3r, jobOwner, job, liquidity } = world;
  await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 4n * WAD);
  const unbondedAt = await time.latest();
  await world.accept();
  return { ...world, unbondedAt };
}

describe("JobMigration", () => {
  describe("migrateJob", () => {
    it("is for the job's owner only", async () => {
      const { keep3r, governance, other, job, toJob } = await loadFixture(deployProposedWorld);
      for (const caller of [other, governance]) {
        await expect(keep3r.connect(caller).migrateJob(job, toJob)).to.be.revertedWithCustomError(
          keep3r,
          "OnlyJobOwner",
        );
      }
    });

    it("refuses to migrate a job to itself", async () => {
      const { keep3r, jobOwner, job } = await loadFixture(deployProposedWorld);
      await expect(keep3r.connect(jobOwner).migrateJob(job, job)).to.be.revertedWithCustomError(
        keep3r,
        "JobMigrationImpossible",
      );
    });

    it("proposes and moves nothing", async () => {
      const { keep3r, jobOwner, job, otherJob, liquidity } = await loadFixture(deployTwoMiningJobsWorld);
      const target = await otherJob.getAddress();
      await expect(keep3r.connect(jobOwner).migrateJob(job, otherJob))
        .to.emit(keep3r, "JobMigrationRequested")
        .withArgs(await job.getAddress(), target);
      expect(await keep3r.pendingJobMigrations(job)).to.equal(target);
      expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(34n * WAD);
    });

    it("replaces or withdraws an earlier proposal", async () => {
      const { keep3r, jobOwner, job, stranger, accept } = await loadFixture(deployReadyWorld);
      for (const target of [stranger.address, ethers.ZeroAddress]) {
        await keep3r.connect(jobOwner).migrateJob(job, target);
        await expect(accept()).to.be.revertedWithCustomError(keep3r, "JobMigrationUnavailable");
      }
    });
  });

  describe("acceptJobMigration", () => {
    it("is for the target's owner only", async () => {
      const { keep3r, jobOwner, stranger, job, toJob } = await loadFixture(deployReadyWorld);
      for (const caller of [jobOwner, stranger]) {
        await expect(keep3r.connect(caller).acceptJobMigration(job, toJob)).to.be.revertedWithCustomError(
          keep3r,
          "OnlyJobOwner",
        );
      }
    });

    it("refuses a dispute on either side", async () => {
      const { keep3r, disputer, job, toJob, accept } = await loadFixture(deployReadyWorld);
      for (const disputed of [job, toJob]) {
        await keep3r.connect(disputer).dispute(disputed);
        await expect(accept()).to.be.revertedWithCustomError(keep3r, "JobDisputed");
        await keep3r.connect(disputer).resolve(disputed);
      }
    });

    it("refuses a migration that wasn't proposed", async () => {
      const { keep3r, other, job, toJob } = await loadFixture(deployReadyWorld);
      await expect(keep3r.connect(other).acceptJobMigration(toJob, toJob)).to.be.revertedWithCustomError(
        keep3r,
        "JobMigrationUnavailable",
      );
      await keep3r.connect(other).addJob(other);
      await expect(keep3r.connect(other).acceptJobMigration(job, other)).to.be.revertedWithCustomError(
        keep3r,
        "JobMigrationUnavailable",
      );
    });

    it("refuses the first minute, to the second", async () => {
      const { keep3r, other, job, toJob, proposedAt } = await loadFixture(deployProposedWorld);
      await time.setNextBlockTimestamp(proposedAt + MINUTE - 1);
      await expect(keep3r.connect(other).acceptJobMigration(job, toJob)).to.be.revertedWithCustomError(
        keep3r,
        "JobMigrationLocked",
      );
      await time.setNextBlockTimestamp(proposedAt + MINUTE);
      await keep3r.connect(other).acceptJobMigration(job, toJob);
    });

    it("counts the minute from the last proposal", async () => {
      const { keep3r, jobOwner, job, toJob, accept } = await loadFixture(deployReadyWorld);
      await keep3r.connect(jobOwner).migrateJob(job, toJob);
      await expect(accept()).to.be.revertedWithCustomError(keep3r, "JobMigrationLocked");
    });

    it("refuses more than 8 kinds of liquidity, those of both counted once", async () => {
      const world = await loadFixture(deployReadyWorld);
      const { keep3r, jobOwner, other, job, toJob, accept } = world;
      await keep3r.connect(other).changeJobOwnership(toJob, jobOwner);
      await keep3r.connect(jobOwner).acceptJobOwnership(toJob);
      await addKinds(world, toJob, 7);
      const [surplus] = await addKinds(world, job, 1);
      await keep3r.connect(jobOwner).changeJobOwnership(toJob, other);
      await keep3r.connect(other).acceptJobOwnership(toJob);
      await expect(accept()).to.be.revertedWithCustomError(keep3r, "JobLiquidityLimit");
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, surplus ?? job, 10n * WAD);
      await accept();
    });

    it("refuses more than 8 tokens, spent ones not counted", async () => {
      const world = await loadFixture(deployReadyWorld);
      const { keep3r, jobOwner, other, toJob, token, accept } = world;
      await keep3r.connect(other).changeJobOwnership(toJob, jobOwner);
      await keep3r.connect(jobOwner).acceptJobOwnership(toJob);
      const [spent] = await addTokens(world, toJob, 8);
      await keep3r.connect(jobOwner).changeJobOwnership(toJob, other);
      await keep3r.connect(other).acceptJobOwnership(toJob);
      await expect(accept()).to.be.revertedWithCustomError(keep3r, "JobTokenLimit");
      await keep3r.connect(other).withdrawTokenCreditsFromJob(toJob, spent ?? token, 997n, other);
      await accept();
      expect(await keep3r.jobTokenCredits(toJob, token)).to.equal(lessFee(100n * WAD));
    });

    it("leaves spent tokens behind", async () => {
      const world = await loadFixture(deployReadyWorld);
      const { keep3r, lens, jobOwner, job, toJob, token, accept } = world;
      await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, lessFee(100n * WAD), jobOwner);
      await accept();
      expect((await lens.jobState(toJob)).tokens).to.deep.equal([]);
      expect((await lens.jobState(job)).tokens).to.deep.equal([]);
      expect(await lens.owed(token)).to.equal(0);
    });

    it("no longer counts spent token credits as owed", async () => {
      const { keep3r, lens, jobOwner, job, toJob, token, accept } = await loadFixture(deployReadyWorld);
      await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, WAD, jobOwner);
      await accept();
      expect(await keep3r.jobTokenCredits(toJob, token)).to.equal(lessFee(100n * WAD) - WAD);
      expect(await lens.owed(token)).to.equal(lessFee(100n * WAD) - WAD);
    });

    it("refuses credits that don't fit", async () => {
      const { keep3r, job, toJob, accept } = await loadFixture(deployReadyWorld);
      await keep3r.forceLiquidityCreditsToJob(toJob, MAX_UINT88 - 10n * WAD);
      await keep3r.forceLiquidityCreditsToJob(job, 20n * WAD);
      await expect(accept())
        .to.be.revertedWithCustomError(keep3r, "SafeCastOverflowedUintDowncast")
        .withArgs(88, (sum: bigint) => sum > MAX_UINT88);
    });

    it("settles both jobs and moves the credits of one to the other", async () => {
      const { keep3r, other, job, toJob, addedAt, fromAddress, toAddress } = await loadFixture(deployReadyWorld);
      await keep3r.forceLiquidityCreditsToJob(job, 100n * WAD);
      const [from, to] = [await keep3r.totalJobCredits(job), await keep3r.totalJobCredits(toJob)];
      await time.setNextBlockTimestamp(addedAt + 2 * DAY);
      await expect(keep3r.connect(other).acceptJobMigration(job, toJob))
        .to.emit(keep3r, "JobMigrationSuccessful")
        .withArgs(fromAddress, toAddress);
      const credits = await keep3r.jobLiquidityCredits(toJob);
      // The job with forced credits is above its cap and earns nothing; the other has mined two KP3R a day since
      expect(credits).to.be.greaterThan(from + to);
      expect(credits).to.be.closeTo(from + 4n * WAD, WAD / 1_000n);
      expect(await keep3r.rewardedAt(toJob)).to.equal(addedAt + 2 * DAY);
      expect(await keep3r.jobPeriodCredits(toJob)).to.equal(15n * WAD);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(0);
    });

    it("takes the prices of the period for both", async () => {
      const { keep3r, pricing, toJob, liquidity, accept } = await loadFixture(deployReadyWorld);
      await pricing.setPrice(liquidity, WAD / 2n);
      await toPeriodStart();
      await accept();
      expect(await keep3r.jobPeriodCredits(toJob)).to.equal((15n * WAD) / 2n);
    });

    it("merges kinds and tokens that both have and adds the others", async () => {
      const world = await loadFixture(deployReadyWorld);
      const { keep3r, lens, other, job, toJob, liquidity, token, accept } = world;
      const [kind] = await addKinds(world, job, 1);
      const [second] = await addTokens(world, job, 1);
      await keep3r.connect(other).addTokenCreditsToJob(toJob, token, 50n * WAD);
      await accept();
      const state = await lens.jobState(toJob);
      expect(state.liquidities.map(({ liquidity, amount }) => [liquidity, amount])).to.deep.equal([
        [await liquidity.getAddress(), 102n * WAD],
        [await kind?.getAddress(), 10n * WAD],
      ]);
      expect(state.value).to.equal(112n * WAD);
      expect(state.tokens.map(({ token, credits }) => [token, credits])).to.deep.equal([
        [await token.getAddress(), lessFee(100n * WAD) + lessFee(50n * WAD)],
        [await second?.getAddress(), 997n],
      ]);
    });

    it("moves revoked kinds, which mine for neither", async () => {
      const world = await loadFixture(deployReadyWorld);
      const { keep3r, lens, other, job, toJob, liquidity, accept } = world;
      await addKinds(world, job, 1);
      await keep3r.revokeLiquidity(liquidity);
      await keep3r.settle(job);
      await accept();
      const state = await lens.jobState(toJob);
      expect(state.liquidities.map(({ amount, mining }) => [amount, mining])).to.deep.equal([
        [102n * WAD, false],
        [10n * WAD, true],
      ]);
      expect(state.value).to.equal(10n * WAD);
      await keep3r.connect(other).unbondLiquidityFromJob(toJob, liquidity, 102n * WAD);
      expect(await keep3r.liquidityAmount(toJob, liquidity)).to.equal(0);
    });

    it("values the target anew if a quote had failed for the job", async () => {
      const world = await loadFixture(deployReadyWorld);
      const { keep3r, lens, pricing, jobOwner, job, toJob, accept } = world;
      const kind = await deployKind(world);
      await keep3r.connect(jobOwner).addLiquidityToJob(job, kind, 10n * WAD);
      await pricing.refuse(kind);
      // More than a day after the approval, so that nothing but the failure asks for a fresh look
      await time.increase(REWARD_PERIOD);
      await toPeriodStart();
      await accept();
      expect((await lens.jobState(toJob)).value).to.equal(112n * WAD);
      await pricing.setPrice(kind, WAD / 2n);
      await time.increase(30 * MINUTE);
      await keep3r.settle(toJob);
      expect((await lens.jobState(toJob)).value).to.equal(107n * WAD);
    });

    it("takes the job off the list, which stays whole", async () => {
      const { keep3r, jobOwner, stranger, fromAddress, toAddress, accept } = await loadFixture(deployReadyWorld);
      await keep3r.connect(stranger).addJob(stranger);
      expect(await keep3r.jobs()).to.deep.equal([fromAddress, toAddress, stranger.address]);
      await accept();
      expect(await keep3r.jobs()).to.deep.equal([stranger.address, toAddress]);

      await keep3r.connect(jobOwner).addJob(jobOwner);
      await keep3r.connect(stranger).migrateJob(stranger, jobOwner);
      await time.increase(MINUTE);
      await keep3r.connect(jobOwner).acceptJobMigration(stranger, jobOwner);
      expect(await keep3r.jobs()).to.deep.equal([jobOwner.address, toAddress]);
    });

    it("can't be done twice", async () => {
      const { keep3r, accept } = await loadFixture(deployMigratedWorld);
      await expect(accept()).to.be.revertedWithCustomError(keep3r, "JobMigrationUnavailable");
    });

    it("CRD-4: leaves no owner, credits, tokens, liquidity, offers or flags behind", async () => {
      const { keep3r, lens, jobOwner, keeper, job, liquidity, token, other, accept } =
        await loadFixture(deployReadyWorld);
      await keep3r.connect(jobOwner).changeJobOwnership(job, other);
      await accept();
      const state = await lens.jobState(job);
      expect(state.owner).to.equal(ethers.ZeroAddress);
      expect(state.pendingOwner).to.equal(ethers.ZeroAddress);
      expect(state.pendingMigration).to.equal(ethers.ZeroAddress);
      expect([...state.liquidities, ...state.tokens]).to.deep.equal([]);
      const { disputed, credits, periodCredits, value, rewardedAt, workedAt } = state;
      expect([disputed, credits, periodCredits, value, rewardedAt, workedAt]).to.deep.equal([
        false,
        0n,
        0n,
        0n,
        0n,
        0n,
      ]);
      expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(0);
      expect(await keep3r.jobTokenCredits(job, token)).to.equal(0);
      await expect(keep3r.settle(job)).to.be.revertedWithCustomError(keep3r, "JobUnavailable");
      await expect(job.connect(keeper).workForAmount(0, 0)).to.be.revertedWithCustomError(keep3r, "JobUnapproved");
    });

    it("CRD-4: pays what is unbonding to the owner who unbonded it, whoever registers the old address", async () => {
      const { keep3r, lens, jobOwner, stranger, job, liquidity, token, unbondedAt } =
        await loadFixture(deployMigratedWorld);
      await keep3r.connect(stranger).addJob(job);
      const state = await lens.jobState(job);
      expect([state.owner, state.credits, state.liquidities, state.tokens]).to.deep.equal([
        stranger.address,
        0n,
        [],
        [],
      ]);
      expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal(0);
      const squatter = keep3r.connect(stranger);

      await time.setNextBlockTimestamp(unbondedAt + UNBOND_TIME);
      await expect(
        keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner),
      ).to.be.revertedWithCustomError(keep3r, "UnbondsLocked");
      await expect(squatter.withdrawLiquidityFromJob(job, liquidity, stranger)).to.be.revertedWithCustomError(
        keep3r,
        "UnbondsUnexistent",
      );
      await expect(squatter.unbondLiquidityFromJob(job, liquidity, 1)).to.be.revertedWithCustomError(
        keep3r,
        "JobLiquidityUnexistent",
      );
      await expect(squatter.withdrawTokenCreditsFromJob(job, token, 1, stranger)).to.be.revertedWithCustomError(
        keep3r,
        "InsufficientJobTokenCredits",
      );
      await expect(keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner)).to.changeTokenBalances(
        liquidity,
        [keep3r, jobOwner],
        [-4n * WAD, 4n * WAD],
      );
    });

    it("CRD-4: keeps the pending liquidity of two owners of one address apart", async () => {
      const { keep3r, lens, jobOwner, stranger, job, liquidity } = await loadFixture(deployMigratedWorld);
      await keep3r.connect(stranger).addJob(job);
      await keep3r.connect(stranger).addLiquidityToJob(job, liquidity, 10n * WAD);
      await keep3r.connect(stranger).unbondLiquidityFromJob(job, liquidity, 10n * WAD);
      expect((await lens.jobPendingUnbonds(job, liquidity, jobOwner)).amount).to.equal(4n * WAD);
      expect((await lens.jobPendingUnbonds(job, liquidity, stranger)).amount).to.equal(10n * WAD);
      await passUnbondTime();
      for (const [owner, amount] of [
        [stranger, 10n * WAD],
        [jobOwner, 4n * WAD],
      ] as const) {
        await expect(keep3r.connect(owner).withdrawLiquidityFromJob(job, liquidity, owner)).to.changeTokenBalance(
          liquidity,
          owner,
          amount,
        );
      }
    });
  });

  describe("pendingJobMigrations", () => {
    it("is zero without a proposal", async () => {
      const { keep3r, job } = await loadFixture(deployCoreWorld);
      expect(await keep3r.pendingJobMigrations(job)).to.equal(ethers.ZeroAddress);
    });
  });
});
