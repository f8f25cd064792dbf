import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import { AT_COST, paidToCost, profitInGas } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { landPadded } from "#support/payments/padding";
import { paymentsOf } from "#support/payments/payments";
import { describeMeasured, itMeasured } from "#support/tools/coverage";
import { Beneficiary, COLL_COMPENSATION_DIVISOR, DOLLAR, LUSD_COMPENSATION } from "#support/worlds/liquity";
import { boostKeepers, deployNetworkWorld, type NetworkWorld } from "#support/worlds/network";
import type { LiquidationJob } from "#typechain";

/**
 * BPS of the cost. A liquidation clears storage, for which EIP-3529 takes up to a fifth off the cost, and no contract can
 * see that.
 */
const WITH_REFUNDS = [AT_COST[0], (AT_COST[1] * 5n) / 4n] as const;

/**
 * The job over the real network and Liquity with six troves at 120 % and a safe one, of which the first was liquidated
 * already.
 */
async function deployLiquidatingWorld() {
  const network = await deployNetworkWorld();
  const { chain, keep3r, accounts } = network;
  const { governance, jobOwner, passerby } = accounts;
  const feed = await chain.deploy(() => ethers.deployContract("MockV3Aggregator", [8, 2_000n * DOLLAR], governance));
  const troveManager = await chain.deploy(() => ethers.deployContract("TroveManager__Mock", [feed], governance));
  const [whale, ...borrowers] = (await ethers.getSigners()).slice(10, 17);
  await chain.land(() => troveManager.connect(whale).openTrove(20_000n * WAD, { value: 100n * WAD }));
  await chain.land(() => troveManager.connect(whale).provideToSP(20_000n * WAD));
  for (const borrower of borrowers) {
    await chain.land(() => troveManager.connect(borrower).openTrove(1_800n * WAD, { value: (12n * WAD) / 10n }));
  }

  const job = await chain.deploy(() =>
    ethers.deployContract("LiquidationJob", [keep3r, jobOwner, troveManager, passerby, Beneficiary.Treasury], jobOwner),
  );
  await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(job));
  await chain.land(() => keep3r.connect(governance).forceLiquidityCreditsToJob(job, 1_000n * WAD));
  await chain.land(() => feed.updateAnswer(1_750n * DOLLAR));
  const lusd = await ethers.getContractAt("LUSDToken__Mock", await troveManager.lusdToken());
  const liquidating = { ...network, feed, troveManager, lusd, job, borrowers };
  await work(liquidating, 1);
  return liquidating;
}

type Liquidating = Pick<NetworkWorld, "chain" | "accounts"> & { job: LiquidationJob };

function encode(n: number, borrowers: string[] = []): string {
  return ethers.AbiCoder.defaultAbiCoder().encode(["uint256", "address[]"], [n, borrowers]);
}

function work({ chain, job, accounts }: Liquidating, n: number, borrowers: string[] = []) {
  return landAt(chain, {}, (fees) => job.connect(accounts.keeper).work(encode(n, borrowers), fees));
}

describe("LiquidationJob over the network", function () {
  it("is found when the price falls, worked and paid, while the treasury gets the compensation that Liquity pays", async function () {
    const network = await loadFixture(deployLiquidatingWorld);
    const { chain, keep3r, feed, lusd, job, accounts } = network;
    const { keeper, passerby } = accounts;
    const ask = async () => job.connect(keeper).workable.staticCall(await chain.asOfNextBlock());
    await chain.land(() => feed.updateAnswer(2_000n * DOLLAR));
    expect(await ask()).to.deep.equal([false, "0x"]);
    await chain.land(() => feed.updateAnswer(1_750n * DOLLAR));
    const before = [await lusd.balanceOf(passerby), await ethers.provider.getBalance(passerby)] as const;

    const [canWork, data] = await ask();
    expect(canWork).to.equal(true);
    const receipt = await landAt(chain, {}, (fees) => job.connect(keeper).work(data, fees));

    expect(await paymentsOf(keep3r, receipt)).to.have.length(1);
    expect((await lusd.balanceOf(passerby)) - before[0]).to.equal(5n * LUSD_COMPENSATION);
    expect((await ethers.provider.getBalance(passerby)) - before[1]).to.equal((6n * WAD) / COLL_COMPENSATION_DIVISOR);
    expect(await ask()).to.deep.equal([false, "0x"]);
  });

  describeMeasured("at boost 1.0 pays 100 to 105 % of the cost before refunds", function () {
    for (const count of [1, 3, 5]) {
      it(`for the ${count} riskiest troves`, async function () {
        const network = await loadFixture(deployLiquidatingWorld);
        expect(await paidToCost(network, await work(network, count))).to.be.within(...WITH_REFUNDS);
      });

      it(`for a list of ${count}`, async function () {
        const network = await loadFixture(deployLiquidatingWorld);
        const listed = network.borrowers.slice(0, count).map(({ address }) => address);
        expect(await paidToCost(network, await work(network, 0, listed))).to.be.within(...WITH_REFUNDS);
      });
    }

    it("for a keeper that gets the compensation", async function () {
      const network = await loadFixture(deployLiquidatingWorld);
      const { chain, job, accounts } = network;
      await chain.land(() => job.connect(accounts.jobOwner).setBeneficiary(Beneficiary.Keeper));
      await work(network, 1);
      expect(await paidToCost(network, await work(network, 1))).to.be.within(...WITH_REFUNDS);
    });
  });

  itMeasured(
    "pays a keeper nothing for bytes behind a number, where a list of the longest would have its names",
    async function () {
      const profits: bigint[] = [];
      for (const padding of [0, 640]) {
        const network = await loadFixture(deployLiquidatingWorld);
        await boostKeepers(network);
        const call = network.job.interface.encodeFunctionData("work", [encode(1)]);
        profits.push(await profitInGas(network, await landPadded(network, network.job, call, padding)));
      }

      const [plain = 0n, padded = 0n] = profits;
      expect(padded).to.be.below(plain);
    },
  );
});
