import { DAY, GWEI, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateContract } from "#support/actors/keepers";
import { fundJob } from "#support/actors/owners";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { FAIR, measure, type Paid, type Sending } from "#support/payments/measure";
import { itMeasured } from "#support/tools/coverage";
import { deployJob } from "#support/worlds/core";
import { deployMiningWorld } from "#support/worlds/mining";
import { deployNaive } from "#support/worlds/naive";
import { observe } from "#support/worlds/oracle";
import { deployPaidWorld, KP3R_PER_ETH } from "#support/worlds/paid";
import { sell } from "#support/worlds/uniswap";
import type { BatchKeeper__Mock, Job__Mock, Keep3r, PlainJob__Mock } from "#typechain";

/** EIP-3529: at most a fifth of the gas is refunded, so the cost is four fifths at the least. */
const REFUND_BOUND = (FAIR[1] * 5) / 4;

describe("Fault 7: gas refunds are paid out", () => {
  itMeasured(
    "Refund-heavy job: a naive meter, and a job that can't name its payment, pay for gas that is refunded",
    async () => {
      const { keeper } = await loadFixture(deployPaidWorld);
      const keep3r = await deployNaive("NaiveMeter__Mock", [0]);
      const job = await ethers.deployContract("RefundJob__Mock", [keep3r, ethers.ZeroAddress]);
      await job.fill(300);
      const { percent } = await measure({ keep3r }, (sending) => job.connect(keeper).work(300, sending));
      expect(percent).to.be.within(120, REFUND_BOUND);
    },
  );

  for (const words of [5, 50, 300]) {
    itMeasured(`Refund-heavy job: pays a job that clears ${words} words at most a quarter too much`, async () => {
      const world = await loadFixture(deployPaidWorld);
      const { keep3r, jobOwner, keeper } = world;
      const job = await ethers.deployContract("RefundJob__Mock", [keep3r, jobOwner]);
      await fundJob(keep3r, jobOwner, job);
      await job.fill(words);
      const { percent } = await measure(world, (sending) => job.connect(keeper).work(words, sending));
      expect(percent).to.be.within(FAIR[0], REFUND_BOUND);
    });
  }

  it("Refund-heavy job: lets such a job name its payment", async () => {
    const { keep3r, jobOwner, keeper } = await loadFixture(deployPaidWorld);
    const job = await ethers.deployContract("RefundJob__Mock", [keep3r, jobOwner]);
    await fundJob(keep3r, jobOwner, job);
    await job.fill(50);
    await job.connect(keeper).workForAmount(50, WAD / 1000n);
    expect(await keep3r.workCompleted(keeper)).to.equal(WAD / 1000n);
  });

  itMeasured("Refund-heavy job: pays what a work costs after refunds, if it names that", async () => {
    const world = await loadFixture(deployPaidWorld);
    const { keep3r, jobOwner, keeper } = world;
    const job = await ethers.deployContract("RefundJob__Mock", [keep3r, jobOwner]);
    await fundJob(keep3r, jobOwner, job);
    for (let works = 0; works < 3; works++) await job.fill(300);
    const work = (payment: bigint) =>
      measure(world, (sending) => job.connect(keeper).workForAmount(300, payment, sending), { baseFee: 20n * GWEI });
    await work(1n);
    const { gasUsed } = await work(1n);
    // The least tip comes on top of the base fee
    const cost = (gasUsed * 21n * GWEI * KP3R_PER_ETH) / WAD;
    expect((await work(cost)).percent).to.be.closeTo(100, 1);
  });
});

