import { expect } from "chai";
import { ethers } from "hardhat";
import type { NestedJob__Mock, NestedKeep3rJob__Mock } from "../../typechain-types";
import { activateKeeper, deployJob, deployWithKeeper, WAD } from "../support/core";
import { deployPaid, fundJob, GWEI, itMeasured, measure, type PaidFixture } from "../support/faults";
import { loadFixture } from "../support/fixture";

/** What is paid at boost 1.0, in percent of the cost. PAY-2 has tests of its own, so there is some room below. */
const FAIR = [95, 105] as const;
/** EIP-3529: at most a fifth of the gas is refunded, so the cost is four fifths at the least. */
const REFUND_BOUND = (FAIR[1] * 5) / 4;
const GAS_LIMITS = [3_000_000, 16_000_000];

async function deployFrames(fixture: PaidFixture) {
  const { keep3r, jobOwner, keeper } = fixture;
  const byHand = await ethers.deployContract("FramesJob__Mock", [keep3r]);
  const onKeep3rJob = await ethers.deployContract("FramesKeep3rJob__Mock", [keep3r, jobOwner]);
  for (const job of [byHand, onKeep3rJob]) await fundJob(keep3r, jobOwner, job);
  await byHand.connect(keeper).openAbove(1, 0);
  await onKeep3rJob.connect(keeper).work(1, 0);
  return { byHand: byHand.connect(keeper), onKeep3rJob: onKeep3rJob.connect(keeper) };
}

const deployPaidFrames = async () => {
  const fixture = await deployPaid();
  return { ...fixture, ...(await deployFrames(fixture)) };
};

describe("Fault 2: nested jobs are paid twice or revert", () => {
  for (const depth of [1, 2, 4]) {
    itMeasured(`PAY-3: pays ${depth + 1} jobs within each other no more than the transaction costs`, async () => {
      const fixture = await loadFixture(deployPaid);
      const { keep3r, jobOwner, keeper } = fixture;
      const byHand: NestedJob__Mock[] = [];
      const onKeep3rJob: NestedKeep3rJob__Mock[] = [];
      for (let i = 0; i <= depth; i++) {
        byHand.push(await ethers.deployContract("NestedJob__Mock", [keep3r]));
        onKeep3rJob.push(await ethers.deployContract("NestedKeep3rJob__Mock", [keep3r, jobOwner]));
      }
      for (const job of [...byHand, ...onKeep3rJob]) await fundJob(keep3r, jobOwner, job);

      for (const [outer, ...inner] of [byHand, onKeep3rJob]) {
        const { percent, count } = await measure(fixture, (sending) =>
          outer!.connect(keeper).work(100_000, keeper, inner, sending),
        );
        expect(percent).to.be.within(...FAIR);
        expect(count).to.equal(depth + 1);
      }
    });
  }

  it("PAY-4: reverts as a whole when a job works itself", async () => {
    const { keep3r, jobOwner, keeper } = await loadFixture(deployPaid);
    const job = await ethers.deployContract("NestedJob__Mock", [keep3r]);
    await fundJob(keep3r, jobOwner, job);
    await expect(job.connect(keeper).work(0, keeper, [job])).to.be.revertedWithCustomError(keep3r, "GasNotInitialized");
    expect(await keep3r.workCompleted(keeper)).to.equal(0);
  });
});

