import { expect } from "chai";
import fc from "fast-check";
import { ethers } from "hardhat";
import { amountOut, meanX112, priceX112, standardDeviation } from "#model/twap";
import { loadFixture } from "#support/fixture";
import { cases, describeDifferential, seeded, upTo } from "#support/tools/differential";

const PAIR_WRAP = 1n << 256n;
const STEADY_WRAP = 1n << 112n;

async function deployMaths() {
  return { maths: await ethers.deployContract("TwapMath__Harness") };
}

describeDifferential("TwapMath", () => {
  it(seeded("extends a pair's accumulator as the model does, across its wrap"), async () => {
    const { maths } = await loadFixture(deployMaths);
    const reserve = upTo(112);
    /** As far before or after a wrap as it may be. */
    const cumulative = fc.oneof(
      upTo(256),
      upTo(224).map((short) => PAIR_WRAP - 1n - short),
    );
    await fc.assert(
      fc.asyncProperty(cumulative, reserve, reserve, upTo(32), async (before, reserveIn, reserveOut, seconds) => {
        const after = (before + priceX112(reserveIn, reserveOut) * seconds) % PAIR_WRAP;
        expect(await maths.extend(before, reserveIn, reserveOut, seconds)).to.equal(after);
      }),
      cases(2_000),
    );
  });

  it(seeded("averages what steady prices add up to as the model does, across the wrap of their sum"), async () => {
    const { maths } = await loadFixture(deployMaths);
    const shift = fc.bigInt({ min: 16n, max: 128n });
    await fc.assert(
      fc.asyncProperty(upTo(112), upTo(112), shift, upTo(32, 1n), async (before, grown, shift, span) => {
        const after = (before + grown) % STEADY_WRAP;
        expect(await maths.averageDown(before, after, shift, span)).to.equal(meanX112(grown, shift, span));
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
