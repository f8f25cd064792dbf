import { BPS, DAY, GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import type { ContractTransactionReceipt } from "ethers";
import { ethers } from "hardhat";
import type { Account } from "#simulation/accounts";
import { loadFixture } from "#support/fixture";
import { amountToCost, AT_COST } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { landPadded } from "#support/payments/padding";
import { amountsPaid, paymentOf, paymentsOf } from "#support/payments/payments";
import { describeMeasured } from "#support/tools/coverage";
import { deployNetworkWorld } from "#support/worlds/network";
import { TERMS } from "#support/worlds/seat";
import type { AllMixinsJob__Mock, ExclusiveKeeperJob__Mock, InboxJob__Mock, PaymentCappedJob__Mock } from "#typechain";

const BONUS = WAD;
const PREMIUM = WAD / 100n;
const GAS_TO_USE = [0, 30_000, 500_000];

/** The network with a second keeper, which has no bond. */
async function deployTwoKeepersWorld() {
  const network = await deployNetworkWorld();
  const { chain, keep3r, kp3r, accounts, market } = network;
  const second: Account = accounts.passerby;
  await chain.land(() => keep3r.connect(second).bond(kp3r, 0));
  await market.tradeAndObserveUntil(chain.nextBlockAt + 3 * DAY + HOUR);
  await chain.land(() => keep3r.connect(second).activate(kp3r));

  const newJob = async <T extends InboxJob__Mock>(name: string, gasToUse: number): Promise<T> => {
    const { governance, jobOwner } = accounts;
    const job = (await chain.deploy(() => ethers.deployContract(name, [keep3r, jobOwner], governance))) as unknown as T;
    await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(job));
    await chain.land(() => keep3r.forceLiquidityCreditsToJob(job, 1_000n * WAD));
    await chain.land(() => job.setGasToUse(gasToUse));
    await chain.land(() => job.submit(10));
    return job;
  };
  const work = (job: InboxJob__Mock, keeper: Account) =>
    landAt(chain, {}, (fees) => job.connect(keeper).work("0x", fees));
  /** The payment of the work itself, without a bonus or premium, in BPS of the transaction's cost. */
  const paidForGas = async (receipt: ContractTransactionReceipt) => {
    const [payment = 0n] = await amountsPaid(keep3r, receipt);
    return amountToCost(network, payment, receipt);
  };
  return { ...network, owner: accounts.jobOwner, keeper: accounts.keeper, second, newJob, work, paidForGas };
}

type TwoKeepersWorld = Awaited<ReturnType<typeof deployTwoKeepersWorld>>;

async function setCaps({ chain, owner }: TwoKeepersWorld, job: PaymentCappedJob__Mock): Promise<void> {
  await chain.land(() => job.connect(owner).setMaxPayment(10n * WAD));
  await chain.land(() => job.connect(owner).setMaxDailyPayment(100n * WAD));
}

async function setSeat({ chain, owner }: TwoKeepersWorld, job: ExclusiveKeeperJob__Mock): Promise<void> {
  await chain.land(() => job.connect(owner).setSeatTerms(TERMS));
  await chain.land(() => job.connect(owner).setSeatRewards(BONUS, PREMIUM, PREMIUM));
}

