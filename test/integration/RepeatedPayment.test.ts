import { BPS, MINUTE, WAD } from "@keep3r-network/sdk";
import { takeSnapshot } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import { activateContract, atOnce, onChain } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { AT_COST, paidToCost } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { paddingOf } from "#support/payments/padding";
import { paymentsOf, totalPaid } from "#support/payments/payments";
import { describeMeasured } from "#support/tools/coverage";
import { deployNetworkWorld } from "#support/worlds/network";

const CREDITS = 1_000_000n * WAD;

/** The whole network, with jobs that do next to nothing. */
async function deployLeastJobsWorld() {
  const network = await deployNetworkWorld();
  const { chain, keep3r, accounts } = network;
  const { governance, jobOwner } = accounts;
  const deployLeastJob = () =>
    chain.deploy(() => ethers.deployContract("LeastJob__Mock", [keep3r, jobOwner], governance));
  const [outer, inner] = [await deployLeastJob(), await deployLeastJob()];
  const capped = await chain.deploy(() => ethers.deployContract("CappedBatch__Mock", [keep3r, jobOwner], governance));
  for (const job of [outer, inner, capped]) await chain.land(() => keep3r.forceLiquidityCreditsToJob(job, CREDITS));
  return { ...network, outer, inner, capped };
}

describeMeasured("Payment of several works in a transaction", function () {
  for (const times of [1, 2, 5, 50, 200]) {
    it(`PAY-1, PAY-2: of one job, ${times} times (regression)`, async function () {
      const network = await loadFixture(deployLeastJobsWorld);
      const { chain, keep3r, outer, accounts } = network;
      const send = () => landAt(chain, {}, (fees) => outer.connect(accounts.keeper).repeat(times, fees));
      await send();

      const receipt = await send();

      expect(await paymentsOf(keep3r, receipt)).to.have.length(times);
      expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
    });
  }

  for (const gasToUse of [0, 300_000]) {
    for (const times of [1, 2, 10, 100]) {
      it(`PAY-1, PAY-2, PAY-3: of a job of ${gasToUse} gas, and of another within it ${times} times (regression)`, async function () {
        const network = await loadFixture(deployLeastJobsWorld);
        const { chain, keep3r, outer, inner, accounts } = network;
        const { keeper } = accounts;
        const send = () =>
          landAt(chain, {}, (fees) => outer.connect(keeper).workAround(inner, times, keeper, gasToUse, fees));
        await send();

        const receipt = await send();

        expect(await paymentsOf(keep3r, receipt)).to.have.length(times + 1);
        expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
      });
    }
  }

  for (const times of [1, 2, 5, 50]) {
    it(`PAY-1, PAY-2: of a job with a daily cap on payments, ${times} times (regression)`, async function () {
      const network = await loadFixture(deployLeastJobsWorld);
      const { chain, capped, accounts } = network;
      await chain.land(() => capped.connect(accounts.jobOwner).setMaxDailyPayment(CREDITS / 10n));
      const send = () => landAt(chain, {}, (fees) => capped.connect(accounts.keeper).repeat(times, fees));
      await send();

      expect(await paidToCost(network, await send())).to.be.within(...AT_COST);
    });
  }

  it("PAY-2: of a job that was funded for the first time in it, each at no more cost than it is paid (regression)", async function () {
    const { chain, keep3r, kp3r, outer, accounts, ...network } = await loadFixture(deployLeastJobsWorld);
    const { governance, jobOwner } = accounts;
    const owner = await chain.deploy(() => ethers.deployContract("FundingKeeper__Mock", governance));
    const fresh = await chain.deploy(() => ethers.deployContract("LeastJob__Mock", [keep3r, owner], governance));
    await chain.land(() => keep3r.connect(governance).setBondTime(0));
    await activateContract(keep3r, onChain(chain, owner), kp3r, atOnce);
    const accept = keep3r.interface.encodeFunctionData("acceptJobOwnership", [await fresh.getAddress()]);
    await chain.land(() => owner.execute(keep3r, accept));
    await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(outer));
    await chain.land(() => keep3r.connect(jobOwner).migrateJob(outer, fresh));
    chain.wait(MINUTE);
    const snapshot = await takeSnapshot();
    const send = (times: number) => landAt(chain, {}, (fees) => owner.fundAndRepeat(keep3r, outer, fresh, times, fees));

    const once = await send(1);
    await snapshot.restore();
    const often = await send(5);

    const { kp3rPerEth } = await network.helper.cachedQuote();
    const paid = (await totalPaid(keep3r, often)) - (await totalPaid(keep3r, once));
    expect((paid * WAD * BPS) / kp3rPerEth / (often.fee - once.fee)).to.be.within(...AT_COST);
  });

  it("PAY-1: ends where the floor price of calldata was paid: it covers later execution (regression)", async function () {
    const network = await loadFixture(deployLeastJobsWorld);
    const { chain, outer, accounts } = network;
    const send = (times: number) => {
      const data = ethers.concat([outer.interface.encodeFunctionData("repeat", [times]), paddingOf(4096)]);
      return landAt(chain, {}, (fees) => {
        return accounts.keeper.sendTransaction({ to: outer, data, ...fees }) as Promise<ContractTransactionResponse>;
      });
    };
    await send(1);

    expect(await paidToCost(network, await send(1))).to.be.within(...AT_COST);
    await expect(send(2)).to.be.revertedWithCustomError(outer, "CalldataFloorPaid");
  });
});
