import { BPS, DAY, GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateContract, onChain } from "#support/actors/keepers";
import { BOND_TIME, MAX_BOOST, MIN_BOOST } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { AT_COST, BOOSTED, paidToCost } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { paddingOf } from "#support/payments/padding";
import { amountsPaid, paymentsOf, totalPaid } from "#support/payments/payments";
import { describeMeasured } from "#support/tools/coverage";
import { Random } from "#support/tools/random";
import { deployNetworkWorld, type NetworkWorld } from "#support/worlds/network";

const SEED = 7;

/** What a work's calldata is made of: its length in bytes, and one of them. */
const CALLDATA = [
  { length: 0, byte: "00" },
  { length: 333, byte: "ff" },
  { length: 1024, byte: "00" },
  { length: 4096, byte: "ff" },
  { length: 8192 - 132, byte: "ff" },
] as const;

describeMeasured("Payment over real prices", function () {
  describe("PAY-2: at boost 1.0 a work is paid 100 to 105 % of its cost", function () {
    for (const gasToUse of [30_000, 100_000, 500_000, 2_000_000]) {
      for (const { length, byte } of CALLDATA) {
        it(`for ${gasToUse} gas of work and ${length} bytes of 0x${byte}`, async function () {
          const network = await loadFixture(deployNetworkWorld);
          const { chain, job, accounts } = network;
          const data = `0x${byte.repeat(length)}`;
          const send = () => landAt(chain, {}, (fees) => job.connect(accounts.keeper).work(gasToUse, data, fees));
          await send();

          const receipt = await send();

          expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
        });
      }
    }

    it("when the work is the job's and the keeper's first, and the quote is refreshed in it", async function () {
      const network = await loadFixture(deployNetworkWorld);
      const { chain, job, accounts } = network;
      chain.wait(HOUR);

      const receipt = await landAt(chain, {}, (fees) => job.connect(accounts.keeper).work(100_000, "0x", fees));

      expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
    });

    it("when the quote is refreshed in a work that is charged the floor price of its calldata (regression)", async function () {
      const network = await loadFixture(deployNetworkWorld);
      const { chain, job, accounts } = network;
      const data = paddingOf(8192 - 132);
      const send = () => landAt(chain, {}, (fees) => job.connect(accounts.keeper).work(30_000, data, fees));
      await send();
      chain.wait(HOUR);

      const receipt = await send();

      expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
    });

    it("at every base fee and tip up to the reference", async function () {
      const network = await loadFixture(deployNetworkWorld);
      const { chain, job, accounts } = network;
      for (const baseFee of [GWEI / 100n, GWEI, 15n * GWEI, 300n * GWEI]) {
        for (const priorityFee of [0n, GWEI / 2n, GWEI]) {
          const receipt = await landAt(chain, { baseFee, priorityFee }, (fees) =>
            job.connect(accounts.keeper).work(100_000, "0x", fees),
          );
          expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
        }
      }
    });

    it("equally within 1 % for transaction gas limits from 3M to 16M", async function () {
      const network = await loadFixture(deployNetworkWorld);
      const { chain, job, accounts, keep3r } = network;
      await landAt(chain, {}, (fees) => job.connect(accounts.keeper).work(100_000, "0x", fees));
      const payments: bigint[] = [];
      for (const gasLimit of [3_000_000, 8_000_000, 16_000_000]) {
        const receipt = await landAt(chain, {}, (fees) =>
          job.connect(accounts.keeper).work(100_000, "0x", { ...fees, gasLimit }),
        );
        payments.push(await totalPaid(keep3r, receipt));
      }

      const [lowest, , highest] = [...payments].sort((a, b) => Number(a - b)) as [bigint, bigint, bigint];
      expect((highest - lowest) * 100n).to.be.at.most(lowest);
    });

    it("for as much calldata as the job declares, and no more", async function () {
      const network = await loadFixture(deployNetworkWorld);
      const { chain, job, accounts, keep3r } = network;
      await chain.land(() => job.setPaidCalldata(256));
      const pay = async (length: number) => {
        const data = paddingOf(length);
        const receipt = await landAt(chain, {}, (fees) => job.connect(accounts.keeper).work(30_000, data, fees));
        return totalPaid(keep3r, receipt);
      };
      await pay(0);

      const [within, beyond] = [await pay(1024), await pay(2048)];

      // Reading the longer calldata costs the job nothing; what is left is the noise of a loop's granularity
      expect(beyond - within).to.be.lessThan(within / 100n);
    });

    it("but a batch of ten works by a contract 95 to 100 %: overheads that later works share with the first aren't paid", async function () {
      const network = await loadFixture(deployNetworkWorld);
      const { receipt } = await workBatch(network, 30_000);

      expect(await paidToCost(network, receipt)).to.be.within(9_500n, BPS);
    });
  });

  describe("PAY-1: a payment is bounded by the cost times the highest boost", function () {
    it(`at every base fee, tip and answer of the feed (seed ${SEED})`, async function () {
      const network = await loadFixture(deployNetworkWorld);
      const { chain, job, accounts, keep3r, kp3r, helper, fastGas } = network;
      const random = new Random(SEED);
      await chain.land(() => helper.setMaxBoost(MAX_BOOST));
      await chain.land(() => helper.setMinBoost(MIN_BOOST));
      await chain.land(() => helper.setQuoteLifetime(0));
      await chain.land(() => keep3r.connect(accounts.keeper).bond(kp3r, 500n * WAD));
      chain.wait(4 * DAY);
      await network.market.tradeAndObserveUntil(chain.nextBlockAt + DAY);
      await chain.land(() => keep3r.connect(accounts.keeper).activate(kp3r));

      for (let i = 0; i < 40; i++) {
        const baseFee = random.betweenBig(1n, 500n * GWEI);
        const priorityFee = random.betweenBig(0n, 2n * baseFee + 50n * GWEI);
        const answer = random.pick([0n, -1n, baseFee, 3n * baseFee, 10n ** 30n]);
        await chain.land(() => fastGas.connect(accounts.reporter).updateAnswer(answer));
        const gasToUse = random.between(0, 1_000_000);

        const receipt = await landAt(chain, { baseFee, priorityFee }, (fees) =>
          job.connect(accounts.keeper).work(gasToUse, "0x1234", fees),
        );

        expect(await paidToCost(network, receipt)).to.be.at.most(BOOSTED[1]);
      }
    });

    for (const times of [2, 5, 50]) {
      it(`when one job's empty work is paid ${times} times in a transaction (regression)`, async function () {
        const network = await loadFixture(deployNetworkWorld);
        const { chain, job, keep3r, accounts } = network;
        const send = () => landAt(chain, {}, (fees) => job.connect(accounts.keeper).workRepeatedly(times, 0, fees));
        await send();

        const receipt = await send();

        expect(await paymentsOf(keep3r, receipt)).to.have.length(times);
        expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
      });
    }

    it("pays a keeper that offers more than the reference no more than the reference", async function () {
      const network = await loadFixture(deployNetworkWorld);
      const { chain, job, accounts, keep3r, fastGas } = network;
      await chain.land(() => fastGas.connect(accounts.reporter).updateAnswer(0));
      const baseFee = 20n * GWEI;
      const pay = async (priorityFee: bigint) => {
        const receipt = await landAt(chain, { baseFee, priorityFee }, (fees) =>
          job.connect(accounts.keeper).work(100_000, "0x", fees),
        );
        return totalPaid(keep3r, receipt);
      };
      chain.wait(HOUR);
      await pay(GWEI);

      const atReference = await pay(GWEI);

      expect(await pay(400n * GWEI)).to.equal(atReference);
    });
  });

  describe("PAY-3: a unit of gas is paid once", function () {
    it("and the transaction's base once in a batch, in which every later work is paid less", async function () {
      const network = await loadFixture(deployNetworkWorld);
      const { receipt } = await workBatch(network, 30_000);

      const [first = 0n, ...later] = await amountsPaid(network.keep3r, receipt);
      const { kp3rPerEth } = await network.helper.cachedQuote();
      const overheads = (await network.helper.firstWorkGas()) - (await network.helper.laterWorkGas());
      const difference = (overheads * receipt.gasPrice * kp3rPerEth) / WAD;
      expect(later).to.have.length(9);
      for (const payment of later) expect(first - payment).to.be.at.least((difference * 99n) / 100n);
    });

    it("and a transaction's calldata once, though the job pays twice in it", async function () {
      const network = await loadFixture(deployNetworkWorld);
      const { chain, job, accounts } = network;
      await landAt(chain, {}, (fees) => job.connect(accounts.keeper).workRepeatedly(2, 30_000, fees));

      const receipt = await landAt(chain, {}, (fees) => job.connect(accounts.keeper).workRepeatedly(2, 30_000, fees));

      expect(await paymentsOf(network.keep3r, receipt)).to.have.length(2);
      expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
    });
  });

  describe("PAY-4: a work that can't be paid reverts as a whole", function () {
    it("when credits don't cover it, and nothing is charged", async function () {
      const network = await loadFixture(deployNetworkWorld);
      const { chain, accounts, keep3r } = network;
      const poor = await chain.deploy(() =>
        ethers.deployContract("Job__Mock", [keep3r, ethers.ZeroAddress], accounts.governance),
      );
      await chain.land(() => keep3r.addJob(poor));
      await chain.land(() => keep3r.forceLiquidityCreditsToJob(poor, 1n));

      await expect(
        landAt(chain, {}, (fees) => poor.connect(accounts.keeper).work(30_000, "0x", { ...fees, gasLimit: 1_000_000 })),
      ).to.be.revertedWithCustomError(keep3r, "InsufficientFunds");

      expect(await poor.count()).to.equal(1);
      expect(await keep3r.jobLiquidityCredits(poor)).to.equal(1);
      expect(await keep3r.workedAt(poor)).to.equal(0);
      expect(await keep3r.workCompleted(accounts.keeper)).to.equal(0);
    });
  });

  it("pays an unmodified V2-style job's keeper its cost but for the calldata", async function () {
    const network = await loadFixture(deployNetworkWorld);
    const { chain, plainJob, accounts } = network;
    await landAt(chain, {}, (fees) => plainJob.connect(accounts.keeper).work(100_000, fees));

    const receipt = await landAt(chain, {}, (fees) => plainJob.connect(accounts.keeper).work(100_000, fees));

    expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
  });
});

/** Ten jobs worked by a contract keeper in one transaction, for the second time. */
async function workBatch(network: NetworkWorld, gasToUse: number) {
  const { chain, keep3r, kp3r, accounts, market } = network;
  const { governance } = accounts;
  const batchKeeper = await chain.deploy(() => ethers.deployContract("BatchKeeper__Mock", governance));
  const wait = () => market.tradeAndObserveUntil(chain.nextBlockAt + BOND_TIME + HOUR);
  await activateContract(keep3r, onChain(chain, batchKeeper), kp3r, wait);

  const jobs: string[] = [];
  for (let i = 0; i < 10; i++) {
    const job = await chain.deploy(() => ethers.deployContract("PlainJob__Mock", [keep3r], governance));
    await chain.land(() => keep3r.addJob(job));
    await chain.land(() => keep3r.forceLiquidityCreditsToJob(job, 1_000n * WAD));
    jobs.push(await job.getAddress());
  }
  const work = () => landAt(chain, {}, (fees) => batchKeeper.workAll(jobs, gasToUse, fees));
  await work();
  return { batchKeeper, jobs, receipt: await work() };
}
