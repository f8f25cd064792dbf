import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { deployActiveWorld, deployCoreWorld } from "#support/worlds/core";
import { deployNaive, deployNaiveEscrowWorld, deployTwoJobsWorld, type TwoJobsWorld } from "#support/worlds/naive";

const MINUTE = 60;

describe("Fault 12: a deposit of 0 or 1 wei locks the owner's token credits", () => {
  it("One-wei re-lock: a naive escrow keeps the owner out for as long as a stranger pays a wei a minute", async () => {
    const { keep3r, jobOwner, stranger, job, token } = await loadFixture(deployNaiveEscrowWorld);
    const naive = await ethers.getContractAt("NaiveEscrow__Mock", keep3r);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000n);
    for (const amount of [0n, 1n, 1n, 1n]) {
      await time.increase(MINUTE);
      await keep3r.connect(stranger).addTokenCreditsToJob(job, token, amount);
      await expect(
        keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, 997, jobOwner),
      ).to.be.revertedWithCustomError(naive, "JobTokenCreditsLocked");
    }
    expect(await keep3r.jobTokenCredits(job, token)).to.equal(1_003n);
  });

  it("One-wei re-lock: ACC-1: lets the owner withdraw right after a stranger's deposit", async () => {
    const { keep3r, jobOwner, stranger, job, token } = await loadFixture(deployCoreWorld);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000n);
    await expect(keep3r.connect(stranger).addTokenCreditsToJob(job, token, 0)).to.be.revertedWithCustomError(
      keep3r,
      "ZeroAmount",
    );
    await keep3r.connect(stranger).addTokenCreditsToJob(job, token, 1);
    await expect(
      keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, 997, jobOwner),
    ).to.changeTokenBalances(token, [keep3r, jobOwner], [-997, 997]);
  });

  it("One-wei re-lock: ACC-1: lets the owner unbond all liquidity, whatever a stranger adds just before", async () => {
    const { keep3r, jobOwner, stranger, job, liquidity } = await loadFixture(deployCoreWorld);
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    const minimum = await keep3r.liquidityMinimum();
    await expect(
      keep3r.connect(stranger).addLiquidityToJob(job, liquidity, minimum - 1n),
    ).to.be.revertedWithCustomError(keep3r, "JobLiquidityLessThanMin");
    await keep3r.connect(stranger).addLiquidityToJob(job, liquidity, minimum);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 100n * WAD);
    expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(minimum);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, minimum);
    expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal(100n * WAD + minimum);
  });
});

describe("Fault 13: governance takes bonds, credits and liquidity as dust", () => {
  it("Governance dust grab: a naive escrow hands out credits and liquidity, and goes on counting them", async () => {
    const { keep3r, governance, jobOwner, job, liquidity, token } = await loadFixture(deployNaiveEscrowWorld);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000n);
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 10n * WAD);
    for (const [held, amount] of [
      [token, 1_000n],
      [liquidity, 10n * WAD],
    ] as const) {
      await expect(keep3r.sendDust(held, amount, governance)).to.changeTokenBalances(
        held,
        [keep3r, governance],
        [-amount, amount],
      );
    }
    expect(await keep3r.jobTokenCredits(job, token)).to.equal(1_000n);
    expect(await keep3r.liquidityAmount(job, liquidity)).to.equal(10n * WAD);
  });

  it("Governance dust grab: naive keepers' bonds are handed out, and go on counting as well", async () => {
    const { governance, keeper, token } = await loadFixture(deployCoreWorld);
    const keep3r = await deployNaive("NaiveKeepers__Mock");
    await token.connect(keeper).approve(keep3r, 100);
    await activateKeeper(keep3r, keeper, token, 100n);
    await expect(keep3r.sendDust(token, 100, governance)).to.changeTokenBalance(token, governance, 100);
    expect(await keep3r.bonds(keeper, token)).to.equal(100);
  });

  it("Governance dust grab: SOL-1, GOV-1: leaves all debts alone, and takes tokens that were sent by mistake", async () => {
    const { keep3r, governance, jobOwner, keeper, other, job, liquidity, token, kp3r } =
      await loadFixture(deployActiveWorld);
    await keep3r.connect(keeper).bond(token, 100n);
    await keep3r.connect(keeper).bond(kp3r, 50n);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000n);
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 10n * WAD);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 5n * WAD);

    for (const held of [token, kp3r, liquidity]) {
      await expect(keep3r.sendDust(held, 1, governance))
        .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
        .withArgs(1, 0);
    }
    await token.connect(other).transfer(keep3r, 7);
    await expect(keep3r.sendDust(token, 8, governance))
      .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
      .withArgs(8, 7);
    await expect(keep3r.sendDust(token, 7, other)).to.changeTokenBalances(token, [keep3r, other], [-7, 7]);
  });
});

