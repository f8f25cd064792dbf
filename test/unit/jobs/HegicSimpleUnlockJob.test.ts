import { DAY, WAD } from "@keep3r-network/sdk";
import { anyValue } from "@nomicfoundation/hardhat-chai-matchers/withArgs";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateContract } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import {
  buy,
  buyAndWait,
  deployHegicWorld,
  encodeId,
  EXPIRED,
  type HegicWorld,
  SCAN_WINDOW,
  stateOf,
  writeOne,
} from "#support/worlds/hegic";

async function deployReadyWorld() {
  const world = await deployHegicWorld();
  const [id = -1n] = await buyAndWait(world, world.options, [WAD]);
  return { ...world, id };
}

describe("HegicSimpleUnlockJob", () => {
  describe("constructor", () => {
    it("refuses options without code", async () => {
      const { keep3r, jobOwner, stranger, simpleJob } = await loadFixture(deployHegicWorld);
      await expect(ethers.deployContract("HegicSimpleUnlockJob", [keep3r, jobOwner, stranger]))
        .to.be.revertedWithCustomError(simpleJob, "WithoutCode")
        .withArgs(stranger.address);
    });

    it("registers the job for its owner, and says that it can be asked for work", async () => {
      const { keep3r, jobOwner, simpleJob, options } = await loadFixture(deployHegicWorld);
      expect(await keep3r.jobOwner(simpleJob)).to.equal(jobOwner.address);
      expect(await simpleJob.owner()).to.equal(jobOwner.address);
      expect(await simpleJob.options()).to.equal(await options.getAddress());
      expect(await simpleJob.scanFrom()).to.equal(0);
      expect(await simpleJob.SCAN_WINDOW()).to.equal(SCAN_WINDOW);
      const id = ethers.id("workable()").slice(0, 10);
      const other = ethers.id("work(bytes)").slice(0, 10);
      const interfaceId = ethers.toBeHex(BigInt(id) ^ BigInt(other), 4);
      expect(await simpleJob.supportsInterface(interfaceId)).to.be.true;
    });
  });

  describe("unlockable", () => {
    it("is false for an id that isn't there", async () => {
      const { simpleJob } = await loadFixture(deployHegicWorld);
      expect(await simpleJob.unlockable(0)).to.be.false;
      expect(await simpleJob.unlockable(ethers.MaxUint256)).to.be.false;
    });

    it("becomes true the second after the expiration", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { simpleJob, options } = world;
      const id = await buy(world, options, WAD);
      const { expiration } = await options.options(id);

      await time.increaseTo(expiration);
      expect(await simpleJob.unlockable(id, { blockTag: "latest" })).to.be.false;
      await time.increaseTo(expiration + 1n);
      expect(await simpleJob.unlockable(id, { blockTag: "latest" })).to.be.true;
    });

    it("is false for an option that was exercised or unlocked", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { simpleJob, options, buyer } = world;
      const [exercised, unlocked] = [await buy(world, options, WAD), await buy(world, options, WAD)];
      await options.connect(buyer).exercise(exercised);
      await time.increase(DAY + 1);
      await options.unlock(unlocked);
      expect(await simpleJob.unlockable(exercised)).to.be.false;
      expect(await simpleJob.unlockable(unlocked)).to.be.false;
    });
  });

  for (const entry of ["unlock", "work"] as const) {
    describe(entry, () => {
      const call = ({ simpleJob, keeper }: HegicWorld, id: bigint) =>
        entry === "unlock" ? simpleJob.connect(keeper).unlock(id) : simpleJob.connect(keeper).work(encodeId(id));

      it("is for keepers only", async () => {
        const world = await loadFixture(deployReadyWorld);
        await expect(call({ ...world, keeper: world.stranger }, world.id)).to.be.revertedWithCustomError(
          world.simpleJob,
          "KeeperNotValid",
        );
      });

      it("refuses an id that isn't there", async () => {
        const world = await loadFixture(deployReadyWorld);
        await expect(call(world, 1n)).to.be.revertedWithCustomError(world.simpleJob, "OptionUnknown").withArgs(1);
      });

      it("refuses an option that was exercised", async () => {
        const world = await loadFixture(deployReadyWorld);
        const { options, buyer, simpleJob } = world;
        const id = await buy(world, options, WAD);
        await options.connect(buyer).exercise(id);
        await expect(call(world, id)).to.be.revertedWithCustomError(simpleJob, "OptionNotActive").withArgs(id);
      });

      it("refuses an option in its last second, and takes it in the next", async () => {
        const world = await loadFixture(deployReadyWorld);
        const { options, simpleJob } = world;
        const id = await buy(world, options, WAD);
        const { expiration } = await options.options(id);

        await time.setNextBlockTimestamp(expiration);
        await expect(call(world, id))
          .to.be.revertedWithCustomError(simpleJob, "OptionNotExpired")
          .withArgs(id, expiration);
        await time.setNextBlockTimestamp(expiration + 1n);
        await expect(call(world, id)).to.emit(options, "Expire");
      });

      it("refuses to pay when the option is Active after all", async () => {
        const world = await loadFixture(deployReadyWorld);
        const { keep3r, jobOwner, etherPrice } = world;
        const options = await ethers.deployContract("HegicIdleOptions__Mock", [etherPrice]);
        const job = await ethers.deployContract("HegicSimpleUnlockJob", [keep3r, jobOwner, options]);
        await writeOne(world, options);
        await options.setIdle(true);

        await expect(call({ ...world, simpleJob: job }, 0n))
          .to.be.revertedWithCustomError(job, "OptionStillActive")
          .withArgs(0);
      });

      it("can't be entered again by the options", async () => {
        const world = await loadFixture(deployReadyWorld);
        const { keep3r, kp3r, jobOwner, etherPrice } = world;
        const options = await ethers.deployContract("HegicReentrantOptions__Mock", [etherPrice]);
        const job = await ethers.deployContract("HegicSimpleUnlockJob", [keep3r, jobOwner, options]);
        await keep3r.forceLiquidityCreditsToJob(job, WAD);
        await writeOne(world, options);
        await activateContract(keep3r, options, kp3r);
        const again =
          entry === "unlock"
            ? job.interface.encodeFunctionData("unlock", [0])
            : job.interface.encodeFunctionData("work", [encodeId(0n)]);
        await options.setOnUnlock(again);

        await expect(call({ ...world, simpleJob: job }, 0n)).to.be.revertedWithCustomError(
          job,
          "ReentrancyGuardReentrantCall",
        );
      });

      it("unlocks the option, frees its capital and pays the keeper", async () => {
        const world = await loadFixture(deployReadyWorld);
        const { keep3r, kp3r, keeper, options, pool, simpleJob, id } = world;
        const { premium } = await options.options(id);

        const transaction = call(world, id);
        await expect(transaction).to.emit(options, "Expire").withArgs(id, premium);
        await expect(transaction).to.emit(pool, "Profit").withArgs(id, premium);
        await expect(transaction)
          .to.emit(keep3r, "KeeperWork")
          .withArgs(kp3r, simpleJob, keeper.address, anyValue, anyValue);
        expect(await stateOf(options, id)).to.equal(EXPIRED);
        expect(await pool.lockedAmount()).to.equal(0);
        expect(await pool.availableBalance()).to.equal(100n * WAD + premium);
      });

      it("pays once: a repeat is refused", async () => {
        const world = await loadFixture(deployReadyWorld);
        await call(world, world.id);
        await expect(call(world, world.id))
          .to.be.revertedWithCustomError(world.simpleJob, "OptionNotActive")
          .withArgs(world.id);
      });
    });
  }

  describe("work: its data", () => {
    it("refuses data that isn't one id", async () => {
      const { simpleJob, keeper, id } = await loadFixture(deployReadyWorld);
      for (const [data, length] of [
        ["0x", 0],
        [encodeId(id).slice(0, -2), 31],
        [`${encodeId(id)}00`, 33],
      ] as const) {
        await expect(simpleJob.connect(keeper).work(data))
          .to.be.revertedWithCustomError(simpleJob, "DataLengthMismatch")
          .withArgs(length, 32);
      }
    });
  });

  describe("workable", () => {
    it("says no while a mixin lets nobody work", async () => {
      const { keep3r, jobOwner, options } = await loadFixture(deployReadyWorld);
      const job = await ethers.deployContract("HegicSimpleUnlockJob__Harness", [keep3r, jobOwner, options]);
      expect(await job.workable()).to.deep.equal([false, "0x"]);
    });

    it("says no while nothing is over", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { simpleJob, options } = world;
      expect(await simpleJob.workable()).to.deep.equal([false, "0x"]);
      await buy(world, options, WAD);
      expect(await simpleJob.workable()).to.deep.equal([false, "0x"]);
    });

    it("names the first that is over, and its work succeeds until there is none", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { simpleJob, options, keeper } = world;
      const long = await buy(world, options, WAD, { period: 2 * DAY });
      const short = [await buy(world, options, WAD), await buy(world, options, WAD)];
      await time.increase(DAY + 60);

      for (const id of short) {
        const [canWork, data] = await simpleJob.connect(keeper).workable();
        expect([canWork, data]).to.deep.equal([true, encodeId(id)]);
        await simpleJob.connect(keeper).work(data);
        expect(await stateOf(options, id)).to.equal(EXPIRED);
      }
      expect(await simpleJob.workable()).to.deep.equal([false, "0x"]);
      expect(await simpleJob.unlockable(long)).to.be.false;
    });

    it("isn't stopped by an id beyond the last that burns all the gas", async () => {
      const { keep3r, jobOwner, options, keeper, id } = await loadFixture(deployReadyWorld);
      const old = await ethers.deployContract("HegicOldOptions__Mock", [options]);
      const job = await ethers.deployContract("HegicSimpleUnlockJob", [keep3r, jobOwner, old]);
      await keep3r.forceLiquidityCreditsToJob(job, WAD);

      expect(await job.workable()).to.deep.equal([true, encodeId(id)]);
      await job.connect(keeper).unlock(id);
      expect(await job.workable()).to.deep.equal([false, "0x"]);
      expect(await job.unlockable(id + 1n)).to.be.false;
    });
  });

  describe("advanceScan", () => {
    it("moves on by one at least and a window at the most", async () => {
      const { simpleJob, stranger } = await loadFixture(deployReadyWorld);
      for (const to of [0n, SCAN_WINDOW + 1n]) {
        await expect(simpleJob.connect(stranger).advanceScan(to))
          .to.be.revertedWithCustomError(simpleJob, "ParameterOutOfBounds")
          .withArgs(to, 1, SCAN_WINDOW);
      }
    });

    it("never passes over an option that is Active, though it be over", async () => {
      const { simpleJob, stranger, id } = await loadFixture(deployReadyWorld);
      await expect(simpleJob.connect(stranger).advanceScan(id + 1n))
        .to.be.revertedWithCustomError(simpleJob, "OptionStillActive")
        .withArgs(id);
    });

    it("never passes over an option that isn't there yet", async () => {
      const { simpleJob, options, stranger, id } = await loadFixture(deployReadyWorld);
      await options.unlock(id);
      await expect(simpleJob.connect(stranger).advanceScan(id + 2n))
        .to.be.revertedWithCustomError(simpleJob, "OptionUnknown")
        .withArgs(id + 1n);
    });

    it("never passes over an option because it had too little gas to look", async () => {
      const { simpleJob, stranger } = await loadFixture(deployReadyWorld);
      for (let gasLimit = 22_000; gasLimit < 120_000; gasLimit += 4_000) {
        const sent = simpleJob.connect(stranger).advanceScan(1, { gasLimit });
        await expect(sent.then((transaction) => transaction.wait())).to.be.rejected;
      }
      expect(await simpleJob.scanFrom()).to.equal(0);
    });

    it("lets anyone move the window past options that have ended", async () => {
      const { simpleJob, options, stranger, id } = await loadFixture(deployReadyWorld);
      await options.unlock(id);
      await expect(simpleJob.connect(stranger).advanceScan(id + 1n))
        .to.emit(simpleJob, "ScanFromChange")
        .withArgs(id + 1n);
      expect(await simpleJob.scanFrom()).to.equal(id + 1n);
    });

    it("shows options that were beyond the window, which could be worked all the same", async () => {
      const world = await loadFixture(deployReadyWorld);
      const { simpleJob, options, keeper, id } = world;
      const buyer = await ethers.deployContract("HegicBuyer__Mock");
      for (let bought = 0n; bought < SCAN_WINDOW; bought += 50n) {
        await buyer.buy(options, 50, DAY, WAD / 1000n, { value: WAD });
      }
      const last = SCAN_WINDOW;
      await time.increase(DAY + 1);
      const all = Array.from({ length: Number(last) - 1 }, (_, index) => BigInt(index) + id);
      for (let first = 0; first < all.length; first += 100) await options.unlockAll(all.slice(first, first + 100));

      expect(await simpleJob.workable()).to.deep.equal([true, encodeId(last - 1n)]);
      await simpleJob.connect(keeper).unlock(last - 1n);
      expect(await simpleJob.workable()).to.deep.equal([false, "0x"]);
      expect(await simpleJob.unlockable(last)).to.be.true;

      await simpleJob.advanceScan(last);
      expect(await simpleJob.workable()).to.deep.equal([true, encodeId(last)]);
      await simpleJob.connect(keeper).unlock(last);
    });
  });
});
