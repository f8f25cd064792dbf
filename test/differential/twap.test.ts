import { expect } from "chai";
import fc from "fast-check";
import { ethers } from "hardhat";
import { amountOut, meanX112, priceX112, standardDeviation } from "#model/twap";
import { loadFixture } from "#support/fixture";
import { cases, describeDifferential, seeded, upTo } from "#support/tools/differential";

const PAIR_WRAP = 1n << 256n;
const PACKED_WRAP = 1n << 224n;

async function deployMaths() {
  return { maths: await ethers.deployContract("TwapMath__Harness") };
}

describeDifferential("TwapMath", () => {
  it(seeded("accumulates and averages as the model does, across the wraps of the pair and of the oracle"), async () => {
    const { maths } = await loadFixture(deployMaths);
    const reserve = upTo(112);
    /** As far before or after a wrap as it may be. */
    const cumulative = fc.oneof(
      upTo(256),
      upTo(224).map((short) => PAIR_WRAP - 1n - short),
    );
    await fc.assert(
      fc.asyncProperty(cumulative, reserve, reserve, upTo(18, 1n), async (before, reserveIn, reserveOut, span) => {
        const grown = priceX112(reserveIn, reserveOut) * span;
        // Faster growth would wrap unnoticed; the oracle lists no such pair
        fc.pre(grown < PACKED_WRAP);
        const after = await maths.extend(before, reserveIn, reserveOut, span);
        expect(after).to.equal((before + grown) % PACKED_WRAP);
        expect(await maths.averageDown(before % PACKED_WRAP, after, span)).to.equal(meanX112(grown, span));
      }),
      cases(2_000),
    );
  });

  it(seeded("tells the time between two readings of a clock that wraps"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(upTo(36), upTo(32), async (from, seconds) => {
        const wrap = 1n << 32n;
        expect(await maths.elapsed(from % wrap, (from + seconds) % wrap)).to.equal(seconds);
      }),
      cases(1_000),
    );
  });

  it(seeded("prices an amount as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(upTo(144), upTo(224), async (amount, averageX112) => {
        expect(await maths.amountOutDown(amount, averageX112)).to.equal(amountOut(amount, averageX112));
      }),
      cases(1_500),
    );
  });

  it(seeded("deviates as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(fc.array(upTo(112), { minLength: 2, maxLength: 12 }), async (samples) => {
        expect(await maths.standardDeviationDown(samples)).to.equal(standardDeviation(samples));
      }),
      cases(1_000),
    );
  });
});
