import { DAY, MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { itIsForGovernanceOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { lessFee } from "#support/tokens/credits";
import { grant } from "#support/tokens/grants";
import { HostileMode } from "#support/tokens/hostile";
import { addKinds } from "#support/tokens/liquidity";
import { passUnbondTime } from "#support/tools/time";
import { deployTwoMiningJobsWorld } from "#support/worlds/mining";

const DEPOSIT = 100n * WAD;

/** A job with 34 LP, 10 of them being unbonded, and token credits; not in dispute. */
async function deployFundedWorld() {
  const world = await deployTwoMiningJobsWorld();
  const { keep3r, jobOwner, slasher, job, liquidity, token } = world;
  await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, DEPOSIT);
  await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 10n * WAD);
  return { ...world, address: await job.getAddress(), slashing: keep3r.connect(slasher) };
}

async function deployDisputedWorld() {
  const world = await deployFundedWorld();
  await world.keep3r.connect(world.disputer).dispute(world.job);
  return world;
}

/** The same, handed over by who is unbonding. */
async function deployHandedOverWorld() {
  const world = await deployFundedWorld();
  const { keep3r, jobOwner, other, disputer, job } = world;
  await keep3r.connect(jobOwner).changeJobOwnership(job, other);
  await keep3r.connect(other).acceptJobOwnership(job);
  await keep3r.connect(disputer).dispute(job);
  return world;
}

/** A job in dispute with credits in a token that misbehaves on demand. */
async function deployHostileWorld() {
  const world = await deployFundedWorld();
  const { keep3r, jobOwner, disputer, job } = world;
  const hostile = await ethers.deployContract("HostileToken__Mock");
  await grant(hostile, [jobOwner], keep3r, DEPOSIT);
  await keep3r.setFee(0);
  await keep3r.connect(jobOwner).addTokenCreditsToJob(job, hostile, DEPOSIT);
  await keep3r.connect(disputer).dispute(job);
  return { ...world, hostile };
}

