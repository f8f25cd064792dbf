import { DAY, GWEI, WAD } from "@keep3r-network/sdk";
import { anyValue } from "@nomicfoundation/hardhat-chai-matchers/withArgs";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { BaseContract } from "ethers";
import { ethers } from "hardhat";
import { activateContract } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { paddingOf } from "#support/payments/padding";
import { totalPaid } from "#support/payments/payments";
import { Random } from "#support/tools/random";
import {
  ACTIVE,
  BITCOIN_IN_WEI,
  buy,
  buyAndWait,
  CALL,
  COST,
  decodeIds,
  deployHegicWbtcWorld,
  deployHegicWorld,
  encodeIds,
  EXERCISED,
  EXPIRED,
  type HegicWorld,
  IN_ETHER,
  MAX_OPTIONS,
  PUT,
  SATOSHIS,
  stateOf,
  valueOf,
  writeOne,
} from "#support/worlds/hegic";

const SEED = 11;

/** Three options worth unlocking: half of the pool is locked. */
async function deployReadyWorld() {
  const world = await deployHegicWorld();
  const ids = await buyAndWait(world, world.options, [10n * WAD, 15n * WAD, 25n * WAD]);
  return { ...world, ids, data: encodeIds(ids) };
}

describe("HegicUnlockJob", () => {
  describe("work", () => {
    it("is for keepers only, whatever they are paid in", async () => {
      const { unlockJob, stranger, jobOwner, token, data } = await loadFixture(deployReadyWorld);
      await expect(unlockJob.connect(stranger).work(data)).to.be.revertedWithCustomError(unlockJob, "KeeperNotValid");
      await unlockJob.connect(jobOwner).setTokenReward(token, 1);
      await expect(unlockJob.connect(stranger).work(data)).to.be.revertedWithCustomError(unlockJob, "KeeperNotValid");
    });

    it("refuses data that isn't exactly a list", async () => {
      const { unlockJob, keeper, data } = await loadFixture(deployReadyWorld);
      const asKeeper = unlockJob.connect(keeper);
      await expect(asKeeper.work(`${data}00`))
        .to.be.revertedWithCustomError(unlockJob, "DataLengthMismatch")
        .withArgs(64 + 3 * 32 + 1, 64 + 3 * 32);
      // A list at another offset
      const words = ["40", "00", "01", "00"].map((word) => word.padStart(64, "0"));
      await expect(asKeeper.work(`0x${words.join("")}`))
        .to.be.revertedWithCustomError(unlockJob, "DataLengthMismatch")
        .withArgs(128, 96);
      for (const malformed of ["0x", "0x01", data.slice(0, -2)]) {
        await expect(asKeeper.work(malformed)).to.be.revertedWithoutReason();
      }
    });

    it("refuses a list that is empty, too long, not ascending, or has an id twice", async () => {
      const { unlockJob, keeper, ids } = await loadFixture(deployReadyWorld);
      const [first = 0n, second = 0n] = ids;
      const asKeeper = unlockJob.connect(keeper);
      for (const count of [0, 51]) {
        const list = Array.from({ length: count }, (_, id) => BigInt(id));
        await expect(asKeeper.work(encodeIds(list)))
          .to.be.revertedWithCustomError(unlockJob, "ListOutOfBounds")
          .withArgs(count, MAX_OPTIONS);
      }
      for (const [previous, id] of [
        [second, first],
        [second, second],
      ] as const) {
        await expect(asKeeper.work(encodeIds([previous, id])))
          .to.be.revertedWithCustomError(unlockJob, "IdsNotAscending")
          .withArgs(previous, id);
      }
    });

    it("refuses the whole list for one option that was exercised or unlocked, isn't over, or isn't there", async () => {
      const world = await loadFixture(deployReadyWorld);
      const { unlockJob, options, keeper, buyer, ids } = world;
      const [first = 0n, second = 0n] = ids;
      const exercised = await buy(world, options, WAD);
      const fresh = await buy(world, options, WAD);
      await options.connect(buyer).exercise(exercised);
      await options.unlock(second);
      const { expiration } = await options.options(fresh);

      for (const [id, error, args] of [
        [second, "OptionNotActive", [second]],
        [exercised, "OptionNotActive", [exercised]],
        [fresh, "OptionNotExpired", [fresh, expiration]],
        [99n, "OptionUnknown", [99n]],
      ] as const) {
        await expect(unlockJob.connect(keeper).work(encodeIds([first, id])))
          .to.be.revertedWithCustomError(unlockJob, error)
          .withArgs(...args);
      }
      expect(await stateOf(options, exercised)).to.equal(EXERCISED);
      expect(await stateOf(options, first)).to.equal(ACTIVE);
    });

    it("refuses an option in its last second, and takes it in the next", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper } = world;
      const id = await buy(world, options, 50n * WAD);
      const { expiration } = await options.options(id);
      await time.setNextBlockTimestamp(expiration);
      await expect(unlockJob.connect(keeper).work(encodeIds([id])))
        .to.be.revertedWithCustomError(unlockJob, "OptionNotExpired")
        .withArgs(id, expiration);
      await time.setNextBlockTimestamp(expiration + 1n);
      await expect(unlockJob.connect(keeper).work(encodeIds([id]))).to.emit(options, "Expire");
    });

    it("refuses while the feed has no usable answer", async () => {
      const world = await loadFixture(deployHegicWbtcWorld);
      const { wbtcJob, wbtcOptions, keeper, feed } = world;
      const ids = await buyAndWait(world, wbtcOptions, [5n * SATOSHIS]);
      const updatedAt = await feed.latestTimestamp();
      await expect(wbtcJob.connect(keeper).work(encodeIds(ids)))
        .to.be.revertedWithCustomError(wbtcJob, "FeedUnusable")
        .withArgs(BITCOIN_IN_WEI, updatedAt);
    });

    it("refuses a list that costs more than it is worth, though another with it is worth its cost", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper } = world;
      // At a usage of 6 an option has to free 0.46 ether
      const [small = 0n, large = 0n] = await buyAndWait(world, options, [WAD / 10n, 5n * WAD]);
      const value = await unlockJob.weightedUnlockValue([small]);
      await expect(unlockJob.connect(keeper).work(encodeIds([small])))
        .to.be.revertedWithCustomError(unlockJob, "CostAboveValue")
        .withArgs(COST, value);

      await unlockJob.connect(keeper).work(encodeIds([small, large]));

      expect(await stateOf(options, small)).to.equal(EXPIRED);
    });

    it("refuses to pay when the capital wasn't freed", async () => {
      const world = await loadFixture(deployReadyWorld);
      const { etherPrice, keeper } = world;
      const options = await ethers.deployContract("HegicIdleOptions__Mock", [etherPrice]);
      const { job, total } = await serve(world, options);
      await options.setIdle(true);

      await expect(job.connect(keeper).work(encodeIds([0n])))
        .to.be.revertedWithCustomError(job, "CapitalNotFreed")
        .withArgs(5n * WAD, 5n * WAD + total);
      await options.setIdle(false);
      await job.connect(keeper).work(encodeIds([0n]));
    });

    it("can't be entered again by the options", async () => {
      const world = await loadFixture(deployReadyWorld);
      const { keep3r, kp3r, etherPrice, keeper } = world;
      const options = await ethers.deployContract("HegicReentrantOptions__Mock", [etherPrice]);
      const { job } = await serve(world, options);
      await activateContract(keep3r, options, kp3r);
      await options.setOnUnlock(job.interface.encodeFunctionData("work", [encodeIds([0n])]));

      await expect(job.connect(keeper).work(encodeIds([0n]))).to.be.revertedWithCustomError(
        job,
        "ReentrancyGuardReentrantCall",
      );
    });

    it("unlocks the list, frees its capital and pays for gas in KP3R", async () => {
      const { keep3r, kp3r, unlockJob, options, pool, keeper, ids, data } = await loadFixture(deployReadyWorld);
      const [available, total] = [await pool.availableBalance(), await valueOf(options, ids)];

      const transaction = unlockJob.connect(keeper).work(data);
      await expect(transaction)
        .to.emit(keep3r, "KeeperWork")
        .withArgs(kp3r, unlockJob, keeper.address, anyValue, anyValue);
      for (const id of ids) {
        await expect(transaction)
          .to.emit(options, "Expire")
          .withArgs(id, (await options.options(id)).premium);
        expect(await stateOf(options, id)).to.equal(EXPIRED);
      }
      expect(await pool.availableBalance()).to.equal(available + total);
      expect(await pool.lockedAmount()).to.equal(0);
      expect(await pool.lockedPremium()).to.equal(0);
    });

    it("doesn't pay for calldata beyond the list", async () => {
      const { keep3r, unlockJob, keeper, ids } = await loadFixture(deployReadyWorld);
      const pay = (id: bigint | undefined, padding: number) => {
        const call = unlockJob.interface.encodeFunctionData("work", [encodeIds([id ?? -1n])]);
        const data = ethers.concat([call, paddingOf(padding)]);
        return totalPaid(keep3r, keeper.sendTransaction({ to: unlockJob, data }));
      };
      await pay(ids[0], 0);
      const [none, long] = [await pay(ids[1], 0), await pay(ids[2], 1600)];
      expect(long).to.be.closeTo(none, none / 100n);
    });

    it("pays a fixed amount of a token for each option, if the owner says so", async () => {
      const { keep3r, unlockJob, keeper, jobOwner, token, options, ids, data } = await loadFixture(deployReadyWorld);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(unlockJob, token, 10n * WAD);
      await unlockJob.connect(jobOwner).setTokenReward(token, WAD);

      const transaction = unlockJob.connect(keeper).work(data);
      await expect(transaction).to.changeTokenBalance(token, keeper, 3n * WAD);
      await expect(transaction)
        .to.emit(keep3r, "KeeperWork")
        .withArgs(token, unlockJob, keeper.address, 3n * WAD, anyValue);
      expect(await stateOf(options, ids[0] ?? 0n)).to.equal(EXPIRED);
    });

    it("doesn't unlock options that it can't pay for", async () => {
      const { keep3r, unlockJob, keeper, jobOwner, token, options, ids, data } = await loadFixture(deployReadyWorld);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(unlockJob, token, 2n * WAD);
      await unlockJob.connect(jobOwner).setTokenReward(token, WAD);
      await expect(unlockJob.connect(keeper).work(data)).to.be.revertedWithCustomError(keep3r, "InsufficientFunds");
      expect(await stateOf(options, ids[0] ?? 0n)).to.equal(ACTIVE);
    });

    it("pays once: a repeat is refused, and so is a list that overlaps", async () => {
      const { unlockJob, keeper, ids } = await loadFixture(deployReadyWorld);
      const [first = 0n, second = 0n, third = 0n] = ids;
      await unlockJob.connect(keeper).work(encodeIds([first, second]));
      for (const [list, ended] of [
        [[first, second], first],
        [[second, third], second],
      ] as const) {
        await expect(unlockJob.connect(keeper).work(encodeIds(list)))
          .to.be.revertedWithCustomError(unlockJob, "OptionNotActive")
          .withArgs(ended);
      }
    });

    it("serves a pool in another token at its price in ether", async () => {
      const world = await loadFixture(deployHegicWbtcWorld);
      const { keep3r, wbtcJob, wbtcOptions, wbtcPool, keeper, feed } = world;
      // A usage of 1: 12,833 satoshis are an eightieth of a tenth of 0.103 WBTC
      const [small = 0n] = await buyAndWait(world, wbtcOptions, [SATOSHIS / 12n]);
      await feed.updateAnswer(BITCOIN_IN_WEI);
      const { locked, value } = { locked: await wbtcPool.lockedAmount(), value: await valueOf(wbtcOptions, [small]) };
      expect(locked).to.equal(SATOSHIS / 12n);
      await expect(wbtcJob.connect(keeper).work(encodeIds([small])))
        .to.be.revertedWithCustomError(wbtcJob, "CostAboveValue")
        .withArgs((COST * SATOSHIS) / BITCOIN_IN_WEI, value / 10n / 80n);

      await feed.updateAnswer(2n * BITCOIN_IN_WEI);

      await expect(wbtcJob.connect(keeper).work(encodeIds([small]))).to.emit(keep3r, "KeeperWork");
      expect(await wbtcPool.lockedAmount()).to.equal(0);
    });
  });

  describe("workable", () => {
    it("says no while a mixin lets nobody work", async () => {
      const { keep3r, jobOwner, options } = await loadFixture(deployReadyWorld);
      const job = await ethers.deployContract("HegicUnlockJob__Harness", [keep3r, jobOwner, options]);
      expect(await job.workable()).to.deep.equal([false, "0x"]);
    });

    it("says no when there is nothing, nothing over, or nothing worth its cost", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper } = world;
      const ask = () => unlockJob.connect(keeper).workable();
      expect(await ask()).to.deep.equal([false, "0x"]);
      await buy(world, options, WAD / 10n);
      expect(await ask()).to.deep.equal([false, "0x"]);
      await time.increase(DAY + 1);
      expect(await ask()).to.deep.equal([false, "0x"]);
    });

    it("says no while the feed has no usable answer", async () => {
      const world = await loadFixture(deployHegicWbtcWorld);
      const { wbtcJob, wbtcOptions, keeper, feed } = world;
      const ids = await buyAndWait(world, wbtcOptions, [5n * SATOSHIS]);
      expect(await wbtcJob.connect(keeper).workable()).to.deep.equal([false, "0x"]);
      await feed.updateAnswer(BITCOIN_IN_WEI);
      expect(await wbtcJob.connect(keeper).workable()).to.deep.equal([true, encodeIds(ids)]);
    });

    it("names as many as the rule lets through, those that free most, in ascending order", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper } = world;
      // At a usage of 9 an option has to free 0.3 ether; the three large ones carry some of the small ones
      const amounts = [2n, 1n, 30n, 3n, 40n, 1n, 20n].map((tenths) => (tenths * WAD) / 10n);
      const tiny = Array<bigint>(30).fill(WAD / 1000n);
      const ids = await buyAndWait(world, options, [...amounts, ...tiny]);
      const [canWork, data] = await unlockJob.connect(keeper).workable();

      const listed = decodeIds(data);
      expect(canWork).to.be.true;
      expect(listed.slice(0, 7)).to.deep.equal(ids.slice(0, 7));
      const next = [...listed, ids[listed.length] ?? 0n];
      expect(await unlockJob.connect(keeper).unlockable(listed)).to.be.true;
      expect(await unlockJob.connect(keeper).unlockable(next)).to.be.false;
      await unlockJob.connect(keeper).work(data);
    });

    it("names no more than a list can have, of many that are alike", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper } = world;
      const buyer = await ethers.deployContract("HegicBuyer__Mock");
      await buyer.buy(options, 60, DAY, WAD, { value: 60n * WAD });
      const large = await buyAndWait(world, options, [2n * WAD, 3n * WAD]);
      const expected = [...Array.from({ length: 48 }, (_, id) => BigInt(id)), ...large];

      const [, data] = await unlockJob.connect(keeper).workable();
      expect(decodeIds(data)).to.deep.equal(expected);
      await unlockJob.connect(keeper).work(data);
      const [canWork, rest] = await unlockJob.connect(keeper).workable();
      expect([canWork, decodeIds(rest)]).to.deep.equal([true, Array.from({ length: 12 }, (_, id) => BigInt(id + 48))]);
    });

    it("names no more than the job has tokens for", async () => {
      const { keep3r, unlockJob, keeper, jobOwner, token, ids } = await loadFixture(deployReadyWorld);
      await unlockJob.connect(jobOwner).setTokenReward(token, WAD);
      expect(await unlockJob.connect(keeper).workable()).to.deep.equal([false, "0x"]);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(unlockJob, token, 3n * WAD);
      const [, data] = await unlockJob.connect(keeper).workable();
      expect(decodeIds(data)).to.deep.equal(ids.slice(1));
      await unlockJob.connect(keeper).work(data);
    });

    it("isn't stopped by a helper without prices, or an id beyond the last that burns all the gas", async () => {
      const { keep3r, jobOwner, options, keeper, data, unlockJob } = await loadFixture(deployReadyWorld);
      const old = await ethers.deployContract("HegicOldOptions__Mock", [options]);
      const job = await ethers.deployContract("HegicUnlockJob", [keep3r, jobOwner, old, ...IN_ETHER]);
      expect(await job.connect(keeper).workable()).to.deep.equal([true, data]);
      const broken = await ethers.deployContract("Pricing__Mock");
      await keep3r.setKeep3rHelper(broken);
      expect(await unlockJob.connect(keeper).workable()).to.deep.equal([false, "0x"]);
    });

    it(`agrees with work, whatever is bought, exercised and priced (seed ${SEED})`, async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, pool, keeper, buyer, helper } = world;
      const random = new Random(SEED);
      let works = 0;
      for (let round = 0; round < 60; round++) {
        const room = ((await pool.totalBalance()) * 8n) / 10n - (await pool.lockedAmount());
        const amount = random.betweenBig(WAD / 100n, 8n * WAD);
        if (amount <= room) {
          const period = random.between(DAY, 3 * DAY);
          const id = await buy(world, options, amount, { period, type: random.pick([PUT, CALL]) });
          if (random.between(0, 9) === 0) await options.connect(buyer).exercise(id);
        }
        await time.increase(random.between(0, DAY / 2));
        await helper.setGasPrice(random.betweenBig(GWEI, 300n * GWEI));

        const [canWork, data] = await unlockJob.connect(keeper).workable();
        if (!canWork) continue;
        const before = await pool.availableBalance();
        const total = await valueOf(options, decodeIds(data));
        await unlockJob.connect(keeper).work(data);
        expect(await pool.availableBalance()).to.equal(before + total);
        works++;
      }
      expect(works).to.be.greaterThan(10);
    });
  });
});

/** A job for options that misbehave. */
async function serve(world: HegicWorld, options: BaseContract) {
  const { keep3r, jobOwner } = world;
  const job = await ethers.deployContract("HegicUnlockJob", [keep3r, jobOwner, options, ...IN_ETHER]);
  await keep3r.forceLiquidityCreditsToJob(job, WAD);
  return { job, total: await writeOne(world, options) };
}