describe("Fault 3: a stale gas meter is paid", () => {
  const deployStale = async () => {
    const fixture = await deployWithKeeper();
    const { keep3r, jobOwner } = fixture;
    const staleJob = await ethers.deployContract("StaleMeterJob__Mock", [keep3r]);
    const otherJob = await ethers.deployContract("StaleMeterJob__Mock", [keep3r]);
    for (const job of [staleJob, otherJob]) await fundJob(keep3r, jobOwner, job);
    const meterStranger = await ethers.deployContract("MeterStranger__Mock", [keep3r]);
    return { ...fixture, staleJob, otherJob, meterStranger };
  };

  it("PAY-3: refuses a meter that a stranger opened", async () => {
    const { keep3r, keeper, stranger, staleJob, meterStranger } = await loadFixture(deployStale);
    await expect(meterStranger.connect(stranger).openForPay(staleJob, keeper, 500_000)).to.be.revertedWithCustomError(
      keep3r,
      "GasNotInitialized",
    );
  });

  it("PAY-3: refuses a meter of another job", async () => {
    const { keep3r, keeper, staleJob, otherJob, meterStranger } = await loadFixture(deployStale);
    await expect(meterStranger.openElsewhere(otherJob, staleJob, keeper, 500_000)).to.be.revertedWithCustomError(
      keep3r,
      "GasNotInitialized",
    );
  });

  it("PAY-3: refuses a meter of another keeper", async () => {
    const { keep3r, kp3r, keeper, other, staleJob } = await loadFixture(deployStale);
    await activateKeeper(keep3r, other, kp3r, 0n);
    await expect(staleJob.openAndPay(keeper, other)).to.be.revertedWithCustomError(keep3r, "GasNotInitialized");
  });

  it("PAY-3: refuses a meter of an earlier transaction", async () => {
    const { keep3r, keeper, staleJob } = await loadFixture(deployStale);
    await staleJob.open(keeper);
    await expect(staleJob.pay(keeper)).to.be.revertedWithCustomError(keep3r, "GasNotInitialized");
  });

  it("PAY-3: pays for none of the gas before a job opens the meter anew", async () => {
    const { keep3r, keeper, staleJob, meterStranger } = await loadFixture(deployStale);
    await meterStranger.openElsewhere(staleJob, staleJob, keeper, 500_000);
    const before = await keep3r.workCompleted(keeper);
    await staleJob.openAndPay(keeper, keeper);
    expect((await keep3r.workCompleted(keeper)) - before).to.be.lessThan(before / 5n);
  });
});

describe("Fault 7: gas refunds are paid out", () => {
  for (const words of [5, 50, 300]) {
    itMeasured(`pays a job that clears ${words} words at most a quarter too much`, async () => {
      const fixture = await loadFixture(deployPaid);
      const { keep3r, jobOwner, keeper } = fixture;
      const job = await ethers.deployContract("RefundJob__Mock", [keep3r, jobOwner]);
      await fundJob(keep3r, jobOwner, job);
      await job.fill(words);
      const { percent } = await measure(fixture, (sending) => job.connect(keeper).work(words, sending));
      expect(percent).to.be.within(FAIR[0], REFUND_BOUND);
    });
  }

  it("lets such a job name its payment", async () => {
    const { keep3r, jobOwner, keeper } = await loadFixture(deployPaid);
    const job = await deployJob(keep3r, jobOwner);
    await fundJob(keep3r, jobOwner, job);
    await job.connect(keeper).workForAmount(500_000, WAD / 1000n);
    expect(await keep3r.workCompleted(keeper)).to.equal(WAD / 1000n);
  });
});

describe("Fault 8: calldata is not paid", () => {
  const bytesOf = (length: number) => ethers.hexlify(new Uint8Array(length).fill(0xff));

  for (const length of [0, 1024, 4096, 8192]) {
    itMeasured(`Keep3rJob pays for ${length} bytes of calldata`, async () => {
      const fixture = await loadFixture(deployPaid);
      const { keep3r, jobOwner, keeper } = fixture;
      const job = await deployJob(keep3r, jobOwner);
      await fundJob(keep3r, jobOwner, job);
      await job.connect(keeper).work(0, "0x");
      const { percent } = await measure(fixture, (sending) =>
        job.connect(keeper).work(30_000, bytesOf(length), sending),
      );
      expect(percent).to.be.within(...FAIR);
    });
  }

  itMeasured("a job by hand has to vouch for its calldata, or doesn't pay for it", async () => {
    const fixture = await loadFixture(deployPaid);
    const { keep3r, jobOwner, keeper, job } = fixture;
    await fundJob(keep3r, jobOwner, job);
    await job.connect(keeper).work(0);
    const data = job.interface.encodeFunctionData("work", [30_000]);
    const paidGas: bigint[] = [];
    for (const padding of ["", bytesOf(4096).slice(2)]) {
      const paid = await measure(fixture, (sending) =>
        keeper.sendTransaction({ to: job, data: data + padding, ...sending }),
      );
      paidGas.push(paid.paidGas);
    }
    expect(paidGas[0]).to.equal(paidGas[1]);
  });
});

