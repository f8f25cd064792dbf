import { BPS, GWEI } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { fundJob } from "#support/actors/owners";
import { MAX_BOOST, PARAMETERS } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { measure } from "#support/payments/measure";
import { describeMeasured } from "#support/tools/coverage";
import { deployPaidWorld, type PaidWorld } from "#support/worlds/paid";
import { MeteredJob__Mock__factory } from "#typechain";

interface Terms {
  gasBonus: bigint;
  gasMultiplier: bigint;
}

type Form = "BoostedMeteredJob__Mock" | "BaseFeeMeteredJob__Mock";

const BASE_FEE = 20n * GWEI;
const TIP = GWEI;

/** The paid world with a keeper whose bond earns the highest boost. */
async function deployBondedWorld(): Promise<PaidWorld> {
  const world = await deployPaidWorld();
  const { targetBond } = PARAMETERS.Keep3rHelper;
  await activateKeeper(world.keep3r, world.keeper, world.kp3r, targetBond.value);
  await world.helper.workRate(0);
  return world;
}

/** What a metered job pays for its second work, in percent of the transaction's cost. */
async function percentPaid(form: Form, { gasBonus, gasMultiplier }: Terms, gasToUse: number): Promise<number> {
  const world = await loadFixture(deployBondedWorld);
  const { keep3r, helper, jobOwner, keeper } = world;
  const deployed = await ethers.deployContract(form, [keep3r, helper, gasBonus, gasMultiplier]);
  const job = MeteredJob__Mock__factory.connect(await deployed.getAddress(), keeper);
  await fundJob(keep3r, jobOwner, job);
  await job.work(0);
  const { percent } = await measure(world, (sending) => job.work(gasToUse, sending), {
    baseFee: BASE_FEE,
  });
  return percent;
}

/** The figures are those of docs/compatibility.md. */
describeMeasured("A metered job of V2, unmodified", () => {
  for (const [form, v2, gasBonus, usual] of [
    ["BoostedMeteredJob__Mock", { gasBonus: 102_000n, gasMultiplier: BPS }, 58_000n, 152],
    ["BaseFeeMeteredJob__Mock", { gasBonus: 86_000n, gasMultiplier: 12_000n }, 52_000n, 139],
  ] as const) {
    it(`pays ${usual} % of the cost of a work of 100,000 gas by V2's terms: ${form}`, async () => {
      expect(await percentPaid(form, v2, 100_000)).to.be.closeTo(usual, 1);
    });

    for (const gasToUse of [0, 30_000, 100_000, 2_000_000]) {
      it(`pays its margin and nothing more with a bonus of ${gasBonus}: ${form}, ${gasToUse} gas`, async () => {
        // One form is paid at the reference price and by the network's boost, the other at the base fee by its multiplier
        const margin =
          form === "BoostedMeteredJob__Mock"
            ? Number(MAX_BOOST) / 100
            : Number((v2.gasMultiplier * BASE_FEE) / (BASE_FEE + TIP)) / 100;
        expect(await percentPaid(form, { ...v2, gasBonus }, gasToUse)).to.be.within(margin, margin * 1.01);
      });
    }
  }
});
