import { DAY, HOUR } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { Standing } from "#model/seat";
import { itIsForTheOwnerOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { at } from "#support/tools/time";
import { everyWay, expectAgreement, workData } from "#support/worlds/inbox";
import { deploySeatedWorld, deployVacantWorld, submitAt, TERMS } from "#support/worlds/seat";

const { slaTime, barTime, restTime, termTime } = TERMS;
const NO_TERMS = { termTime: 0, slaTime: 0, barTime: 0, restTime: 0, bonusInterval: 0 };
const YEAR = 365 * DAY;

describe("ExclusiveKeeper", () => {
  describe("setSeatTerms", () => {
    itIsForTheOwnerOnly(deployVacantWorld, ({ job, stranger }) => job.connect(stranger).setSeatTerms(TERMS));

    for (const name of ["termTime", "slaTime", "barTime", "restTime", "bonusInterval"] as const) {
      it(`refuses a ${name} of more than a year`, async () => {
        const { job, jobOwner } = await loadFixture(deployVacantWorld);
        await expect(job.connect(jobOwner).setSeatTerms({ ...TERMS, [name]: YEAR + 1 }))
          .to.be.revertedWithCustomError(job, "SeatTimeOutOfBounds")
          .withArgs(YEAR + 1, name === "slaTime" ? 1 : 0, YEAR);
        await expect(job.connect(jobOwner).setSeatTerms({ ...TERMS, [name]: YEAR })).not.to.be.reverted;
      });
    }

    it("refuses a term in which work is overdue at once", async () => {
      const { job, jobOwner } = await loadFixture(deployVacantWorld);
      await expect(job.connect(jobOwner).setSeatTerms({ ...TERMS, slaTime: 0 }))
        .to.be.revertedWithCustomError(job, "SeatTimeOutOfBounds")
        .withArgs(0, 1, YEAR);
    });

    it("sets the terms", async () => {
      const { job, jobOwner } = await loadFixture(deployVacantWorld);
      const terms = { termTime: 5, slaTime: 1, barTime: 2, restTime: 3, bonusInterval: 4 };

      await expect(job.connect(jobOwner).setSeatTerms(terms))
        .to.emit(job, "SeatTermsChange")
        .withArgs(Object.values(terms));

      expect(await job.seatTerms()).to.deep.equal(Object.values(terms));
    });

    it("leaves the end of a running term as it was", async () => {
      const { job, jobOwner, holder, until } = await loadFixture(deploySeatedWorld);
      await job.connect(jobOwner).setSeatTerms({ ...TERMS, termTime: 60 });

      const seat = await job.seat();
      expect(seat.holder).to.equal(holder.address);
      expect(seat.until).to.equal(until);
    });

    it("gives the holder the whole time for work that has been due", async () => {
      const { job, jobOwner, second, takenAt } = await loadFixture(deploySeatedWorld);
      const changedAt = (await submitAt(job, takenAt + DAY)) + slaTime;

      await at(changedAt, () => job.connect(jobOwner).setSeatTerms({ ...TERMS, slaTime: 60 }));

      await at(changedAt + 60, () =>
        expect(job.connect(second).work("0x")).to.be.revertedWithCustomError(job, "SeatTaken"),
      );
      await at(changedAt + 61, () => expect(job.connect(second).work("0x")).not.to.be.reverted);
    });

    it("without a term vacates the seat and lets everyone work", async () => {
      const { job, jobOwner, holder, keepers } = await loadFixture(deploySeatedWorld);
      await job.submit(5);

      await job.connect(jobOwner).setSeatTerms(NO_TERMS);

      expect(await job.seat()).to.deep.equal([ethers.ZeroAddress, 0, 0, 0]);
      for (const keeper of keepers) {
        expect(await job.standing(keeper)).to.equal(Standing.Free);
        await expect(job.connect(keeper).work("0x")).not.to.emit(job, "HolderChange");
      }
      await job.connect(jobOwner).setSeatTerms(TERMS);
      expect(await job.standing(holder)).to.equal(Standing.Free);
    });
  });

  describe("the free seat", () => {
    it("is taken by the first keeper to work", async () => {
      const { job, keeper } = await loadFixture(deployVacantWorld);
      await job.submit(1);
      const takenAt = (await time.latest()) + HOUR;

      await at(takenAt, () =>
        expect(job.connect(keeper).work("0x"))
          .to.emit(job, "HolderChange")
          .withArgs(keeper.address, takenAt + termTime),
      );

      expect(await job.seat()).to.deep.equal([keeper.address, takenAt, takenAt + termTime, takenAt]);
      expect(await job.standing(keeper)).to.equal(Standing.Holder);
    });

    it("isn't taken by a work that fails", async () => {
      const { job, keeper } = await loadFixture(deployVacantWorld);
      await expect(job.connect(keeper).work("0x")).to.be.revertedWithCustomError(job, "NothingToDo");
      expect((await job.seat()).holder).to.equal(ethers.ZeroAddress);
    });
  });

  describe("the seat in its term", () => {
    it("is its holder's, however a work is paid", async () => {
      const world = await loadFixture(deploySeatedWorld);
      const { job, holder, second, until } = world;
      await job.submit(10);

      for (const work of everyWay(world, second)) {
        await expect(work()).to.be.revertedWithCustomError(job, "SeatTaken").withArgs(holder.address, until);
      }
      for (const work of everyWay(world, holder)) {
        await expect(work()).not.to.be.reverted;
        expect((await job.seat()).countedFrom).to.equal(await time.latest());
      }
    });

    it("isn't lost while nothing is due", async () => {
      const { job, holder, second, until } = await loadFixture(deploySeatedWorld);
      await submitAt(job, until - 100);
      await at(until - 99, () =>
        expect(job.connect(second).work("0x"))
          .to.be.revertedWithCustomError(job, "SeatTaken")
          .withArgs(holder.address, until),
      );
    });

    it("can't be taken from within a work", async () => {
      const { job, holder, contractKeeper, until } = await loadFixture(deploySeatedWorld);
      await job.submit(2);
      await job.setListener(contractKeeper);
      await contractKeeper.arm(job, workData(job));

      await expect(job.connect(holder).work("0x"))
        .to.be.revertedWithCustomError(job, "SeatTaken")
        .withArgs(holder.address, until);
    });

    it("can't be taken from within the work that takes it", async () => {
      const { job, keeper, contractKeeper } = await loadFixture(deployVacantWorld);
      await job.submit(2);
      await job.setListener(contractKeeper);
      await contractKeeper.arm(job, workData(job));
      const takenAt = (await time.latest()) + slaTime + HOUR;

      await at(takenAt, () =>
        expect(job.connect(keeper).work("0x"))
          .to.be.revertedWithCustomError(job, "SeatTaken")
          .withArgs(keeper.address, takenAt + termTime),
      );
    });
  });

  describe("a missed deadline", () => {
    it("is missed after slaTime, and no second before", async () => {
      const { job, holder, second, takenAt, until } = await loadFixture(deploySeatedWorld);
      const due = await submitAt(job, takenAt + DAY);

      await at(due + slaTime, () =>
        expect(job.connect(second).work("0x"))
          .to.be.revertedWithCustomError(job, "SeatTaken")
          .withArgs(holder.address, until),
      );
      await at(due + slaTime + 1, () => expect(job.connect(second).work("0x")).not.to.be.reverted);
    });

    it("seats the keeper that does the work, and bars the holder", async () => {
      const { job, holder, second, takenAt } = await loadFixture(deploySeatedWorld);
      const missedAt = (await submitAt(job, takenAt + DAY)) + slaTime + 1;

      const work = await at(missedAt, () => job.connect(second).work("0x"));

      await expect(work)
        .to.emit(job, "HolderBar")
        .withArgs(holder.address, missedAt + barTime);
      await expect(work)
        .to.emit(job, "HolderChange")
        .withArgs(second.address, missedAt + termTime);
      expect(await job.seat()).to.deep.equal([second.address, missedAt, missedAt + termTime, missedAt]);
      expect(await job.barredUntil(holder)).to.equal(missedAt + barTime);
    });

    it("is made good by the holder that comes before all others", async () => {
      const { job, holder, second, takenAt, until } = await loadFixture(deploySeatedWorld);
      const due = await submitAt(job, takenAt + DAY, 2);
      await time.increaseTo(due + slaTime + 1);
      expect(await job.standing(holder)).to.equal(Standing.Late);
      expect(await job.standing(second)).to.equal(Standing.Successor);

      await job.connect(holder).work("0x");

      expect((await job.seat()).holder).to.equal(holder.address);
      expect(await job.barredUntil(holder)).to.equal(0);
      await expect(job.connect(second).work("0x"))
        .to.be.revertedWithCustomError(job, "SeatTaken")
        .withArgs(holder.address, until);
    });

    it("counts from the last work where work has piled up, for the holder and for a successor", async () => {
      const { job, holder, second, third, takenAt } = await loadFixture(deploySeatedWorld);
      const due = await submitAt(job, takenAt + DAY, 5);
      let workedAt = due + slaTime;
      await at(workedAt, () => job.connect(holder).work("0x"));

      for (const keeper of [second, third]) {
        await at(workedAt + slaTime, () =>
          expect(job.connect(keeper).work("0x")).to.be.revertedWithCustomError(job, "SeatTaken"),
        );
        workedAt += slaTime + 1;
        await at(workedAt, () => job.connect(keeper).work("0x"));
      }
    });

    it("of a holder that the network disputes is like any other", async () => {
      const { job, keep3r, disputer, holder, second, takenAt } = await loadFixture(deploySeatedWorld);
      await keep3r.connect(disputer).dispute(holder);
      const due = await submitAt(job, takenAt + DAY);

      await expect(job.connect(holder).work("0x")).to.be.revertedWithCustomError(job, "KeeperNotValid");
      await at(due + slaTime + 1, () =>
        expect(job.connect(second).work("0x"))
          .to.emit(job, "HolderBar")
          .withArgs(holder.address, due + slaTime + 1 + barTime),
      );
    });
  });

  describe("who is barred", () => {
    /** The first keeper was replaced by the second. */
    async function deployReplacedWorld() {
      const world = await deploySeatedWorld();
      const { job, second, takenAt } = world;
      const barredAt = (await submitAt(job, takenAt + DAY)) + slaTime + 1;
      await at(barredAt, () => job.connect(second).work("0x"));
      return { ...world, barredUntil: barredAt + barTime };
    }

    it("is refused, however a work is paid and though it is overdue", async () => {
      const world = await loadFixture(deployReplacedWorld);
      const { job, holder, barredUntil } = world;
      await job.submit(1);
      await time.increase(2 * slaTime);
      expect(await job.standing(holder)).to.equal(Standing.Barred);

      for (const work of everyWay(world, holder)) {
        await expect(work()).to.be.revertedWithCustomError(job, "SeatBarred").withArgs(barredUntil);
      }
      await at(barredUntil - 1, () =>
        expect(job.connect(holder).work("0x")).to.be.revertedWithCustomError(job, "SeatBarred").withArgs(barredUntil),
      );
      await at(barredUntil, () => expect(job.connect(holder).work("0x")).not.to.be.reverted);
    });

    it("is refused the free seat as well", async () => {
      const { job, jobOwner, holder, barredUntil } = await loadFixture(deployReplacedWorld);
      await job.connect(jobOwner).setSeatTerms(NO_TERMS);
      await job.connect(jobOwner).setSeatTerms(TERMS);
      await job.submit(1);

      await expect(job.connect(holder).work("0x"))
        .to.be.revertedWithCustomError(job, "SeatBarred")
        .withArgs(barredUntil);
    });
  });

  describe("the end of a term", () => {
    it("frees the seat for others in the second that it names", async () => {
      const { job, holder, second, until } = await loadFixture(deploySeatedWorld);
      await submitAt(job, until - 10);

      await at(until - 1, () =>
        expect(job.connect(second).work("0x"))
          .to.be.revertedWithCustomError(job, "SeatTaken")
          .withArgs(holder.address, until),
      );
      await at(until, () =>
        expect(job.connect(second).work("0x"))
          .to.emit(job, "HolderChange")
          .withArgs(second.address, until + termTime),
      );
      expect(await job.barredUntil(holder)).to.equal(0);
    });

    it("lets the holder work up to its last second, and then rest", async () => {
      const { job, holder, until } = await loadFixture(deploySeatedWorld);
      await submitAt(job, until - 10, 2);
      await at(until - 1, () => job.connect(holder).work("0x"));

      await at(until, () =>
        expect(job.connect(holder).work("0x"))
          .to.be.revertedWithCustomError(job, "SeatResting")
          .withArgs(until + restTime),
      );
    });

    it("lets the last holder return after its rest", async () => {
      const { job, holder, until } = await loadFixture(deploySeatedWorld);
      const restedAt = until + restTime;
      await submitAt(job, restedAt - 10);

      await at(restedAt - 1, () =>
        expect(job.connect(holder).work("0x")).to.be.revertedWithCustomError(job, "SeatResting").withArgs(restedAt),
      );
      await at(restedAt, () =>
        expect(job.connect(holder).work("0x"))
          .to.emit(job, "HolderChange")
          .withArgs(holder.address, restedAt + termTime),
      );
    });

    it("lets it return earlier if nobody does work that is due", async () => {
      const { job, holder, until } = await loadFixture(deploySeatedWorld);
      const due = await submitAt(job, until + 100);

      await at(due + slaTime, () =>
        expect(job.connect(holder).work("0x")).to.be.revertedWithCustomError(job, "SeatResting"),
      );
      await at(due + slaTime + 1, () =>
        expect(job.connect(holder).work("0x"))
          .to.emit(job, "HolderChange")
          .withArgs(holder.address, due + slaTime + 1 + termTime),
      );
    });

    it("gives others the whole time for work that was due before", async () => {
      const { job, holder, until } = await loadFixture(deploySeatedWorld);
      await submitAt(job, until - slaTime);

      await at(until + slaTime, () =>
        expect(job.connect(holder).work("0x")).to.be.revertedWithCustomError(job, "SeatResting"),
      );
      await at(until + slaTime + 1, () => expect(job.connect(holder).work("0x")).not.to.be.reverted);
    });

    it("lets it return at once where there is no rest", async () => {
      const { job, jobOwner, holder, until } = await loadFixture(deploySeatedWorld);
      await job.connect(jobOwner).setSeatTerms({ ...TERMS, restTime: 0 });
      await submitAt(job, until - 10);

      await at(until, () => expect(job.connect(holder).work("0x")).to.emit(job, "HolderChange"));
    });
  });

  describe("excuse", () => {
    it("is for the holder only, in its term", async () => {
      const { job, holder, second, until } = await loadFixture(deploySeatedWorld);
      await expect(job.connect(second).excuse()).to.be.revertedWithCustomError(job, "OnlyHolder");
      await at(until, () => expect(job.connect(holder).excuse()).to.be.revertedWithCustomError(job, "OnlyHolder"));
    });

    it("is refused while the holder may work", async () => {
      const { job, holder } = await loadFixture(deploySeatedWorld);
      await expect(job.connect(holder).excuse()).to.be.revertedWithCustomError(job, "NothingToExcuse");
    });
  });

  describe("workable", () => {
    it("agrees with work for the holder, a successor, the barred and the resting", async () => {
      const { job, holder, second, third, takenAt } = await loadFixture(deploySeatedWorld);
      const due = await submitAt(job, takenAt + HOUR, 3);
      const expectAt = async (timestamp: number, answers: [typeof holder, boolean][]) => {
        for (const [keeper, canWork] of answers) {
          await at(timestamp, () => expectAgreement(job, keeper, canWork));
        }
      };
      await expectAt(due + slaTime, [
        [holder, true],
        [second, false],
      ]);
      await expectAt(due + slaTime + 1, [
        [holder, true],
        [second, true],
        [third, true],
      ]);

      await at(due + slaTime + 1, () => job.connect(second).work("0x"));
      const until = due + slaTime + 1 + termTime;
      await expectAt(until - 1, [
        [second, true],
        [third, true],
      ]);
      await at(until - 1, () => job.connect(second).work("0x"));
      await expectAt(until, [
        [second, false],
        [third, true],
        [holder, true],
      ]);
      await expectAt(until + slaTime + 1, [[second, true]]);
    });
  });
});
