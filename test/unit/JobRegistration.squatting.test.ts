import { DAY, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { actAs } from "#support/actors/impersonation";
import { activateKeeper } from "#support/actors/keepers";
import { UNBOND_TIME } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { lessFee } from "#support/tokens/credits";
import { deployCoreWorld, deployJob } from "#support/worlds/core";

const LIQUIDITY = 34n * WAD;
const DEPOSIT = 100n * WAD;

/** A contract that a stranger registered and put liquidity and tokens into, and that contract as a caller. */
async function deploySquattedWorld() {
  const world = await deployCoreWorld();
  const { keep3r, stranger, liquidity, token } = world;
  const squatted = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  await keep3r.connect(stranger).addJob(squatted);
  await keep3r.connect(stranger).addLiquidityToJob(squatted, liquidity, LIQUIDITY);
  await keep3r.connect(stranger).addTokenCreditsToJob(squatted, token, DEPOSIT);
  return { ...world, squatted, address: await squatted.getAddress(), itself: await actAs(squatted) };
}

/** The same after the contract has registered itself. */
async function deployDisplacedWorld() {
  const world = await deploySquattedWorld();
  await world.keep3r.connect(world.itself).addJob(world.squatted);
  return { ...world, displacedAt: await time.latest() };
}

describe("JobRegistration: squatting", () => {
  describe("addJob by the job, registered by a stranger", () => {
    it("refuses anyone else", async () => {
      const { keep3r, jobOwner, squatted } = await loadFixture(deploySquattedWorld);
      await expect(keep3r.connect(jobOwner).addJob(squatted)).to.be.revertedWithCustomError(keep3r, "JobAlreadyAdded");
    });

    it("refuses a job that has paid from its credits", async () => {
      const { keep3r, kp3r, keeper, squatted, itself } = await loadFixture(deploySquattedWorld);
      await activateKeeper(keep3r, keeper, kp3r, 0n);
      await squatted.connect(keeper).workForAmount(0, 1n);
      await expect(keep3r.connect(itself).addJob(squatted)).to.be.revertedWithCustomError(keep3r, "JobAlreadyAdded");
    });

    it("refuses a job that has paid from its token credits", async () => {
      const { keep3r, kp3r, keeper, token, squatted, itself } = await loadFixture(deploySquattedWorld);
      await activateKeeper(keep3r, keeper, kp3r, 0n);
      await squatted.connect(keeper).workForToken(0, token, 1n);
      await expect(keep3r.connect(itself).addJob(squatted)).to.be.revertedWithCustomError(keep3r, "JobAlreadyAdded");
    });

    it("refuses a job that had registered itself, whoever owns it now", async () => {
      const { keep3r, jobOwner } = await loadFixture(deploySquattedWorld);
      const selfMade = await deployJob(keep3r, jobOwner);
      await expect(keep3r.connect(await actAs(selfMade)).addJob(selfMade)).to.be.revertedWithCustomError(
        keep3r,
        "JobAlreadyAdded",
      );
    });

    it("refuses a job in dispute", async () => {
      const { keep3r, disputer, squatted, itself } = await loadFixture(deploySquattedWorld);
      await keep3r.connect(disputer).dispute(squatted);
      await expect(keep3r.connect(itself).addJob(squatted)).to.be.revertedWithCustomError(keep3r, "JobDisputed");
      await keep3r.connect(disputer).resolve(squatted);
      await keep3r.connect(itself).addJob(squatted);
      expect(await keep3r.jobOwner(squatted)).to.equal(itself.address);
    });

    it("replaces the stranger, in the same place of the list", async () => {
      const { keep3r, stranger, squatted, address, itself } = await loadFixture(deploySquattedWorld);
      const list = await keep3r.jobs();
      await expect(keep3r.connect(itself).addJob(squatted))
        .to.emit(keep3r, "JobDisplacement")
        .withArgs(address, stranger.address)
        .and.to.emit(keep3r, "JobAddition")
        .withArgs(address, address);
      expect(await keep3r.jobOwner(squatted)).to.equal(address);
      expect(await keep3r.jobs()).to.deep.equal(list);
      await expect(keep3r.connect(itself).addJob(squatted)).to.be.revertedWithCustomError(keep3r, "JobAlreadyAdded");
    });

    it("leaves the job without the stranger's liquidity and tokens", async () => {
      const { keep3r, lens, liquidity, token, squatted } = await loadFixture(deployDisplacedWorld);
      const state = await lens.jobState(squatted);
      expect(state.liquidities).to.deep.equal([]);
      expect(state.tokens).to.deep.equal([]);
      expect(state.value).to.equal(0);
      expect(await keep3r.liquidityAmount(squatted, liquidity)).to.equal(0);
      expect(await keep3r.jobTokenCredits(squatted, token)).to.equal(0);
      expect(await keep3r.jobPeriodCredits(squatted)).to.equal(0);
      expect(await keep3r.jobLiquidityCredits(squatted)).to.equal(0);
    });

    it("drops the offers and migrations of the stranger", async () => {
      const { keep3r, stranger, job, squatted, itself } = await loadFixture(deploySquattedWorld);
      await keep3r.connect(stranger).changeJobOwnership(squatted, stranger);
      await keep3r.connect(stranger).migrateJob(squatted, job);
      await keep3r.connect(itself).addJob(squatted);
      expect(await keep3r.pendingJobMigrations(squatted)).to.equal(ethers.ZeroAddress);
      await expect(keep3r.connect(stranger).acceptJobOwnership(squatted)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyPendingJobOwner",
      );
    });

    it("goes on unbonding the liquidity, for the stranger", async () => {
      const { keep3r, lens, stranger, itself, liquidity, squatted, address } = await loadFixture(deploySquattedWorld);
      await expect(keep3r.connect(itself).addJob(squatted))
        .to.emit(keep3r, "Unbonding")
        .withArgs(address, await liquidity.getAddress(), LIQUIDITY);
      const readyAfter = (await time.latest()) + UNBOND_TIME;
      expect(await lens.jobPendingUnbonds(squatted, liquidity, stranger)).to.deep.equal([LIQUIDITY, readyAfter]);
      expect(await lens.jobPendingUnbonds(squatted, liquidity, itself)).to.deep.equal([0n, 0n]);
      expect(await keep3r.pendingUnbonds(squatted, liquidity)).to.equal(0);

      await time.setNextBlockTimestamp(readyAfter);
      await expect(
        keep3r.connect(stranger).withdrawLiquidityFromJob(squatted, liquidity, stranger),
      ).to.be.revertedWithCustomError(keep3r, "UnbondsLocked");
      await expect(
        keep3r.connect(itself).withdrawLiquidityFromJob(squatted, liquidity, itself),
      ).to.be.revertedWithCustomError(keep3r, "UnbondsUnexistent");
      await expect(
        keep3r.connect(stranger).withdrawLiquidityFromJob(squatted, liquidity, stranger),
      ).to.changeTokenBalances(liquidity, [keep3r, stranger], [-LIQUIDITY, LIQUIDITY]);
    });

    it("adds to the liquidity that the stranger was unbonding already", async () => {
      const { keep3r, lens, stranger, itself, liquidity, squatted } = await loadFixture(deploySquattedWorld);
      await keep3r.connect(stranger).unbondLiquidityFromJob(squatted, liquidity, 10n * WAD);
      await time.increase(DAY);
      await keep3r.connect(itself).addJob(squatted);
      expect(await lens.jobPendingUnbonds(squatted, liquidity, stranger)).to.deep.equal([
        LIQUIDITY,
        (await time.latest()) + UNBOND_TIME,
      ]);
    });

    it("sets the token credits aside for the stranger, at once", async () => {
      const { keep3r, stranger, itself, token, squatted } = await loadFixture(deploySquattedWorld);
      await expect(keep3r.connect(itself).addJob(squatted))
        .to.emit(keep3r, "Unbonding")
        .withArgs(stranger.address, await token.getAddress(), lessFee(DEPOSIT));
      expect(await keep3r.pendingUnbonds(stranger, token)).to.equal(lessFee(DEPOSIT));
      expect(await keep3r.canWithdrawAfter(stranger, token)).to.equal(await time.latest());
      await expect(keep3r.connect(stranger).withdraw(token)).to.changeTokenBalances(
        token,
        [keep3r, stranger],
        [-lessFee(DEPOSIT), lessFee(DEPOSIT)],
      );
    });

    it("neither delays nor hastens bonds that the stranger is unbonding", async () => {
      const { keep3r, stranger, itself, token, squatted } = await loadFixture(deploySquattedWorld);
      await activateKeeper(keep3r, stranger, token, 5n);
      await keep3r.connect(stranger).unbond(token, 5n);
      const readyAfter = await keep3r.canWithdrawAfter(stranger, token);
      await time.increase(DAY);
      await keep3r.connect(itself).addJob(squatted);
      expect(await keep3r.pendingUnbonds(stranger, token)).to.equal(5n + lessFee(DEPOSIT));
      expect(await keep3r.canWithdrawAfter(stranger, token)).to.equal(readyAfter);
    });

    it("takes the mined credits and keeps forced ones above the cap", async () => {
      const { keep3r, itself, squatted } = await loadFixture(deploySquattedWorld);
      await keep3r.forceLiquidityCreditsToJob(squatted, 50n * WAD);
      const credits = await keep3r.jobLiquidityCredits(squatted);
      await time.increase(DAY);
      await keep3r.connect(itself).addJob(squatted);
      expect(await keep3r.jobLiquidityCredits(squatted)).to.equal(credits - 5n * WAD);
    });

    it("lets the job be funded and handed over as any other", async () => {
      const { keep3r, jobOwner, itself, liquidity, token, squatted } = await loadFixture(deployDisplacedWorld);
      await keep3r.connect(itself).changeJobOwnership(squatted, jobOwner);
      await keep3r.connect(jobOwner).acceptJobOwnership(squatted);
      await keep3r.connect(jobOwner).addLiquidityToJob(squatted, liquidity, 3n * WAD);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(squatted, token, DEPOSIT);
      expect(await keep3r.liquidityAmount(squatted, liquidity)).to.equal(3n * WAD);
      expect(await keep3r.jobTokenCredits(squatted, token)).to.equal(lessFee(DEPOSIT));
    });
  });
});
