import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateContract } from "#support/actors/keepers";
import { itIsForKeepersOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { paddingOf } from "#support/payments/padding";
import { amountsPaid, totalPaid } from "#support/payments/payments";
import { deployActiveWorld, deployJob } from "#support/worlds/core";

async function deployFundedJobWorld() {
  const world = await deployActiveWorld();
  const { keep3r, jobOwner, token } = world;
  const job = await deployJob(keep3r, jobOwner);
  await keep3r.forceLiquidityCreditsToJob(job, 50n * WAD);
  await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 10n * WAD);
  return { ...world, job };
}

describe("Keep3rJob", () => {
  describe("constructor", () => {
    it("refuses the zero address for its network", async () => {
      const { job } = await loadFixture(deployFundedJobWorld);
      await expect(
        ethers.deployContract("Job__Mock", [ethers.ZeroAddress, ethers.ZeroAddress]),
      ).to.be.revertedWithCustomError(job, "Keep3rZeroAddress");
    });

    it("registers the job itself and offers it to its owner", async () => {
      const { keep3r, jobOwner } = await loadFixture(deployFundedJobWorld);
      const job = await ethers.deployContract("Job__Mock", [keep3r, jobOwner]);
      expect(await keep3r.jobOwner(job)).to.equal(await job.getAddress());
      expect(await keep3r.jobPendingOwner(job)).to.equal(jobOwner.address);
    });

    it("leaves the registration to others when there is no owner", async () => {
      const { keep3r } = await loadFixture(deployFundedJobWorld);
      const job = await ethers.deployContract("Job__Mock", [keep3r, ethers.ZeroAddress]);
      expect(await keep3r.jobOwner(job)).to.equal(ethers.ZeroAddress);
      expect(await job.keep3r()).to.equal(await keep3r.getAddress());
    });
  });

  describe("validateAndPayKeeper", () => {
    itIsForKeepersOnly(deployFundedJobWorld, ({ job, stranger }) => job.connect(stranger).work(0, "0x"));

    it("pays the keeper for gas", async () => {
      const { keep3r, job, keeper } = await loadFixture(deployFundedJobWorld);
      await expect(job.connect(keeper).work(0, "0x00112233")).to.emit(keep3r, "KeeperWork");
    });

    it("pays for the calldata of an account, up to the length that the job declares", async () => {
      const { keep3r, job, keeper } = await loadFixture(deployFundedJobWorld);
      const pay = (bytes: number) => totalPaid(keep3r, job.connect(keeper).work(0, paddingOf(bytes)));
      await pay(0);
      const [short, long] = [await pay(0), await pay(2000)];
      await job.setPaidCalldata(68);
      const declared = await pay(2000);

      expect(long).to.be.greaterThan(short);
      expect(declared).to.be.lessThan(long);
    });

    it("pays for 1,024 bytes of calldata when the job declares nothing", async () => {
      const { keep3r, keeper } = await loadFixture(deployFundedJobWorld);
      const job = await ethers.deployContract("LateJob__Mock", [keep3r]);
      await keep3r.addJob(job);
      await keep3r.forceLiquidityCreditsToJob(job, 50n * WAD);
      const call = job.interface.encodeFunctionData("work", [0]);
      const pay = (padding: number) => {
        const data = ethers.concat([call, paddingOf(padding)]);
        return totalPaid(keep3r, keeper.sendTransaction({ to: job, data }));
      };
      await pay(0);
      const [none, all, more] = [await pay(0), await pay(1024 - 36), await pay(2048)];

      expect(all).to.be.greaterThan(none);
      expect(more).to.be.closeTo(all, all / 100n);
    });

    it("pays twice when the job asks for it, and for the calldata once", async () => {
      const { keep3r, job, keeper } = await loadFixture(deployFundedJobWorld);
      const payments = await amountsPaid(keep3r, job.connect(keeper).workRepeatedly(2, 0));
      const [first = 0n, second = 0n] = payments;
      expect(payments).to.have.length(2);
      expect(second).to.be.lessThan(first);
    });

    it("doesn't pay a contract for calldata that it may have made up", async () => {
      const { keep3r, kp3r, job, keeper } = await loadFixture(deployFundedJobWorld);
      const contractKeeper = await ethers.deployContract("BatchKeeper__Mock");
      await activateContract(keep3r, contractKeeper, kp3r);
      const pay = (bytes: number) => {
        const data = job.interface.encodeFunctionData("work", [0, paddingOf(bytes)]);
        return totalPaid(keep3r, contractKeeper.connect(keeper).execute(job, data));
      };
      await pay(0);
      const [short, long] = [await pay(0), await pay(2000)];

      expect(long).to.be.closeTo(short, short / 100n);
    });
  });

  describe("validateAndPayBondedKeeper", () => {
    it("refuses a keeper that doesn't meet the requirements", async () => {
      const { job, kp3r, keeper } = await loadFixture(deployFundedJobWorld);
      const requirements = { bond: kp3r, minBond: 100n * WAD + 1n, earned: 0, age: 0 };
      await expect(job.connect(keeper).workBonded(0, requirements)).to.be.revertedWithCustomError(
        job,
        "KeeperNotValid",
      );
    });

    it("pays a keeper that meets them", async () => {
      const { job, keep3r, kp3r, keeper } = await loadFixture(deployFundedJobWorld);
      const requirements = { bond: kp3r, minBond: 100n * WAD, earned: 0, age: 0 };
      await expect(job.connect(keeper).workBonded(0, requirements)).to.emit(keep3r, "KeeperWork");
    });
  });

  describe("validateAndPayKeeperInToken", () => {
    itIsForKeepersOnly(deployFundedJobWorld, ({ job, stranger, token }) =>
      job.connect(stranger).workForToken(0, token, 1),
    );

    it("pays the token amount", async () => {
      const { job, keeper, token } = await loadFixture(deployFundedJobWorld);
      await expect(job.connect(keeper).workForToken(0, token, WAD)).to.changeTokenBalance(token, keeper, WAD);
    });
  });

  describe("validateAndPayKeeperAmount", () => {
    itIsForKeepersOnly(deployFundedJobWorld, ({ job, stranger }) => job.connect(stranger).workForAmount(0, 1));

    it("pays the KP3R amount", async () => {
      const { job, keep3r, kp3r, keeper } = await loadFixture(deployFundedJobWorld);
      await job.connect(keeper).workForAmount(0, WAD);
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(101n * WAD);
    });
  });
});
