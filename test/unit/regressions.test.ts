import { DAY, MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { actAs } from "#support/actors/impersonation";
import { activateKeeper } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { addTokens } from "#support/tokens/credits";
import { grant } from "#support/tokens/grants";
import { toPeriodStart } from "#support/tools/time";
import { deployActiveWorld, deployCoreWorld } from "#support/worlds/core";
import type { ERC20__Mock } from "#typechain";

/** Faults that were found in this code before it was released, each by the way it was shown. */
describe("Regressions", () => {
  it("SOL-2: a token that owns a keeper can't double its KP3R by unbonding it while it is handed in", async () => {
    const { keep3r, kp3r, keeper } = await loadFixture(deployActiveWorld);
    const thief = await ethers.deployContract("Thief__Mock");
    await keep3r.connect(keeper).changeKeeperOwnership(keeper, thief);
    await thief.accept(keep3r, keeper);

    await thief.bondAndUnbond(keep3r, keeper, kp3r, 100n * WAD);

    expect(await keep3r.bonds(keeper, kp3r)).to.equal(0);
    expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(100n * WAD);
  });

  it("ACC-1: a stranger can't take a migrating job's funds by registering the destination first", async () => {
    const { keep3r, jobOwner, stranger, job, liquidity } = await loadFixture(deployCoreWorld);
    const destination = await ethers.deployContract("PlainJob__Mock", [keep3r]);
    await toPeriodStart();
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await keep3r.connect(jobOwner).migrateJob(job, destination);
    await keep3r.connect(stranger).addJob(destination);
    await time.increase(MINUTE + 1);

    await expect(keep3r.connect(stranger).acceptJobMigration(job, destination)).to.be.revertedWithCustomError(
      keep3r,
      "JobMigrationUnavailable",
    );
  });

  it("CRD-4: a destination's new owner can't accept a migration that was proposed to the earlier owner", async () => {
    const { keep3r, jobOwner, other, stranger, job } = await loadFixture(deployCoreWorld);
    const destination = await ethers.deployContract("PlainJob__Mock", [keep3r]);
    await keep3r.connect(other).addJob(destination);
    await keep3r.connect(jobOwner).migrateJob(job, destination);
    await keep3r.connect(other).changeJobOwnership(destination, stranger);
    await keep3r.connect(stranger).acceptJobOwnership(destination);
    await time.increase(MINUTE + 1);

    await expect(keep3r.connect(stranger).acceptJobMigration(job, destination)).to.be.revertedWithCustomError(
      keep3r,
      "JobMigrationUnavailable",
    );
  });

  it("ACC-2: an owner can't dodge a slash by handing the job over in the dispute", async () => {
    const { keep3r, jobOwner, other, disputer, slasher, job, liquidity } = await loadFixture(deployCoreWorld);
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

  it("GOV-1: a helper can't price liquidity so high that its price wraps to none, and it counts as dust", async () => {
    const { keep3r, lens, governance, jobOwner, job, pricing, liquidity } = await loadFixture(deployCoreWorld);
    await pricing.setPrice(liquidity, 2n ** 128n - 1n);
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await time.increase(6 * DAY);
    await pricing.setPrice(liquidity, 2n ** 128n);

    await keep3r.settle(job);

    expect((await lens.liquidityPrice(liquidity))[0]).to.equal(2n ** 128n - 1n);
    await expect(keep3r.sendDust(liquidity, 1n, governance))
      .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
      .withArgs(1n, 0n);
  });

  it("ACC-1: a stranger can't make itself undisplaceable with a token that fills the pending amounts", async () => {
    const { keep3r, stranger } = await loadFixture(deployCoreWorld);
    const worthless = await ethers.deployContract("ERC20__Mock", ["Worthless", "NIL", 18]);
    const most = 2n ** 224n - 1n;
    await grant(worthless, [stranger], keep3r, most + 1_000n);
    await activateKeeper(keep3r, stranger, worthless, most);
    await keep3r.connect(stranger).unbond(worthless, most);
    const squatted = await ethers.deployContract("PlainJob__Mock", [keep3r]);
    await keep3r.connect(stranger).addJob(squatted);
    await keep3r.connect(stranger).addTokenCreditsToJob(squatted, worthless, 1_000n);

    await keep3r.connect(await actAs(squatted)).addJob(squatted);

    expect(await keep3r.jobOwner(squatted)).to.equal(await squatted.getAddress());
    expect(await keep3r.pendingUnbonds(stranger, worthless)).to.equal(most);
  });

  it("SOL-1: liquidity that keeps a part of every transfer can't be bonded at the expense of others", async () => {
    const { keep3r, jobOwner, job, pricing } = await loadFixture(deployCoreWorld);
    const keeping = await ethers.deployContract("FeeToken__Mock");
    await grant(keeping, [jobOwner], keep3r, 1_000n * WAD);
    await pricing.setPrice(keeping, WAD);
    await keep3r.approveLiquidity(keeping);

    await expect(keep3r.connect(jobOwner).addLiquidityToJob(job, keeping, 500n * WAD))
      .to.be.revertedWithCustomError(keep3r, "LiquidityNotReceived")
      .withArgs(450n * WAD, 500n * WAD);
  });

  it("ACC-1: a stranger's two wei don't keep the place of a token that its owner withdraws", async () => {
    const world = await loadFixture(deployCoreWorld);
    const { keep3r, jobOwner, stranger, job, token } = world;
    const [first] = (await addTokens(world, job, 8)) as [ERC20__Mock];
    await grant(first, [stranger], keep3r, 2n);
    await keep3r.connect(stranger).addTokenCreditsToJob(job, first, 2n);

    await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, first, ethers.MaxUint256, jobOwner);

    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, WAD);
    expect(await keep3r.jobTokenCredits(job, first)).to.equal(0);
  });

  it("ACC-1: a stranger's liquidity isn't left below the minimum when all is unbonded at a lower price", async () => {
    const { keep3r, pricing, jobOwner, stranger, job, liquidity } = await loadFixture(deployCoreWorld);
    await toPeriodStart();
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 34n * WAD);
    await keep3r.connect(stranger).addLiquidityToJob(job, liquidity, 3n * WAD);
    await pricing.setPrice(liquidity, (WAD * 99n) / 100n);
    await toPeriodStart();

    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, ethers.MaxUint256);

    expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(0);
    expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal(37n * WAD);
  });

  it("a slash of the greatest amounts takes all", async () => {
    const { keep3r, kp3r, keeper, disputer, slasher } = await loadFixture(deployActiveWorld);
    await keep3r.connect(keeper).unbond(kp3r, WAD);
    const bonded = (await keep3r.bonds(keeper, kp3r)) + WAD;
    await keep3r.connect(disputer).dispute(keeper);

    await expect(keep3r.connect(slasher).slash(keeper, kp3r, ethers.MaxUint256, ethers.MaxUint256))
      .to.emit(keep3r, "KeeperSlash")
      .withArgs(keeper.address, slasher.address, bonded);
  });

  it("a stranger that is displaced waits for nothing of a token that was spent", async () => {
    const { keep3r, stranger, token } = await loadFixture(deployCoreWorld);
    const squatted = await ethers.deployContract("PlainJob__Mock", [keep3r]);
    await keep3r.connect(stranger).addJob(squatted);
    await keep3r.connect(stranger).addTokenCreditsToJob(squatted, token, WAD);
    await keep3r.connect(stranger).withdrawTokenCreditsFromJob(squatted, token, ethers.MaxUint256, stranger);

    await expect(keep3r.connect(await actAs(squatted)).addJob(squatted)).not.to.emit(keep3r, "Unbonding");

    expect(await keep3r.canWithdrawAfter(stranger, token)).to.equal(0);
  });
});
