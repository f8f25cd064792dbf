import { DAY, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { UNBOND_TIME } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { grant } from "#support/tokens/grants";
import { INSTRUMENTED } from "#support/tools/coverage";
import { passUnbondTime } from "#support/tools/time";
import { deployCoreWorld } from "#support/worlds/core";
import { deployNaiveEscrowWorld, deployTwoJobsWorld, type TwoJobsWorld } from "#support/worlds/naive";

const MINUTE = 60;
/** EIP-7825: the most gas that a transaction may be given. */
const TRANSACTION_GAS_LIMIT = 16_777_216n;

async function migrate({ keep3r, jobOwner, job, newJob }: TwoJobsWorld): Promise<bigint> {
  await keep3r.connect(jobOwner).migrateJob(job, newJob);
  await time.increase(MINUTE);
  const receipt = await (await keep3r.connect(jobOwner).acceptJobMigration(job, newJob)).wait();
  return receipt?.gasUsed ?? 0n;
}

describe("Fault 10: liquidity that was unbonding when its job migrated is stolen", () => {
  /** The stranger registers the old job and waits for the liquidity that was unbonding there. */
  async function outwait(world: TwoJobsWorld): Promise<void> {
    const { keep3r, jobOwner, stranger, job, liquidity } = world;
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 40n * WAD);
    await migrate(world);
    await keep3r.connect(stranger).addJob(job);
    await passUnbondTime();
  }

  it("Stolen unbonding liquidity: a naive escrow pays it to the next registrant of the old job", async () => {
    const world = await loadFixture(deployNaiveEscrowWorld);
    const { keep3r, stranger, job, liquidity } = world;
    await outwait(world);
    await expect(keep3r.connect(stranger).withdrawLiquidityFromJob(job, liquidity, stranger)).to.changeTokenBalances(
      liquidity,
      [keep3r, stranger],
      [-40n * WAD, 40n * WAD],
    );
  });

  it("Stolen unbonding liquidity: CRD-4: gives it to the owner who unbonded it, and nothing to the next registrant of the old job", async () => {
    const world = await loadFixture(deployTwoJobsWorld);
    const { keep3r, jobOwner, stranger, job, liquidity } = world;
    await outwait(world);
    expect(await keep3r.pendingUnbonds(job, liquidity)).to.equal(0);
    await expect(
      keep3r.connect(stranger).withdrawLiquidityFromJob(job, liquidity, stranger),
    ).to.be.revertedWithCustomError(keep3r, "UnbondsUnexistent");
    await expect(keep3r.connect(jobOwner).withdrawLiquidityFromJob(job, liquidity, jobOwner)).to.changeTokenBalances(
      liquidity,
      [keep3r, jobOwner],
      [-40n * WAD, 40n * WAD],
    );
  });

  it("Stolen unbonding liquidity: CRD-4: keeps it apart from the liquidity that the next registrant unbonds", async () => {
    const world = await loadFixture(deployTwoJobsWorld);
    const { keep3r, jobOwner, stranger, job, liquidity } = world;
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 100n * WAD);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 40n * WAD);
    await migrate(world);
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
  it("Job squatting: a naive escrow registers an address without code, and keeps its author out", async () => {
    const { keep3r, jobOwner, stranger, token } = await loadFixture(deployNaiveEscrowWorld);
    const future = ethers.getCreateAddress({ from: jobOwner.address, nonce: await jobOwner.getNonce() });
    await keep3r.connect(stranger).addJob(future);
    const job = await ethers.deployContract("LateJob__Mock", [keep3r], jobOwner);
    expect(await job.getAddress()).to.equal(future);

    await expect(job.connect(jobOwner).register(jobOwner)).to.be.revertedWithCustomError(keep3r, "JobAlreadyAdded");
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000n);
    await time.increase(MINUTE + 1);
    await expect(
      keep3r.connect(stranger).withdrawTokenCreditsFromJob(job, token, 1_000n, stranger),
    ).to.changeTokenBalances(token, [keep3r, stranger], [-1_000n, 1_000n]);
  });

  it("Job squatting: can't happen to a job that registers itself when it is deployed", async () => {
    const { keep3r, jobOwner, stranger } = await loadFixture(deployCoreWorld);
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

  it("Job squatting: is undone by a job that registers itself later; the stranger's funds stay the stranger's", async () => {
    const { keep3r, jobOwner, stranger, liquidity, token } = await loadFixture(deployCoreWorld);
    const job = await ethers.deployContract("LateJob__Mock", [keep3r]);
    await keep3r.connect(stranger).addJob(job);
    await keep3r.connect(stranger).addLiquidityToJob(job, liquidity, 10n * WAD);
    await keep3r.connect(stranger).addTokenCreditsToJob(job, token, 1_000n);

    await expect(job.connect(jobOwner).register(jobOwner)).to.emit(keep3r, "JobDisplacement").withArgs(job, stranger);
    await keep3r.connect(jobOwner).acceptJobOwnership(job);
    expect(await keep3r.jobOwner(job)).to.equal(jobOwner);
    expect(await keep3r.totalJobCredits(job)).to.equal(0);
    expect(await keep3r.jobTokenCredits(job, token)).to.equal(0);

    await passUnbondTime();
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

  it("Job squatting: happens to a job of V2's style, as the documentation says", async () => {
    const { keep3r, jobOwner, stranger } = await loadFixture(deployCoreWorld);
    const job = await ethers.deployContract("PlainJob__Mock", [keep3r]);
    await keep3r.connect(stranger).addJob(job);
    await expect(keep3r.connect(jobOwner).addJob(job)).to.be.revertedWithCustomError(keep3r, "JobAlreadyAdded");
  });
});

describe("Fault 14: a migration sheds the cool-down of token credits", () => {
  it("Cool-down shed by migration: a naive escrow pays funds from the new job that it locks in the old one", async () => {
    const world = await loadFixture(deployNaiveEscrowWorld);
    const { keep3r, jobOwner, job, newJob, token } = world;
    const naive = await ethers.getContractAt("NaiveEscrow__Mock", keep3r);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000n);
    await expect(
      keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, 500, jobOwner),
    ).to.be.revertedWithCustomError(naive, "JobTokenCreditsLocked");
    await keep3r.connect(jobOwner).acceptJobMigration(job, newJob);
    await expect(
      keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(newJob, token, 500, jobOwner),
    ).to.changeTokenBalances(token, [keep3r, jobOwner], [-500, 500]);
  });

  it("Cool-down shed by migration: has no cool-down to shed: token credits can be withdrawn before and after", async () => {
    const world = await loadFixture(deployTwoJobsWorld);
    const { keep3r, jobOwner, job, newJob, token } = world;
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000n);
    await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, 497, jobOwner);
    await migrate(world);
    await expect(
      keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(newJob, token, 500, jobOwner),
    ).to.changeTokenBalances(token, [keep3r, jobOwner], [-500, 500]);
  });

  it("Cool-down shed by migration: sheds no unbonding time of liquidity either", async () => {
    const world = await loadFixture(deployTwoJobsWorld);
    const { keep3r, jobOwner, job, newJob, liquidity } = world;
    await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 10n * WAD);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(job, liquidity, 5n * WAD);
    const readyAfter = await keep3r.canWithdrawAfter(job, liquidity);
    await migrate(world);
    await keep3r.connect(jobOwner).addJob(job);
    expect(await keep3r.canWithdrawAfter(job, liquidity)).to.equal(readyAfter);
    await keep3r.connect(jobOwner).unbondLiquidityFromJob(newJob, liquidity, 5n * WAD);
    expect(await keep3r.canWithdrawAfter(newJob, liquidity)).to.be.greaterThan(readyAfter);
  });
});

