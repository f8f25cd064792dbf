import { DAY, GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import { setNextBlockBaseFeePerGas, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { Standing } from "#model/seat";
import { loadFixture } from "#support/fixture";
import { amountsPaid } from "#support/payments/payments";
import { at } from "#support/tools/time";
import { deployInboxWorld, everyWay, expectAgreement, FEES } from "#support/worlds/inbox";
import { submitAt, TERMS } from "#support/worlds/seat";

const CAP = 30n * GWEI;
/** Longer than the time for work that is due. */
const COOLDOWN = 2 * HOUR;
const MAX_PAYMENT = 5n * WAD;
const MAX_DAILY_PAYMENT = 8n * WAD;
const BONUS = 2n * WAD;
const { slaTime } = TERMS;

/** A job with all mixins set and ten tasks, whose seat the first keeper has just taken. */
async function deployMixinsWorld(name: "AllMixinsJob__Mock" | "ReversedMixinsJob__Mock") {
  const world = await deployInboxWorld(name);
  const { job, jobOwner, keepers } = world;
  const owned = job.connect(jobOwner);
  await owned.setMaxBaseFee(CAP);
  await owned.setCooldown(COOLDOWN);
  await owned.setMaxPayment(MAX_PAYMENT);
  await owned.setMaxDailyPayment(MAX_DAILY_PAYMENT);
  await owned.setSeatTerms(TERMS);
  await owned.setSeatRewards(BONUS, 0, 0);

  // At 01:00 UTC, so that a test has a day before the next begins
  const now = await time.latest();
  const workedAt = now - (now % DAY) + DAY + HOUR;
  await at(workedAt, () => job.connect(keepers[0]).workForAmount(1));
  return { ...world, owned, holder: keepers[0], second: keepers[1], readyAt: workedAt + COOLDOWN };
}

async function deployAllMixinsWorld() {
  return deployMixinsWorld("AllMixinsJob__Mock");
}

async function deployReversedMixinsWorld() {
  return deployMixinsWorld("ReversedMixinsJob__Mock");
}

for (const { order, deploy } of [
  { order: "in one order", deploy: deployAllMixinsWorld },
  { order: "in the reverse order", deploy: deployReversedMixinsWorld },
]) {
  describe(`All mixins ${order}`, () => {
    it("refuse a work each, however it is paid", async () => {
      const world = await loadFixture(deploy);
      const { job, owned, holder, second, readyAt } = world;
      for (const work of everyWay(world, holder)) {
        await expect(work()).to.be.revertedWithCustomError(job, "CoolingDown").withArgs(readyAt);
      }

      await time.increaseTo(readyAt);
      for (const work of everyWay(world, holder)) {
        await setNextBlockBaseFeePerGas(CAP + 1n);
        await expect(work())
          .to.be.revertedWithCustomError(job, "BaseFeeAboveCap")
          .withArgs(CAP + 1n, CAP);
      }
      await setNextBlockBaseFeePerGas(CAP);
      for (const work of everyWay(world, second)) {
        await expect(work()).to.be.revertedWithCustomError(job, "SeatTaken");
      }
      await owned.setMaxDailyPayment(1, FEES);
      for (const [way, work] of everyWay(world, holder).entries()) {
        // A work that is paid in tokens costs no KP3R
        if (way !== 2) await expect(work()).to.be.revertedWithCustomError(job, "DailyPaymentAboveCap");
      }
    });

    it("let the holder work, however it is paid", async () => {
      const world = await loadFixture(deploy);
      const { job, holder } = world;
      for (const work of everyWay(world, holder)) {
        await time.increaseTo(await job.readyAt());
        await expect(work()).not.to.be.reverted;
      }
      expect(await job.pending()).to.equal(5);
    });

    it("agree on whether there is work", async () => {
      const { job, owned, holder, second, readyAt } = await loadFixture(deploy);
      for (const { timestamp, holders, others } of [
        { timestamp: readyAt - 1, holders: false, others: false },
        { timestamp: readyAt, holders: true, others: false },
        { timestamp: readyAt + slaTime, holders: true, others: false },
        { timestamp: readyAt + slaTime + 1, holders: true, others: true },
      ]) {
        await at(timestamp, () => expectAgreement(job, holder, holders));
        await at(timestamp, () => expectAgreement(job, second, others));
      }
      await owned.setMaxDailyPayment(1);
      await expectAgreement(job, holder, false);
    });

    it("don't count the cool-down as a delay of the holder's", async () => {
      const { job, holder, second, readyAt } = await loadFixture(deploy);
      await at(readyAt + slaTime, () =>
        expect(job.connect(second).work("0x")).to.be.revertedWithCustomError(job, "SeatTaken"),
      );
      await at(readyAt + slaTime + 1, () =>
        expect(job.connect(second).work("0x"))
          .to.emit(job, "HolderBar")
          .withArgs(holder.address, readyAt + slaTime + 1 + TERMS.barTime),
      );
    });

    it("count a bonus as a part of the work's payment", async () => {
      const { job, keep3r, second, readyAt } = await loadFixture(deploy);
      await time.increaseTo(readyAt + slaTime + 1);
      expect(await job.seatReward(second)).to.equal(BONUS);

      await expect(job.connect(second).workForAmount(MAX_PAYMENT - BONUS + 1n))
        .to.be.revertedWithCustomError(job, "PaymentAboveCap")
        .withArgs(MAX_PAYMENT + 1n, MAX_PAYMENT);
      const work = await job.connect(second).workForAmount(MAX_PAYMENT - BONUS);

      expect(await amountsPaid(keep3r, work)).to.deep.equal([MAX_PAYMENT - BONUS, BONUS]);
      expect(await job.paidToday()).to.equal(MAX_PAYMENT + 1n);
    });

    it("count a bonus as a part of the day", async () => {
      const { job, owned, second, readyAt } = await loadFixture(deploy);
      await owned.setMaxDailyPayment(BONUS + WAD);

      await at(readyAt + slaTime + 1, () =>
        expect(job.connect(second).workForAmount(WAD))
          .to.be.revertedWithCustomError(job, "DailyPaymentAboveCap")
          .withArgs(BONUS + WAD + 1n, BONUS + WAD),
      );
    });
  });

  describe(`A holder whom the mixins refuse, ${order}`, () => {
    it("is excused while the base fee is too high, and has the whole time afterwards", async () => {
      const { job, holder, second, readyAt } = await loadFixture(deploy);
      const excusedAt = readyAt + slaTime;
      await setNextBlockBaseFeePerGas(CAP + 1n);
      await at(excusedAt, () =>
        expect(job.connect(holder).excuse(FEES)).to.emit(job, "HolderExcuse").withArgs(holder.address),
      );

      await setNextBlockBaseFeePerGas(CAP);
      await at(excusedAt + slaTime, () =>
        expect(job.connect(second).work("0x", FEES)).to.be.revertedWithCustomError(job, "SeatTaken"),
      );
      await at(excusedAt + slaTime + 1, () => expect(job.connect(second).work("0x", FEES)).not.to.be.reverted);
    });

    it("isn't excused once its work is overdue, in the one block in which it is refused (regression)", async () => {
      const { job, holder, second, readyAt } = await loadFixture(deploy);
      await setNextBlockBaseFeePerGas(CAP + 1n);
      await at(readyAt + slaTime + 1, () =>
        expect(job.connect(holder).excuse(FEES)).to.be.revertedWithCustomError(job, "NothingToExcuse"),
      );

      expect(await job.standing(second)).to.equal(Standing.Successor);
    });

    it("isn't excused at the cap, when it could work", async () => {
      const { job, holder, readyAt } = await loadFixture(deploy);
      await time.increaseTo(readyAt + slaTime);
      await setNextBlockBaseFeePerGas(CAP);
      await expect(job.connect(holder).excuse(FEES)).to.be.revertedWithCustomError(job, "NothingToExcuse");
    });

    it("is excused when the day's cap is used up", async () => {
      const { job, owned, holder, second, readyAt } = await loadFixture(deploy);
      await owned.setMaxDailyPayment(1);
      await at(readyAt + slaTime, () => job.connect(holder).excuse(FEES));

      await time.increaseTo(readyAt + 2 * slaTime);
      expect(await job.standing(second)).to.equal(Standing.Excluded);
    });
  });

  describe(`Work that piles up, ${order}`, () => {
    it("is done by the holder alone, one task in every cool-down", async () => {
      const { job, holder, second } = await loadFixture(deploy);
      await submitAt(job, (await time.latest()) + 1, 10);
      for (let i = 0; i < 5; i++) {
        await time.increaseTo((await job.readyAt()) + BigInt(slaTime) - 1n);
        await expect(job.connect(second).work("0x")).to.be.revertedWithCustomError(job, "SeatTaken");
        await job.connect(holder).workForAmount(1);
      }
      expect((await job.seat()).holder).to.equal(holder.address);
    });
  });
}