describeMeasured("Mixins over real prices", function () {
  for (const gasToUse of GAS_TO_USE) {
    describe(`a work of ${gasToUse} gas is paid 100 to 105 % of its cost at boost 1.0`, () => {
      it("on a job that is PaymentCapped, without caps, with one for a work, and with one for a day", async () => {
        const world = await loadFixture(deployTwoKeepersWorld);
        const { chain, market, owner, keeper, newJob, work, paidForGas } = world;
        const job = await newJob<PaymentCappedJob__Mock>("PaymentCappedJob__Mock", gasToUse);
        const check = async () => expect(await paidForGas(await work(job, keeper))).to.be.within(...AT_COST);

        await check();
        await chain.land(() => job.connect(owner).setMaxPayment(10n * WAD));
        await check();
        await setCaps(world, job);
        // The first of the day, another, and the first of the next
        await check();
        await check();
        await market.tradeAndObserveUntil(chain.nextBlockAt + DAY);
        await check();
      });

      it("on a job with an ExclusiveKeeper, who takes the seat, earns a premium, comes late, or is replaced", async () => {
        const world = await loadFixture(deployTwoKeepersWorld);
        const { chain, keep3r, keeper, second, newJob, work, paidForGas } = world;
        const job = await newJob<ExclusiveKeeperJob__Mock>("ExclusiveKeeperJob__Mock", gasToUse);
        const check = async (by: Account, reward: bigint | undefined) => {
          const receipt = await work(job, by);
          expect((await amountsPaid(keep3r, receipt))[1]).to.equal(reward);
          expect(await paidForGas(receipt)).to.be.within(...AT_COST);
        };

        await check(keeper, undefined);
        await setSeat(world, job);
        await check(keeper, undefined);
        await check(keeper, PREMIUM);
        chain.wait(TERMS.slaTime + 60);
        await check(keeper, undefined);
        chain.wait(TERMS.slaTime + 60);
        await check(second, BONUS);
        await check(second, PREMIUM);
      });

      it("on a job with all mixins", async () => {
        const world = await loadFixture(deployTwoKeepersWorld);
        const { chain, owner, keeper, second, newJob, work, paidForGas } = world;
        for (const name of ["AllMixinsJob__Mock", "ReversedMixinsJob__Mock"]) {
          const job = await newJob<AllMixinsJob__Mock>(name, gasToUse);
          await work(job, keeper);
          await chain.land(() => job.connect(owner).setMaxBaseFee(100n * GWEI));
          await chain.land(() => job.connect(owner).setCooldown(60));
          await setCaps(world, job);
          await setSeat(world, job);
          for (const [wait, by] of [
            [0, keeper],
            [60, keeper],
            [TERMS.slaTime + 120, second],
            [60, second],
          ] as const) {
            chain.wait(wait);
            expect(await paidForGas(await work(job, by))).to.be.within(...AT_COST);
          }
        }
      });
    });
  }

  for (const bytes of [4_608, 5_120, 8_000]) {
    it(`PAY-1, PAY-2: charge nothing twice of a work that ${bytes} bytes of calldata bring near its floor price (regression)`, async () => {
      const world = await loadFixture(deployTwoKeepersWorld);
      const { newJob, paidForGas } = world;
      for (const name of ["AllMixinsJob__Mock", "ReversedMixinsJob__Mock"]) {
        const job = await newJob<AllMixinsJob__Mock>(name, 0);
        await setCaps(world, job);
        await setSeat(world, job);
        const call = job.interface.encodeFunctionData("work", ["0x"]);
        const work = () => landPadded(world, job, call, bytes);
        await work();

        // What the mixins reckon for themselves hardly counts beside the floor price
        expect(await paidForGas(await work())).to.be.within(BPS, 10_200n);
      }
    });
  }

  it("pay for the gas of a reward that the credits don't cover", async () => {
    const world = await loadFixture(deployTwoKeepersWorld);
    const { chain, owner, keeper, newJob, work, paidForGas } = world;
    const job = await newJob<ExclusiveKeeperJob__Mock>("ExclusiveKeeperJob__Mock", 30_000);
    await setSeat(world, job);
    await chain.land(() => job.connect(owner).setSeatRewards(0, 2_000n * WAD, 2_000n * WAD));
    await work(job, keeper);

    const receipt = await work(job, keeper);

    expect(await paymentsOf(world.keep3r, receipt)).to.have.length(1);
    expect(await paidForGas(receipt)).to.be.within(...AT_COST);
  });

  it("hold a job to its daily cap while it pays by gas", async () => {
    const world = await loadFixture(deployTwoKeepersWorld);
    const { chain, market, owner, keep3r, keeper, newJob, work } = world;
    const job = await newJob<PaymentCappedJob__Mock>("PaymentCappedJob__Mock", 100_000);
    await work(job, keeper);
    const { payment } = await paymentOf(keep3r, work(job, keeper));
    await market.tradeAndObserveUntil(chain.nextBlockAt + DAY);
    const cap = (payment * 5n) / 2n;
    await chain.land(() => job.connect(owner).setMaxDailyPayment(cap));

    await work(job, keeper);
    await work(job, keeper);

    await expect(
      landAt(chain, {}, (fees) => job.connect(keeper).work("0x", { ...fees, gasLimit: 1_000_000 })),
    ).to.be.revertedWithCustomError(job, "DailyPaymentAboveCap");
    expect(await job.paidToday()).to.be.at.most(cap);
  });
});
