import { BPS, DAY, GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import type { ContractTransactionReceipt } from "ethers";
import { ethers } from "hardhat";
import {
  buyOptions,
  deploySimpleUnlockJob,
  deployUnlockJob,
  type HegicMarket,
  openBitcoinMarket,
  openEtherMarket,
} from "#simulation/jobs/hegicMarket";
import { chooseFromChain } from "#simulation/jobs/hegicOptions";
import { loadFixture } from "#support/fixture";
import { paidToCost, profitInGas } from "#support/payments/cost";
import { type Fees, landAt } from "#support/payments/landing";
import { landPadded } from "#support/payments/padding";
import { amountsPaid, paymentOf } from "#support/payments/payments";
import { INSTRUMENTED, itMeasured } from "#support/tools/coverage";
import { decodeIds, encodeIds, EXPIRED, SATOSHIS, stateOf } from "#support/worlds/hegic";
import { boostKeepers, deployNetworkWorld, type NetworkWorld } from "#support/worlds/network";
import type { HegicSimpleUnlockJob, HegicUnlockJob } from "#typechain";

const CREDITS = 1_000n * WAD;
const FEES = { baseFee: 17n * GWEI, priorityFee: GWEI };

/** A work at cost: at least that, and more by the refunds for the slots that Hegic clears, which no job can see. */
const WITH_REFUNDS = [BPS, (BPS * 12n) / 10n] as const;

interface OptionsWorld extends NetworkWorld {
  hegic: HegicMarket;
}

/** The network, and Hegic's ether market with 12 options that are over, of 1 to 12 ether. */
async function deployOptionsWorld(): Promise<OptionsWorld> {
  const network = await deployNetworkWorld();
  const hegic = await openEtherMarket(network, 200n * WAD);
  const amounts = Array.from({ length: 12 }, (_, index) => BigInt(index + 1) * WAD);
  await buyOptions(network, hegic, amounts);
  await network.market.tradeAndObserveUntil(network.chain.nextBlockAt + DAY + HOUR);
  return { ...network, hegic };
}

/** Works a job as a bot would: simulates as the keeper that is to be paid. */
async function workAsOffered(
  { chain, accounts }: NetworkWorld,
  job: HegicSimpleUnlockJob | HegicUnlockJob,
  fees: Fees = {},
): Promise<{ data: string; receipt: ContractTransactionReceipt }> {
  const asKeeper = job.connect(accounts.keeper);
  const [canWork, data] = await asKeeper.workable.staticCall(await chain.asOfNextBlock());
  if (!canWork) throw new Error("The job offers no work.");
  return {
    data,
    receipt: await landAt(chain, fees, (offered) => asKeeper.work(data, offered)),
  };
}

describe("Hegic over real prices", () => {
  describe("HegicSimpleUnlockJob", () => {
    it("is worked option by option until there is none, each paid at its cost", async () => {
      const world = await loadFixture(deployOptionsWorld);
      const { chain, hegic, accounts } = world;
      const job = await deploySimpleUnlockJob(world, hegic, CREDITS);

      for (let id = 0n; id < 12n; id++) {
        const { receipt } = await workAsOffered(world, job);
        await expectPaidAtCost(world, receipt);
        expect(await stateOf(hegic.options, id)).to.equal(EXPIRED);
      }

      expect(await hegic.pool.lockedAmount()).to.equal(0);
      expect(await job.connect(accounts.keeper).workable(await chain.asOfNextBlock())).to.deep.equal([false, "0x"]);
    });

    itMeasured("pays a keeper nothing for bytes behind an id, whichever function takes it", async function () {
      const world = await loadFixture(deployOptionsWorld);
      const job = await deploySimpleUnlockJob(world, world.hegic, CREDITS);
      await boostKeepers(world);
      let id = 0n;
      for (const encode of [
        (next: bigint) => job.interface.encodeFunctionData("unlock", [next]),
        (next: bigint) => job.interface.encodeFunctionData("work", [ethers.toBeHex(next, 32)]),
      ]) {
        const earn = async (padding: number) => profitInGas(world, await landPadded(world, job, encode(id++), padding));
        await earn(0);

        const plain = await earn(0);
        expect(await earn(64)).to.be.below(plain);
      }
    });
  });

  describe("HegicUnlockJob", () => {
    it("is worked with the list that it offers, paid at its cost and less than the rule allowed", async () => {
      const world = await loadFixture(deployOptionsWorld);
      const { keep3r, helper, chain, hegic, accounts } = world;
      const job = await deployUnlockJob(world, hegic, CREDITS);

      const { data, receipt } = await workAsOffered(world, job, FEES);

      expect(decodeIds(data)).to.have.length(12);
      expect(await hegic.pool.lockedAmount()).to.equal(0);
      await expectPaidAtCost(world, receipt);
      const { payment } = await paymentOf(keep3r, receipt);
      const { kp3rPerEth } = await helper.cachedQuote();
      // 12 times 175,000 gas at the reference gas price
      expect((payment * WAD) / kp3rPerEth).to.be.lessThan(12n * 175_000n * receipt.gasPrice);
      expect(await job.connect(accounts.keeper).workable(await chain.asOfNextBlock())).to.deep.equal([false, "0x"]);
    });

    it("is worked with the list that a keeper chose for itself", async () => {
      const world = await loadFixture(deployOptionsWorld);
      const { chain, hegic, accounts } = world;
      const { keeper } = accounts;
      const job = await deployUnlockJob(world, hegic, CREDITS);
      const leastValue = 20n * WAD;

      const overrides = await chain.asOfNextBlock();
      const choice = await chooseFromChain(job, { keeper, leastValue, overrides });

      expect(choice?.ids).to.deep.equal([10n, 11n]);
      const available = await hegic.pool.availableBalance();
      const receipt = await landAt(chain, FEES, (fees) => job.connect(keeper).work(encodeIds(choice?.ids ?? []), fees));
      await expectPaidAtCost(world, receipt);
      expect(await hegic.pool.availableBalance()).to.equal(available + (choice?.value ?? 0n));
      expect(choice?.value).to.be.at.least(leastValue);
    });

    it("waits while gas is dear, and is worked when it is cheap again", async () => {
      const world = await loadFixture(deployOptionsWorld);
      const { chain, hegic, accounts } = world;
      const job = await deployUnlockJob(world, hegic, CREDITS);
      const list = encodeIds([0n]);
      // At a usage of 39 the option of an ether allows 0.0495 ether, which is 283 gwei for 175,000 gas
      const work = (baseFee: bigint) =>
        landAt(chain, { baseFee }, (fees) => job.connect(accounts.keeper).work(list, fees));
      await expect(work(285n * GWEI)).to.be.revertedWithCustomError(job, "CostAboveValue");
      chain.waitForBlock();

      await expectPaidAtCost(world, await work(275n * GWEI));
    });

    it("is worked for a pool in WBTC", async () => {
      const world = await loadFixture(deployOptionsWorld);
      const bitcoin = await openBitcoinMarket(world, 10n * SATOSHIS);
      const job = await deployUnlockJob(world, bitcoin, CREDITS);
      await buyOptions(world, bitcoin, [SATOSHIS, 2n * SATOSHIS, 3n * SATOSHIS]);
      await world.market.tradeAndObserveUntil(world.chain.nextBlockAt + DAY + HOUR);

      const { data, receipt } = await workAsOffered(world, job);

      expect(decodeIds(data)).to.deep.equal([0n, 1n, 2n]);
      expect(await bitcoin.pool.lockedAmount()).to.equal(0);
      await expectPaidAtCost(world, receipt);
    });

    it("pays in the owner's token", async () => {
      const world = await loadFixture(deployOptionsWorld);
      const { chain, keep3r, hegic, accounts } = world;
      const { jobOwner, keeper } = accounts;
      const job = await deployUnlockJob(world, hegic, CREDITS);
      const token = await chain.deploy(() => ethers.deployContract("ERC20__Mock", ["Hegic", "HEGIC", 18]));
      await chain.land(() => token.mint(jobOwner, 100n * WAD));
      await chain.land(() => token.connect(jobOwner).approve(keep3r, 100n * WAD));
      await chain.land(() => keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 100n * WAD));
      await chain.land(() => job.connect(jobOwner).setTokenReward(token, 5n * WAD));

      const { receipt } = await workAsOffered(world, job);

      expect(await amountsPaid(keep3r, receipt)).to.deep.equal([60n * WAD]);
      expect(await token.balanceOf(keeper)).to.equal(60n * WAD);
    });
  });
});

async function expectPaidAtCost(world: OptionsWorld, receipt: ContractTransactionReceipt): Promise<void> {
  // Instrumented code uses another amount of gas than the payment is calibrated for
  if (INSTRUMENTED) return;
  expect(await paidToCost(world, receipt)).to.be.within(...WITH_REFUNDS);
}
