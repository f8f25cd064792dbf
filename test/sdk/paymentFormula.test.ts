import {
  BPS,
  boostOf,
  calldataGas,
  GWEI,
  MAX_EXTRA_GAS,
  overheadGas,
  paymentOf,
  paymentRate,
  type PaymentTerms,
  RATE_SCALE,
  referenceGasPrice,
  WAD,
  type WorkPlace,
} from "@keep3r-network/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { ethers } from "hardhat";
import * as model from "#model/payment";
import { loadFixture } from "#support/fixture";
import { cases, seeded, upTo } from "#support/tools/differential";

const PLACES: readonly WorkPlace[] = ["first", "later", "again"];

const TERMS: PaymentTerms = {
  minBoost: BPS,
  maxBoost: BPS,
  targetBond: 200n * WAD,
  gasPriceCeiling: 20_000n,
  minPriorityFee: GWEI,
  firstWorkGas: 0n,
  laterWorkGas: 0n,
  maxGasPerWork: 10_000_000n,
};

/** A gas price that is paid for as it is. */
const priceOf = (gasPrice: bigint) => ({ baseFee: gasPrice, gasPrice, fastGas: 0n });

/** Parameters within the bounds of their setters. */
const terms: fc.Arbitrary<PaymentTerms> = fc
  .record({
    minBoost: fc.bigInt(10_000n, 50_000n),
    premium: fc.bigInt(0n, 40_000n),
    targetBond: upTo(88, 1n),
    gasPriceCeiling: fc.bigInt(10_000n, 50_000n),
    minPriorityFee: fc.bigInt(0n, 1_000n * GWEI),
    firstWorkGas: fc.bigInt(0n, 100_000n),
    laterWorkGas: fc.bigInt(0n, 100_000n),
    maxGasPerWork: fc.bigInt(1_000_000n, 16_000_000n),
  })
  .map(({ premium, ...rest }) => ({ ...rest, maxBoost: rest.minBoost + premium }));
const prices = fc.record({ baseFee: upTo(64), gasPrice: upTo(64), fastGas: upTo(64) });

async function deployMaths() {
  return { maths: await ethers.deployContract("PaymentMath__Harness") };
}

describe("payment formula, against the model", () => {
  it(seeded("bounds the gas price"), () => {
    fc.assert(
      fc.property(prices, terms, (market, all) => {
        expect(referenceGasPrice(market, all)).to.equal(model.referenceOf(market, all));
      }),
      cases(2_000),
    );
  });

  it(seeded("pays every place in a transaction, to the wei"), () => {
    const work = { gas: upTo(25), place: fc.constantFrom(...PLACES), bond: upTo(88), kp3rPerEth: upTo(112) };
    fc.assert(
      fc.property(fc.record(work), prices, terms, ({ gas, place, ...rest }, market, all) => {
        expect(paymentOf({ gasUsed: gas, place, ...rest }, market, all)).to.equal(
          model.paymentOf({ gas, overhead: place, ...rest }, market, all),
        );
      }),
      cases(3_000),
    );
  });

  it(seeded("pays for vouched gas as for metered gas"), () => {
    const work = fc.record({ bond: upTo(88), kp3rPerEth: upTo(112) });
    fc.assert(
      fc.property(upTo(24), upTo(24), work, prices, terms, (gasUsed, extraGas, rest, market, all) => {
        expect(paymentOf({ gasUsed, extraGas, ...rest }, market, all)).to.equal(
          model.paymentOf({ gas: gasUsed + extraGas, overhead: "first", ...rest }, market, all),
        );
      }),
      cases(1_000),
    );
  });
});

describe("payment formula, against PaymentMath", () => {
  it(seeded("boosts a bond"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(upTo(88), terms, async (bond, all) => {
        expect(boostOf(bond, all)).to.equal(await maths.boost(bond, all.minBoost, all.maxBoost, all.targetBond));
      }),
      cases(300),
    );
  });

  it(seeded("bounds the gas price"), async () => {
    const { maths } = await loadFixture(deployMaths);
    await fc.assert(
      fc.asyncProperty(prices, terms, async (market, all) => {
        const { gasPriceCeiling, minPriorityFee } = all;
        expect(referenceGasPrice(market, all)).to.equal(
          await maths.referenceGasPrice(market.fastGas, market.baseFee, gasPriceCeiling, minPriorityFee),
        );
      }),
      cases(300),
    );
  });

  it(seeded("prices calldata"), async () => {
    const { maths } = await loadFixture(deployMaths);
    const calldata = fc.tuple(upTo(17), fc.bigInt(0n, 100n)).map(([length, part]) => [length, (length * part) / 100n]);
    await fc.assert(
      fc.asyncProperty(calldata, upTo(24), async ([length = 0n, nonZero = 0n], executed) => {
        const gas = await maths.calldataGas(length, nonZero, executed);
        expect(calldataGas(length, nonZero, executed))
          .to.equal(gas)
          .and.equal(model.calldataGas(length, nonZero, executed));
      }),
      cases(300),
    );
  });
});

