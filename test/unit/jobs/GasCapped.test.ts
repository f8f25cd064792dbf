import { GWEI } from "@keep3r-network/sdk";
import { setNextBlockBaseFeePerGas } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { itIsForTheOwnerOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { deployInboxWorld, everyWay, expectAgreement, FEES } from "#support/worlds/inbox";

const CAP = 30n * GWEI;

const deployGasCappedWorld = () => deployInboxWorld("GasCappedJob__Mock");

async function deployCapWorld() {
  const world = await deployGasCappedWorld();
  await world.job.connect(world.jobOwner).setMaxBaseFee(CAP);
  return world;
}

describe("GasCapped", () => {
  describe("setMaxBaseFee", () => {
    itIsForTheOwnerOnly(deployGasCappedWorld, ({ job, stranger }) => job.connect(stranger).setMaxBaseFee(CAP));

    it("sets the cap", async () => {
      const { job, jobOwner } = await loadFixture(deployGasCappedWorld);
      expect(await job.maxBaseFee()).to.equal(0);

      await expect(job.connect(jobOwner).setMaxBaseFee(CAP)).to.emit(job, "MaxBaseFeeChange").withArgs(CAP);

      expect(await job.maxBaseFee()).to.equal(CAP);
    });
  });

  describe("a work", () => {
    it("is refused above the cap, however it is paid", async () => {
      const world = await loadFixture(deployCapWorld);
      for (const work of everyWay(world, world.keeper)) {
        await setNextBlockBaseFeePerGas(CAP + 1n);
        await expect(work())
          .to.be.revertedWithCustomError(world.job, "BaseFeeAboveCap")
          .withArgs(CAP + 1n, CAP);
      }
    });

    it("is done at the cap, however it is paid", async () => {
      const world = await loadFixture(deployCapWorld);
      for (const work of everyWay(world, world.keeper)) {
        await setNextBlockBaseFeePerGas(CAP);
        await expect(work()).to.emit(world.keep3r, "KeeperWork");
      }
    });

    it("is done at any base fee without a cap", async () => {
      const { job, jobOwner, keeper, keep3r } = await loadFixture(deployCapWorld);
      await job.connect(jobOwner).setMaxBaseFee(0);

      await setNextBlockBaseFeePerGas(1000n * CAP);

      await expect(job.connect(keeper).work("0x", FEES)).to.emit(keep3r, "KeeperWork");
    });

    it("is done whatever the keeper tips", async () => {
      const { job, keeper, keep3r } = await loadFixture(deployCapWorld);
      await setNextBlockBaseFeePerGas(CAP);

      const fees = { ...FEES, maxPriorityFeePerGas: 2n * CAP };
      await expect(job.connect(keeper).work("0x", fees)).to.emit(keep3r, "KeeperWork");
    });
  });

  describe("workable", () => {
    it("agrees with work at the cap and above it", async () => {
      const { job, keeper } = await loadFixture(deployCapWorld);
      const probe = await ethers.deployContract("WorkableProbe__Mock");
      for (const [baseFee, canWork] of [
        [CAP, true],
        [CAP + 1n, false],
        [CAP - 1n, true],
      ] as const) {
        await setNextBlockBaseFeePerGas(baseFee);
        await expect(probe.ask(job, FEES)).to.emit(probe, "Answer").withArgs(canWork, "0x");
        await setNextBlockBaseFeePerGas(baseFee);
        const work = job.connect(keeper).work("0x", FEES);
        await (canWork ? expect(work).not.to.be.reverted : expect(work).to.be.reverted);
      }
    });

    it("says no without work, at any base fee", async () => {
      const { job, keeper } = await loadFixture(deployCapWorld);
      for (let i = 0; i < 10; i++) await job.connect(keeper).work("0x");

      await expectAgreement(job, keeper, false);
    });
  });
});