describe("Fault 9: a least base fee is paid that nobody paid", () => {
  for (const baseFee of [GWEI / 100n, GWEI, 15n * GWEI, 100n * GWEI]) {
    itMeasured(`PAY-1: pays what was paid at a base fee of ${ethers.formatUnits(baseFee, "gwei")} gwei`, async () => {
      const fixture = await loadFixture(deployPaid);
      const { keep3r, jobOwner, keeper } = fixture;
      const job = await deployJob(keep3r, jobOwner);
      await fundJob(keep3r, jobOwner, job);
      await job.connect(keeper).work(0, "0x");
      const { percent } = await measure(fixture, (sending) => job.connect(keeper).work(100_000, "0x", sending), {
        baseFee,
      });
      expect(percent).to.be.within(...FAIR);
    });
  }
});

describe("Fault 15: opening and closing the meter in different call frames pays far too much or panics", () => {
  for (const frames of [1, 2]) {
    itMeasured(`Keep3rJob pays the same at any gas limit, with the work ${frames} frames below`, async () => {
      const fixture = await loadFixture(deployPaidFrames);
      const paid = [];
      for (const gasLimit of GAS_LIMITS) {
        paid.push(
          await measure(fixture, (sending) => fixture.onKeep3rJob.work(frames, 100_000, sending), { gasLimit }),
        );
      }
      for (const { percent } of paid) expect(percent).to.be.within(...FAIR);
      expect(paid[0]!.percent).to.be.closeTo(paid[1]!.percent, 1);
    });

    itMeasured(`bounds what a job by hand pays with isKeeper ${frames} frames above worked`, async () => {
      const fixture = await loadFixture(deployPaidFrames);
      for (const gasLimit of GAS_LIMITS) {
        const { paidGas, gasUsed } = await measure(
          fixture,
          (sending) => fixture.byHand.openAbove(frames, 100_000, sending),
          { gasLimit },
        );
        // A 64th of the gas limit for each frame, as with V2
        expect(paidGas).to.be.lessThan((gasUsed * 105n) / 100n + BigInt(Math.ceil((gasLimit * frames) / 64)));
      }
    });

    itMeasured(`pays for no more than the work, and never panics, with isKeeper ${frames} frames below`, async () => {
      const fixture = await loadFixture(deployPaidFrames);
      for (const gasLimit of GAS_LIMITS) {
        const { percent, paidGas } = await measure(
          fixture,
          (sending) => fixture.byHand.openBelow(frames, 100_000, sending),
          { gasLimit },
        );
        expect(percent).to.be.lessThan(FAIR[1]);
        // A 64th of 16M is more than the work: its gas reads as less than nothing
        if (gasLimit === 16_000_000) expect(paidGas).to.be.closeTo(await fixture.helper.firstWorkGas(), 1);
      }
    });
  }

  itMeasured("pays for maxGasPerWork at the most", async () => {
    const fixture = await loadFixture(deployPaidFrames);
    const { keep3r, helper } = fixture;
    await keep3r.setMaxGasPerWork(1_000_000);
    const most = 1_000_000n + (await helper.firstWorkGas());
    const { paidGas } = await measure(fixture, (sending) => fixture.byHand.openAbove(8, 100_000, sending), {
      gasLimit: 16_000_000,
    });
    expect(paidGas).to.be.within(most - 1n, most);
  });
});