describe("payment formula, in numbers", () => {
  for (const [bond, reward] of [
    [0n, 4_000_000n],
    [10n, 4_000_000n],
    [40n, 4_000_000n],
    [50n, 5_000_000n],
    [100n, 10_000_000n],
    [1_000n, 10_000_000n],
  ] as const) {
    it(`pays ${reward} for 100,000 gas at a price of 40 to a bond of ${bond} KP3R, at boosts of 1 to 2.5`, () => {
      const all = { ...TERMS, maxBoost: 25_000n, targetBond: 100n * WAD, minPriorityFee: 0n };
      const work = { gasUsed: 100_000n, bond: bond * WAD, kp3rPerEth: WAD };

      expect(paymentOf(work, priceOf(40n), all)).to.equal(reward);
    });
  }

  for (const [bond, milli] of [
    [0n, 2_000n],
    [181n, 2_000n],
    [182n, 2_002n],
    [200n, 2_200n],
  ] as const) {
    it(`pays ${Number(milli) / 10_000} KP3R for 500,000 gas at 50 gwei to a bond of ${bond} KP3R, at V1's boosts`, () => {
      const work = { gasUsed: 200_000n, extraGas: 300_000n, bond: bond * WAD, kp3rPerEth: 8n * WAD };

      expect(paymentOf(work, priceOf(50n * GWEI), { ...TERMS, maxBoost: 11_000n })).to.equal((milli * WAD) / 10_000n);
    });
  }

  for (const [options, microKp3r] of [
    [1n, 3_465n],
    [2n, 6_930n],
    [3n, 10_395n],
    [10n, 34_650n],
  ] as const) {
    it(`pays ${microKp3r} millionths of a KP3R for ${options} times 175,000 gas at 18 gwei and boost 1.1`, () => {
      const work = { gasUsed: options * 175_000n, bond: 0n, kp3rPerEth: WAD };
      const all = { ...TERMS, minBoost: 11_000n, maxBoost: 11_000n };

      expect(paymentOf(work, priceOf(18n * GWEI), all)).to.equal(microKp3r * 10n ** 12n);
    });
  }

  it("pays no more gas than the network allows for a work, and beside it the overhead", () => {
    const all = { ...TERMS, firstWorkGas: 33_000n, laterWorkGas: 8_501n };
    const paid = (gasUsed: bigint, extraGas: bigint, place: WorkPlace) =>
      paymentOf({ gasUsed, extraGas, place, bond: 0n, kp3rPerEth: WAD }, priceOf(1n), all);

    expect(paid(9_999_999n, 0n, "first")).to.equal(10_032_999n);
    expect(paid(9_999_999n, 2n, "first")).to.equal(10_033_000n);
    expect(paid(2n ** 40n, 0n, "later")).to.equal(10_008_501n);
    expect(paid(0n, 0n, "again")).to.equal(5_185n);
    expect(PLACES.map((place) => overheadGas(place, all))).to.deep.equal([33_000n, 8_501n, 5_185n]);
  });

  it("takes vouched gas for at most 24 bits of it", () => {
    const all = { ...TERMS, maxGasPerWork: 2n ** 40n };
    const paid = (extraGas: bigint) =>
      paymentOf({ gasUsed: 1n, extraGas, bond: 0n, kp3rPerEth: WAD }, priceOf(1n), all);

    expect(MAX_EXTRA_GAS).to.equal(16_777_215n);
    expect(paid(MAX_EXTRA_GAS)).to.equal(2n ** 24n);
    expect(paid(2n ** 256n - 1n)).to.equal(2n ** 24n);
  });

  it("rounds once, at the end, in the job's favour", () => {
    const work = { gasUsed: 1n, bond: 0n, kp3rPerEth: WAD / 2n };

    expect(paymentOf(work, priceOf(3n), TERMS)).to.equal(1n);
    expect(paymentOf({ ...work, gasUsed: 2n }, priceOf(3n), TERMS)).to.equal(3n);
    expect(paymentRate(work, priceOf(3n), TERMS)).to.equal((3n * RATE_SCALE) / 2n);
  });
});
