import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import type { PlainJob__Mock } from "../../typechain-types";
import { type CoreFixture, DAY, deployCore, deployWithKeeper, UNBOND_TIME, WAD } from "../support/core";
import { loadFixture } from "../support/fixture";

const MINUTE = 60;
/** EIP-7825: the most gas that a transaction may be given. */
const TRANSACTION_GAS_LIMIT = 16_777_216n;

type JobsFixture = CoreFixture & { newJob: PlainJob__Mock };

/** With a second job, of the same owner. */
async function deployTwoJobs(): Promise<JobsFixture> {
  const fixture = await deployCore();
  const newJob = await ethers.deployContract("PlainJob__Mock", [fixture.keep3r]);
  await fixture.keep3r.connect(fixture.jobOwner).addJob(newJob);
  return { ...fixture, newJob };
}

async function migrate({ keep3r, jobOwner, job, newJob }: JobsFixture): Promise<bigint> {
  await keep3r.connect(jobOwner).migrateJob(job, newJob);
  await time.increase(MINUTE);
  const receipt = await (await keep3r.connect(jobOwner).acceptJobMigration(job, newJob)).wait();
  return receipt?.gasUsed ?? 0n;
}

describe("Fault 10: liquidity that was unbonding when its job migrated is stolen", () => {
  it("CRD-4: gives it to who unbonded it, and nothing to who registers the old job", async () => {
    const fixture = await loadFixture(deployTwoJobs);
    const { keep3r, jobOwner, stranger, job, liquidity } = fixture;
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 40n * WAD);
    await migrate(fixture);

    await keep3r.connect(stranger).addJob(job);
    expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal(0);
    await time.increase(UNBOND_TIME + 1);
    await expect(
      keep3r.connect(stranger).withdrawLiquidityFromJob(job, liquidity, stranger),
    ).to.be.revertedWithCustomError(keep3r, "UnbondsUnexistent");
    await expect(keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner)).to.changeTokenBalances(
      liquidity,
      [keep3r, jobOwner],
      [-40n * WAD, 40n * WAD],
    );
  });

  it("CRD-4: keeps it apart from what the next registrant unbonds", async () => {
    const fixture = await loadFixture(deployTwoJobs);
    const { keep3r, jobOwner, stranger, job, liquidity } = fixture;
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 40n * WAD);
    await migrate(fixture);
    await time.increase(DAY);
    await keep3r.connect(stranger).addJob(job);
    await keep3r.connect(stranger).addLiquidityToJob(job, liquidity, 10n * WAD);
    await keep3r.connect(stranger).unbondLiquidityFromJob(job, liquidity, 10n * WAD);

    await time.increase(UNBOND_TIME - DAY + 10);
    await expect(
      keep3r.connect(stranger).withdrawLiquidityFromJob(job, liquidity, stranger),
    ).to.be.revertedWithCustomError(keep3r, "UnbondsLocked");
    await keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner);
    expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal(10n * WAD);
  });
});

describe("Fault 11: a stranger registers a job first", () => {
  it("can't happen to a job that registers itself when it is deployed", async () => {
    const { keep3r, jobOwner, stranger } = await loadFixture(deployCore);
    const nonce = await jobOwner.getNonce();
    const future = ethers.getCreateAddress({ from: jobOwner.address, nonce });
    await expect(keep3r.connect(stranger).addJob(future))
      .to.be.revertedWithCustomError(keep3r, "WithoutCode")
      .withArgs(future);

    const job = await ethers.deployContract("Job__Mock", [keep3r, jobOwner], jobOwner);
    expect(await job.getAddress()).to.equal(future);
    await keep3r.connect(jobOwner).acceptJobOwnership(job);
    await expect(keep3r.connect(stranger).addJob(job)).to.be.revertedWithCustomError(keep3r, "JobAlreadyAdded");
    expect(await keep3r.jobOwner(job)).to.equal(jobOwner);
  });

  it("is undone by a job that registers itself later; what the stranger put in stays the stranger's", async () => {
    const { keep3r, jobOwner, stranger, liquidity, token } = await loadFixture(deployCore);
    const job = await ethers.deployContract("LateJob__Mock", [keep3r]);
    await keep3r.connect(stranger).addJob(job);
    await keep3r.connect(stranger).addLiquidityToJob(job, liquidity, 10n * WAD);
    await keep3r.connect(stranger).addTokenCreditsToJob(job, token, 1_000n);

    await expect(job.connect(jobOwner).register(jobOwner)).to.emit(keep3r, "JobDisplacement").withArgs(job, stranger);
    await keep3r.connect(jobOwner).acceptJobOwnership(job);
    expect(await keep3r.jobOwner(job)).to.equal(jobOwner);
    expect(await keep3r.totalJobCredits(job)).to.equal(0);
    expect(await keep3r.jobTokenCredits(job, token)).to.equal(0);

    await time.increase(UNBOND_TIME + 1);
    await expect(keep3r.connect(stranger).withdrawLiquidityFromJob(job, liquidity, stranger)).to.changeTokenBalances(
      liquidity,
      [keep3r, stranger],
      [-10n * WAD, 10n * WAD],
    );
    await expect(keep3r.connect(stranger).withdraw(token)).to.changeTokenBalances(
      token,
      [keep3r, stranger],
      [-997n, 997n],
    );
  });

  it("happens to a job of V2's style, as the documentation says", async () => {
    const { keep3r, jobOwner, stranger } = await loadFixture(deployCore);
    const job = await ethers.deployContract("PlainJob__Mock", [keep3r]);
    await keep3r.connect(stranger).addJob(job);
    await expect(keep3r.connect(jobOwner).addJob(job)).to.be.revertedWithCustomError(keep3r, "JobAlreadyAdded");
  });
});

