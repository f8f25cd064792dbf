import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { ethers } from "hardhat";
import { kp3rPerLp, kp3rPerLpExactly, pendingFee } from "#model/liquidityPrice";
import { loadFixture } from "#support/fixture";
import { cases, describeDifferential, seeded, upTo } from "#support/tools/differential";

async function deployMaths() {
  return { maths: await ethers.deployContract("LiquidityMath__Harness") };
}

const supply = upTo(112, 1n);
const k = upTo(224, 1n);
/** From 2^80 on k / p fits 256 bits, whatever k is. */
const averageX112 = upTo(206, 2n ** 80n);

describeDifferential("LiquidityMath", () => {
  it(seeded("counts the protocol's pending fee as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(supply, k, upTo(224), async (lp, now, last) => {
        expect(await maths.pendingFeeDown(lp, now, last)).to.equal(pendingFee(lp, now, last));
      }),
      cases(1_500),
    );
  });

  it(seeded("prices an LP token as the model does, and next to as it would if it rounded once"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(k, averageX112, supply, async (product, mean, lp) => {
        const price = await maths.kp3rPerLiquidityDown(product, mean, lp);
        expect(price).to.equal(kp3rPerLp(product, mean, lp));
        const lost = kp3rPerLpExactly(product, mean, lp) - price;
        expect(lost >= 0n && lost <= WAD / lp + 1n, `${lost} lost`).to.equal(true);
      }),
      cases(1_500),
    );
  });
});
