import { BPS, GWEI } from "@keep3r-network/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { ethers } from "hardhat";
import { boostOf, calldataGas, referenceOf } from "#model/payment";
import { loadFixture } from "#support/fixture";
import { cases, describeDifferential, seeded, upTo } from "#support/tools/differential";

async function deployMaths() {
  return { maths: await ethers.deployContract("PaymentMath__Harness") };
}

/** BPS. */
const minBoost = fc.bigInt({ min: BPS, max: 5n * BPS });
const premium = fc.bigInt({ min: 0n, max: 40_000n });

describeDifferential("PaymentMath", () => {
  it(seeded("boosts a bond as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(upTo(88), upTo(88, 1n), minBoost, premium, async (bond, targetBond, minBoost, premium) => {
        const maxBoost = minBoost + premium;
        expect(await maths.boost(bond, minBoost, maxBoost, targetBond)).to.equal(
          boostOf(bond, { minBoost, maxBoost, targetBond }),
        );
      }),
      cases(3_000),
    );
  });

  it(seeded("bounds the gas price as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    const ceiling = fc.bigInt({ min: BPS, max: 5n * BPS });
    const tip = fc.bigInt({ min: 0n, max: 10n * GWEI });
    await fc.assert(
      fc.asyncProperty(upTo(64), upTo(64), ceiling, tip, async (fastGas, baseFee, gasPriceCeiling, minPriorityFee) => {
        expect(await maths.referenceGasPrice(fastGas, baseFee, gasPriceCeiling, minPriorityFee)).to.equal(
          referenceOf({ fastGas, baseFee }, { gasPriceCeiling, minPriorityFee }),
        );
      }),
      cases(3_000),
    );
  });

  it(seeded("prices calldata as the model does"), async () => {
    const { maths } = await loadFixture(deployMaths);
    const bytes = fc.uint8Array({ maxLength: 300 }).map((data) => data.map((byte) => (byte % 3 === 0 ? 0 : byte)));
    await fc.assert(
      fc.asyncProperty(bytes, upTo(24), async (data, executed) => {
        const nonZero = BigInt(data.filter((byte) => byte !== 0).length);
        expect(await maths.nonZeroCalldata(data)).to.equal(nonZero);
        expect(await maths.calldataGas(data.length, nonZero, executed)).to.equal(
          calldataGas(BigInt(data.length), nonZero, executed),
        );
      }),
      cases(1_000),
    );
  });
});
