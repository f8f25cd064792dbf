import { DAY, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { paymentOf, totalPaid } from "#support/payments/payments";
import { FIRST_WORK_GAS, LATER_WORK_GAS, payFor, RATE, RATE_SCALE } from "#support/payments/rate";
import { deployActiveWorld, deployCoreWorld } from "#support/worlds/core";

/** A job that is an account, so that a test calls the network as the job does; with credits of both kinds. */
async function deployAccountJobWorld() {
  const world = await deployActiveWorld();
  const { keep3r, other, token, jobOwner } = world;
  await keep3r.connect(other).addJob(other);
  await keep3r.forceLiquidityCreditsToJob(other, 10n * WAD);
  await keep3r.connect(other).addTokenCreditsToJob(other, token, 10n * WAD);
  return { ...world, accountJob: keep3r.connect(other), unregistered: keep3r.connect(jobOwner) };
}

/** A job that can make any call between validation and payment. */
async function deployHookJobWorld() {
  const world = await deployActiveWorld();
  const { keep3r, jobOwner } = world;
  const hookJob = await ethers.deployContract("HookJob__Mock", [keep3r]);
  await keep3r.connect(jobOwner).addJob(hookJob);
  await keep3r.forceLiquidityCreditsToJob(hookJob, 10n * WAD);
  return { ...world, hookJob };
}

describe("Work", () => {
  describe("isKeeper", () => {
    it("is false for a stranger, and for a keeper that has bonded but isn't active yet", async () => {
      const { keep3r, kp3r, stranger } = await loadFixture(deployCoreWorld);
      expect(await keep3r.isKeeper.staticCall(stranger)).to.equal(false);
      await keep3r.connect(stranger).bond(kp3r, 1);
      expect(await keep3r.isKeeper.staticCall(stranger)).to.equal(false);
    });

    it("is false for a keeper in dispute, and true again once that is resolved", async () => {
      const { keep3r, keeper, disputer } = await loadFixture(deployActiveWorld);
      await keep3r.connect(disputer).dispute(keeper);
      expect(await keep3r.isKeeper.staticCall(keeper)).to.equal(false);
      await keep3r.connect(disputer).resolve(keeper);
      expect(await keep3r.isKeeper.staticCall(keeper)).to.equal(true);
    });

    it("is false for a revoked keeper", async () => {
      const { keep3r, keeper, disputer, slasher } = await loadFixture(deployActiveWorld);
      await keep3r.connect(disputer).dispute(keeper);
      await keep3r.connect(slasher).revoke(keeper);
      await keep3r.connect(disputer).resolve(keeper);
      expect(await keep3r.isKeeper.staticCall(keeper)).to.equal(false);
    });

    it("is true for an active keeper", async () => {
      const { keep3r, keeper } = await loadFixture(deployActiveWorld);
      expect(await keep3r.isKeeper.staticCall(keeper)).to.equal(true);
    });
  });

  describe("isBondedKeeper", () => {
    it("is false for a stranger, whatever is asked", async () => {
      const { keep3r, kp3r, stranger } = await loadFixture(deployCoreWorld);
      expect(await keep3r.isBondedKeeper.staticCall(stranger, kp3r, 0, 0, 0)).to.equal(false);
    });

    it("asks for earnings", async () => {
      const { keep3r, kp3r, keeper, job } = await loadFixture(deployActiveWorld);
      await job.connect(keeper).workForAmount(0, 5n);
      expect(await keep3r.isBondedKeeper.staticCall(keeper, kp3r, 0, 6, 0)).to.equal(false);
      expect(await keep3r.isBondedKeeper.staticCall(keeper, kp3r, 0, 5, 0)).to.equal(true);
    });

    it("asks for age", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployActiveWorld);
      const since = await keep3r.firstSeen(keeper);
      await time.increaseTo(since + BigInt(DAY));
      expect(await keep3r.isBondedKeeper.staticCall(keeper, kp3r, 0, 0, 2 * DAY)).to.equal(false);
      expect(await keep3r.isBondedKeeper.staticCall(keeper, kp3r, 0, 0, DAY)).to.equal(true);
    });

    it("asks for a bond in KP3R", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployActiveWorld);
      expect(await keep3r.isBondedKeeper.staticCall(keeper, kp3r, 100n * WAD + 1n, 0, 0)).to.equal(false);
      expect(await keep3r.isBondedKeeper.staticCall(keeper, kp3r, 100n * WAD, 0, 0)).to.equal(true);
    });

    it("asks for a bond in another token", async () => {
      const { keep3r, token, keeper } = await loadFixture(deployActiveWorld);
      expect(await keep3r.isBondedKeeper.staticCall(keeper, token, 1, 0, 0)).to.equal(false);
      await activateKeeper(keep3r, keeper, token, 7n);
      expect(await keep3r.isBondedKeeper.staticCall(keeper, token, 8, 0, 0)).to.equal(false);
      expect(await keep3r.isBondedKeeper.staticCall(keeper, token, 7, 0, 0)).to.equal(true);
    });

    it("opens the meter", async () => {
      const { kp3r, keep3r, keeper, job } = await loadFixture(deployActiveWorld);
      await expect(job.connect(keeper).workBonded(0, kp3r, 1, 0, 0)).to.emit(keep3r, "KeeperWork");
    });
  });

  for (const entry of ["worked", "workedFor"] as const) {
    describe(entry, () => {
      it("refuses a job that hasn't opened the meter in this transaction", async () => {
        const { keep3r, accountJob, keeper } = await loadFixture(deployAccountJobWorld);
        await accountJob.isKeeper(keeper);
        const payment = entry === "worked" ? accountJob.worked(keeper) : accountJob.workedFor(keeper, 1);
        await expect(payment).to.be.revertedWithCustomError(keep3r, "GasNotInitialized");
      });
    });
  }

  describe("payment for gas", () => {
    it("refuses a keeper that is disputed in the middle of the work", async () => {
      const { keep3r, hookJob, keeper } = await loadFixture(deployHookJobWorld);
      await keep3r.addDisputer(hookJob);
      const dispute = keep3r.interface.encodeFunctionData("dispute", [keeper.address]);
      await expect(hookJob.connect(keeper).workAround(keep3r, dispute)).to.be.revertedWithCustomError(
        keep3r,
        "Disputed",
      );
    });

    it("goes by the bond at the opening of the meter, even if it is unbonded during the work", async () => {
      const { keep3r, kp3r, pricing, hookJob, keeper } = await loadFixture(deployHookJobWorld);
      await keep3r.connect(keeper).changeKeeperOwnership(keeper, hookJob);
      const accept = keep3r.interface.encodeFunctionData("acceptKeeperOwnership", [keeper.address]);
      await hookJob.connect(keeper).workAround(keep3r, accept);
      const bonded = await keep3r.bonds(keeper, kp3r);
      await pricing.setRate(0, FIRST_WORK_GAS, LATER_WORK_GAS);
      await pricing.setRatePerBond(RATE / bonded);

      const unbond = keep3r.interface.encodeFunctionData("unbondFor", [
        keeper.address,
        await kp3r.getAddress(),
        bonded,
      ]);
      await hookJob.connect(keeper).workAround(keep3r, unbond);

      const payment = await keep3r.bonds(keeper, kp3r);
      expect(payment).to.be.greaterThan((FIRST_WORK_GAS * (RATE / bonded) * bonded) / RATE_SCALE);
      expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(bonded);
      expect(await keep3r.jobLiquidityCredits(hookJob)).to.be.lessThan(10n * WAD - payment);
    });

    it("refuses without a helper", async () => {
      const { governance, kp3r, keeper } = await loadFixture(deployCoreWorld);
      const keep3r = await ethers.deployContract("Keep3r", [governance, kp3r, kp3r]);
      await keep3r.connect(keeper).bond(kp3r, 0);
      await time.increase(4 * DAY);
      await keep3r.connect(keeper).activate(kp3r);
      const job = await ethers.deployContract("PlainJob__Mock", [keep3r]);
      await keep3r.addJob(job);
      await expect(job.connect(keeper).work(0)).to.be.revertedWithCustomError(keep3r, "ZeroAddress");
    });

    it("refuses a job in dispute", async () => {
      const { keep3r, job, keeper, disputer } = await loadFixture(deployActiveWorld);
      await keep3r.connect(disputer).dispute(job);
      await expect(job.connect(keeper).work(0)).to.be.revertedWithCustomError(keep3r, "JobDisputed");
    });

    it("refuses a contract that isn't a job", async () => {
      const { keep3r, keeper } = await loadFixture(deployActiveWorld);
      const unregistered = await ethers.deployContract("PlainJob__Mock", [keep3r]);
      await expect(unregistered.connect(keeper).work(0)).to.be.revertedWithCustomError(keep3r, "JobUnapproved");
    });

    it("refuses a payment that the credits don't cover", async () => {
      const { keep3r, pricing, job, keeper } = await loadFixture(deployActiveWorld);
      await pricing.setRate(RATE * 10n ** 9n, FIRST_WORK_GAS, LATER_WORK_GAS);
      await expect(job.connect(keeper).work(0)).to.be.revertedWithCustomError(keep3r, "InsufficientFunds");
    });

    it("moves the payment from the job's credits to the keeper's bond", async () => {
      const { keep3r, kp3r, job, keeper } = await loadFixture(deployActiveWorld);
      const { payment, ...names } = await paymentOf(keep3r, job.connect(keeper).work(30_000));

      expect(names).to.include({
        credit: await kp3r.getAddress(),
        job: await job.getAddress(),
        keeper: keeper.address,
      });
      expect(payment).to.be.greaterThan(payFor(FIRST_WORK_GAS));
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(50n * WAD - payment);
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(100n * WAD + payment);
      expect(await keep3r.workCompleted(keeper)).to.equal(payment);
      expect(await keep3r.workedAt(job)).to.equal(await time.latest());
      expect(await keep3r.rewardedAt(job)).to.equal(await time.latest());
    });

    it("adds the gas that the job vouches for, up to the most that a work is paid for", async () => {
      const { keep3r, keeper } = await loadFixture(deployActiveWorld);
      const vouching = await ethers.deployContract("VouchingJob__Mock", [keep3r]);
      await keep3r.addJob(vouching);
      await keep3r.forceLiquidityCreditsToJob(vouching, 1_000n * WAD);
      const pay = (extraGas: bigint) => totalPaid(keep3r, vouching.connect(keeper).work(extraGas));
      await pay(0n);
      const [none, some] = [await pay(0n), await pay(100_000n)];
      const most = payFor((await keep3r.maxGasPerWork()) + FIRST_WORK_GAS);

      // The calldata of the larger number costs the meter nothing
      expect(some - none).to.be.closeTo(payFor(100_000n), payFor(10n));
      expect(await pay(await keep3r.maxGasPerWork())).to.equal(most);
      expect(await pay((await keep3r.maxGasPerWork()) - 1n)).to.equal(most);
      expect(await pay(ethers.MaxUint256)).to.equal(most);
    });
  });

  describe("bondedPayment", () => {
    it("refuses the zero address", async () => {
      const { keep3r, accountJob } = await loadFixture(deployAccountJobWorld);
      await expect(accountJob.bondedPayment(ethers.ZeroAddress, 1)).to.be.revertedWithCustomError(
        keep3r,
        "ZeroAddress",
      );
    });

    it("refuses a keeper in dispute, and a barred one", async () => {
      const { keep3r, accountJob, keeper, disputer, slasher } = await loadFixture(deployAccountJobWorld);
      await keep3r.connect(disputer).dispute(keeper);
      await expect(accountJob.bondedPayment(keeper, 1)).to.be.revertedWithCustomError(keep3r, "Disputed");
      await keep3r.connect(slasher).revoke(keeper);
      await keep3r.connect(disputer).resolve(keeper);
      await expect(accountJob.bondedPayment(keeper, 1)).to.be.revertedWithCustomError(keep3r, "KeeperBarred");
    });

    it("refuses a job in dispute, a caller that isn't a job, and a payment that the credits don't cover", async () => {
      const { keep3r, accountJob, unregistered, keeper, other, disputer } = await loadFixture(deployAccountJobWorld);
      await expect(unregistered.bondedPayment(keeper, 0)).to.be.revertedWithCustomError(keep3r, "JobUnapproved");
      await expect(accountJob.bondedPayment(keeper, 10n * WAD + 1n)).to.be.revertedWithCustomError(
        keep3r,
        "InsufficientFunds",
      );
      await keep3r.connect(disputer).dispute(other);
      await expect(accountJob.bondedPayment(keeper, 1)).to.be.revertedWithCustomError(keep3r, "JobDisputed");
    });

    it("pays what the job says", async () => {
      const { keep3r, kp3r, accountJob, keeper, other } = await loadFixture(deployAccountJobWorld);
      await expect(accountJob.bondedPayment(keeper, 10n * WAD))
        .to.emit(keep3r, "KeeperWork")
        .withArgs(kp3r, other, keeper, 10n * WAD, (gasLeft: bigint) => gasLeft > 0n);
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(110n * WAD);
      expect(await keep3r.workCompleted(keeper)).to.equal(10n * WAD);
      expect(await keep3r.jobLiquidityCredits(other)).to.equal(0);
    });
  });

  describe("directTokenPayment", () => {
    it("refuses the zero address", async () => {
      const { keep3r, accountJob, token } = await loadFixture(deployAccountJobWorld);
      await expect(accountJob.directTokenPayment(token, ethers.ZeroAddress, 1)).to.be.revertedWithCustomError(
        keep3r,
        "ZeroAddress",
      );
    });

    it("refuses a keeper in dispute", async () => {
      const { keep3r, accountJob, token, keeper, disputer } = await loadFixture(deployAccountJobWorld);
      await keep3r.connect(disputer).dispute(keeper);
      await expect(accountJob.directTokenPayment(token, keeper, 1)).to.be.revertedWithCustomError(keep3r, "Disputed");
    });

    it("refuses a job in dispute, a caller that isn't a job, and a payment that the credits don't cover", async () => {
      const { keep3r, accountJob, unregistered, token, keeper, other, disputer } =
        await loadFixture(deployAccountJobWorld);
      await expect(unregistered.directTokenPayment(token, keeper, 0)).to.be.revertedWithCustomError(
        keep3r,
        "JobUnapproved",
      );
      await expect(accountJob.directTokenPayment(token, keeper, 10n * WAD)).to.be.revertedWithCustomError(
        keep3r,
        "InsufficientFunds",
      );
      await keep3r.connect(disputer).dispute(other);
      await expect(accountJob.directTokenPayment(token, keeper, 1)).to.be.revertedWithCustomError(
        keep3r,
        "JobDisputed",
      );
    });

    it("pays at once, again and again", async () => {
      const { keep3r, accountJob, token, keeper, other } = await loadFixture(deployAccountJobWorld);
      const before = await keep3r.jobTokenCredits(other, token);
      for (let i = 0; i < 2; i++) {
        const payment = accountJob.directTokenPayment(token, keeper, WAD);
        await expect(payment).to.changeTokenBalance(token, keeper, WAD);
        await expect(payment)
          .to.emit(keep3r, "KeeperWork")
          .withArgs(token, other, keeper, WAD, (gasLeft: bigint) => gasLeft > 0n);
      }
      expect(await keep3r.jobTokenCredits(other, token)).to.equal(before - 2n * WAD);
      expect(await keep3r.workedAt(other)).to.equal(0);
    });
  });
});
