import { HOUR } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { itIsForTheOwnerOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { deployInboxWorld, everyWay, expectAgreement, workData } from "#support/worlds/inbox";

const deployCooldownWorld = () => deployInboxWorld("CooldownJob__Mock");

async function deployCoolingWorld() {
  const world = await deployCooldownWorld();
  await world.job.connect(world.jobOwner).setCooldown(HOUR);
  return world;
}

describe("Cooldown", () => {
  describe("setCooldown", () => {
    itIsForTheOwnerOnly(deployCooldownWorld, ({ job, stranger }) => job.connect(stranger).setCooldown(HOUR));

    it("refuses a value that doesn't fit", async () => {
      const { job, jobOwner } = await loadFixture(deployCooldownWorld);
      await expect(job.connect(jobOwner).setCooldown(2n ** 32n))
        .to.be.revertedWithCustomError(job, "SafeCastOverflowedUintDowncast")
        .withArgs(32, 2n ** 32n);
    });

    it("sets the cool-down", async () => {
      const { job, jobOwner } = await loadFixture(deployCooldownWorld);
      expect(await job.cooldown()).to.equal(0);

      await expect(job.connect(jobOwner).setCooldown(HOUR)).to.emit(job, "CooldownChange").withArgs(HOUR);

      expect(await job.cooldown()).to.equal(HOUR);
    });

    it("holds for the work that was last", async () => {
      const { job, jobOwner, keeper } = await loadFixture(deployCoolingWorld);
      await job.connect(keeper).work("0x");
      const workedAt = await time.latest();

      await job.connect(jobOwner).setCooldown(2 * HOUR);
      expect(await job.readyAt()).to.equal(workedAt + 2 * HOUR);

      await job.connect(jobOwner).setCooldown(0);
      await expect(job.connect(keeper).work("0x")).not.to.be.reverted;
    });
  });

  describe("a work", () => {
    it("is refused before the cool-down is over, however it is paid and whoever does it", async () => {
      const world = await loadFixture(deployCoolingWorld);
      const { job, keepers } = world;
      await job.connect(keepers[0]).work("0x");
      const readyAt = (await time.latest()) + HOUR;

      for (const keeper of keepers) {
        for (const work of everyWay(world, keeper)) {
          await expect(work()).to.be.revertedWithCustomError(job, "CoolingDown").withArgs(readyAt);
        }
      }
      await time.setNextBlockTimestamp(readyAt - 1);
      await expect(job.connect(keepers[0]).work("0x"))
        .to.be.revertedWithCustomError(job, "CoolingDown")
        .withArgs(readyAt);
    });

    it("is done from then on, and cools down anew, however it is paid", async () => {
      const world = await loadFixture(deployCoolingWorld);
      const { job, keeper } = world;
      for (const work of everyWay(world, keeper)) {
        const readyAt = Number(await job.readyAt());
        if (readyAt > (await time.latest())) await time.setNextBlockTimestamp(readyAt);
        await work();
        expect(await job.readyAt()).to.equal((await time.latest()) + HOUR);
      }
    });

    it("can't be entered again while it is being done, by its keeper or another", async () => {
      const { job, keeper, contractKeeper } = await loadFixture(deployCoolingWorld);
      await job.setListener(contractKeeper);
      await contractKeeper.arm(job, workData(job));
      const readyAt = (await time.latest()) + 2 * HOUR;

      await time.setNextBlockTimestamp(readyAt - HOUR);
      await expect(contractKeeper.execute(job, workData(job)))
        .to.be.revertedWithCustomError(job, "CoolingDown")
        .withArgs(readyAt);
      await time.setNextBlockTimestamp(readyAt - HOUR + 1);
      await expect(job.connect(keeper).work("0x"))
        .to.be.revertedWithCustomError(job, "CoolingDown")
        .withArgs(readyAt + 1);
    });

    it("that fails leaves the job ready", async () => {
      const { job, keeper } = await loadFixture(deployCoolingWorld);
      await expect(job.connect(keeper).work("0x00")).to.be.revertedWithCustomError(job, "UnexpectedData");

      expect(await job.readyAt()).to.equal(HOUR);
      await expect(job.connect(keeper).work("0x")).not.to.be.reverted;
    });
  });

  describe("workable", () => {
    it("agrees with work to the second", async () => {
      const { job, keeper, other } = await loadFixture(deployCoolingWorld);
      await expectAgreement(job, keeper, true);
      await job.connect(keeper).work("0x");
      const readyAt = Number(await job.readyAt());

      for (const [timestamp, canWork] of [
        [readyAt - 1, false],
        [readyAt, true],
      ] as const) {
        await time.setNextBlockTimestamp(timestamp);
        await expectAgreement(job, keeper, canWork);
        await expectAgreement(job, other, canWork);
      }
    });
  });
});
