import { expect } from "chai";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import { deployCoreWorld, deployJob } from "#support/worlds/core";

async function deployUnregisteredWorld() {
  const world = await deployCoreWorld();
  return { ...world, newJob: await ethers.deployContract("PlainJob__Mock", [world.keep3r]) };
}

async function deployOfferedWorld() {
  const world = await deployCoreWorld();
  await world.keep3r.connect(world.jobOwner).changeJobOwnership(world.job, world.other);
  return world;
}

describe("JobRegistration", () => {
  describe("addJob", () => {
    it("refuses a job that is registered, by whomever", async () => {
      const { keep3r, jobOwner, stranger, job } = await loadFixture(deployCoreWorld);
      for (const caller of [stranger, jobOwner]) {
        await expect(keep3r.connect(caller).addJob(job)).to.be.revertedWithCustomError(keep3r, "JobAlreadyAdded");
      }
    });

    it("refuses an address without code that isn't the caller", async () => {
      const { keep3r, stranger, other } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(stranger).addJob(other))
        .to.be.revertedWithCustomError(keep3r, "WithoutCode")
        .withArgs(other.address);
      await expect(keep3r.connect(stranger).addJob(ethers.ZeroAddress))
        .to.be.revertedWithCustomError(keep3r, "WithoutCode")
        .withArgs(ethers.ZeroAddress);
    });

    it("makes the caller that registers a contract its owner", async () => {
      const { keep3r, stranger, job, newJob } = await loadFixture(deployUnregisteredWorld);
      await expect(keep3r.connect(stranger).addJob(newJob))
        .to.emit(keep3r, "JobAddition")
        .withArgs(await newJob.getAddress(), stranger.address);
      expect(await keep3r.jobOwner(newJob)).to.equal(stranger.address);
      expect(await keep3r.jobs()).to.deep.equal([await job.getAddress(), await newJob.getAddress()]);
    });

    it("registers an account without code for itself", async () => {
      const { keep3r, stranger } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(stranger).addJob(stranger))
        .to.emit(keep3r, "JobAddition")
        .withArgs(stranger.address, stranger.address);
      expect(await keep3r.jobOwner(stranger)).to.equal(stranger.address);
    });

    it("registers a contract from its constructor, for an owner who takes it over", async () => {
      const { keep3r, jobOwner } = await loadFixture(deployCoreWorld);
      const selfMade = await ethers.deployContract("Job__Mock", [keep3r, jobOwner]);
      const address = await selfMade.getAddress();
      await expect(selfMade.deploymentTransaction()).to.emit(keep3r, "JobAddition").withArgs(address, address);
      expect(await keep3r.jobOwner(selfMade)).to.equal(address);
      expect(await keep3r.jobPendingOwner(selfMade)).to.equal(jobOwner.address);
      await keep3r.connect(jobOwner).acceptJobOwnership(selfMade);
      expect(await keep3r.jobOwner(selfMade)).to.equal(jobOwner.address);
    });

    it("registers an address that has bonded as a keeper, and lets a registered one bond", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployCoreWorld);
      await keep3r.connect(keeper).bond(kp3r, 1n);
      await keep3r.connect(keeper).addJob(keeper);
      await keep3r.connect(keeper).bond(kp3r, 1n);
      expect(await keep3r.pendingBonds(keeper, kp3r)).to.equal(2);
      expect(await keep3r.jobOwner(keeper)).to.equal(keeper.address);
    });
  });

  describe("changeJobOwnership", () => {
    it("is for the job's owner only", async () => {
      const { keep3r, stranger, job } = await loadFixture(deployOfferedWorld);
      await expect(keep3r.connect(stranger).changeJobOwnership(job, stranger)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyJobOwner",
      );
    });

    it("offers the job and leaves it with its owner", async () => {
      const { keep3r, jobOwner, other, job } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(jobOwner).changeJobOwnership(job, other))
        .to.emit(keep3r, "JobOwnershipChange")
        .withArgs(await job.getAddress(), jobOwner.address, other.address);
      expect(await keep3r.jobOwner(job)).to.equal(jobOwner.address);
      expect(await keep3r.jobPendingOwner(job)).to.equal(other.address);
    });

    it("replaces or withdraws an earlier offer", async () => {
      const { keep3r, jobOwner, stranger, other, job } = await loadFixture(deployOfferedWorld);
      await keep3r.connect(jobOwner).changeJobOwnership(job, stranger);
      await expect(keep3r.connect(other).acceptJobOwnership(job)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyPendingJobOwner",
      );
      await keep3r.connect(jobOwner).changeJobOwnership(job, ethers.ZeroAddress);
      await expect(keep3r.connect(stranger).acceptJobOwnership(job)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyPendingJobOwner",
      );
    });
  });

  describe("acceptJobOwnership", () => {
    it("refuses a caller that wasn't offered the job, its owner included", async () => {
      const { keep3r, jobOwner, stranger, job } = await loadFixture(deployOfferedWorld);
      for (const caller of [stranger, jobOwner]) {
        await expect(keep3r.connect(caller).acceptJobOwnership(job)).to.be.revertedWithCustomError(
          keep3r,
          "OnlyPendingJobOwner",
        );
      }
    });

    it("hands the job over once", async () => {
      const { keep3r, jobOwner, other, job } = await loadFixture(deployOfferedWorld);
      await expect(keep3r.connect(other).acceptJobOwnership(job))
        .to.emit(keep3r, "JobOwnershipAssent")
        .withArgs(await job.getAddress(), jobOwner.address, other.address);
      expect(await keep3r.jobOwner(job)).to.equal(other.address);
      expect(await keep3r.jobPendingOwner(job)).to.equal(ethers.ZeroAddress);
      await expect(keep3r.connect(other).acceptJobOwnership(job)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyPendingJobOwner",
      );
      await expect(keep3r.connect(jobOwner).changeJobOwnership(job, jobOwner)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyJobOwner",
      );
    });

    it("drops a migration that the previous owner proposed", async () => {
      const { keep3r, jobOwner, other, job } = await loadFixture(deployOfferedWorld);
      const target = await deployJob(keep3r, jobOwner);
      await keep3r.connect(jobOwner).migrateJob(job, target);
      expect(await keep3r.pendingJobMigrations(job)).to.equal(await target.getAddress());
      await keep3r.connect(other).acceptJobOwnership(job);
      expect(await keep3r.pendingJobMigrations(job)).to.equal(ethers.ZeroAddress);
      await expect(keep3r.connect(jobOwner).acceptJobMigration(job, target)).to.be.revertedWithCustomError(
        keep3r,
        "JobMigrationUnavailable",
      );
    });
  });

  describe("jobs", () => {
    it("lists all of them, in pages too", async () => {
      const { keep3r, lens, jobOwner, stranger, other, job } = await loadFixture(deployCoreWorld);
      for (const account of [jobOwner, stranger, other]) await keep3r.connect(account).addJob(account);
      const list = [await job.getAddress(), jobOwner.address, stranger.address, other.address];
      expect(await keep3r.jobs()).to.deep.equal(list);
      expect(await lens.jobs(0, 2)).to.deep.equal(list.slice(0, 2));
      expect(await lens.jobs(1, 3)).to.deep.equal(list.slice(1, 3));
      expect(await lens.jobs(3, 100)).to.deep.equal(list.slice(3));
      expect(await lens.jobs(4, 100)).to.deep.equal([]);
      expect(await lens.jobs(2, 1)).to.deep.equal([]);
    });
  });

  describe("jobOwner", () => {
    it("is zero for an address that isn't registered", async () => {
      const { keep3r, newJob } = await loadFixture(deployUnregisteredWorld);
      expect(await keep3r.jobOwner(newJob)).to.equal(ethers.ZeroAddress);
      expect(await keep3r.jobPendingOwner(newJob)).to.equal(ethers.ZeroAddress);
    });
  });
});
