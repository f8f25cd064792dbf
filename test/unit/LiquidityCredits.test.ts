import { DAY, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { Addressable } from "ethers";
import { ethers } from "hardhat";
import { itIsForGovernanceOnly } from "#support/behaviours/guards";
import { MAX_UINT88, UNBOND_TIME } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { addKinds, deployKind } from "#support/tokens/liquidity";
import { slotOf, slotsRead } from "#support/tools/storage";
import { passUnbondTime, toPeriodStart } from "#support/tools/time";
import { deployCoreWorld } from "#support/worlds/core";
import { deployMiningWorld } from "#support/worlds/mining";
import type { ERC20__Mock } from "#typechain";

async function deployFullWorld() {
  const world = await deployMiningWorld();
  return { ...world, kinds: await addKinds(world, world.job, 7) };
}

async function deployKindWorld() {
  const world = await deployMiningWorld();
  return { ...world, kind: await deployKind(world, 2n * WAD) };
}

async function deployUnbondingWorld() {
  const world = await deployMiningWorld();
  await world.keep3r.connect(world.jobOwner).unbondLiquidityFromJob(world.job, world.liquidity, 10n * WAD);
  return { ...world, readyAfter: (await time.latest()) + UNBOND_TIME };
}

const POSITIONS = 19n;

/** Where the network keeps a job's liquidity of the kind that is listed at `index`. */
async function positionSlot(job: Addressable, index: number): Promise<string> {
  return slotOf(BigInt(index), slotOf(await job.getAddress(), POSITIONS));
}

describe("LiquidityCredits", () => {
  describe("forceLiquidityCreditsToJob", () => {
    itIsForGovernanceOnly(deployCoreWorld, ({ keep3r, jobOwner, job }) =>
      keep3r.connect(jobOwner).forceLiquidityCreditsToJob(job, 1),
    );

    it("refuses a job that isn't registered", async () => {
      const { keep3r, other } = await loadFixture(deployCoreWorld);
      await expect(keep3r.forceLiquidityCreditsToJob(other, 1)).to.be.revertedWithCustomError(keep3r, "JobUnavailable");
    });

    it("refuses a zero amount", async () => {
      const { keep3r, job } = await loadFixture(deployCoreWorld);
      await expect(keep3r.forceLiquidityCreditsToJob(job, 0)).to.be.revertedWithCustomError(keep3r, "ZeroAmount");
    });

    it("refuses credits that don't fit", async () => {
      const { keep3r, job } = await loadFixture(deployCoreWorld);
      await keep3r.forceLiquidityCreditsToJob(job, MAX_UINT88);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(MAX_UINT88);
      await expect(keep3r.forceLiquidityCreditsToJob(job, 1))
        .to.be.revertedWithCustomError(keep3r, "SafeCastOverflowedUintDowncast")
        .withArgs(88, MAX_UINT88 + 1n);
    });

    it("settles, then adds, and changes nothing else", async () => {
      const { keep3r, job, addedAt } = await loadFixture(deployMiningWorld);
      const at = addedAt + 3 * DAY;
      await time.setNextBlockTimestamp(at);
      await expect(keep3r.forceLiquidityCreditsToJob(job, 7n * WAD))
        .to.emit(keep3r, "LiquidityCreditsForced")
        .withArgs(await job.getAddress(), at, 10n * WAD);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(10n * WAD);
      expect(await keep3r.rewardedAt(job)).to.equal(at);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(5n * WAD);
    });
  });

  describe("settle", () => {
    it("refuses a job that isn't registered", async () => {
      const { keep3r, other } = await loadFixture(deployCoreWorld);
      await expect(keep3r.settle(other)).to.be.revertedWithCustomError(keep3r, "JobUnavailable");
    });

    it("stores the mined credits, whoever calls it, and revalues nothing within a period", async () => {
      const { keep3r, stranger, job, addedAt } = await loadFixture(deployMiningWorld);
      await time.setNextBlockTimestamp(addedAt + DAY);
      const settled = await keep3r.connect(stranger).settle(job);
      await expect(settled).not.to.emit(keep3r, "LiquidityCreditsReward");
      expect(await slotsRead(settled.hash)).not.to.include(await positionSlot(job, 0));
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(WAD);
      expect(await keep3r.rewardedAt(job)).to.equal(addedAt + DAY);
      expect(await keep3r.workedAt(job)).to.be.lessThan(addedAt);
    });

    it("looks at each kind that the job has when it values it, and no further", async () => {
      const { keep3r, job } = await loadFixture(deployFullWorld);
      await toPeriodStart();
      const { hash } = await keep3r.settle(job);
      const read = await slotsRead(hash);
      const slots = await Promise.all(Array.from({ length: 9 }, (_, index) => positionSlot(job, index)));
      expect(slots.map((slot) => read.has(slot))).to.deep.equal([...Array<boolean>(8).fill(true), false]);
    });
  });

  describe("addLiquidityToJob", () => {
    it("refuses a kind that isn't approved", async () => {
      const { keep3r, jobOwner, job, token } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, token, WAD)).to.be.revertedWithCustomError(
        keep3r,
        "LiquidityPairUnapproved",
      );
    });

    it("refuses a job that isn't registered", async () => {
      const { keep3r, jobOwner, other, liquidity } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(jobOwner).addLiquidityToJob(other, liquidity, WAD)).to.be.revertedWithCustomError(
        keep3r,
        "JobUnavailable",
      );
    });

    it("refuses a zero amount", async () => {
      const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 0)).to.be.revertedWithCustomError(
        keep3r,
        "ZeroAmount",
      );
    });

    it("refuses a kind that was never priced", async () => {
      const { keep3r, pricing, jobOwner, job, liquidity } = await loadFixture(deployCoreWorld);
      await pricing.refuse(liquidity);
      await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 3n * WAD))
        .to.be.revertedWithCustomError(keep3r, "LiquidityUnpriced")
        .withArgs(await liquidity.getAddress());
    });

    it("refuses a ninth kind, but more of the eight", async () => {
      const world = await loadFixture(deployFullWorld);
      const { keep3r, jobOwner, job, liquidity, kinds } = world;
      const ninth = await deployKind(world);
      await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, ninth, 10n * WAD)).to.be.revertedWithCustomError(
        keep3r,
        "JobLiquidityLimit",
      );
      for (const kind of [liquidity, ...kinds]) await keep3r.connect(jobOwner).addLiquidityToJob(job, kind, 1n);
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 34n * WAD + 1n);
      await keep3r.connect(jobOwner).addLiquidityToJob(job, ninth, 10n * WAD);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(((80n * WAD + 7n) * 5n) / 34n);
    });

    it("refuses a kind that is new to the job from anyone but its owner", async () => {
      const { keep3r, stranger, job, kind } = await loadFixture(deployKindWorld);
      await expect(keep3r.connect(stranger).addLiquidityToJob(job, kind, 10n * WAD)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyJobOwner",
      );
    });

    it("refuses a position below the minimum", async () => {
      const { keep3r, jobOwner, job, kind } = await loadFixture(deployKindWorld);
      const owned = keep3r.connect(jobOwner);
      await expect(owned.addLiquidityToJob(job, kind, (3n * WAD) / 2n - 1n)).to.be.revertedWithCustomError(
        keep3r,
        "JobLiquidityLessThanMin",
      );
      await owned.addLiquidityToJob(job, kind, (3n * WAD) / 2n);
      await keep3r.setLiquidityMinimum(4n * WAD);
      await expect(owned.addLiquidityToJob(job, kind, WAD / 2n - 1n)).to.be.revertedWithCustomError(
        keep3r,
        "JobLiquidityLessThanMin",
      );
      await owned.addLiquidityToJob(job, kind, WAD / 2n);
      await keep3r.setLiquidityMinimum(0);
      await owned.addLiquidityToJob(job, kind, 1n);
    });

    it("fails if the tokens can't be had", async () => {
      const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployMiningWorld);
      await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 967n * WAD))
        .to.be.revertedWithCustomError(liquidity, "ERC20InsufficientBalance")
        .withArgs(jobOwner.address, 966n * WAD, 967n * WAD);
    });

    it("settles, then raises the value, and mints nothing at once", async () => {
      const { keep3r, lens, jobOwner, job, kind, addedAt } = await loadFixture(deployKindWorld);
      const at = addedAt + 2 * DAY;
      await time.setNextBlockTimestamp(at);
      const adding = keep3r.connect(jobOwner).addLiquidityToJob(job, kind, 34n * WAD);
      await expect(adding).to.changeTokenBalances(kind, [jobOwner, keep3r], [-34n * WAD, 34n * WAD]);
      await expect(adding)
        .to.emit(keep3r, "LiquidityAddition")
        .withArgs(await job.getAddress(), await kind.getAddress(), jobOwner.address, 34n * WAD);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(2n * WAD);
      expect(await keep3r.rewardedAt(job)).to.equal(at);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(15n * WAD);
      expect(await keep3r.liquidityAmount(job, kind)).to.equal(34n * WAD);
      expect(await kind.balanceOf(keep3r)).to.equal(34n * WAD);
      expect(await lens.projectedCredits(job, at + DAY)).to.equal(5n * WAD);
    });

    it("takes a kind that the job has from anyone, for its owner", async () => {
      const { keep3r, jobOwner, stranger, job, liquidity } = await loadFixture(deployMiningWorld);
      await expect(keep3r.connect(stranger).addLiquidityToJob(job, liquidity, 34n * WAD))
        .to.emit(keep3r, "LiquidityAddition")
        .withArgs(await job.getAddress(), await liquidity.getAddress(), stranger.address, 34n * WAD);
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 68n * WAD);
      expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal(68n * WAD);
    });

    it("leaves nothing to be valued again: the next settlement costs as much as the one after it", async () => {
      const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployMiningWorld);
      await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, WAD);
      const [next, after] = [await (await keep3r.settle(job)).wait(), await (await keep3r.settle(job)).wait()];
      expect(next?.gasUsed).to.equal(after?.gasUsed);
    });
  });

  describe("unbondLiquidityFromJob", () => {
    it("is for the job's owner only", async () => {
      const { keep3r, governance, stranger, job, liquidity } = await loadFixture(deployMiningWorld);
      for (const caller of [stranger, governance]) {
        await expect(keep3r.connect(caller).unbondLiquidityFromJob(job, liquidity, WAD)).to.be.revertedWithCustomError(
          keep3r,
          "OnlyJobOwner",
        );
      }
    });

    it("refuses a zero amount", async () => {
      const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployMiningWorld);
      await expect(keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 0)).to.be.revertedWithCustomError(
        keep3r,
        "ZeroAmount",
      );
    });

    it("refuses a kind that the job doesn't have", async () => {
      const { keep3r, jobOwner, job, kind } = await loadFixture(deployKindWorld);
      await expect(keep3r.connect(jobOwner).unbondLiquidityFromJob(job, kind, 1)).to.be.revertedWithCustomError(
        keep3r,
        "JobLiquidityUnexistent",
      );
    });

    it("refuses more than there is", async () => {
      const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployMiningWorld);
      await expect(
        keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 34n * WAD + 1n),
      ).to.be.revertedWithCustomError(keep3r, "JobLiquidityInsufficient");
    });

    it("refuses to leave less than the minimum, but not nothing", async () => {
      const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployMiningWorld);
      const owned = keep3r.connect(jobOwner);
      await expect(owned.unbondLiquidityFromJob(job, liquidity, 31n * WAD + 1n)).to.be.revertedWithCustomError(
        keep3r,
        "JobLiquidityLessThanMin",
      );
      await owned.unbondLiquidityFromJob(job, liquidity, 31n * WAD);
      await owned.unbondLiquidityFromJob(job, liquidity, 3n * WAD);
      expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(0);
    });

    it("takes everything when asked for the greatest number", async () => {
      const { keep3r, jobOwner, stranger, job, liquidity, kind } = await loadFixture(deployKindWorld);
      await keep3r.connect(stranger).addLiquidityToJob(job, liquidity, 3n * WAD);
      const unbond = (of: Addressable) => keep3r.connect(jobOwner).unbondLiquidityFromJob(job, of, ethers.MaxUint256);
      await expect(unbond(liquidity))
        .to.emit(keep3r, "Unbonding")
        .withArgs(await job.getAddress(), await liquidity.getAddress(), 37n * WAD);
      expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal(37n * WAD);
      expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(0);
      await expect(unbond(kind)).to.be.revertedWithCustomError(keep3r, "JobLiquidityUnexistent");
    });

    it("takes the share of the mined credits and lowers the value", async () => {
      const { keep3r, jobOwner, job, liquidity, addedAt } = await loadFixture(deployMiningWorld);
      const at = addedAt + 4 * DAY;
      await time.setNextBlockTimestamp(at);
      await expect(keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, (17n * WAD) / 2n))
        .to.emit(keep3r, "Unbonding")
        .withArgs(await job.getAddress(), await liquidity.getAddress(), (17n * WAD) / 2n);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(3n * WAD);
      expect(await keep3r.jobPeriodCredits(job)).to.equal((15n * WAD) / 4n);
      expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal((17n * WAD) / 2n);
      expect(await keep3r.canWithdrawAfter(job, liquidity)).to.equal(at + UNBOND_TIME);
      expect(await liquidity.balanceOf(keep3r)).to.equal(34n * WAD);
    });

    it("takes a share of mined credits only, not of credits above the cap", async () => {
      const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployMiningWorld);
      await keep3r.forceLiquidityCreditsToJob(job, 100n * WAD);
      const credits = await keep3r.jobLiquidityCredits(job);
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 17n * WAD);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(credits - (5n * WAD) / 2n);
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 17n * WAD);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(credits - 5n * WAD);
    });

    it("restarts the clock of all that is pending", async () => {
      const { keep3r, lens, jobOwner, job, liquidity, readyAfter } = await loadFixture(deployUnbondingWorld);
      await time.setNextBlockTimestamp(readyAfter - 1);
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, WAD);
      expect(await lens.jobPendingUnbonds(job, liquidity, jobOwner)).to.deep.equal([
        11n * WAD,
        readyAfter - 1 + UNBOND_TIME,
      ]);
    });

    it("takes a kind that is used up off the job and leaves the others", async () => {
      const { keep3r, lens, jobOwner, job, liquidity, kinds } = await loadFixture(deployFullWorld);
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 34n * WAD);
      const state = await lens.jobState(job);
      const expected = await Promise.all(kinds.map((kind) => kind.getAddress()));
      expect(state.liquidities.map((kind) => kind.liquidity)).to.have.members(expected);
      for (const kind of kinds) expect(await keep3r.liquidityAmount(job, kind)).to.equal(10n * WAD);
      expect(state.value).to.equal(70n * WAD);
    });

    it("leaves nothing behind of a kind that is used up, wherever it was listed", async () => {
      const { keep3r, jobOwner, job, liquidity, kinds } = await loadFixture(deployFullWorld);
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, kinds[6] as ERC20__Mock, 10n * WAD);
      expect(await keep3r.extsload(await positionSlot(job, 7))).to.equal(ethers.ZeroHash);
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 34n * WAD);
      expect(await keep3r.extsload(await positionSlot(job, 6))).to.equal(ethers.ZeroHash);
    });
  });

  describe("withdrawLiquidityFromJob", () => {
    it("refuses the zero address", async () => {
      const { keep3r, jobOwner, job, liquidity } = await loadFixture(deployUnbondingWorld);
      await expect(
        keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, ethers.ZeroAddress),
      ).to.be.revertedWithCustomError(keep3r, "ZeroAddress");
    });

    it("refuses a job in dispute", async () => {
      const { keep3r, jobOwner, disputer, job, liquidity } = await loadFixture(deployUnbondingWorld);
      await keep3r.connect(disputer).dispute(job);
      await expect(
        keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner),
      ).to.be.revertedWithCustomError(keep3r, "JobDisputed");
    });

    it("refuses an account that has unbonded nothing", async () => {
      const { keep3r, stranger, job, liquidity, readyAfter } = await loadFixture(deployUnbondingWorld);
      await time.setNextBlockTimestamp(readyAfter + 1);
      await expect(
        keep3r.connect(stranger).withdrawLiquidityFromJob(job, liquidity, stranger),
      ).to.be.revertedWithCustomError(keep3r, "UnbondsUnexistent");
    });

    it("refuses the last second of the unbond time and pays in the next", async () => {
      const { keep3r, lens, jobOwner, other, job, liquidity, readyAfter } = await loadFixture(deployUnbondingWorld);
      const owned = keep3r.connect(jobOwner);
      await time.setNextBlockTimestamp(readyAfter);
      await expect(owned.withdrawLiquidityFromJob(job, liquidity, other)).to.be.revertedWithCustomError(
        keep3r,
        "UnbondsLocked",
      );
      await time.setNextBlockTimestamp(readyAfter + 1);
      const withdrawing = owned.withdrawLiquidityFromJob(job, liquidity, other);
      await expect(withdrawing).to.changeTokenBalances(liquidity, [keep3r, other], [-10n * WAD, 10n * WAD]);
      await expect(withdrawing)
        .to.emit(keep3r, "LiquidityWithdrawal")
        .withArgs(await job.getAddress(), await liquidity.getAddress(), other.address, 10n * WAD);
      expect(await lens.jobPendingUnbonds(job, liquidity, jobOwner)).to.deep.equal([0n, 0n]);
      expect(await liquidity.balanceOf(keep3r)).to.equal(24n * WAD);
      await expect(owned.withdrawLiquidityFromJob(job, liquidity, other)).to.be.revertedWithCustomError(
        keep3r,
        "UnbondsUnexistent",
      );
    });

    it("pays the owner who unbonded, not a later one", async () => {
      const { keep3r, jobOwner, other, job, liquidity, readyAfter } = await loadFixture(deployUnbondingWorld);
      await keep3r.connect(jobOwner).changeJobOwnership(job, other);
      await keep3r.connect(other).acceptJobOwnership(job);
      expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal(0);
      await keep3r.connect(other).unbondLiquidityFromJob(job, liquidity, 4n * WAD);
      expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal(4n * WAD);
      await time.setNextBlockTimestamp(readyAfter + 1);
      await expect(keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner)).to.changeTokenBalance(
        liquidity,
        jobOwner,
        10n * WAD,
      );
      await passUnbondTime();
      await expect(keep3r.connect(other).withdrawLiquidityFromJob(job, liquidity, other)).to.changeTokenBalance(
        liquidity,
        other,
        4n * WAD,
      );
    });
  });
});
