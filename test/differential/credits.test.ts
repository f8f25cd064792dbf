import { DAY } from "@keep3r-network/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { ethers } from "hardhat";
import { accrued, type BucketTerms, leaving, periodCredits, priceCeiling, worth } from "#model/credits";
import { loadFixture } from "#support/fixture";
import { cases, describeDifferential, seeded, upTo } from "#support/tools/differential";

async function deployMaths() {
  return { maths: await ethers.deployContract("CreditMath__Harness") };
}

const kp3r = upTo(88);
const terms: fc.Arbitrary<BucketTerms> = fc
  .record({ rewardPeriodTime: fc.integer({ min: DAY, max: 30 * DAY }), more: fc.integer({ min: 0, max: 335 * DAY }) })
  .map(({ rewardPeriodTime, more }) => ({ rewardPeriodTime, inflationPeriod: rewardPeriodTime + more }));

describeDifferential("CreditMath", () => {
  it(seeded("fills the bucket as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(kp3r, kp3r, upTo(32), terms, async (credits, value, elapsed, times) => {
        const { rewardPeriodTime, inflationPeriod } = times;
        expect(await maths.accrue(credits, value, elapsed, rewardPeriodTime, inflationPeriod)).to.equal(
          accrued(credits, value, Number(elapsed), times),
        );
      }),
      cases(3_000),
    );
  });

  it(seeded("caps the bucket, and lets a share of it leave, as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(kp3r, kp3r, kp3r, terms, async (credits, value, removed, times) => {
        const cap = periodCredits(value, times);
        expect(await maths.periodCredits(value, times.rewardPeriodTime, times.inflationPeriod)).to.equal(cap);
        expect(await maths.leaving(credits, cap, removed, value)).to.equal(leaving(credits, cap, removed, value));
      }),
      cases(1_500),
    );
  });

  it(seeded("values liquidity, and bounds its price, as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(kp3r, upTo(128), async (amount, price) => {
        expect(await maths.worth(amount, price)).to.equal(worth(amount, price));
        expect(await maths.priceCeiling(price)).to.equal(priceCeiling(price));
      }),
      cases(1_500),
    );
  });
});
