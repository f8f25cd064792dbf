import { DAY, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { itIsForTheOwnerOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { amountsPaid } from "#support/payments/payments";
import { grant } from "#support/tokens/grants";
import { deployInboxWorld, everyWay, expectAgreement, newInbox } from "#support/worlds/inbox";

const CAP = 2n * WAD;
const DAILY_CAP = 5n * WAD;
const TOO_MUCH = 2n ** 80n;

const deployPaymentCappedWorld = () => deployInboxWorld("PaymentCappedJob__Mock");

/** With both caps, at noon UTC. */
async function deployCapsWorld() {
  const world = await deployPaymentCappedWorld();
  const { job, jobOwner } = world;
  await job.connect(jobOwner).setMaxPayment(CAP);
  await job.connect(jobOwner).setMaxDailyPayment(DAILY_CAP);
  await time.increaseTo(midnightAfter(await time.latest()) + DAY / 2);
  return world;
}

function midnightAfter(timestamp: number): number {
  return timestamp - (timestamp % DAY) + DAY;
}

describe("PaymentCapped", () => {
  for (const setter of ["setMaxPayment", "setMaxDailyPayment"] as const) {
    describe(setter, () => {
      const [getter, event] =
        setter === "setMaxPayment"
          ? (["maxPayment", "MaxPaymentChange"] as const)
          : (["maxDailyPayment", "MaxDailyPaymentChange"] as const);

      itIsForTheOwnerOnly(deployPaymentCappedWorld, ({ job, stranger }) => job.connect(stranger)[setter](CAP));

      it("refuses a value that doesn't fit", async () => {
        const { job, jobOwner } = await loadFixture(deployPaymentCappedWorld);
        await expect(job.connect(jobOwner)[setter](TOO_MUCH))
          .to.be.revertedWithCustomError(job, "SafeCastOverflowedUintDowncast")
          .withArgs(80, TOO_MUCH);
      });

      it("sets the cap", async () => {
        const { job, jobOwner } = await loadFixture(deployPaymentCappedWorld);
        expect(await job[getter]()).to.equal(0);

        await expect(job.connect(jobOwner)[setter](TOO_MUCH - 1n))
          .to.emit(job, event)
          .withArgs(TOO_MUCH - 1n);

        expect(await job[getter]()).to.equal(TOO_MUCH - 1n);
      });
    });
  }

  describe("the cap of a work", () => {
    it("refuses a payment above it, and charges nothing", async () => {
      const { job, keep3r, keeper } = await loadFixture(deployCapsWorld);
      const credits = await keep3r.jobLiquidityCredits(job);

      await expect(job.connect(keeper).workForAmount(CAP + 1n))
        .to.be.revertedWithCustomError(job, "PaymentAboveCap")
        .withArgs(CAP + 1n, CAP);

      expect(await keep3r.jobLiquidityCredits(job)).to.equal(credits);
      expect(await job.pending()).to.equal(10);
      expect(await job.paidToday()).to.equal(0);
    });

    it("allows a payment that equals it", async () => {
      const { job, keeper } = await loadFixture(deployCapsWorld);
      await expect(job.connect(keeper).workForAmount(CAP)).not.to.be.reverted;
    });

    it("holds for payments by gas, with and without requirements", async () => {
      const world = await loadFixture(deployCapsWorld);
      const { job, jobOwner, keeper, keep3r } = world;
      const [byGas, bonded] = everyWay(world, keeper);
      for (const work of [byGas, bonded]) {
        const [payment = 0n] = work === undefined ? [] : await amountsPaid(keep3r, work());
        expect(payment).to.be.greaterThan(0);
      }

      await job.connect(jobOwner).setMaxPayment(1);
      for (const work of [byGas, bonded]) {
        await expect(work?.()).to.be.revertedWithCustomError(job, "PaymentAboveCap");
      }
    });

    it("leaves payments alone when there is none", async () => {
      const { job, jobOwner, keeper } = await loadFixture(deployCapsWorld);
      await job.connect(jobOwner).setMaxPayment(0);
      await expect(job.connect(keeper).workForAmount(DAILY_CAP)).not.to.be.reverted;
    });
  });

  describe("the cap of a day", () => {
    it("counts payments to the wei, however they are made", async () => {
      const world = await loadFixture(deployCapsWorld);
      const { job, keeper, keep3r } = world;
      let paid = 0n;
      for (const [way, work] of everyWay(world, keeper).entries()) {
        const [payment = 0n] = await amountsPaid(keep3r, work());
        // Tokens aren't KP3R
        if (way !== 2) paid += payment;
        expect(await job.paidToday()).to.equal(paid);
      }
      expect(paid).to.be.greaterThan(0);
    });

    it("refuses a work that would pass it, and charges nothing", async () => {
      const { job, keep3r, keeper, other } = await loadFixture(deployCapsWorld);
      await job.connect(keeper).workForAmount(CAP);
      await job.connect(other).workForAmount(CAP);
      const credits = await keep3r.jobLiquidityCredits(job);

      await expect(job.connect(keeper).workForAmount(WAD + 1n))
        .to.be.revertedWithCustomError(job, "DailyPaymentAboveCap")
        .withArgs(DAILY_CAP + 1n, DAILY_CAP);

      expect(await keep3r.jobLiquidityCredits(job)).to.equal(credits);
      expect(await job.paidToday()).to.equal(2n * CAP);
      await expect(job.connect(keeper).workForAmount(WAD)).not.to.be.reverted;
    });

    it("begins anew at 00:00 UTC", async () => {
      const { job, keeper } = await loadFixture(deployCapsWorld);
      for (const payment of [CAP, CAP, WAD]) await job.connect(keeper).workForAmount(payment);
      const midnight = midnightAfter(await time.latest());

      await time.setNextBlockTimestamp(midnight - 1);
      await expect(job.connect(keeper).workForAmount(1))
        .to.be.revertedWithCustomError(job, "DailyPaymentAboveCap")
        .withArgs(DAILY_CAP + 1n, DAILY_CAP);
      await time.setNextBlockTimestamp(midnight);
      await job.connect(keeper).workForAmount(1);

      expect(await job.paidToday()).to.equal(1);
    });

    it("stops the day's work when it is lowered below the payments so far, until it is raised again", async () => {
      const { job, jobOwner, keeper } = await loadFixture(deployCapsWorld);
      await job.connect(keeper).workForAmount(CAP);

      await job.connect(jobOwner).setMaxDailyPayment(WAD);
      await expect(job.connect(keeper).workForAmount(1))
        .to.be.revertedWithCustomError(job, "DailyPaymentAboveCap")
        .withArgs(CAP + 1n, WAD);

      await job.connect(jobOwner).setMaxDailyPayment(DAILY_CAP);
      await expect(job.connect(keeper).workForAmount(1)).not.to.be.reverted;
    });

    it("counts nothing while there is none", async () => {
      const { job, jobOwner, keeper } = await loadFixture(deployCapsWorld);
      await job.connect(jobOwner).setMaxDailyPayment(0);
      for (let i = 0; i < 4; i++) await job.connect(keeper).workForAmount(CAP);
      await job.connect(jobOwner).setMaxDailyPayment(DAILY_CAP);

      expect(await job.paidToday()).to.equal(0);
      await expect(job.connect(keeper).workForAmount(CAP)).not.to.be.reverted;
    });
  });

  describe("works within works", () => {
    /** The contract keeper earns once more from a job while it is worked by a keeper. */
    async function deployNestedWorld() {
      const world = await deployCapsWorld();
      const { job, contractKeeper } = world;
      await job.setListener(contractKeeper);
      const pay = (amount: bigint) => job.interface.encodeFunctionData("workForAmount", [amount]);
      return { ...world, pay };
    }

    it("count once each, by the same keeper", async () => {
      const { job, contractKeeper, pay } = await loadFixture(deployNestedWorld);
      await contractKeeper.arm(job, pay(WAD));

      await contractKeeper.execute(job, pay(CAP));

      expect(await job.paidToday()).to.equal(WAD + CAP);
    });

    it("count once each, by another keeper", async () => {
      const { job, keeper, contractKeeper, pay } = await loadFixture(deployNestedWorld);
      await contractKeeper.arm(job, pay(WAD));

      await job.connect(keeper).workForAmount(CAP);

      expect(await job.paidToday()).to.equal(WAD + CAP);
    });

    it("are held to the day's cap together", async () => {
      const { job, jobOwner, contractKeeper, pay } = await loadFixture(deployNestedWorld);
      await job.connect(jobOwner).setMaxDailyPayment(3n * WAD);
      await contractKeeper.arm(job, pay(CAP));

      await expect(contractKeeper.execute(job, pay(CAP)))
        .to.be.revertedWithCustomError(job, "DailyPaymentAboveCap")
        .withArgs(2n * CAP, 3n * WAD);
    });

    it("don't count when another job pays them", async () => {
      const world = await loadFixture(deployNestedWorld);
      const { job, keep3r, contractKeeper, pay } = world;
      const otherJob = await newInbox(world, "InboxJob__Mock", 1);
      await contractKeeper.arm(otherJob, pay(10n * WAD));

      await contractKeeper.execute(job, pay(WAD));

      expect(await job.paidToday()).to.equal(WAD);
      expect(await keep3r.workCompleted(contractKeeper)).to.equal(11n * WAD);
    });

    for (const who of ["its keeper", "another keeper"]) {
      it(`count once when a token lets ${who} work in the middle of its payment`, async () => {
        const world = await loadFixture(deployNestedWorld);
        const { job, jobOwner, keep3r, keeper, contractKeeper, pay } = world;
        // The keeper's earlier earnings must not be counted
        await (await newInbox(world, "InboxJob__Mock", 1)).connect(keeper).workForAmount(WAD);
        const hook = await ethers.deployContract("ReentrantToken__Mock");
        await grant(hook, [jobOwner], keep3r, WAD);
        await keep3r.connect(jobOwner).addTokenCreditsToJob(job, hook, WAD);
        const execute = contractKeeper.interface.encodeFunctionData("execute", [await job.getAddress(), pay(WAD)]);
        await hook.arm(contractKeeper, execute);

        const payInToken = job.interface.encodeFunctionData("workForToken", [await hook.getAddress(), 1]);
        if (who === "its keeper") await contractKeeper.execute(job, payInToken);
        else await job.connect(keeper).workForToken(hook, 1);

        expect(await hook.answered()).to.be.true;
        expect(await keep3r.workCompleted(contractKeeper)).to.equal(WAD);
        expect(await job.paidToday()).to.equal(WAD);
      });
    }

    it("don't count when a token lets its receiver work another job", async () => {
      const world = await loadFixture(deployNestedWorld);
      const { job, jobOwner, keep3r, contractKeeper, pay } = world;
      const otherJob = await newInbox(world, "InboxJob__Mock", 1);
      const hook = await ethers.deployContract("ReentrantToken__Mock");
      await grant(hook, [jobOwner], keep3r, WAD);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, hook, WAD);
      const execute = contractKeeper.interface.encodeFunctionData("execute", [await otherJob.getAddress(), pay(WAD)]);
      await hook.arm(contractKeeper, execute);

      await contractKeeper.execute(job, job.interface.encodeFunctionData("workForToken", [await hook.getAddress(), 1]));

      expect(await keep3r.workCompleted(contractKeeper)).to.equal(WAD);
      expect(await job.paidToday()).to.equal(0);
    });
  });

  describe("workable", () => {
    it("agrees with work until the day's cap is used up, and from the next day on", async () => {
      const { job, jobOwner, keeper } = await loadFixture(deployCapsWorld);
      await expectAgreement(job, keeper, true);

      for (const payment of [CAP, CAP, WAD]) await job.connect(keeper).workForAmount(payment);
      await expectAgreement(job, keeper, false);

      await time.setNextBlockTimestamp(midnightAfter(await time.latest()));
      await expectAgreement(job, keeper, true);
      await job.connect(jobOwner).setMaxDailyPayment(0);
      await expectAgreement(job, keeper, true);
    });
  });
});