describe("Fault 8: calldata is not paid", () => {
  const bytesOf = (length: number) => ethers.hexlify(new Uint8Array(length).fill(0xff));

  itMeasured("Unpaid calldata: a naive meter pays two fifths of a small work with 4 KiB", async () => {
    const { keeper } = await loadFixture(deployPaidWorld);
    const keep3r = await deployNaive("NaiveMeter__Mock", [0]);
    const job = await ethers.deployContract("PlainJob__Mock", [keep3r]);
    await job.connect(keeper).work(0);
    const data = job.interface.encodeFunctionData("work", [30_000]) + bytesOf(4096).slice(2);
    const { percent } = await measure({ keep3r }, (sending) => keeper.sendTransaction({ to: job, data, ...sending }));
    expect(percent).to.be.within(35, 41);
  });

  for (const length of [0, 1024, 4096, 8192]) {
    itMeasured(`Unpaid calldata: Keep3rJob pays for ${length} bytes of calldata`, async () => {
      const world = await loadFixture(deployPaidWorld);
      const { keep3r, jobOwner, keeper } = world;
      const job = await deployJob(keep3r, jobOwner);
      await fundJob(keep3r, jobOwner, job);
      await job.connect(keeper).work(0, "0x");
      const { percent } = await measure(world, (sending) => job.connect(keeper).work(30_000, bytesOf(length), sending));
      expect(percent).to.be.within(...FAIR);
    });
  }

  itMeasured("Unpaid calldata: a job by hand has to vouch for its calldata, or doesn't pay for it", async () => {
    const world = await loadFixture(deployPaidWorld);
    const { keep3r, jobOwner, keeper, job } = world;
    await fundJob(keep3r, jobOwner, job);
    await job.connect(keeper).work(0);
    const data = job.interface.encodeFunctionData("work", [30_000]);
    const paidGas: bigint[] = [];
    for (const padding of ["", bytesOf(4096).slice(2)]) {
      const paid = await measure(world, (sending) =>
        keeper.sendTransaction({ to: job, data: data + padding, ...sending }),
      );
      paidGas.push(paid.paidGas);
    }
    expect(paidGas[0]).to.equal(paidGas[1]);
  });
});

describe("Fault 9: a least base fee is paid that nobody paid", () => {
  itMeasured("Least base fee: a naive meter that pays 15 gwei at least pays 7.5 times what 2 gwei cost", async () => {
    const { keeper } = await loadFixture(deployPaidWorld);
    const payments: bigint[] = [];
    for (const leastGasPrice of [0n, 15n * GWEI]) {
      const keep3r = await deployNaive("NaiveMeter__Mock", [leastGasPrice]);
      const job = await ethers.deployContract("Job__Mock", [keep3r, ethers.ZeroAddress]);
      await job.connect(keeper).work(0, "0x");
      const send = (sending: Sending) => job.connect(keeper).work(100_000, "0x", sending);
      payments.push((await measure({ keep3r }, send, { baseFee: GWEI })).payment);
    }
    expect(payments[1]! * 2n).to.equal(payments[0]! * 15n);
  });

  for (const baseFee of [GWEI / 100n, GWEI, 15n * GWEI, 100n * GWEI]) {
    itMeasured(
      `Least base fee: PAY-1: pays what was paid at a base fee of ${ethers.formatUnits(baseFee, "gwei")} gwei`,
      async () => {
        const world = await loadFixture(deployPaidWorld);
        const { keep3r, jobOwner, keeper } = world;
        const job = await deployJob(keep3r, jobOwner);
        await fundJob(keep3r, jobOwner, job);
        await job.connect(keeper).work(0, "0x");
        const { percent } = await measure(world, (sending) => job.connect(keeper).work(100_000, "0x", sending), {
          baseFee,
        });
        expect(percent).to.be.within(...FAIR);
      },
    );
  }
});

describe("Helper with PRICE = 10", () => {
  itMeasured(
    "Helper PRICE = 10: a naive meter pays ten KP3R per ETH when that buys two; ours what it buys",
    async () => {
      const world = await loadFixture(deployPaidWorld);
      const { keep3r, kp3r, jobOwner, keeper, oracle, pair, weth } = world;
      const naive = await deployNaive("NaiveMeter__Mock", [0]);
      const job = await deployJob(keep3r, jobOwner);
      await fundJob(keep3r, jobOwner, job);
      const naiveJob = await ethers.deployContract("Job__Mock", [naive, ethers.ZeroAddress]);
      await job.connect(keeper).work(0, "0x");
      const attack = async (on: { keep3r: Keep3r }, worked: Job__Mock, kp3rPerEth: bigint) =>
        measure(on, (sending) => worked.connect(keeper).work(100_000, "0x", sending), { kp3rPerEth });
      // The naive meter's word changes in the first work only: later ones read the same
      await attack({ keep3r: naive }, naiveJob, KP3R_PER_ETH);
      const before = await attack({ keep3r: naive }, naiveJob, KP3R_PER_ETH);

      await sell(pair, weth, 62n * WAD);
      await observe(oracle, pair, DAY / PERIOD_SIZE);
      const kp3rPerEth = ((await kp3r.balanceOf(pair)) * WAD) / (await weth.balanceOf(pair));
      expect(kp3rPerEth).to.be.closeTo(2n * WAD, WAD / 100n);

      const overpaid = await attack({ keep3r: naive }, naiveJob, kp3rPerEth);
      expect(overpaid.payment).to.equal(before.payment);
      expect(overpaid.percent).to.be.closeTo(500, 25);
      expect((await attack(world, job, kp3rPerEth)).percent).to.be.within(...FAIR);
    },
  );
});