describe("Fault 12: a deposit of 0 or 1 wei locks the owner's token credits", () => {
  it("ACC-1: lets the owner withdraw right after a stranger's deposit", async () => {
    const { keep3r, jobOwner, stranger, job, token } = await loadFixture(deployCore);
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

  it("ACC-1: lets the owner unbond all liquidity, whatever a stranger adds just before", async () => {
    const { keep3r, jobOwner, stranger, job, liquidity } = await loadFixture(deployCore);
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
  it("SOL-1, GOV-1: leaves all that is owed, and takes what was sent by mistake", async () => {
    const { keep3r, governance, jobOwner, keeper, other, job, liquidity, token, kp3r } =
      await loadFixture(deployWithKeeper);
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

describe("Fault 14: a migration sheds the cool-down of token credits", () => {
  it("has no cool-down to shed: token credits can be withdrawn before and after", async () => {
    const fixture = await loadFixture(deployTwoJobs);
    const { keep3r, jobOwner, job, newJob, token } = fixture;
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000n);
    await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, 497, jobOwner);
    await migrate(fixture);
    await expect(
      keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(newJob, token, 500, jobOwner),
    ).to.changeTokenBalances(token, [keep3r, jobOwner], [-500, 500]);
  });

  it("sheds no unbonding time of liquidity either", async () => {
    const fixture = await loadFixture(deployTwoJobs);
    const { keep3r, jobOwner, job, newJob, liquidity } = fixture;
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 10n * WAD);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 5n * WAD);
    const readyAfter = await keep3r.canWithdrawAfter(job, liquidity);
    await migrate(fixture);
    await keep3r.connect(jobOwner).addJob(job);
    expect(await keep3r.canWithdrawAfter(job, liquidity)).to.equal(readyAfter);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(newJob, liquidity, 5n * WAD);
    expect(await keep3r.canWithdrawAfter(newJob, liquidity)).to.be.greaterThan(readyAfter);
  });
});

describe("Fault 18: one spends what another is owed of a rebasing token", () => {
  const deployRebasing = async () => {
    const fixture = await deployTwoJobs();
    const { keep3r, jobOwner, job, newJob } = fixture;
    const rebasing = await ethers.deployContract("RebasingToken__Mock");
    await rebasing.mint(jobOwner, 2_000);
    for (const funded of [job, newJob]) await keep3r.connect(jobOwner).addTokenCreditsToJob(funded, rebasing, 1_000);
    return { ...fixture, rebasing };
  };

  it("is not prevented when balances shrink, and documented: who comes last goes short", async () => {
    const { keep3r, jobOwner, job, newJob, rebasing } = await loadFixture(deployRebasing);
    await rebasing.rebase(50);
    await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, rebasing, 997, jobOwner);
    await expect(keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(newJob, rebasing, 997, jobOwner)).to.be.reverted;
  });

  it("touches no other token, nor KP3R", async () => {
    const { keep3r, lens, governance, jobOwner, job, token, rebasing } = await loadFixture(deployRebasing);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000);
    await rebasing.rebase(1);
    expect(await lens.owed(token)).to.equal(await token.balanceOf(keep3r));
    await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, 997, jobOwner);
    await expect(keep3r.sendDust(rebasing, 1, governance))
      .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
      .withArgs(1, 0);
  });

  it("leaves credits as they are when balances grow", async () => {
    const { keep3r, lens, jobOwner, job, newJob, rebasing } = await loadFixture(deployRebasing);
    await rebasing.rebase(200);
    expect(await lens.owed(rebasing)).to.equal(2n * 997n);
    for (const funded of [job, newJob]) {
      await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(funded, rebasing, 996, jobOwner);
    }
  });
});

describe("Fault 19: a stranger makes a migration too expensive with 280 tokens", () => {
  it("ACC-1: takes no token and no liquidity that is new to the job from a stranger", async () => {
    const { keep3r, stranger, job, token, liquidity } = await loadFixture(deployTwoJobs);
    for (const amount of [0n, 1n, WAD]) {
      await expect(keep3r.connect(stranger).addTokenCreditsToJob(job, token, amount)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyJobOwner",
      );
    }
    await expect(keep3r.connect(stranger).addLiquidityToJob(job, liquidity, 10n * WAD)).to.be.revertedWithCustomError(
      keep3r,
      "OnlyJobOwner",
    );
  });

  it("ACC-1: bounds the owner to 8 of each, and their migration to a sixth of a transaction's gas", async () => {
    const fixture = await loadFixture(deployTwoJobs);
    const { keep3r, pricing, jobOwner, job, newJob } = fixture;
    const as = keep3r.connect(jobOwner);
    for (let i = 0; i <= 8; i++) {
      const [kind, token] = [
        await ethers.deployContract("ERC20__Mock", ["LP", "LP", 18]),
        await ethers.deployContract("ERC20__Mock", ["Token", "TKN", 18]),
      ];
      await pricing.setPrice(kind, WAD);
      await keep3r.approveLiquidity(kind);
      for (const held of [kind, token]) {
        await held.mint(jobOwner, 10n * WAD);
        await held.connect(jobOwner).approve(keep3r, ethers.MaxUint256);
      }
      if (i < 8) {
        await as.addLiquidityToJob(job, kind, 10n * WAD);
        await as.addTokenCreditsToJob(job, token, WAD);
      } else {
        await expect(as.addLiquidityToJob(job, kind, 10n * WAD)).to.be.revertedWithCustomError(
          keep3r,
          "JobLiquidityLimit",
        );
        await expect(as.addTokenCreditsToJob(job, token, WAD)).to.be.revertedWithCustomError(keep3r, "JobTokenLimit");
      }
    }
    const gasUsed = await migrate(fixture);
    if (process.env.SOLIDITY_COVERAGE !== "true") expect(gasUsed).to.be.lessThan(TRANSACTION_GAS_LIMIT / 6n);
    expect(await keep3r.jobOwner(job)).to.equal(ethers.ZeroAddress);
    expect(await keep3r.jobOwner(newJob)).to.equal(jobOwner);
  });

  it("ACC-1: lets no stranger take the place of a token that the job has spent", async () => {
    const fixture = await loadFixture(deployTwoJobs);
    const { keep3r, jobOwner, stranger, job, newJob, token } = fixture;
    const as = keep3r.connect(jobOwner);
    const spent = [];
    for (let i = 0; i < 8; i++) {
      const listed = await ethers.deployContract("ERC20__Mock", ["Token", "TKN", 18]);
      for (const holder of [jobOwner, stranger]) {
        await listed.mint(holder, 1_000);
        await listed.connect(holder).approve(keep3r, 1_000);
      }
      await as.addTokenCreditsToJob(newJob, listed, 1_000);
      await as.withdrawTokenCreditsFromJob(newJob, listed, 997, jobOwner);
      spent.push(listed);
    }
    await as.addTokenCreditsToJob(job, token, 1_000);
    for (const listed of spent) {
      await expect(keep3r.connect(stranger).addTokenCreditsToJob(newJob, listed, 2)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyJobOwner",
      );
    }
    await migrate(fixture);
    expect(await keep3r.jobTokenCredits(newJob, token)).to.equal(997);
  });

  it("leaves room for a token of the job's own after a migration", async () => {
    const fixture = await loadFixture(deployTwoJobs);
    const { keep3r, jobOwner, newJob, token } = fixture;
    await migrate(fixture);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(newJob, token, 1_000);
    expect(await keep3r.jobTokenCredits(newJob, token)).to.equal(997);
  });
});
