import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { itIsForKeepersOnly, itIsForTheOwnerOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import {
  Beneficiary,
  COLL_COMPENSATION_DIVISOR,
  deployAllUnsafeWorld,
  deployLiquidationWorld,
  deployLiquity,
  deployOneUnsafeWorld,
  DOLLAR,
  encodeWork,
  expectConserved,
  LUSD_COMPENSATION,
  openTrove,
} from "#support/worlds/liquity";

const { ZeroAddress } = ethers;

/** 0.5 % of the riskiest trove's collateral. */
const FIRST_ETH = (12n * WAD) / 10n / COLL_COMPENSATION_DIVISOR;

/** Recovery mode, and a pool of 2,500 LUSD: the riskiest trove, at 120 %, owes more than that, the next, at 127.5 %, less. */
async function deployRecoveryWorld() {
  const world = await deployLiquidationWorld();
  const { keep3r, jobOwner, keeper, treasury, whale, first, second } = world;
  const liquity = await deployLiquity();
  await openTrove(liquity, whale, (32n * WAD) / 10n, 3_800n * WAD);
  await openTrove(liquity, second, (17n * WAD) / 10n);
  await openTrove(liquity, first, 2n * WAD);
  await liquity.troveManager.connect(whale).provideToSP(2_500n * WAD);
  await liquity.feed.updateAnswer(1_500n * DOLLAR);
  const job = await ethers.deployContract("LiquidationJob", [keep3r, jobOwner, liquity.troveManager, treasury, 0]);
  await keep3r.forceLiquidityCreditsToJob(job, 100n * WAD);
  return { ...liquity, job, keeper, whale, second, work: job.connect(keeper).work };
}

/** All troves but the safest are closed. */
async function deployLastTroveWorld() {
  const world = await deployAllUnsafeWorld();
  await world.work(encodeWork(3));
  return world;
}

const addressesFrom = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ address: ethers.toBeHex(i + 1, 20) }));