describe("Fault 18: one spends what another is owed of a rebasing token", () => {
  const fundInRebasing = async (world: TwoJobsWorld) => {
    const { keep3r, jobOwner, job, newJob } = world;
    const rebasing = await ethers.deployContract("RebasingToken__Mock");
    await rebasing.mint(jobOwner, 2_000);
    for (const funded of [job, newJob]) await keep3r.connect(jobOwner).addTokenCreditsToJob(funded, rebasing, 1_000);
    return { ...world, rebasing };
  };
  const deployRebasingWorld = async () => fundInRebasing(await deployTwoJobsWorld());
  const deployNaiveRebasingWorld = async () => fundInRebasing(await deployNaiveEscrowWorld());

  it("Rebasing token: a naive escrow hands out as dust what balances grow by, and then what they are", async () => {
    const { keep3r, governance, jobOwner, job, rebasing } = await loadFixture(deployNaiveRebasingWorld);
    await rebasing.rebase(200);
    await keep3r.sendDust(rebasing, 4_000, governance);
    expect(await rebasing.balanceOf(governance)).to.equal(4_000);
    await time.increase(MINUTE + 1);
    await expect(keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, rebasing, 997, jobOwner)).to.be.reverted;
  });

  it("Rebasing token: a naive escrow pays one job with another's tokens", async () => {
    const { keep3r, jobOwner, job, newJob, rebasing } = await loadFixture(deployNaiveRebasingWorld);
    await rebasing.rebase(50);
    await time.increase(MINUTE + 1);
    await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, rebasing, 997, jobOwner);
    await expect(keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(newJob, rebasing, 997, jobOwner)).to.be.reverted;
  });

  it("Rebasing token: is not prevented when balances shrink, and documented: the last to withdraw goes short", async () => {
    const { keep3r, jobOwner, job, newJob, rebasing } = await loadFixture(deployRebasingWorld);
    await rebasing.rebase(50);
    await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, rebasing, 997, jobOwner);
    await expect(keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(newJob, rebasing, 997, jobOwner)).to.be.reverted;
  });

  it("Rebasing token: touches no other token, nor KP3R", async () => {
    const { keep3r, lens, governance, jobOwner, job, token, rebasing } = await loadFixture(deployRebasingWorld);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000);
    await rebasing.rebase(1);
    expect(await lens.owed(token)).to.equal(await token.balanceOf(keep3r));
    await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, 997, jobOwner);
    await expect(keep3r.sendDust(rebasing, 1, governance))
      .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
      .withArgs(1, 0);
  });

  it("Rebasing token: leaves credits as they are when balances grow", async () => {
    const { keep3r, lens, jobOwner, job, newJob, rebasing } = await loadFixture(deployRebasingWorld);
    await rebasing.rebase(200);
    expect(await lens.owed(rebasing)).to.equal(2n * 997n);
    for (const funded of [job, newJob]) {
      await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(funded, rebasing, 996, jobOwner);
    }
  });
});
