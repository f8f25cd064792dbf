import { BPS, DAY, GWEI, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { MAX_BOOST, MIN_BOOST } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { RATE_SCALE } from "#support/payments/rate";
import {
  ask,
  askFirst,
  BOOTSTRAP_QUOTE,
  deployBootstrappedWorld,
  deployFeedWorld,
  deployHelperWorld,
  POOL_QUOTE,
} from "#support/worlds/helper";
import { observe } from "#support/worlds/oracle";
import { sell } from "#support/worlds/uniswap";

const BASE_FEE = 50n * GWEI;
const CIRCUMSTANCES = { baseFee: BASE_FEE, gasPrice: 500n * GWEI };
/** Between the bounds. */
const FAST = 70n * GWEI;
const GAS = 123_457n;

/** A feed between the bounds, and a keeper and an origin with bonds: boosts of 1.1 and 1.2. */
async function deployViewsWorld() {
  const world = await deployFeedWorld();
  const [origin] = await ethers.getSigners();
  await world.feed.updateAnswer(FAST);
  await world.bonds.setBond(origin?.address ?? ethers.ZeroAddress, 500n * WAD);
  await world.bonds.setBond(world.keeper, 100n * WAD);
  return world;
}

describe("Keep3rHelper: views", () => {
  it("bonds tells a keeper's bond in KP3R", async () => {
    const { helper, keeper, stranger } = await loadFixture(deployViewsWorld);
    expect(await helper.bonds(keeper)).to.equal(100n * WAD);
    expect(await helper.bonds(stranger)).to.equal(0);
  });

  describe("quote", () => {
    it("rounds down and takes any amount that has an answer", async () => {
      const { helper } = await loadFixture(deployHelperWorld);
      await helper.setBootstrapKp3rPerEth(1_500_000_000_000_000_001n);
      expect(await helper.quote(1)).to.equal(1);
      expect(await helper.quote(3)).to.equal(4);
      expect(await helper.quote(WAD)).to.equal(1_500_000_000_000_000_001n);
      expect(await helper.quote(2n ** 200n)).to.equal((2n ** 200n * 1_500_000_000_000_000_001n) / WAD);
    });

    it("answers before the first payment, and stores nothing", async () => {
      const { helper } = await loadFixture(deployHelperWorld);
      expect(await helper.quote(WAD)).to.equal(BOOTSTRAP_QUOTE);
      expect(await helper.cachedQuote()).to.deep.equal([0n, 0n, 0n, 0n]);
    });

    it("is the cached one, or the one that a refresh which is due would cache", async () => {
      const { helper, oracle, pair, kp3r } = await loadFixture(deployBootstrappedWorld);
      await sell(pair, kp3r, 100n * WAD);
      await helper.setQuoteLifetime(HOUR);
      await helper.workRate(0);
      await observe(oracle, pair, 1);
      const { averageX112 } = await oracle.averagePrice(pair, kp3r, 4 * HOUR, ethers.MaxUint256);
      const fresh = (WAD << 112n) / averageX112;
      expect(fresh).to.be.greaterThan(POOL_QUOTE);
      const { refreshAt } = await helper.cachedQuote();
      await time.increaseTo(refreshAt - 1n);
      expect(await helper.quote(WAD)).to.equal(POOL_QUOTE);
      await time.increaseTo(refreshAt);
      expect(await helper.quote(WAD)).to.equal(fresh);
      expect((await helper.cachedQuote()).kp3rPerEth).to.equal(POOL_QUOTE);
    });
  });

  describe("getFastGas", () => {
    for (const [title, fast, expected] of [
      ["the base fee and the tip at the least", 10n, 51n],
      ["the feed's answer between the bounds", 70n, 70n],
      ["the ceiling and the tip at the most", 200n, 101n],
    ] as const) {
      it(`is ${title}, cached or not`, async () => {
        const world = await loadFixture(deployViewsWorld);
        await world.feed.updateAnswer(fast * GWEI);
        expect(await askFirst(world, "getFastGas", [], CIRCUMSTANCES)).to.equal(expected * GWEI);
        await world.helper.workRate(0);
        expect(await askFirst(world, "getFastGas", [], CIRCUMSTANCES)).to.equal(expected * GWEI);
      });
    }

    it("is the cached answer's until a refresh is due", async () => {
      const world = await loadFixture(deployViewsWorld);
      await world.helper.workRate(0);
      await world.feed.updateAnswer(FAST + GWEI);
      expect(await askFirst(world, "getFastGas", [], CIRCUMSTANCES)).to.equal(FAST);
      await time.increase(10 * MINUTE);
      expect(await askFirst(world, "getFastGas", [], CIRCUMSTANCES)).to.equal(FAST + GWEI);
    });

    it("asks the feed anew from the second on in which the quote is due", async () => {
      const world = await loadFixture(deployViewsWorld);
      await world.helper.workRate(0);
      const { refreshAt } = await world.helper.cachedQuote();
      await world.feed.updateAnswer(FAST + GWEI);
      const timestamp = Number(refreshAt);
      const fastGasAt = (at: number) => askFirst(world, "getFastGas", [], { ...CIRCUMSTANCES, timestamp: at });
      expect(await fastGasAt(timestamp - 1)).to.equal(FAST);
      expect(await fastGasAt(timestamp)).to.equal(FAST + GWEI);
    });
  });

  it("quoteGas is the cost of gas at the reference gas price", async () => {
    const world = await loadFixture(deployViewsWorld);
    expect(await askFirst(world, "quoteGas", [GAS], CIRCUMSTANCES)).to.equal(GAS * FAST);
  });

  it("getRewardBoostFor is the boost times the reference gas price", async () => {
    const world = await loadFixture(deployViewsWorld);
    for (const [bond, boost] of [
      [0n, MIN_BOOST],
      [190n * WAD, 11_400n],
      [200n * WAD, MAX_BOOST],
    ] as const) {
      expect(await askFirst(world, "getRewardBoostFor", [bond], CIRCUMSTANCES)).to.equal(boost * FAST);
    }
  });

  it("getPaymentParams gives all that a payment takes", async () => {
    const world = await loadFixture(deployViewsWorld);
    await world.helper.setWorkExtraGas(31_000);
    const { answer } = await ask(world, "getPaymentParams", [190n * WAD], CIRCUMSTANCES);
    expect(answer).to.deep.equal([11_400n * FAST, POOL_QUOTE, 31_000n]);
  });

  describe("rewards", () => {
    for (const name of ["getRewardAmount", "getQuoteLimit"]) {
      it(`${name} is for the transaction's origin, for the gas it is given and no more`, async () => {
        const world = await loadFixture(deployViewsWorld);
        const reward = (GAS * FAST * MAX_BOOST * POOL_QUOTE) / RATE_SCALE;
        expect(await askFirst(world, name, [GAS], CIRCUMSTANCES)).to.equal(reward);
        expect(await askFirst(world, name, [0], CIRCUMSTANCES)).to.equal(0);
      });
    }

    for (const name of ["getRewardAmountFor", "getQuoteLimitFor"]) {
      it(`${name} is for the keeper that it names`, async () => {
        const world = await loadFixture(deployViewsWorld);
        const reward = (GAS * FAST * MIN_BOOST * POOL_QUOTE) / RATE_SCALE;
        expect(await askFirst(world, name, [world.keeper.address, GAS], CIRCUMSTANCES)).to.equal(reward);
        const huge = 2n ** 128n;
        const [origin] = await ethers.getSigners();
        expect(await askFirst(world, name, [origin?.address, huge], CIRCUMSTANCES)).to.equal(
          (huge * FAST * MAX_BOOST * POOL_QUOTE) / RATE_SCALE,
        );
      });
    }

    it("equal a payment at the reference gas price, before and after a refresh", async () => {
      const world = await loadFixture(deployViewsWorld);
      const { pair, kp3r, keeper } = world;
      await sell(pair, kp3r, 77n * WAD);
      await time.increase(HOUR);
      const timestamp = (await time.latest()) + 100;
      const before = await askFirst(world, "getRewardAmountFor", [keeper.address, GAS], {
        ...CIRCUMSTANCES,
        timestamp,
      });
      const rate = await askFirst(world, "workRate", [100n * WAD], { ...CIRCUMSTANCES, timestamp: timestamp + 1 });
      const after = await askFirst(world, "getRewardAmountFor", [keeper.address, GAS], CIRCUMSTANCES);
      expect(after).to.equal((GAS * rate) / RATE_SCALE);
      expect(before).to.be.lessThan(after);
      expect(after - before).to.be.lessThan(after / BPS);
    });
  });

  it("revert where the payment would, and only those that answer in KP3R", async () => {
    const world = await loadFixture(deployViewsWorld);
    const { helper, oracle, pair, keeper } = world;
    const { quotedAt } = await helper.cachedQuote();
    await oracle.removePair(pair);
    await time.increase(DAY - 100);
    const inKp3r: [string, unknown[]][] = [
      ["quote", [WAD]],
      ["getPaymentParams", [0]],
      ["getRewardAmount", [GAS]],
      ["getRewardAmountFor", [keeper.address, GAS]],
      ["getQuoteLimit", [GAS]],
      ["getQuoteLimitFor", [keeper.address, GAS]],
    ];
    for (const [name, args] of inKp3r) await ask(world, name, args, CIRCUMSTANCES);
    await time.increase(200);
    for (const [name, args] of inKp3r) {
      await expect(ask(world, name, args, CIRCUMSTANCES))
        .to.be.revertedWithCustomError(helper, "StaleQuote")
        .withArgs(quotedAt, DAY);
    }
    await expect(helper.workRate(0)).to.be.revertedWithCustomError(helper, "StaleQuote").withArgs(quotedAt, DAY);
    for (const name of ["quoteGas", "getRewardBoostFor"]) await ask(world, name, [GAS], CIRCUMSTANCES);
    await ask(world, "getFastGas", [], CIRCUMSTANCES);
  });
});
