import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import type { Account } from "#simulation/accounts";
import { leave } from "#simulation/keeper";
import { fundByLiquidity } from "#support/actors/owners";
import { loadFixture } from "#support/fixture";
import { paidToCost } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { paymentOf } from "#support/payments/payments";
import { deployOperatingForkWorld } from "#support/worlds/fork";
import { GROUND, mainnet } from "#support/worlds/mainnet";
import type { Keep3r, V1Job__Mock } from "#typechain";

const GAS_TO_USE = 100_000;

/** Both have `work(gasToUse)` and a count of it. */
function deployJob(name: string, keep3r: Keep3r, owner: Account): Promise<V1Job__Mock> {
  return ethers.deployContract(name as "V1Job__Mock", [keep3r], owner);
}

describe("Jobs that were written for another Keep3r, over mainnet's KP3R", () => {
  const { kp3r } = mainnet(...GROUND);

  for (const { version, name } of [
    { version: "V1", name: "V1Job__Mock" },
    { version: "V2", name: "PlainJob__Mock" },
  ]) {
    it(`pays the keeper of an unmodified job of ${version}, in bonds that become KP3R`, async () => {
      const operation = await loadFixture(deployOperatingForkWorld);
      const { network, bonded } = operation;
      const { chain, accounts, keep3r } = network;
      const { keeper, jobOwner } = accounts;
      const job = await chain.deploy(() => deployJob(name, keep3r, jobOwner));
      await chain.land(() => keep3r.connect(jobOwner).addJob(job));
      await fundByLiquidity(operation, job, WAD);
      const credits = await keep3r.totalJobCredits(job, await chain.asOfNextBlock());

      const receipt = await landAt(chain, {}, (fees) => job.connect(keeper).work(GAS_TO_USE, fees));

      const { payment } = await paymentOf(keep3r, receipt);
      expect(await job.count()).to.equal(2);
      expect(await keep3r.jobLiquidityCredits(job)).to.equal(credits - payment);
      // Boosts are 1.1 to 1.2; a job by hand has a little less than its cost paid
      expect(await paidToCost(network, receipt)).to.be.within(10_500n, 12_600n);

      const { withdrawn } = await leave(network);
      expect(withdrawn).to.equal(bonded + payment);
      expect(await kp3r.balanceOf(keeper)).to.equal(withdrawn);
    });
  }

  it("pays nothing to an address that isn't a keeper", async () => {
    const { network } = await loadFixture(deployOperatingForkWorld);
    const { chain, accounts, keep3r } = network;
    const { passerby, jobOwner } = accounts;
    const job = await chain.deploy(() => ethers.deployContract("V1Job__Mock", [keep3r], jobOwner));
    await chain.land(() => keep3r.connect(jobOwner).addJob(job));

    await expect(job.connect(passerby).work(GAS_TO_USE)).to.be.revertedWith("::isKeeper: keeper is not registered");
  });
});
