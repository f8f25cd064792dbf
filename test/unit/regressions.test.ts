import { loadFixture, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { deployCore, deployWithKeeper, toPeriodStart, WAD } from "../support/core";

/** Faults that were found in this code before it was released, each by the way it was shown. */
describe("Regressions", () => {
  it("SOL-2: a token that owns a keeper can't double its KP3R by unbonding it while it is handed in", async () => {
    const { keep3r, kp3r, keeper } = await loadFixture(deployWithKeeper);
    const thief = await ethers.deployContract("Thief__Mock");
    await keep3r.connect(keeper).changeKeeperOwnership(keeper, thief);
    await thief.accept(keep3r, keeper);

    await thief.bondAndUnbond(keep3r, keeper, kp3r, 100n * WAD);

    expect(await keep3r.bonds(keeper, kp3r)).to.equal(0);
    expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(100n * WAD);
  });

  it("ACC-1: a stranger can't take what migrates by registering the destination first", async () => {
    const { keep3r, jobOwner, stranger, job, liquidity } = await loadFixture(deployCore);
    const destination = await ethers.deployContract("PlainJob__Mock", [keep3r]);
    await toPeriodStart();
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await keep3r.connect(jobOwner).migrateJob(job, destination);
    await keep3r.connect(stranger).addJob(destination);
    await time.increase(61);

    await expect(keep3r.connect(stranger).acceptJobMigration(job, destination)).to.be.revertedWithCustomError(
      keep3r,
      "JobMigrationUnavailable",
    );
  });

  it("CRD-4: who takes a destination over can't accept what was proposed to its earlier owner", async () => {
    const { keep3r, jobOwner, other, stranger, job } = await loadFixture(deployCore);
    const destination = await ethers.deployContract("PlainJob__Mock", [keep3r]);
    await keep3r.connect(other).addJob(destination);
    await keep3r.connect(jobOwner).migrateJob(job, destination);
    await keep3r.connect(other).changeJobOwnership(destination, stranger);
    await keep3r.connect(stranger).acceptJobOwnership(destination);
    await time.increase(61);

    await expect(keep3r.connect(stranger).acceptJobMigration(job, destination)).to.be.revertedWithCustomError(
      keep3r,
      "JobMigrationUnavailable",
    );
  });

  it("ACC-2: an owner can't dodge a slash by handing the job over in the dispute", async () => {
    const { keep3r, jobOwner, other, disputer, slasher, job, liquidity } = await loadFixture(deployCore);
    await toPeriodStart();
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await keep3r.connect(jobOwner).changeJobOwnership(job, other);
    await keep3r.connect(disputer).dispute(job);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 1);

    await expect(keep3r.connect(other).acceptJobOwnership(job)).to.be.revertedWithCustomError(keep3r, "JobDisputed");
    await expect(keep3r.connect(slasher).slashLiquidityFromJob(job, liquidity, 100n * WAD))
      .to.emit(keep3r, "JobSlashLiquidity")
      .withArgs(job, liquidity, slasher, 100n * WAD);
  });
});