describe("Disputes: jobs", () => {
  describe("a job in dispute", () => {
    it("can't be worked, whatever it pays with", async () => {
      const { keep3r, keeper, job, token } = await loadFixture(deployDisputedWorld);
      const worker = job.connect(keeper);
      await expect(worker.work(0)).to.be.revertedWithCustomError(keep3r, "JobDisputed");
      await expect(worker.workForAmount(0, 0)).to.be.revertedWithCustomError(keep3r, "JobDisputed");
      await expect(worker.workForToken(0, token, 1)).to.be.revertedWithCustomError(keep3r, "JobDisputed");
    });

    it("can't be withdrawn from nor migrated, either way", async () => {
      const { keep3r, jobOwner, job, otherJob, liquidity, token } = await loadFixture(deployDisputedWorld);
      const owned = keep3r.connect(jobOwner);
      await owned.migrateJob(job, otherJob);
      await owned.migrateJob(otherJob, job);
      await passUnbondTime();
      for (const refused of [
        () => owned.withdrawLiquidityFromJob(job, liquidity, jobOwner),
        () => owned.withdrawTokenCreditsFromJob(job, token, 1, jobOwner),
        () => owned.acceptJobMigration(job, otherJob),
        () => owned.acceptJobMigration(otherJob, job),
      ]) {
        await expect(refused()).to.be.revertedWithCustomError(keep3r, "JobDisputed");
      }
    });

    it("goes on as before once the dispute is resolved", async () => {
      const { keep3r, keeper, jobOwner, disputer, job, liquidity, address } = await loadFixture(deployDisputedWorld);
      await passUnbondTime();
      await expect(keep3r.connect(disputer).resolve(job))
        .to.emit(keep3r, "Resolve")
        .withArgs(address, disputer.address);
      await job.connect(keeper).workForAmount(0, WAD);
      await expect(keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner)).to.changeTokenBalance(
        liquidity,
        jobOwner,
        10n * WAD,
      );
    });
  });

  describe("slashTokenFromJob", () => {
    it("is for slashers only", async () => {
      const { keep3r, governance, disputer, job, token } = await loadFixture(deployDisputedWorld);
      for (const caller of [governance, disputer]) {
        await expect(keep3r.connect(caller).slashTokenFromJob(job, token, 1)).to.be.revertedWithCustomError(
          keep3r,
          "OnlySlasher",
        );
      }
    });

    it("refuses a job that isn't in dispute", async () => {
      const { keep3r, slashing, job, token } = await loadFixture(deployFundedWorld);
      await expect(slashing.slashTokenFromJob(job, token, 1)).to.be.revertedWithCustomError(keep3r, "NotDisputed");
    });

    it("refuses a zero amount", async () => {
      const { keep3r, slashing, job, token } = await loadFixture(deployDisputedWorld);
      await expect(slashing.slashTokenFromJob(job, token, 0)).to.be.revertedWithCustomError(keep3r, "ZeroAmount");
    });

    it("refuses a token that the job has no credits in", async () => {
      const { keep3r, slashing, job, liquidity } = await loadFixture(deployDisputedWorld);
      await expect(slashing.slashTokenFromJob(job, liquidity, 1)).to.be.revertedWithCustomError(
        keep3r,
        "JobTokenUnexistent",
      );
    });

    it("refuses more than the job has", async () => {
      const { keep3r, slashing, job, token } = await loadFixture(deployDisputedWorld);
      await expect(slashing.slashTokenFromJob(job, token, lessFee(DEPOSIT) + 1n)).to.be.revertedWithCustomError(
        keep3r,
        "JobTokenInsufficient",
      );
    });

    it("refuses to run with less gas than a token may use up", async () => {
      const { keep3r, slashing, job, token } = await loadFixture(deployDisputedWorld);
      await expect(slashing.slashTokenFromJob(job, token, 1, { gasLimit: 1_200_000 })).to.be.revertedWithCustomError(
        keep3r,
        "SlashOutOfGas",
      );
      await slashing.slashTokenFromJob(job, token, 1, { gasLimit: 1_300_000 });
    });

    it("sends the tokens to governance", async () => {
      const { keep3r, lens, governance, slasher, slashing, job, token, address } =
        await loadFixture(deployDisputedWorld);
      const slash = slashing.slashTokenFromJob(job, token, 10n * WAD);
      await expect(slash).to.changeTokenBalances(token, [keep3r, governance], [-10n * WAD, 10n * WAD]);
      await expect(slash)
        .to.emit(keep3r, "JobSlashToken")
        .withArgs(address, await token.getAddress(), slasher.address, 10n * WAD);
      expect(await keep3r.jobTokenCredits(job, token)).to.equal(lessFee(DEPOSIT) - 10n * WAD);
      expect(await lens.owed(token)).to.equal(lessFee(DEPOSIT) - 10n * WAD);
      expect(await lens.slashHeld(token)).to.equal(0);
    });

    it("leaves alone credits that were spent before", async () => {
      const { keep3r, lens, jobOwner, disputer, slashing, job, token } = await loadFixture(deployDisputedWorld);
      await keep3r.connect(disputer).resolve(job);
      await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, 5n * WAD, jobOwner);
      await keep3r.connect(disputer).dispute(job);

      await slashing.slashTokenFromJob(job, token, 10n * WAD);

      expect(await lens.owed(token)).to.equal(lessFee(DEPOSIT) - 10n * WAD);
      await keep3r.settle(job);
      expect(await lens.owed(token)).to.equal(lessFee(DEPOSIT) - 15n * WAD);
      expect(await token.balanceOf(keep3r)).to.equal(lessFee(DEPOSIT) - 15n * WAD);
    });

    for (const mode of ["Reverts", "ReturnsFalse", "BurnsAllGas", "TrueButKeeps"] as const) {
      it(`ACC-2: holds a token aside that isn't sent (${mode}), until governance fetches it`, async () => {
        const { keep3r, lens, governance, other, slashing, job, hostile } = await loadFixture(deployHostileWorld);
        const address = await hostile.getAddress();
        await hostile.setMode(HostileMode[mode]);
        await expect(slashing.slashTokenFromJob(job, hostile, DEPOSIT, { gasLimit: 2_000_000 }))
          .to.emit(keep3r, "SlashHeld")
          .withArgs(address, DEPOSIT);
        expect(await lens.slashHeld(hostile)).to.equal(DEPOSIT);
        expect(await lens.owed(hostile)).to.equal(DEPOSIT);
        expect(await keep3r.jobTokenCredits(job, hostile)).to.equal(0);
        await expect(keep3r.sendDust(hostile, 1, governance))
          .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
          .withArgs(1n, 0n);

        await hostile.setMode(HostileMode.Honest);
        await expect(keep3r.withdrawSlashHeld(hostile, other))
          .to.emit(keep3r, "SlashHeldWithdrawal")
          .withArgs(address, other.address, DEPOSIT);
        expect(await hostile.balanceOf(other)).to.equal(DEPOSIT);
        expect(await lens.slashHeld(hostile)).to.equal(0);
        expect(await lens.owed(hostile)).to.equal(0);
      });
    }

    it("ACC-2: counts the tokens that have left, whatever the token says", async () => {
      const { lens, governance, slashing, job, hostile } = await loadFixture(deployHostileWorld);
      await hostile.setMode(HostileMode.FalseButSends);
      await slashing.slashTokenFromJob(job, hostile, DEPOSIT);
      expect(await hostile.balanceOf(governance)).to.equal(DEPOSIT);
      expect(await lens.slashHeld(hostile)).to.equal(0);
      expect(await lens.owed(hostile)).to.equal(0);
    });

    it("ACC-2: ends when a token answers with a megabyte", async () => {
      const { lens, slashing, job, hostile } = await loadFixture(deployHostileWorld);
      await hostile.setMode(HostileMode.ReturnBomb);
      await slashing.slashTokenFromJob(job, hostile, DEPOSIT, { gasLimit: 2_000_000 });
      expect(await lens.slashHeld(hostile)).to.equal(DEPOSIT);
    });

    it("ACC-2: never credits tokens twice that left although the token tells no balance", async () => {
      const { keep3r, lens, governance, slashing, job, hostile } = await loadFixture(deployHostileWorld);
      await hostile.setBalanceFails(true);
      await slashing.slashTokenFromJob(job, hostile, DEPOSIT);
      await hostile.setBalanceFails(false);
      const [sent, held] = [await hostile.balanceOf(governance), await lens.slashHeld(hostile)];
      expect(sent + held).to.equal(DEPOSIT);
      expect(await hostile.balanceOf(keep3r)).to.equal(await lens.owed(hostile));
    });
  });

  describe("slashLiquidityFromJob", () => {
    it("is for slashers only", async () => {
      const { keep3r, governance, disputer, job, liquidity } = await loadFixture(deployDisputedWorld);
      for (const caller of [governance, disputer]) {
        await expect(keep3r.connect(caller).slashLiquidityFromJob(job, liquidity, 1)).to.be.revertedWithCustomError(
          keep3r,
          "OnlySlasher",
        );
      }
    });

    it("refuses a job that isn't in dispute", async () => {
      const { keep3r, slashing, job, liquidity } = await loadFixture(deployFundedWorld);
      await expect(slashing.slashLiquidityFromJob(job, liquidity, 1)).to.be.revertedWithCustomError(
        keep3r,
        "NotDisputed",
      );
    });

    it("refuses a zero amount", async () => {
      const { keep3r, slashing, job, liquidity } = await loadFixture(deployDisputedWorld);
      await expect(slashing.slashLiquidityFromJob(job, liquidity, 0)).to.be.revertedWithCustomError(
        keep3r,
        "ZeroAmount",
      );
    });

    it("refuses a kind that the job doesn't have, and an address that isn't a job", async () => {
      const { keep3r, slashing, disputer, stranger, job, liquidity, token } = await loadFixture(deployDisputedWorld);
      await keep3r.connect(disputer).dispute(stranger);
      for (const [target, kind] of [
        [job, token],
        [stranger, liquidity],
      ] as const) {
        await expect(slashing.slashLiquidityFromJob(target, kind, 1)).to.be.revertedWithCustomError(
          keep3r,
          "JobLiquidityUnexistent",
        );
      }
    });

    it("refuses more than is pending and bonded together", async () => {
      const { keep3r, slashing, job, liquidity } = await loadFixture(deployDisputedWorld);
      for (const amount of [34n * WAD + 1n, ethers.MaxUint256]) {
        await expect(slashing.slashLiquidityFromJob(job, liquidity, amount)).to.be.revertedWithCustomError(
          keep3r,
          "JobLiquidityInsufficient",
        );
      }
    });

    it("takes unbonding liquidity first, and restarts no clock", async () => {
      const { keep3r, lens, governance, jobOwner, slasher, slashing, job, liquidity, address } =
        await loadFixture(deployDisputedWorld);
      const [, readyAfter] = await lens.jobPendingUnbonds(job, liquidity, jobOwner);
      const slash = slashing.slashLiquidityFromJob(job, liquidity, 4n * WAD);
      await expect(slash).to.changeTokenBalances(liquidity, [keep3r, governance], [-4n * WAD, 4n * WAD]);
      await expect(slash)
        .to.emit(keep3r, "JobSlashLiquidity")
        .withArgs(address, await liquidity.getAddress(), slasher.address, 4n * WAD);
      expect(await lens.jobPendingUnbonds(job, liquidity, jobOwner)).to.deep.equal([6n * WAD, readyAfter]);
      expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(24n * WAD);
    });

    it("then takes bonded liquidity, with its share of the mined credits", async () => {
      const { keep3r, lens, jobOwner, slashing, job, liquidity, addedAt } = await loadFixture(deployDisputedWorld);
      await time.setNextBlockTimestamp(addedAt + 2 * DAY);
      await keep3r.settle(job);
      const credits = await keep3r.jobLiquidityCredits(job);
      await time.setNextBlockTimestamp(addedAt + 2 * DAY + 1);
      const settled = credits + (24n * WAD) / BigInt(34 * DAY);
      await slashing.slashLiquidityFromJob(job, liquidity, 22n * WAD);
      expect(await lens.jobPendingUnbonds(job, liquidity, jobOwner)).to.deep.equal([0n, 0n]);
      expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(12n * WAD);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(settled - (settled + 1n) / 2n);
      expect(await keep3r.jobPeriodCredits(job)).to.equal((60n * WAD) / 34n);
      expect(await liquidity.balanceOf(keep3r)).to.equal((12n + 68n) * WAD);
    });

    it("may leave less than the minimum", async () => {
      const { keep3r, slashing, job, liquidity } = await loadFixture(deployDisputedWorld);
      await slashing.slashLiquidityFromJob(job, liquidity, 34n * WAD - 1n);
      expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(1);
    });

    it("takes a kind off the job with the last of it, and all that it mined", async () => {
      const world = await loadFixture(deployFundedWorld);
      const { keep3r, lens, disputer, slashing, job, liquidity } = world;
      const [kind] = await addKinds(world, job, 1);
      await keep3r.connect(disputer).dispute(job);
      await slashing.slashLiquidityFromJob(job, liquidity, 34n * WAD);
      const state = await lens.jobState(job);
      expect(state.liquidities.map((left) => left.liquidity)).to.deep.equal([await kind?.getAddress()]);
      expect(state.value).to.equal(10n * WAD);
      await slashing.slashLiquidityFromJob(job, kind ?? liquidity, 10n * WAD);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(0);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(0);
    });

    it("doesn't reach liquidity that an earlier owner is unbonding", async () => {
      const { keep3r, lens, jobOwner, slashing, job, liquidity } = await loadFixture(deployHandedOverWorld);
      await expect(slashing.slashLiquidityFromJob(job, liquidity, 24n * WAD + 1n)).to.be.revertedWithCustomError(
        keep3r,
        "JobLiquidityInsufficient",
      );
      await slashing.slashLiquidityFromJob(job, liquidity, 24n * WAD);
      expect((await lens.jobPendingUnbonds(job, liquidity, jobOwner)).amount).to.equal(10n * WAD);
    });
  });

  describe("slashUnbondingLiquidityFromJob", () => {
    it("is for slashers only", async () => {
      const { keep3r, governance, jobOwner, job, liquidity } = await loadFixture(deployHandedOverWorld);
      await expect(
        keep3r.connect(governance).slashUnbondingLiquidityFromJob(job, liquidity, jobOwner, 1),
      ).to.be.revertedWithCustomError(keep3r, "OnlySlasher");
    });

    it("refuses a job that isn't in dispute", async () => {
      const { keep3r, jobOwner, slashing, job, liquidity } = await loadFixture(deployFundedWorld);
      await expect(slashing.slashUnbondingLiquidityFromJob(job, liquidity, jobOwner, 1)).to.be.revertedWithCustomError(
        keep3r,
        "NotDisputed",
      );
    });

    it("refuses a zero amount", async () => {
      const { keep3r, jobOwner, slashing, job, liquidity } = await loadFixture(deployHandedOverWorld);
      await expect(slashing.slashUnbondingLiquidityFromJob(job, liquidity, jobOwner, 0)).to.be.revertedWithCustomError(
        keep3r,
        "ZeroAmount",
      );
    });

    it("refuses more than the earlier owner is unbonding", async () => {
      const { keep3r, jobOwner, stranger, slashing, job, liquidity } = await loadFixture(deployHandedOverWorld);
      for (const [owner, amount] of [
        [jobOwner, 10n * WAD + 1n],
        [stranger, 1n],
      ] as const) {
        await expect(
          slashing.slashUnbondingLiquidityFromJob(job, liquidity, owner, amount),
        ).to.be.revertedWithCustomError(keep3r, "JobLiquidityInsufficient");
      }
    });

    it("takes the earlier owner's unbonding liquidity, and leaves bonded liquidity alone", async () => {
      const { keep3r, lens, governance, jobOwner, slasher, slashing, job, liquidity, address } =
        await loadFixture(deployHandedOverWorld);
      const slash = slashing.slashUnbondingLiquidityFromJob(job, liquidity, jobOwner, 10n * WAD);
      await expect(slash).to.changeTokenBalances(liquidity, [keep3r, governance], [-10n * WAD, 10n * WAD]);
      await expect(slash)
        .to.emit(keep3r, "JobSlashLiquidity")
        .withArgs(address, await liquidity.getAddress(), slasher.address, 10n * WAD);
      expect(await lens.jobPendingUnbonds(job, liquidity, jobOwner)).to.deep.equal([0n, 0n]);
      expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(24n * WAD);
      await passUnbondTime();
      await expect(
        keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner),
      ).to.be.revertedWithCustomError(keep3r, "JobDisputed");
    });

    it("reaches unbonding liquidity that is left at an address that has migrated", async () => {
      const { keep3r, jobOwner, disputer, slashing, job, otherJob, liquidity } = await loadFixture(deployFundedWorld);
      await keep3r.connect(jobOwner).migrateJob(job, otherJob);
      await time.increase(MINUTE);
      await keep3r.connect(jobOwner).acceptJobMigration(job, otherJob);
      await keep3r.connect(disputer).dispute(job);
      await slashing.slashUnbondingLiquidityFromJob(job, liquidity, jobOwner, 10n * WAD);
      await keep3r.connect(disputer).resolve(job);
      await expect(
        keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner),
      ).to.be.revertedWithCustomError(keep3r, "UnbondsUnexistent");
    });
  });

  describe("withdrawSlashHeld", () => {
    itIsForGovernanceOnly(deployDisputedWorld, ({ keep3r, stranger, token }) =>
      keep3r.connect(stranger).withdrawSlashHeld(token, stranger),
    );

    it("refuses the zero address", async () => {
      const { keep3r, token } = await loadFixture(deployDisputedWorld);
      await expect(keep3r.withdrawSlashHeld(token, ethers.ZeroAddress)).to.be.revertedWithCustomError(
        keep3r,
        "ZeroAddress",
      );
    });

    it("refuses a token of which nothing is held", async () => {
      const { keep3r, governance, token } = await loadFixture(deployDisputedWorld);
      await expect(keep3r.withdrawSlashHeld(token, governance)).to.be.revertedWithCustomError(keep3r, "ZeroAmount");
    });
  });
});
