import { DAY, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { FIRST_WORK_GAS, payFor } from "#support/payments/rate";
import { addTokens } from "#support/tokens/credits";
import { grant } from "#support/tokens/grants";
import { HostileMode } from "#support/tokens/hostile";
import { addKinds } from "#support/tokens/liquidity";
import { slotOf } from "#support/tools/storage";
import { toPeriodStart } from "#support/tools/time";
import { deployCoreWorld } from "#support/worlds/core";
import { deployMiningWorld } from "#support/worlds/mining";

/** A keeper with an owner, with KP3R in every stage. */
async function deployOwnedKeeperWorld() {
  const world = await deployMiningWorld();
  const { keep3r, kp3r, keeper, other, stranger } = world;
  await keep3r.connect(keeper).unbond(kp3r, 10n * WAD);
  await keep3r.connect(keeper).bond(kp3r, 5n * WAD);
  await keep3r.connect(keeper).changeKeeperOwnership(keeper, other);
  await keep3r.connect(other).acceptKeeperOwnership(keeper);
  await keep3r.connect(other).changeKeeperOwnership(keeper, stranger);
  return world;
}

/** A job with two kinds of liquidity and two tokens, an offer, and a migration proposed to a job that was sold since. */
async function deployRichJobWorld() {
  const world = await deployMiningWorld();
  const { keep3r, jobOwner, other, stranger, job, liquidity } = world;
  const kinds = [liquidity, ...(await addKinds(world, job, 1))];
  const tokens = await addTokens(world, job, 2);
  await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 4n * WAD);
  await keep3r.connect(jobOwner).changeJobOwnership(job, other);
  const destination = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  await keep3r.connect(other).addJob(destination);
  await keep3r.connect(jobOwner).migrateJob(job, destination);
  await keep3r.connect(other).changeJobOwnership(destination, stranger);
  await keep3r.connect(stranger).acceptJobOwnership(destination);
  return { ...world, kinds, tokens, destination };
}

