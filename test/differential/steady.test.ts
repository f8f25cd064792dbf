import { expect } from "chai";
import fc from "fast-check";
import { ethers } from "hardhat";
import { Rational } from "#model/rational";
import { isThin, PERIOD_SIZE, shiftsFor, steadyPrice } from "#model/steady";
import { expectWithinBounds, meansOf, type PushedSpan } from "#support/behaviours/steady";
import { loadFixture } from "#support/fixture";
import { cases, describeDifferential, seeded, upTo } from "#support/tools/differential";

const UNIT = 2n ** 80n;

async function deployMaths() {
  return { maths: await ethers.deployContract("SteadyMath__Harness") };
}

const price = upTo(80, 1n);
const span = upTo(32, 1n);
const maxChange = fc.bigInt({ min: 2_000n, max: 10_000n });
const shift = fc.bigInt({ min: 16n, max: 128n });

/** A price somewhere near another, above or below, or none at all. */
const near = (whole: bigint): fc.Arbitrary<bigint> =>
  fc.bigInt({ min: 1n, max: 4_000n }).map((thousandths) => (whole * thousandths) / 1_000n);

/** Stretches within a market's range, and one that is anywhere. */
const pushedSpan: fc.Arbitrary<PushedSpan> = upTo(76, 4n).chain((middle) => {
  const seconds = fc.oneof(fc.bigInt({ min: 1n, max: 3_600n }), upTo(24, 1n));
  const stretch = (price: fc.Arbitrary<bigint>, seconds: fc.Arbitrary<bigint>) =>
    fc.record({ price: price.map((value) => Rational.of(value > 0n ? value : 1n)), seconds });
  return fc.record({
    market: fc.array(stretch(near(middle), seconds), { minLength: 1, maxLength: 4 }),
    push: stretch(upTo(90), fc.oneof(fc.constantFrom(0n, 12n), seconds)),
  });
});

describeDifferential("SteadyMath", () => {
  it(seeded("scales a pair, or refuses its price, as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(upTo(112, 1n), upTo(112), async (reserve0, reserve1) => {
        const shifts = shiftsFor([reserve0, reserve1]);
        const { inRange, shift0 } = await maths.shiftFor(reserve0, reserve1);
        expect(inRange).to.equal(shifts !== undefined);
        if (shifts !== undefined) expect(shift0).to.equal(shifts[0]);
      }),
      cases(1_500),
    );
  });

  it(
    seeded("refuses what is next to the least and the highest price, and nothing else, as the model does"),
    async () => {
      const { maths } = await loadFixture(deployMaths);
      const bits = fc.constantFrom(55, 56, 57, 167, 168, 169);
      await fc.assert(
        fc.asyncProperty(bits, fc.constantFrom(-1n, 0n, 1n), upTo(52, 1n), async (bit, beside, scale) => {
          const [below, above] = bit < 112 ? [1n << BigInt(112 - bit), 1n] : [1n, 1n << BigInt(bit - 112)];
          const reserves = [
            below * scale + (bit < 112 ? beside : 0n),
            above * scale + (bit < 112 ? 0n : beside),
          ] as const;
          const shifts = shiftsFor(reserves);
          const { inRange, shift0 } = await maths.shiftFor(...reserves);
          expect(inRange).to.equal(shifts !== undefined);
          if (shifts !== undefined) expect(shift0).to.equal(shifts[0]);
        }),
        cases(500),
      );
    },
  );

  it(seeded("steps from any price to any mean as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    const last = fc.oneof({ weight: 9, arbitrary: price }, { weight: 1, arbitrary: fc.constant(0n) });
    await fc.assert(
      fc.asyncProperty(last, upTo(128), upTo(128), span, maxChange, async (before, mean, opposite, seconds, change) => {
        const expected = steadyPrice(before === 0n ? undefined : before, mean, opposite, seconds, change);
        expect(await maths.step(before, mean, opposite, seconds, change)).to.equal(expected);
      }),
      cases(3_000),
    );
  });

  it(seeded("steps where every limit is near, as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    const nearby = price.chain((last) =>
      fc.record({
        last: fc.constant(last),
        mean: near(last),
        harmonic: near(last),
        slack: fc.bigInt({ min: -2n, max: 2n }),
      }),
    );
    const seconds = fc.bigInt({ min: PERIOD_SIZE, max: 8n * PERIOD_SIZE });
    await fc.assert(
      fc.asyncProperty(nearby, seconds, maxChange, async ({ last, mean, harmonic, slack }, seconds, change) => {
        const inverse = harmonic === 0n ? 0n : UNIT / harmonic + slack;
        const opposite = inverse < 0n ? 0n : inverse;
        const expected = steadyPrice(last, mean, opposite, seconds, change);
        expect(await maths.step(last, mean, opposite, seconds, change)).to.equal(expected);
      }),
      cases(3_000),
    );
  });

  it(seeded("judges thinness as the model does, also next to the limit"), async () => {
    const { maths } = await loadFixture(deployMaths);
    const least = fc.bigInt({ min: 10n ** 18n, max: 10n ** 23n });
    const beside = fc.oneof(fc.constantFrom(-1n, 0n, 1n), upTo(224));
    await fc.assert(
      fc.asyncProperty(least, price, shift, beside, async (minimum, scaled, shift, beside) => {
        const limit = (minimum * minimum * (scaled << shift)) >> 112n;
        const k = beside > 1n ? beside : limit + beside;
        fc.pre(k >= 0n && k < 2n ** 224n);
        expect(await maths.isThin(k, minimum, scaled, shift)).to.equal(isThin(k, minimum, scaled, shift));
      }),
      cases(1_500),
    );
  });

  it(seeded("ORC-3: a market but for a push bounds the price, and so do the last price and the time"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(pushedSpan, price, maxChange, async (span, last, change) => {
        const { dt, mean, opposite } = meansOf(span);
        fc.pre(dt >= PERIOD_SIZE && dt < 2n ** 32n);
        const after = await maths.step(last, mean.floor(), opposite.floor(), dt, change);
        expectWithinBounds(span, last, change, after);
      }),
      cases(4_000),
    );
  });
});
