import { DAY, HOUR, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { itIsForTheOwnerOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { amountsPaid } from "#support/payments/payments";
import { at } from "#support/tools/time";
import { deploySeatedWorld, submitAt, TERMS } from "#support/worlds/seat";

const { slaTime, termTime, bonusInterval } = TERMS;
const BONUS = 2n * WAD;
const TOO_MUCH = 2n ** 72n;
/** How often two addresses replace each other. */
const TURNS = 45;
/** The payment of `workForAmount`. */
const PAYMENT = WAD;

async function deployRewardsWorld(bonus = 0n, premiumStart = 0n, premiumEnd = 0n) {
  const world = await deploySeatedWorld();
  await world.job.connect(world.jobOwner).setSeatRewards(bonus, premiumStart, premiumEnd);
  return world;
}

const deployBonusWorld = () => deployRewardsWorld(BONUS);

describe("ExclusiveKeeper's rewards", () => {
  describe("setSeatRewards", () => {
    itIsForTheOwnerOnly(deploySeatedWorld, ({ job, stranger }) => job.connect(stranger).setSeatRewards(1, 2, 3));

    it("refuses a value that doesn't fit", async () => {
      const { job, jobOwner } = await loadFixture(deploySeatedWorld);
      for (let i = 0; i < 3; i++) {
        const [bonus = 0n, start = 0n, end = 0n] = [0, 1, 2].map((place) => (place === i ? TOO_MUCH : 0n));
        await expect(job.connect(jobOwner).setSeatRewards(bonus, start, end))
          .to.be.revertedWithCustomError(job, "SafeCastOverflowedUintDowncast")
          .withArgs(72, TOO_MUCH);
      }
    });

    it("sets the rewards", async () => {
      const { job, jobOwner } = await loadFixture(deploySeatedWorld);
      expect(await job.seatRewards()).to.deep.equal([0, 0, 0]);
      const rewards = [TOO_MUCH - 1n, TOO_MUCH - 2n, TOO_MUCH - 3n] as const;

      await expect(job.connect(jobOwner).setSeatRewards(...rewards))
        .to.emit(job, "SeatRewardsChange")
        .withArgs(...rewards);

      expect(await job.seatRewards()).to.deep.equal(rewards);
    });
  });

  describe("the bonus", () => {
    it("is a successor's, on top of its payment", async () => {
      const { job, keep3r, second, takenAt } = await loadFixture(deployBonusWorld);
      const due = await submitAt(job, takenAt + DAY);
      await time.increaseTo(due + slaTime + 1);
      expect(await job.seatReward(second)).to.equal(BONUS);

      const work = await job.connect(second).workForAmount(PAYMENT);

      expect(await amountsPaid(keep3r, work)).to.deep.equal([PAYMENT, BONUS]);
      expect(await keep3r.workCompleted(second)).to.equal(PAYMENT + BONUS);
    });

    it("comes with a payment in tokens, too", async () => {
      const { job, keep3r, token, second, takenAt } = await loadFixture(deployBonusWorld);
      const due = await submitAt(job, takenAt + DAY);

      const work = await at(due + slaTime + 1, () => job.connect(second).workForToken(token, 7));

      expect(await amountsPaid(keep3r, work)).to.deep.equal([7, BONUS]);
    });

    it("isn't paid to a keeper that takes a free seat, or to a late holder", async () => {
      const { job, keep3r, holder, second, takenAt, until } = await loadFixture(deployBonusWorld);
      const due = await submitAt(job, takenAt + DAY);
      await time.increaseTo(due + slaTime + 1);
      expect(await job.seatReward(holder)).to.equal(0);
      expect(await amountsPaid(keep3r, job.connect(holder).work("0x"))).to.have.length(1);

      await submitAt(job, until - 2 * slaTime);
      await time.increaseTo(until);
      expect(await job.seatReward(second)).to.equal(0);
      expect(await amountsPaid(keep3r, job.connect(second).work("0x"))).to.have.length(1);
    });

    it("isn't paid again before bonusInterval, however often the seat changes hands", async () => {
      const { job, keep3r, second, third, holder, takenAt } = await loadFixture(deployBonusWorld);
      let due = await submitAt(job, takenAt + DAY, 10);
      const bonusAt = due + slaTime + 1;
      const bonuses: (readonly [number, boolean])[] = [];
      const succeed = async (timestamp: number, keeper: typeof second) => {
        const work = await at(timestamp, () => job.connect(keeper).work("0x"));
        bonuses.push([timestamp, (await amountsPaid(keep3r, work)).length === 2]);
        due = timestamp;
      };

      await succeed(bonusAt, second);
      await succeed(bonusAt + slaTime + 1, third);
      await succeed(bonusAt + bonusInterval - 1, holder);
      await succeed(bonusAt + bonusInterval + slaTime, second);

      expect(bonuses).to.deep.equal([
        [bonusAt, true],
        [bonusAt + slaTime + 1, false],
        [bonusAt + bonusInterval - 1, false],
        [bonusAt + bonusInterval + slaTime, true],
      ]);
    });

    it("is paid again at bonusInterval to the second", async () => {
      const { job, second, third, takenAt } = await loadFixture(deployBonusWorld);
      const due = await submitAt(job, takenAt + DAY, 10);
      const bonusAt = due + slaTime + 1;
      await at(bonusAt, () => job.connect(second).work("0x"));

      await time.increaseTo(bonusAt + bonusInterval - 1);
      expect(await job.seatReward(third)).to.equal(0);
      await time.increaseTo(bonusAt + bonusInterval);
      expect(await job.seatReward(third)).to.equal(BONUS);
    });

    for (const interval of [0, bonusInterval]) {
      it(`SEAT-4: can't be farmed by two addresses in turn, with a bonusInterval of ${interval} s`, async () => {
        const { job, jobOwner, keep3r, second, third, takenAt } = await loadFixture(deployBonusWorld);
        await job.connect(jobOwner).setSeatTerms({ ...TERMS, barTime: 0, bonusInterval: interval });
        const start = (await submitAt(job, takenAt + DAY, TURNS)) + slaTime + 1;
        let bonuses = 0;
        for (let i = 0; i < TURNS; i++) {
          const timestamp = start + i * (slaTime + 1);
          const work = await at(timestamp, () => job.connect(i % 2 === 0 ? second : third).work("0x"));
          bonuses += (await amountsPaid(keep3r, work)).length - 1;

          const spacing = Math.max(slaTime, interval);
          expect(bonuses).to.be.at.most(1 + (timestamp - start) / spacing);
        }
        expect(bonuses).to.equal(interval === 0 ? TURNS : 1 + Math.floor(((TURNS - 1) * (slaTime + 1)) / interval));
      });
    }
  });

  describe("the premium", () => {
    for (const { name, start, end } of [
      { name: "ramps up", start: 100n, end: 1_000n },
      { name: "trails off", start: 1_000n, end: 100n },
      { name: "stays", start: 7n, end: 7n },
      { name: "grows to the highest", start: 0n, end: TOO_MUCH - 1n },
    ]) {
      it(`${name} over the term, rounded down`, async () => {
        const { job, jobOwner, holder, takenAt, until } = await loadFixture(deploySeatedWorld);
        await job.connect(jobOwner).setSeatRewards(0, start, end);
        for (const elapsed of [termTime / 100, termTime / 7 + 1, termTime / 2, termTime - 1].map(Math.floor)) {
          await time.increaseTo(takenAt + elapsed);
          const premium = (start * BigInt(termTime - elapsed) + end * BigInt(elapsed)) / BigInt(termTime);
          expect(await job.seatReward(holder)).to.equal(premium);
        }
        await time.increaseTo(until);
        expect(await job.seatReward(holder)).to.equal(0);
      });
    }

    const deployPremiumWorld = () => deployRewardsWorld(BONUS, WAD, 3n * WAD);

    it("is the holder's for every work in time", async () => {
      const { job, keep3r, holder, takenAt } = await loadFixture(deployPremiumWorld);
      const due = await submitAt(job, takenAt + termTime / 2 - slaTime, 2);

      const work = await at(due + slaTime, () => job.connect(holder).workForAmount(PAYMENT));
      const byGas = await at(due + slaTime + 1, () => job.connect(holder).work("0x"));

      expect(await amountsPaid(keep3r, work)).to.deep.equal([PAYMENT, 2n * WAD]);
      const elapsed = BigInt(due + slaTime + 1 - takenAt);
      const [, premium] = await amountsPaid(keep3r, byGas);
      expect(premium).to.equal(WAD + (2n * WAD * elapsed) / BigInt(termTime));
    });

    it("isn't paid for a work that is late, for one that takes the seat, or without a seat", async () => {
      const { job, jobOwner, keep3r, holder, second, takenAt, until } = await loadFixture(deployPremiumWorld);
      const due = await submitAt(job, takenAt + DAY);
      const late = await at(due + slaTime + 1, () => job.connect(holder).work("0x"));
      await submitAt(job, until);
      const taking = await at(until + 1, () => job.connect(second).work("0x"));
      await job.connect(jobOwner).setSeatTerms({ termTime: 0, slaTime: 0, barTime: 0, restTime: 0, bonusInterval: 0 });
      await job.submit(1);
      const seatless = await job.connect(second).work("0x");

      for (const work of [late, taking, seatless]) expect(await amountsPaid(keep3r, work)).to.have.length(1);
    });

    it("is paid once when the holder works within its work", async () => {
      const { job, jobOwner, keep3r, contractKeeper, until } = await loadFixture(deployPremiumWorld);
      const pay = job.interface.encodeFunctionData("workForAmount", [PAYMENT]);
      await submitAt(job, until, 3);
      await contractKeeper.execute(job, pay);
      await job.connect(jobOwner).setSeatRewards(0, WAD, WAD);
      await job.setListener(contractKeeper);
      await contractKeeper.arm(job, pay);

      const work = await contractKeeper.execute(job, pay);

      expect(await amountsPaid(keep3r, work)).to.deep.equal([PAYMENT, WAD, PAYMENT]);
    });
  });

  describe("a reward that the credits don't cover", () => {
    const deployDearBonusWorld = () => deployRewardsWorld(1_000n * WAD, 1_000n * WAD, 1_000n * WAD);

    it("isn't paid, and stops neither a successor nor the holder", async () => {
      const { job, keep3r, holder, second, takenAt } = await loadFixture(deployDearBonusWorld);
      await submitAt(job, takenAt + HOUR, 2);
      const credits = await keep3r.jobLiquidityCredits(job);

      const holders = await job.connect(holder).workForAmount(PAYMENT);
      await time.increase(slaTime + 1);
      const successors = await job.connect(second).workForAmount(PAYMENT);

      await expect(holders)
        .to.emit(job, "SeatRewardUnpaid")
        .withArgs(holder.address, 1_000n * WAD);
      await expect(successors)
        .to.emit(job, "SeatRewardUnpaid")
        .withArgs(second.address, 1_000n * WAD);
      expect((await job.seat()).holder).to.equal(second.address);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(credits - 2n * PAYMENT);
    });

    it("is paid to the last wei of the credits when it is covered exactly", async () => {
      const { job, jobOwner, keep3r, second, takenAt } = await loadFixture(deployBonusWorld);
      const due = await submitAt(job, takenAt + DAY);
      const credits = await keep3r.jobLiquidityCredits(job);
      await job.connect(jobOwner).setSeatRewards(credits - PAYMENT, 0, 0);

      await at(due + slaTime + 1, () => job.connect(second).workForAmount(PAYMENT));

      expect(await keep3r.jobLiquidityCredits(job)).to.equal(0);
    });
  });
});