describe("Keep3rLens", () => {
  describe("constructor", () => {
    it("refuses the zero address", async () => {
      const { lens } = await loadFixture(deployCoreWorld);
      await expect(ethers.deployContract("Keep3rLens", [ethers.ZeroAddress])).to.be.revertedWithCustomError(
        lens,
        "Keep3rZeroAddress",
      );
    });

    it("reads one network", async () => {
      const { lens, keep3r } = await loadFixture(deployCoreWorld);
      expect(await lens.keep3r()).to.equal(await keep3r.getAddress());
    });
  });

  describe("settledCredits", () => {
    it("answers the credits that settling now would store, at fresh prices and without revoked kinds", async () => {
      const world = await loadFixture(deployMiningWorld);
      const { keep3r, lens, pricing, job, liquidity } = world;
      const [kind] = await addKinds(world, job, 1);
      await pricing.setPrice(liquidity, WAD / 2n);
      await toPeriodStart();
      await keep3r.revokeLiquidity(kind ?? liquidity);
      const before = await keep3r.jobLiquidityCredits(job);
      const [credits, periodCredits] = await lens.settledCredits.staticCall(job);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(before);
      expect(periodCredits).to.equal((5n * WAD) / 2n);
      await lens.settledCredits(job);
      expect(await keep3r.jobPeriodCredits(job)).to.equal(periodCredits);
      expect(await keep3r.jobLiquidityCredits(job)).to.be.closeTo(credits, (2n * 44n * WAD) / BigInt(34 * DAY));
    });

    it("refuses an address that isn't a job", async () => {
      const { keep3r, lens, stranger } = await loadFixture(deployCoreWorld);
      await expect(lens.settledCredits.staticCall(stranger)).to.be.revertedWithCustomError(keep3r, "JobUnavailable");
    });
  });

  describe("previewPayment", () => {
    it("equals the payment of a transaction's only work", async () => {
      const { lens, keeper } = await loadFixture(deployMiningWorld);
      expect(await lens.previewPayment.staticCall(keeper, 100_000n)).to.equal(payFor(100_000n + FIRST_WORK_GAS));
    });

    it("stops at the most gas that is paid", async () => {
      const { keep3r, lens, keeper } = await loadFixture(deployMiningWorld);
      await keep3r.setMaxGasPerWork(1_000_000);
      const most = payFor(1_000_000n + FIRST_WORK_GAS);
      expect(await lens.previewPayment.staticCall(keeper, 1_000_000n)).to.equal(most);
      expect(await lens.previewPayment.staticCall(keeper, 1_000_001n)).to.equal(most);
      expect(await lens.previewPayment.staticCall(keeper, ethers.MaxUint256)).to.equal(most);
    });
  });

  describe("keeperState", () => {
    it("is empty for a stranger", async () => {
      const { lens, stranger } = await loadFixture(deployCoreWorld);
      const state = await lens.keeperState(stranger);
      expect([...state]).to.deep.equal([ethers.ZeroAddress, false, false, false, 0n, 0n, 0n, 0n, 0n, 0n, 0n]);
    });

    it("agrees with the network's getters", async () => {
      const { keep3r, lens, kp3r, keeper, other } = await loadFixture(deployOwnedKeeperWorld);
      const state = await lens.keeperState(keeper);
      expect(state.owner).to.equal(other.address);
      expect([state.active, state.disputed, state.barred]).to.deep.equal([true, false, false]);
      expect(state.firstSeen).to.equal(await keep3r.firstSeen(keeper));
      expect(state.earned).to.equal(await keep3r.workCompleted(keeper));
      expect(state.bonded).to.equal(await keep3r.bonds(keeper, kp3r));
      expect(state.pendingBonds).to.equal(await keep3r.pendingBonds(keeper, kp3r));
      expect(state.canActivateAfter).to.equal(await keep3r.canActivateAfter(keeper, kp3r));
      expect(state.pendingUnbonds).to.equal(await keep3r.pendingUnbonds(keeper, kp3r));
      expect(state.canWithdrawAfter).to.equal(await keep3r.canWithdrawAfter(keeper, kp3r));
      expect([state.earned, state.bonded, state.pendingBonds, state.pendingUnbonds]).to.deep.equal(
        [50n, 140n, 5n, 10n].map((amount) => amount * WAD),
      );
    });

    it("knows the disputed and the revoked", async () => {
      const { keep3r, lens, disputer, slasher, keeper } = await loadFixture(deployOwnedKeeperWorld);
      await keep3r.connect(disputer).dispute(keeper);
      expect((await lens.keeperState(keeper)).disputed).to.equal(await keep3r.disputes(keeper)).to.be.true;
      await keep3r.connect(slasher).revoke(keeper);
      await keep3r.connect(disputer).resolve(keeper);
      const state = await lens.keeperState(keeper);
      expect([state.active, state.disputed, state.barred]).to.deep.equal([false, false, true]);
      expect([state.bonded, state.pendingBonds, state.pendingUnbonds]).to.deep.equal([0n, 0n, 0n]);
    });
  });

  describe("barred", () => {
    it("is true from the revocation to the reinstatement", async () => {
      const { keep3r, lens, disputer, slasher, keeper } = await loadFixture(deployMiningWorld);
      expect(await lens.barred(keeper)).to.be.false;
      await keep3r.connect(disputer).dispute(keeper);
      expect(await lens.barred(keeper)).to.be.false;
      await keep3r.connect(slasher).revoke(keeper);
      expect(await lens.barred(keeper)).to.be.true;
      await keep3r.reinstate(keeper);
      expect(await lens.barred(keeper)).to.be.false;
    });
  });

  describe("keeperOwner and keeperPendingOwner", () => {
    it("follow the offer and its acceptance", async () => {
      const { keep3r, lens, keeper, other, stranger } = await loadFixture(deployOwnedKeeperWorld);
      expect(await lens.keeperOwner(keeper)).to.equal(other.address);
      expect(await lens.keeperPendingOwner(keeper)).to.equal(stranger.address);
      await keep3r.connect(stranger).acceptKeeperOwnership(keeper);
      expect(await lens.keeperOwner(keeper)).to.equal(stranger.address);
      expect(await lens.keeperPendingOwner(keeper)).to.equal(ethers.ZeroAddress);
      expect(await lens.keeperOwner(other)).to.equal(ethers.ZeroAddress);
    });
  });

  describe("jobState", () => {
    it("is empty for an address that isn't a job", async () => {
      const { lens, stranger } = await loadFixture(deployCoreWorld);
      const state = await lens.jobState(stranger);
      expect([state.owner, state.pendingOwner, state.pendingMigration, state.migrationOwner]).to.deep.equal(
        Array(4).fill(ethers.ZeroAddress),
      );
      expect([...state.liquidities, ...state.tokens]).to.deep.equal([]);
    });

    it("agrees with the network's getters", async () => {
      const { keep3r, lens, jobOwner, other, job, destination } = await loadFixture(deployRichJobWorld);
      await time.increase(DAY);
      const state = await lens.jobState(job);
      expect([state.owner, state.pendingOwner, state.pendingMigration, state.migrationOwner]).to.deep.equal([
        jobOwner.address,
        other.address,
        await destination.getAddress(),
        other.address,
      ]);
      expect(state.owner).to.equal(await keep3r.jobOwner(job));
      expect(state.pendingOwner).to.equal(await keep3r.jobPendingOwner(job));
      expect(state.pendingMigration).to.equal(await keep3r.pendingJobMigrations(job));
      expect(state.disputed).to.equal(await keep3r.disputes(job));
      expect(state.credits).to.equal(await keep3r.totalJobCredits(job));
      expect(state.periodCredits).to.equal(await keep3r.jobPeriodCredits(job));
      expect(state.rewardedAt).to.equal(await keep3r.rewardedAt(job));
      expect(state.workedAt).to.equal(await keep3r.workedAt(job));
      expect(state.value).to.equal(40n * WAD);
      expect(state.workedAt).to.be.greaterThan(0);
    });

    it("lists liquidities and tokens as the network's getters have them", async () => {
      const { keep3r, lens, job, kinds, tokens } = await loadFixture(deployRichJobWorld);
      const state = await lens.jobState(job);
      expect(state.liquidities.length).to.equal(2);
      for (const [i, kind] of kinds.entries()) {
        const known = state.liquidities[i];
        expect(known?.liquidity).to.equal(await kind.getAddress());
        expect(known?.amount).to.equal(await keep3r.liquidityAmount(job, kind));
        expect(known?.mining).to.be.true;
        expect(known?.price).to.equal(WAD);
        expect(known?.pendingUnbonds).to.equal(await keep3r.pendingUnbonds(job, kind));
        expect(known?.canWithdrawAfter).to.equal(await keep3r.canWithdrawAfter(job, kind));
      }
      expect(state.tokens.length).to.equal(2);
      for (const [i, token] of tokens.entries()) {
        expect(state.tokens[i]?.token).to.equal(await token.getAddress());
        expect(state.tokens[i]?.credits).to.equal(await keep3r.jobTokenCredits(job, token));
      }
    });

    it("knows a dispute and a revoked kind", async () => {
      const { keep3r, lens, disputer, job, liquidity } = await loadFixture(deployRichJobWorld);
      await keep3r.connect(disputer).dispute(job);
      await keep3r.revokeLiquidity(liquidity);
      await keep3r.settle(job);
      const state = await lens.jobState(job);
      expect(state.disputed).to.be.true;
      expect(state.liquidities.map((kind) => kind.mining)).to.deep.equal([false, true]);
      expect(state.value).to.equal(10n * WAD);
    });
  });

  describe("keepers and jobs", () => {
    it("page through the lists that the network has", async () => {
      const { keep3r, lens, kp3r, keeper, stranger, other } = await loadFixture(deployMiningWorld);
      for (const account of [stranger, other]) {
        await activateKeeper(keep3r, account, kp3r, 0n);
        await keep3r.connect(account).addJob(account);
      }
      expect(await keep3r.keepers()).to.deep.equal([keeper.address, stranger.address, other.address]);
      for (const [start, end] of [
        [0, 3],
        [0, 1],
        [1, 2],
        [1, 9],
        [3, 9],
        [2, 1],
      ] as const) {
        expect(await lens.keepers(start, end)).to.deep.equal([...(await keep3r.keepers())].slice(start, end));
        expect(await lens.jobs(start, end)).to.deep.equal([...(await keep3r.jobs())].slice(start, end));
      }
      expect(await lens.jobs(0, ethers.MaxUint256)).to.deep.equal(await keep3r.jobs());
    });
  });

  describe("owed and slashHeld", () => {
    it("count the debts to keepers and jobs, and slashes held for governance", async () => {
      const { keep3r, lens, jobOwner, keeper, disputer, slasher, job } = await loadFixture(deployMiningWorld);
      const hostile = await ethers.deployContract("HostileToken__Mock");
      await grant(hostile, [jobOwner, keeper], keep3r, 1_000n);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, hostile, 1_000n);
      await keep3r.connect(keeper).bond(hostile, 1_000n);
      expect(await lens.owed(hostile)).to.equal(1_997n);
      await keep3r.connect(disputer).dispute(job);
      await keep3r.connect(slasher).slashTokenFromJob(job, hostile, 100n);
      expect(await lens.owed(hostile)).to.equal(1_897n);
      expect(await lens.slashHeld(hostile)).to.equal(0);
      await hostile.setMode(HostileMode.Reverts);
      await keep3r.connect(slasher).slashTokenFromJob(job, hostile, 200n);
      expect(await lens.owed(hostile)).to.equal(1_897n);
      expect(await lens.slashHeld(hostile)).to.equal(200n);
      expect(await hostile.balanceOf(keep3r)).to.equal(1_897n);
    });

    it("don't count KP3R that exists as a bond only", async () => {
      const { keep3r, lens, kp3r, keeper } = await loadFixture(deployMiningWorld);
      expect(await lens.owed(kp3r)).to.equal(0);
      await keep3r.connect(keeper).bond(kp3r, 7n);
      expect(await lens.owed(kp3r)).to.equal(7);
    });
  });

  describe("liquidityPrice", () => {
    it("is zero for a liquidity that was never priced", async () => {
      const { lens, liquidity } = await loadFixture(deployCoreWorld);
      expect(await lens.liquidityPrice(liquidity)).to.deep.equal([0n, 0n, 0n]);
    });

    it("tells the price in force, when it was taken and when a quote last failed", async () => {
      const { keep3r, lens, pricing, job, liquidity, addedAt } = await loadFixture(deployMiningWorld);
      await pricing.refuse(liquidity);
      await toPeriodStart();
      await keep3r.settle(job);
      expect(await lens.liquidityPrice(liquidity)).to.deep.equal([WAD, addedAt, await time.latest()]);
    });
  });

  describe("projectedCredits", () => {
    it("equals what totalJobCredits answers at that time", async () => {
      const { keep3r, lens, job, addedAt } = await loadFixture(deployMiningWorld);
      for (const elapsed of [1, DAY, 4 * DAY + 7, 5 * DAY, 50 * DAY]) {
        const projected = await lens.projectedCredits(job, addedAt + elapsed);
        await time.increaseTo(addedAt + elapsed);
        expect(await keep3r.totalJobCredits(job)).to.equal(projected);
      }
    });
  });

  describe("runway", () => {
    it("is without end when mining covers the spending", async () => {
      const { lens, job } = await loadFixture(deployMiningWorld);
      expect(await lens.runway(job, WAD)).to.equal(ethers.MaxUint256);
      expect(await lens.runway(job, 0)).to.equal(ethers.MaxUint256);
    });

    it("tells how long credits last where mining doesn't cover the spending", async () => {
      const { lens, job, addedAt } = await loadFixture(deployMiningWorld);
      await time.increaseTo(addedAt + 3 * DAY);
      expect(await lens.runway(job, 2n * WAD)).to.equal(3 * DAY);
      expect(await lens.runway(job, 4n * WAD)).to.equal(DAY);
    });

    it("counts nothing mined while credits are above the cap", async () => {
      const { keep3r, lens, job, addedAt } = await loadFixture(deployMiningWorld);
      await keep3r.forceLiquidityCreditsToJob(job, 10n * WAD);
      await time.increaseTo(addedAt + 3 * DAY);
      const idle = (await keep3r.totalJobCredits(job)) - 5n * WAD;
      expect(await lens.runway(job, 2n * WAD)).to.equal((idle * BigInt(DAY)) / (2n * WAD) + 5n * BigInt(DAY));
    });

    it("is nothing for a job without credits", async () => {
      const { lens, stranger } = await loadFixture(deployCoreWorld);
      expect(await lens.runway(stranger, 1)).to.equal(0);
    });
  });

  it("finds every slot that it reads where the network keeps it", async () => {
    const { keep3r, lens, jobOwner, other, job, liquidity } = await loadFixture(deployRichJobWorld);
    const [jobKey, kindKey] = [await job.getAddress(), await liquidity.getAddress()];

    const registration = BigInt(await keep3r.extsload(slotOf(jobKey, 16n)));
    expect(registration & (2n ** 160n - 1n)).to.equal(BigInt(jobOwner.address));
    const packedJob = BigInt(await keep3r.extsload(slotOf(jobKey, 15n)));
    expect((packedJob >> 176n) & (2n ** 32n - 1n)).to.equal(await keep3r.rewardedAt(job));
    const migrationOwner = ethers.toBeHex(BigInt(slotOf(jobKey, 18n)) + 1n, 32);
    expect(BigInt(await keep3r.extsload(migrationOwner))).to.equal(BigInt(other.address));
    const pending = BigInt(await keep3r.extsload(slotOf(jobOwner.address, slotOf(kindKey, slotOf(jobKey, 20n)))));
    expect([pending & (2n ** 224n - 1n), pending >> 224n]).to.deep.equal([
      ...(await lens.jobPendingUnbonds(job, liquidity, jobOwner)),
    ]);
    expect(BigInt(await keep3r.extsload(ethers.toBeHex(14, 32)))).to.equal(BigInt((await keep3r.jobs()).length));
    expect(BigInt(await keep3r.extsload(ethers.toBeHex(7, 32)))).to.equal(BigInt((await keep3r.keepers()).length));
  });
});