describe("Self-generated work", () => {
  const WORKS = 20;

  /** A keeper works jobs of its own, of no use to anybody, many times in one transaction. */
  function loop(keep3r: Keep3r, keeper: BatchKeeper__Mock, jobs: PlainJob__Mock[]): Promise<Paid> {
    const worked = Array.from({ length: WORKS }, (_, i) => jobs[i % jobs.length]!);
    return measure({ keep3r }, (sending) => keeper.workAll(worked, 0, sending));
  }

  async function deployJobs(keep3r: Keep3r): Promise<PlainJob__Mock[]> {
    const jobs: PlainJob__Mock[] = [];
    for (let i = 0; i < WORKS; i++) jobs.push(await ethers.deployContract("PlainJob__Mock", [keep3r]));
    return jobs;
  }

  async function deployLoopWorld() {
    const world = await deployPaidWorld();
    const { keep3r, kp3r, jobOwner, oracle, pair } = world;
    const keeper = await ethers.deployContract("BatchKeeper__Mock");
    await activateContract(keep3r, keeper, kp3r);
    await observe(oracle, pair, 10);
    const jobs = await deployJobs(keep3r);
    for (const job of jobs) await fundJob(keep3r, jobOwner, job);
    await loop(keep3r, keeper, jobs);
    return { keep3r, keeper, jobs };
  }

  itMeasured("Self-generated work loop: a naive meter pays a transaction's overhead for each of 20 works", async () => {
    await loadFixture(deployPaidWorld);
    const keep3r = await deployNaive("NaiveMeter__Mock", [0]);
    const keeper = await ethers.deployContract("BatchKeeper__Mock");
    const { percent, count } = await loop(keep3r, keeper, await deployJobs(keep3r));
    expect(count).to.equal(WORKS);
    expect(percent).to.be.greaterThan(200);
  });

  itMeasured("Self-generated work loop: PAY-3: 20 empty works of as many jobs earn less than their gas", async () => {
    const { keep3r, keeper, jobs } = await loadFixture(deployLoopWorld);
    const { percent, count } = await loop(keep3r, keeper, jobs);
    expect(count).to.equal(WORKS);
    expect(percent).to.be.within(85, 100);
  });

  itMeasured("Self-generated work loop: PAY-3: 20 empty works of one job earn less than their gas", async () => {
    const { keep3r, keeper, jobs } = await loadFixture(deployLoopWorld);
    const { percent, count } = await loop(keep3r, keeper, jobs.slice(0, 1));
    expect(count).to.equal(WORKS);
    expect(percent).to.be.within(85, 100);
  });

  it("Self-generated work loop: CRD-1: a job can't pay its own keeper more than its liquidity mined", async () => {
    const { keep3r, keeper, job, addedAt } = await loadFixture(deployMiningWorld);
    const start = await keep3r.workCompleted(keeper);
    for (let day = 0; day < 8; day++) {
      await time.increase(DAY);
      const credits = await keep3r.totalJobCredits(job);
      await job.connect(keeper).workForAmount(0, credits);
      await expect(job.connect(keeper).workForAmount(0, WAD)).to.be.revertedWithCustomError(
        keep3r,
        "InsufficientFunds",
      );
    }
    // One KP3R a day
    const mined = (WAD * BigInt((await time.latest()) - addedAt)) / BigInt(DAY);
    const earned = (await keep3r.workCompleted(keeper)) - start;
    expect(earned).to.be.within(mined - WAD / 1000n, mined);
  });
});