describe("LiquidationJob", () => {
  describe("constructor", () => {
    it("refuses the zero address for its treasury", async () => {
      const { job, keep3r, jobOwner, troveManager } = await loadFixture(deployLiquidationWorld);
      await expect(ethers.deployContract("LiquidationJob", [keep3r, jobOwner, troveManager, ZeroAddress, 0]))
        .to.be.revertedWithCustomError(job, "TreasuryInvalid")
        .withArgs(ZeroAddress);
    });

    it("takes token and pool from Liquity, registers the job, and offers it to its owner", async () => {
      const { keep3r, jobOwner, troveManager, lusd, treasury } = await loadFixture(deployLiquidationWorld);
      const args = [keep3r, jobOwner, troveManager, treasury, Beneficiary.Keeper] as const;
      const job = await ethers.deployContract("LiquidationJob", [...args]);
      await expect(job.deploymentTransaction()).to.emit(job, "TreasuryChange").withArgs(treasury);
      await expect(job.deploymentTransaction()).to.emit(job, "BeneficiaryChange").withArgs(Beneficiary.Keeper);
      expect(await keep3r.jobPendingOwner(job)).to.equal(jobOwner.address);
      expect(await job.owner()).to.equal(jobOwner.address);
      expect(await job.troveManager()).to.equal(await troveManager.getAddress());
      expect(await job.lusd()).to.equal(await lusd.getAddress());
      expect(await job.activePool()).to.equal(await troveManager.activePool());
    });
  });

  describe("receive", () => {
    it("takes ether from Liquity's active pool only", async () => {
      const { job, stranger } = await loadFixture(deployLiquidationWorld);
      await expect(stranger.sendTransaction({ to: job, value: 1 }))
        .to.be.revertedWithCustomError(job, "UnexpectedEther")
        .withArgs(stranger.address);
    });
  });

  describe("setTreasury", () => {
    itIsForTheOwnerOnly(deployLiquidationWorld, ({ job, stranger }) => job.connect(stranger).setTreasury(stranger));

    it("refuses the zero address and the job itself", async () => {
      const { job } = await loadFixture(deployLiquidationWorld);
      for (const invalid of [ZeroAddress, await job.getAddress()]) {
        await expect(job.setTreasury(invalid)).to.be.revertedWithCustomError(job, "TreasuryInvalid").withArgs(invalid);
      }
    });

    it("sets it", async () => {
      const { job, other } = await loadFixture(deployLiquidationWorld);
      await expect(job.setTreasury(other)).to.emit(job, "TreasuryChange").withArgs(other.address);
      expect(await job.treasury()).to.equal(other.address);
    });
  });

  describe("setBeneficiary", () => {
    itIsForTheOwnerOnly(deployLiquidationWorld, ({ job, stranger }) =>
      job.connect(stranger).setBeneficiary(Beneficiary.Keeper),
    );

    it("sets it", async () => {
      const { job } = await loadFixture(deployLiquidationWorld);
      await expect(job.setBeneficiary(Beneficiary.Keeper))
        .to.emit(job, "BeneficiaryChange")
        .withArgs(Beneficiary.Keeper);
      expect(await job.beneficiary()).to.equal(Beneficiary.Keeper);
    });
  });

  describe("work", () => {
    itIsForKeepersOnly(deployOneUnsafeWorld, ({ job, stranger }) => job.connect(stranger).work(encodeWork(1)));

    it("refuses data that isn't the shortest encoding", async () => {
      const { job, first, work } = await loadFixture(deployOneUnsafeWorld);
      await expect(work("0x")).to.be.revertedWithoutReason();
      await expect(work(ethers.dataSlice(encodeWork(1), 0, 95))).to.be.revertedWithoutReason();
      await expect(work(`${encodeWork(1)}00`))
        .to.be.revertedWithCustomError(job, "WorkDataLength")
        .withArgs(97, 96);
      await expect(work(`${encodeWork(0, [first])}${"00".repeat(32)}`))
        .to.be.revertedWithCustomError(job, "WorkDataLength")
        .withArgs(160, 128);
    });

    it("refuses both forms at once, and neither", async () => {
      const { job, first, work } = await loadFixture(deployOneUnsafeWorld);
      await expect(work(encodeWork(1, [first])))
        .to.be.revertedWithCustomError(job, "NotOneForm")
        .withArgs(1, 1);
      await expect(work(encodeWork(0)))
        .to.be.revertedWithCustomError(job, "NotOneForm")
        .withArgs(0, 0);
    });

    it("bounds the number and the list", async () => {
      const { job, work } = await loadFixture(deployOneUnsafeWorld);
      expect(await job.MAX_TROVES()).to.equal(20);
      for (const n of [21n, ethers.MaxUint256]) {
        await expect(work(encodeWork(n)))
          .to.be.revertedWithCustomError(job, "TooManyTroves")
          .withArgs(n, 20);
      }
      await expect(work(encodeWork(0, addressesFrom(21))))
        .to.be.revertedWithCustomError(job, "TooManyTroves")
        .withArgs(21, 20);
      await expect(work(encodeWork(0, addressesFrom(20)))).to.be.revertedWith("TroveManager: nothing to liquidate");
    });

    it("reverts when there is nothing to liquidate", async () => {
      const { first, work } = await loadFixture(deployLiquidationWorld);
      for (const data of [encodeWork(1), encodeWork(0, [first])]) {
        await expect(work(data)).to.be.revertedWith("TroveManager: nothing to liquidate");
      }
    });

    it("reverts when nothing was liquidated, whatever the trove manager says", async () => {
      const { keep3r, jobOwner, keeper, treasury, first } = await loadFixture(deployLiquidationWorld);
      const { troveManager } = await deployLiquity("SilentTroveManager__Mock");
      const job = await ethers.deployContract("LiquidationJob", [keep3r, jobOwner, troveManager, treasury, 0]);
      for (const data of [encodeWork(5), encodeWork(0, [first])]) {
        await expect(job.connect(keeper).work(data)).to.be.revertedWithCustomError(job, "TooFewClosed").withArgs(0, 1);
      }
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);
    });

    it("refuses a list with names that make up the numbers", async () => {
      const { job, first, second, stranger, work } = await loadFixture(deployOneUnsafeWorld);
      for (const padding of [first, second, stranger]) {
        await expect(work(encodeWork(0, [first, padding])))
          .to.be.revertedWithCustomError(job, "TooFewClosed")
          .withArgs(1, 2);
      }
    });

    it("liquidates from the riskiest upwards, and stops at one that is safe", async () => {
      const world = await loadFixture(deployOneUnsafeWorld);
      const { job, keep3r, troveManager, treasury, keeper, first, work } = world;

      const receipt = await work(encodeWork(3));

      await expect(receipt)
        .to.emit(job, "Liquidation")
        .withArgs(keeper.address, treasury, 1, LUSD_COMPENSATION, FIRST_ETH);
      await expect(receipt).to.emit(keep3r, "KeeperWork");
      await expect(receipt).not.to.emit(job, "CompensationHeld");
      expect((await troveManager.troves(first)).status).to.equal(3);
      expect(await troveManager.getTroveOwnersCount()).to.equal(3);
      await expectConserved(world);
    });

    it("liquidates as many as it is told to", async () => {
      const world = await loadFixture(deployAllUnsafeWorld);
      await expect(world.work(encodeWork(2))).to.emit(world.job, "Liquidation");
      expect(await world.troveManager.getTroveOwnersCount()).to.equal(2);
      await expectConserved(world);
    });

    it("liquidates a list", async () => {
      const world = await loadFixture(deployAllUnsafeWorld);
      const { job, troveManager, treasury, whale, keeper, first, third, work } = world;
      // Nothing is redistributed, so the collateral stays the same
      await troveManager.connect(whale).provideToSP(4_000n * WAD);
      const eth = (26n * WAD) / 10n / COLL_COMPENSATION_DIVISOR;
      await expect(work(encodeWork(0, [third, first])))
        .to.emit(job, "Liquidation")
        .withArgs(keeper.address, treasury, 2, 2n * LUSD_COMPENSATION, eth);
      expect((await troveManager.troves(third)).status).to.equal(3);
      await expectConserved(world);
    });

    it("offsets the debt that the stability pool can absorb", async () => {
      const world = await loadFixture(deployAllUnsafeWorld);
      const { troveManager, lusd, whale, work } = world;
      await troveManager.connect(whale).provideToSP(1_500n * WAD);
      await work(encodeWork(1));
      expect(await lusd.balanceOf(await troveManager.stabilityPool())).to.equal(0);
      expect(await troveManager.getEntireSystemDebt()).to.equal(14_700n * WAD);
      await expectConserved(world);
    });

    it("can't be repeated", async () => {
      const { first, work } = await loadFixture(deployOneUnsafeWorld);
      await work(encodeWork(1));
      for (const data of [encodeWork(1), encodeWork(20), encodeWork(0, [first])]) {
        await expect(work(data)).to.be.revertedWith("TroveManager: nothing to liquidate");
      }
    });
  });

  describe("dryRun", () => {
    it("always reverts, and is for anyone", async () => {
      const { job, troveManager, stranger, first, second } = await loadFixture(deployOneUnsafeWorld);
      const dryRun = (n: number, borrowers: (typeof first)[]) => job.connect(stranger).dryRun(n, borrowers);
      await expect(dryRun(1, [])).to.be.revertedWithCustomError(job, "DryRunSucceeded");
      await expect(dryRun(0, [first])).to.be.revertedWithCustomError(job, "DryRunSucceeded");
      await expect(dryRun(0, [first, second]))
        .to.be.revertedWithCustomError(job, "TooFewClosed")
        .withArgs(1, 2);
      expect(await troveManager.getTroveOwnersCount()).to.equal(4);
    });
  });

  describe("workable", () => {
    it("finds nothing for a keeper that a mixin keeps out", async () => {
      const { keep3r, jobOwner, keeper, stranger, troveManager, treasury } = await loadFixture(deployOneUnsafeWorld);
      const args = [keep3r, jobOwner, troveManager, treasury, keeper] as const;
      const job = await ethers.deployContract("SeatedLiquidationJob__Mock", [...args]);
      expect(await job.connect(stranger).workable.staticCall()).to.deep.equal([false, "0x"]);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([true, encodeWork(20)]);
    });

    it("finds nothing while all troves are safe", async () => {
      const { job, keeper } = await loadFixture(deployLiquidationWorld);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);
    });

    it("finds troves to liquidate, and its work succeeds", async () => {
      const { job, keeper, troveManager, work } = await loadFixture(deployAllUnsafeWorld);
      const [canWork, data] = await job.connect(keeper).workable.staticCall();
      expect(canWork).to.equal(true);
      expect(data).to.equal(encodeWork(20));
      await expect(work(data)).to.emit(job, "Liquidation");
      expect(await troveManager.getTroveOwnersCount()).to.equal(1);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);
    });

    it("finds work in recovery mode, where one trove is skipped that the pool can't absorb", async () => {
      const { job, troveManager, whale, keeper, second, work, ...rest } = await loadFixture(deployRecoveryWorld);
      await expect(work(encodeWork(1))).to.be.revertedWith("TroveManager: nothing to liquidate");

      const [canWork, data] = await job.connect(keeper).workable.staticCall();

      expect(canWork).to.equal(true);
      await expect(work(data)).to.emit(job, "Liquidation");
      expect((await troveManager.troves(second)).status).to.equal(3);
      expect(await troveManager.collSurplus(second)).to.be.greaterThan(0);
      expect((await troveManager.troves(whale)).status).to.equal(1);
      await expectConserved({ troveManager, ...rest });
    });

    it("finds nothing in the last trove, which can't be liquidated", async () => {
      const { job, keeper, feed, whale, work } = await loadFixture(deployLastTroveWorld);
      await feed.updateAnswer(1);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);
      for (const data of [encodeWork(1), encodeWork(0, [whale])]) {
        await expect(work(data)).to.be.revertedWith("TroveManager: nothing to liquidate");
      }
    });

    it("changes nothing when it is sent as a transaction", async () => {
      const { job, keep3r, stranger, troveManager } = await loadFixture(deployOneUnsafeWorld);
      await expect(job.connect(stranger).workable()).not.to.emit(keep3r, "KeeperWork");
      expect(await troveManager.getTroveOwnersCount()).to.equal(4);
    });
  });
});
