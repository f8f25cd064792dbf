import { GWEI, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import type { TransactionResponse } from "ethers";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { fundJob } from "#support/actors/owners";
import { loadFixture } from "#support/fixture";
import { FAIR, measure } from "#support/payments/measure";
import { paymentOf } from "#support/payments/payments";
import { itMeasured } from "#support/tools/coverage";
import { type CoreWorld, deployActiveWorld } from "#support/worlds/core";
import { deployNaive } from "#support/worlds/naive";
import { deployPaidWorld, KP3R_PER_ETH, type PaidWorld } from "#support/worlds/paid";
import type { Keep3r, NestedJob__Mock, NestedKeep3rJob__Mock } from "#typechain";

const GAS_LIMITS = [3_000_000, 16_000_000];

async function deployNested(keep3r: Keep3r, depth: number): Promise<NestedJob__Mock[]> {
  const jobs: NestedJob__Mock[] = [];
  for (let i = 0; i <= depth; i++) jobs.push(await ethers.deployContract("NestedJob__Mock", [keep3r]));
  return jobs;
}

async function deployFrames(world: PaidWorld) {
  const { keep3r, jobOwner, keeper } = world;
  const byHand = await ethers.deployContract("FramesJob__Mock", [keep3r]);
  const onKeep3rJob = await ethers.deployContract("FramesKeep3rJob__Mock", [keep3r, jobOwner]);
  for (const job of [byHand, onKeep3rJob]) await fundJob(keep3r, jobOwner, job);
  await byHand.connect(keeper).openAbove(1, 0);
  await onKeep3rJob.connect(keeper).work(1, 0);
  return { byHand: byHand.connect(keeper), onKeep3rJob: onKeep3rJob.connect(keeper) };
}

const deployPaidFramesWorld = async () => {
  const world = await deployPaidWorld();
  return { ...world, ...(await deployFrames(world)) };
};

describe("Fault 2: nested jobs are paid twice or revert", () => {
  itMeasured("Nested double payment: a naive meter pays the innermost work once for every job around it", async () => {
    const world = await loadFixture(deployPaidWorld);
    const keep3r = await deployNaive("NaiveMeter__Mock", [0]);
    for (const depth of [1, 2, 4]) {
      const [outer, ...inner] = await deployNested(keep3r, depth);
      const { percent, count } = await measure({ keep3r }, (sending) =>
        outer!.connect(world.keeper).work([...Array<number>(depth).fill(0), 3_000_000], world.keeper, inner, sending),
      );
      expect(percent).to.be.within((depth + 1) * 93, (depth + 1) * 105);
      expect(count).to.equal(depth + 1);
    }
  });

  for (const depth of [1, 2, 4]) {
    itMeasured(
      `Nested double payment: PAY-3: pays ${depth + 1} jobs within each other no more than the transaction costs`,
      async () => {
        const world = await loadFixture(deployPaidWorld);
        const { keep3r, jobOwner, keeper } = world;
        const byHand = await deployNested(keep3r, depth);
        const onKeep3rJob: NestedKeep3rJob__Mock[] = [];
        for (let i = 0; i <= depth; i++) {
          onKeep3rJob.push(await ethers.deployContract("NestedKeep3rJob__Mock", [keep3r, jobOwner]));
        }
        for (const job of [...byHand, ...onKeep3rJob]) await fundJob(keep3r, jobOwner, job);

        const alike = Array<number>(depth + 1).fill(100_000);
        const innermost = [...Array<number>(depth).fill(0), 3_000_000];
        for (const [outer, ...inner] of [byHand, onKeep3rJob]) {
          for (const gasToUse of [alike, innermost]) {
            const { percent, count } = await measure(world, (sending) =>
              outer!.connect(keeper).work(gasToUse, keeper, inner, sending),
            );
            expect(percent).to.be.within(...FAIR);
            expect(count).to.equal(depth + 1);
          }
        }
      },
    );
  }

  it("Nested double payment: PAY-4: reverts as a whole when a job works itself", async () => {
    const { keep3r, jobOwner, keeper } = await loadFixture(deployPaidWorld);
    const job = await ethers.deployContract("NestedJob__Mock", [keep3r]);
    await fundJob(keep3r, jobOwner, job);
    await expect(job.connect(keeper).work([0, 0], keeper, [job])).to.be.revertedWithCustomError(
      keep3r,
      "GasNotInitialized",
    );
    expect(await keep3r.workCompleted(keeper)).to.equal(0);
  });
});

describe("Fault 3: a stale gas meter is paid", () => {
  const deployStaleWorldOn = async (world: CoreWorld) => {
    const { keep3r } = world;
    const staleJob = await ethers.deployContract("StaleMeterJob__Mock", [keep3r]);
    const otherJob = await ethers.deployContract("StaleMeterJob__Mock", [keep3r]);
    const meterStranger = await ethers.deployContract("MeterStranger__Mock", [keep3r]);
    return { ...world, staleJob, otherJob, meterStranger };
  };
  type StaleWorld = Awaited<ReturnType<typeof deployStaleWorldOn>>;
  const deployStaleWorld = async () => {
    const world = await deployStaleWorldOn(await deployActiveWorld());
    const { keep3r, kp3r, jobOwner, other, staleJob, otherJob } = world;
    for (const job of [staleJob, otherJob]) await fundJob(keep3r, jobOwner, job);
    await activateKeeper(keep3r, other, kp3r, 0n);
    return world;
  };
  const deployNaiveStaleWorld = async () =>
    deployStaleWorldOn({ ...(await deployActiveWorld()), keep3r: await deployNaive("NaiveMeter__Mock", [0]) });

  const METERED = { gasLimit: 1_000_000, gasPrice: GWEI };
  /** Ways for a job to call `worked` without having opened the meter for the keeper in this transaction, by whose meter it is. */
  const ATTACKS: Record<string, { send: (world: StaleWorld) => Promise<TransactionResponse>; unearned: bigint }> = {
    "that a stranger opened": {
      send: ({ keeper, stranger, staleJob, meterStranger }) =>
        meterStranger.connect(stranger).openForPay(staleJob, keeper, 500_000, METERED),
      unearned: 500_000n,
    },
    "of another job": {
      send: ({ keeper, staleJob, otherJob, meterStranger }) =>
        meterStranger.openElsewhere(otherJob, staleJob, keeper, 500_000, METERED),
      unearned: 500_000n,
    },
    "of another keeper": {
      send: ({ keeper, other, staleJob }) => staleJob.openAndPay(keeper, other, METERED),
      unearned: 0n,
    },
    "of an earlier transaction": {
      send: async ({ keeper, staleJob }) => {
        await staleJob.open(keeper, { gasLimit: 10_000_000 });
        return staleJob.pay(keeper, METERED);
      },
      unearned: 9_000_000n,
    },
  };

  for (const [meter, { send, unearned }] of Object.entries(ATTACKS)) {
    itMeasured(`Cross-transaction gas meter: a naive meter pays by one ${meter}`, async () => {
      const world = await loadFixture(deployNaiveStaleWorld);
      const { payment } = await paymentOf(world.keep3r, send(world));
      const paidGas = (payment * WAD) / (GWEI * KP3R_PER_ETH);
      // And a transaction's overhead, a 64th of the limit for every frame between, and the reading itself
      expect(paidGas).to.be.within(unearned + 34_000n, unearned + 70_000n);
    });

    it(`Cross-transaction gas meter: PAY-3: refuses one ${meter}`, async () => {
      const world = await loadFixture(deployStaleWorld);
      const { keep3r, keeper, other } = world;
      await expect(send(world)).to.be.revertedWithCustomError(keep3r, "GasNotInitialized");
      for (const unpaid of [keeper, other]) expect(await keep3r.workCompleted(unpaid)).to.equal(0);
    });
  }

  it("Cross-transaction gas meter: PAY-3: pays for none of the gas before a job opens the meter anew", async () => {
    const { keep3r, keeper, staleJob, meterStranger } = await loadFixture(deployStaleWorld);
    await meterStranger.openElsewhere(staleJob, staleJob, keeper, 500_000);
    const before = await keep3r.workCompleted(keeper);
    await staleJob.openAndPay(keeper, keeper);
    expect((await keep3r.workCompleted(keeper)) - before).to.be.lessThan(before / 5n);
  });
});

describe("Fault 15: opening and closing the meter in different call frames pays far too much or panics", () => {
  const deployNaiveFramesWorld = async () => {
    const world = await deployPaidWorld();
    const keep3r = await deployNaive("NaiveMeter__Mock", [0]);
    const byHand = await ethers.deployContract("FramesJob__Mock", [keep3r]);
    await byHand.connect(world.keeper).openAbove(1, 0);
    return { keep3r, byHand: byHand.connect(world.keeper) };
  };

  for (const frames of [1, 2, 8]) {
    itMeasured(
      `Gas-limit inflation by 63/64: a naive meter pays a 64th of the limit for each of ${frames} frames`,
      async () => {
        const world = await loadFixture(deployNaiveFramesWorld);
        const paid = [];
        for (const gasLimit of GAS_LIMITS) {
          paid.push(await measure(world, (sending) => world.byHand.openAbove(frames, 100_000, sending), { gasLimit }));
        }
        const inflated = Number(paid[1]!.paidGas - paid[0]!.paidGas);
        const limits = GAS_LIMITS[1]! - GAS_LIMITS[0]!;
        expect(inflated).to.be.closeTo(limits * (1 - (63 / 64) ** frames), limits / 500);
      },
    );

    it(`Gas-limit inflation by 63/64: a naive meter panics, ${frames} frames below`, async () => {
      const { byHand } = await loadFixture(deployNaiveFramesWorld);
      await expect(byHand.openBelow(frames, 0, { gasLimit: 16_000_000 })).to.be.revertedWithPanic(0x11);
    });
  }

  for (const frames of [1, 2]) {
    itMeasured(
      `Gas-limit inflation by 63/64: Keep3rJob pays the same at any gas limit, with the work ${frames} frames below`,
      async () => {
        const world = await loadFixture(deployPaidFramesWorld);
        const paid = [];
        for (const gasLimit of GAS_LIMITS) {
          paid.push(await measure(world, (sending) => world.onKeep3rJob.work(frames, 100_000, sending), { gasLimit }));
        }
        for (const { percent } of paid) expect(percent).to.be.within(...FAIR);
        expect(paid[0]!.percent).to.be.closeTo(paid[1]!.percent, 1);
      },
    );

    itMeasured(
      `Gas-limit inflation by 63/64: bounds the payment of a job by hand with isKeeper ${frames} frames above worked`,
      async () => {
        const world = await loadFixture(deployPaidFramesWorld);
        for (const gasLimit of GAS_LIMITS) {
          const { paidGas, gasUsed } = await measure(
            world,
            (sending) => world.byHand.openAbove(frames, 100_000, sending),
            { gasLimit },
          );
          // A 64th of the gas limit for each frame, as with V2
          expect(paidGas).to.be.lessThan((gasUsed * 105n) / 100n + BigInt(Math.ceil((gasLimit * frames) / 64)));
        }
      },
    );

    itMeasured(
      `Gas-limit inflation by 63/64: pays for no more than the work, and never panics, with isKeeper ${frames} frames below`,
      async () => {
        const world = await loadFixture(deployPaidFramesWorld);
        for (const gasLimit of GAS_LIMITS) {
          const { percent, paidGas } = await measure(
            world,
            (sending) => world.byHand.openBelow(frames, 100_000, sending),
            { gasLimit },
          );
          expect(percent).to.be.lessThan(FAIR[1]);
          // A 64th of 16M is more than the work: its gas reads as less than nothing
          if (gasLimit === 16_000_000) expect(paidGas).to.be.closeTo(await world.helper.firstWorkGas(), 1);
        }
      },
    );
  }

  itMeasured("Gas-limit inflation by 63/64: pays for maxGasPerWork at the most", async () => {
    const world = await loadFixture(deployPaidFramesWorld);
    const { keep3r, helper } = world;
    await keep3r.setMaxGasPerWork(1_000_000);
    const most = 1_000_000n + (await helper.firstWorkGas());
    const { paidGas } = await measure(world, (sending) => world.byHand.openAbove(8, 100_000, sending), {
      gasLimit: 16_000_000,
    });
    expect(paidGas).to.be.within(most - 1n, most);
  });
});