describe("Fault 19: a stranger makes a migration too expensive with 280 tokens", () => {
  /** Ten times 28 tokens. */
  async function stuff({ keep3r, job }: TwoJobsWorld): Promise<void> {
    const stranger = await ethers.deployContract("TokenStuffer__Mock");
    for (let i = 0; i < 10; i++) await stranger.stuff(keep3r, job, 28, { gasLimit: TRANSACTION_GAS_LIMIT });
  }

  it("Migration stuffed with tokens: a naive escrow's doesn't fit into a transaction", async () => {
    const world = await loadFixture(deployNaiveEscrowWorld);
    const { keep3r, jobOwner, job, newJob } = world;
    await stuff(world);
    const migration = keep3r.connect(jobOwner).acceptJobMigration;
    expect(await migration.estimateGas(job, newJob)).to.be.greaterThan(TRANSACTION_GAS_LIMIT);
    await expect(migration(job, newJob, { gasLimit: TRANSACTION_GAS_LIMIT })).to.be.reverted;
    expect(await keep3r.jobOwner(job)).to.equal(jobOwner);
  });

  it("Migration stuffed with tokens: ACC-1: takes no token and no liquidity that is new to the job from a stranger", async () => {
    const world = await loadFixture(deployTwoJobsWorld);
    const { keep3r, stranger, job, token, liquidity } = world;
    await expect(stuff(world)).to.be.revertedWithCustomError(keep3r, "OnlyJobOwner");
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

  it("Migration stuffed with tokens: ACC-1: bounds the owner to 8 of each, and their migration to a sixth of a transaction's gas", async () => {
    const world = await loadFixture(deployTwoJobsWorld);
    const { keep3r, pricing, jobOwner, job, newJob } = world;
    const as = keep3r.connect(jobOwner);
    for (let i = 0; i <= 8; i++) {
      const [kind, token] = [
        await ethers.deployContract("ERC20__Mock", ["LP", "LP", 18]),
        await ethers.deployContract("ERC20__Mock", ["Token", "TKN", 18]),
      ];
      await pricing.setPrice(kind, WAD);
      await keep3r.approveLiquidity(kind);
      for (const held of [kind, token]) await grant(held, [jobOwner], keep3r, 10n * WAD);
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
    const gasUsed = await migrate(world);
    if (!INSTRUMENTED) expect(gasUsed).to.be.lessThan(TRANSACTION_GAS_LIMIT / 6n);
    expect(await keep3r.jobOwner(job)).to.equal(ethers.ZeroAddress);
    expect(await keep3r.jobOwner(newJob)).to.equal(jobOwner);
  });

  it("Migration stuffed with tokens: ACC-1: lets no stranger take the place of a token that the job has spent", async () => {
    const world = await loadFixture(deployTwoJobsWorld);
    const { keep3r, jobOwner, stranger, job, newJob, token } = world;
    const as = keep3r.connect(jobOwner);
    const spent = [];
    for (let i = 0; i < 8; i++) {
      const listed = await ethers.deployContract("ERC20__Mock", ["Token", "TKN", 18]);
      await grant(listed, [jobOwner, stranger], keep3r, 1_000n);
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
    await migrate(world);
    expect(await keep3r.jobTokenCredits(newJob, token)).to.equal(997);
  });

  it("Migration stuffed with tokens: leaves room for a token of the job's own after a migration", async () => {
    const world = await loadFixture(deployTwoJobsWorld);
    const { keep3r, jobOwner, newJob, token } = world;
    await migrate(world);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(newJob, token, 1_000);
    expect(await keep3r.jobTokenCredits(newJob, token)).to.equal(997);
  });
});
