import { BPS, DAY, GWEI, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { takeSnapshot, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { referenceOf } from "#model/payment";
import { MAX_BOOST, MIN_BOOST, PARAMETERS, PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { RATE_SCALE } from "#support/payments/rate";
import { itMeasured } from "#support/tools/coverage";
import {
  ask,
  askFirst,
  BOOTSTRAP_QUOTE,
  deployBootstrappedWorld,
  deployFeedWorld,
  deployHelperWorld,
  type HelperWorld,
  makeDeep,
  makeThin,
  POOL_QUOTE,
} from "#support/worlds/helper";
import { observe } from "#support/worlds/oracle";
import { sell } from "#support/worlds/uniswap";
import vectors from "../vectors.json";

const FORUM =
  vectors[
    "boost: max(minBoost, maxBoost * min(bond, target) / target), the forum's candidate (10000, 25000, 100 KP3R)"
  ];
const PRODUCTION = vectors["boost: V1 production (10000, 11000, 200 KP3R); 200k gas + 300k extra, 50 gwei, 8 KP3R/ETH"];
const MAX_INT256 = 2n ** 255n - 1n;

const { gasPriceCeiling, minPriorityFee } = PARAMETERS.Keep3rHelper;

/** With the default ceiling and tip. */
const defaultReference = (fastGas: bigint, baseFee: bigint): bigint =>
  referenceOf({ fastGas, baseFee }, { gasPriceCeiling: gasPriceCeiling.value, minPriorityFee: minPriorityFee.value });

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

describe("Keep3rHelper: workRate", () => {
  it("is open to anyone, and tells the gas that the meter can't see", async () => {
    const { helper, stranger } = await loadFixture(deployBootstrappedWorld);
    await helper.setWorkExtraGas(12_000);
    await helper.setLaterWorkGas(3_000);
    const { firstWorkGas_, laterWorkGas_ } = await helper.connect(stranger).workRate.staticCall(0);
    expect([firstWorkGas_, laterWorkGas_]).to.deep.equal([12_000n, 3_000n]);
  });

  describe("boost", () => {
    it("is the forum's candidate's", async () => {
      const world = await loadFixture(deployHelperWorld);
      const { helper, bonds, keeper } = world;
      await helper.setBootstrapKp3rPerEth(WAD);
      await helper.setMinBoost(BPS);
      await helper.setMaxBoost(25_000);
      await helper.setTargetBond(100n * WAD);
      await helper.setMinPriorityFee(0);
      for (const { bond, reward } of FORUM.rows) {
        const rate = await askFirst(world, "workRate", [BigInt(bond) * WAD], { baseFee: 40n });
        expect((100_000n * rate) / RATE_SCALE, `bond ${bond}`).to.equal(reward);
        await bonds.setBond(keeper, BigInt(bond) * WAD);
        const asked = await askFirst(world, "getRewardAmountFor", [keeper.address, 100_000], { baseFee: 40n });
        expect(asked, `bond ${bond}`).to.equal(reward);
      }
    });

    it("is V1's in production", async () => {
      const world = await loadFixture(deployHelperWorld);
      const { helper, bonds, keeper } = world;
      await helper.setBootstrapKp3rPerEth(8n * WAD);
      await helper.setMinBoost(BPS);
      await helper.setMaxBoost(11_000);
      await helper.setTargetBond(200n * WAD);
      await helper.setMinPriorityFee(0);
      for (const { bond, kp3r } of PRODUCTION.rows) {
        const rate = await askFirst(world, "workRate", [BigInt(bond) * WAD], { baseFee: 50n * GWEI });
        expect((500_000n * rate) / RATE_SCALE, `bond ${bond}`).to.equal(ethers.parseEther(kp3r));
        await bonds.setBond(keeper, BigInt(bond) * WAD);
        const asked = await askFirst(world, "getRewardAmountFor", [keeper.address, 500_000], { baseFee: 50n * GWEI });
        expect(asked, `bond ${bond}`).to.equal(ethers.parseEther(kp3r));
      }
    });

    it("is highest from the target bond on, whatever the bond", async () => {
      const world = await loadFixture(deployBootstrappedWorld);
      for (const bond of [200n * WAD, 2n ** 88n, ethers.MaxUint256]) {
        const rate = await askFirst(world, "workRate", [bond], { baseFee: GWEI });
        expect(rate).to.equal(GWEI * MAX_BOOST * POOL_QUOTE);
      }
    });
  });

  describe("gas price", () => {
    for (const [title, fast, baseFee, gasPrice, paid] of [
      ["the transaction's, when that is the lowest", 90n, 50n, 50n, 50n],
      ["the base fee and the tip at the least, though the feed says less", 10n, 50n, 80n, 51n],
      ["the feed's, between the bounds", 70n, 50n, 80n, 70n],
      ["the ceiling and the tip at the most, though the feed says more", 200n, 50n, 150n, 101n],
    ] as const) {
      it(`is ${title}`, async () => {
        const world = await loadFixture(deployFeedWorld);
        await world.feed.updateAnswer(fast * GWEI);
        const circumstances = { baseFee: baseFee * GWEI, gasPrice: gasPrice * GWEI };
        const rate = await askFirst(world, "workRate", [0], circumstances);
        expect(rate).to.equal(paid * GWEI * MIN_BOOST * POOL_QUOTE);
      });
    }

    it("PAY-1: is never above the gas price that is paid, nor above the reference, at any base fee, tip and answer of the feed", async () => {
      const world = await loadFixture(deployFeedWorld);
      const { helper, feed } = world;
      await helper.setQuoteLifetime(0);
      for (const answer of [-MAX_INT256, 0n, 1n, 30n * GWEI, 61n * GWEI, 2n ** 64n, MAX_INT256]) {
        await feed.updateAnswer(answer);
        for (const baseFee of [0n, 1n, GWEI, 30n * GWEI, 10n ** 14n]) {
          for (const tip of [0n, 1n, GWEI, 50n * GWEI, 2n * 10n ** 14n]) {
            const gasPrice = baseFee + tip;
            const fast = answer < 0n ? 0n : least(answer, 2n ** 64n - 1n);
            const paid = least(gasPrice, defaultReference(fast, baseFee));
            const rate = await askFirst(world, "workRate", [10n ** 30n], { baseFee, gasPrice });
            const reference = await askFirst(world, "getFastGas", [], { baseFee, gasPrice });
            expect(reference, `feed ${answer}, base fee ${baseFee}`).to.equal(defaultReference(fast, baseFee));
            expect(rate, `feed ${answer}, base fee ${baseFee}, tip ${tip}`).to.equal(paid * MAX_BOOST * POOL_QUOTE);
            // So a payment is within the boost of the cost, at the quote
            expect(rate * RATE_SCALE).to.be.at.most(gasPrice * MAX_BOOST * POOL_QUOTE * RATE_SCALE);
          }
        }
      }
    });
  });

  describe("quote", () => {
    it("is cached for its lifetime and refreshed by the first payment after it", async () => {
      const { helper, oracle, pair, kp3r } = await loadFixture(deployBootstrappedWorld);
      await helper.setQuoteLifetime(HOUR);
      await helper.workRate(0);
      const { quotedAt, refreshAt } = await helper.cachedQuote();
      expect(refreshAt - quotedAt).to.equal(HOUR);
      await sell(pair, kp3r, 100n * WAD);
      await observe(oracle, pair, 1);

      await time.setNextBlockTimestamp(refreshAt - 1n);
      await expect(helper.workRate(0)).not.to.emit(helper, "QuoteRefresh");
      expect(await helper.cachedQuote()).to.deep.equal([POOL_QUOTE, 0n, quotedAt, refreshAt]);

      await time.setNextBlockTimestamp(refreshAt);
      const sent = helper.workRate(0);
      await expect(sent).not.to.emit(helper, "BootstrapEnd");
      const { averageX112 } = await oracle.averagePrice(pair, kp3r, 4 * HOUR, ethers.MaxUint256);
      const refreshed = (WAD << 112n) / averageX112;
      await expect(sent).to.emit(helper, "QuoteRefresh").withArgs(refreshed, 0, refreshAt);
      expect(refreshed).to.be.greaterThan(POOL_QUOTE);
      expect(await helper.cachedQuote()).to.deep.equal([refreshed, 0n, refreshAt, refreshAt + BigInt(HOUR)]);
    });

    it("isn't cached while the lifetime is nothing", async () => {
      const { helper, oracle, pair, kp3r } = await loadFixture(deployBootstrappedWorld);
      await helper.setQuoteLifetime(0);
      for (let i = 0; i < 3; i++) {
        const { kp3rPerEth } = await helper.cachedQuote();
        await sell(pair, kp3r, 20n * WAD);
        await observe(oracle, pair, 1);
        await helper.workRate(0);
        const fresh = await helper.cachedQuote();
        expect(fresh.kp3rPerEth).to.be.greaterThan(kp3rPerEth);
        expect([fresh.quotedAt, fresh.refreshAt]).to.deep.equal(Array(2).fill(BigInt(await time.latest())));
      }
    });

    it("is told with what the feed answers, at the bootstrap as well", async () => {
      const world = await loadFixture(deployHelperWorld);
      const { helper } = world;
      const feed = await ethers.deployContract("MockV3Aggregator", [0, 33n * GWEI]);
      await helper.setFastGasFeed(feed, HOUR);
      const at = (await time.latest()) + 10;
      await time.setNextBlockTimestamp(at);
      await expect(helper.workRate(0))
        .to.emit(helper, "QuoteRefresh")
        .withArgs(BOOTSTRAP_QUOTE, 33n * GWEI, at);
    });

    it("LIV-1: is fresh after any silence of the oracle", async () => {
      const { helper } = await loadFixture(deployBootstrappedWorld);
      for (const silence of [HOUR, 9 * HOUR, DAY + 1, 10 * DAY, 1_000 * DAY]) {
        const at = (await time.latest()) + silence;
        await time.setNextBlockTimestamp(at);
        await expect(helper.workRate(0)).to.emit(helper, "QuoteRefresh").withArgs(POOL_QUOTE, 0, at);
        expect(await helper.cachedQuote()).to.deep.equal([POOL_QUOTE, 0n, at, at + 10 * MINUTE]);
      }
    });

    for (const [title, stop] of [
      ["the pair isn't listed any more", ({ oracle, pair }: HelperWorld) => oracle.removePair(pair)],
      ["the pair is thin", makeThin],
    ] as const) {
      it(`serves on while ${title}, up to its greatest age and no longer`, async () => {
        const world = await loadFixture(deployFeedWorld);
        const { helper, feed } = world;
        const { quotedAt } = await helper.cachedQuote();
        await stop(world);
        await expect(helper.workRate(0))
          .to.emit(helper, "QuoteRefresh")
          .withArgs(POOL_QUOTE, 100n * GWEI, quotedAt);
        const now = BigInt(await time.latest());
        expect(await helper.cachedQuote()).to.deep.equal([POOL_QUOTE, 100n * GWEI, quotedAt, now + 600n]);

        // The feed is asked all the same, and the last refresh falls due the second in which the quote is too old
        await time.setNextBlockTimestamp(quotedAt + BigInt(DAY) - 301n);
        await feed.updateAnswer(70n * GWEI);
        const staleAt = quotedAt + BigInt(DAY) + 1n;
        const circumstances = { baseFee: 50n * GWEI, gasPrice: 90n * GWEI };
        const rate = 70n * GWEI * MIN_BOOST * POOL_QUOTE;
        expect(await askFirst(world, "workRate", [0], circumstances)).to.equal(rate);
        expect(await helper.cachedQuote()).to.deep.equal([POOL_QUOTE, 70n * GWEI, quotedAt, staleAt]);

        const timestamp = Number(staleAt) - 1;
        expect(await askFirst(world, "workRate", [0], { ...circumstances, timestamp })).to.equal(rate);
        expect(await helper.quote(WAD)).to.equal(POOL_QUOTE);
        await time.setNextBlockTimestamp(staleAt);
        await expect(helper.workRate(0)).to.be.revertedWithCustomError(helper, "StaleQuote").withArgs(quotedAt, DAY);
      });
    }

    it("is that of the oracle again when it answers", async () => {
      const world = await loadFixture(deployBootstrappedWorld);
      const { helper, oracle, pair, kp3r } = world;
      const { quotedAt } = await helper.cachedQuote();
      await makeThin(world);
      await time.increase(DAY);
      await expect(helper.workRate(0)).to.be.revertedWithCustomError(helper, "StaleQuote").withArgs(quotedAt, DAY);

      await sell(pair, kp3r, 100n * WAD);
      await makeDeep(world);
      const at = (await time.latest()) + 1;
      const { averageX112 } = await oracle.averagePrice(pair, kp3r, 4 * HOUR, ethers.MaxUint256);
      await time.setNextBlockTimestamp(at);
      await expect(helper.workRate(0))
        .to.emit(helper, "QuoteRefresh")
        .withArgs((WAD << 112n) / averageX112, 0, at);
    });

    it("is too old at once when governance says so", async () => {
      const { helper, oracle, pair } = await loadFixture(deployBootstrappedWorld);
      await oracle.removePair(pair);
      await time.increase(2 * HOUR);
      await helper.workRate(0);
      const { quotedAt } = await helper.cachedQuote();
      await helper.setMaxQuoteAge(HOUR);
      await expect(helper.workRate(0)).to.be.revertedWithCustomError(helper, "StaleQuote").withArgs(quotedAt, HOUR);
    });

    it("ORC-1: holding the pool at an extreme price for dt raises the payment's quote by at most dt/(span-dt)", async () => {
      const { helper, oracle, pair, kp3r, weth } = await loadFixture(deployBootstrappedWorld);
      await helper.setQuoteLifetime(0);
      for (const [token, extreme] of [
        [kp3r, 10n ** 6n * WAD],
        [kp3r, 10n ** 9n * WAD],
        [weth, 10n ** 6n * WAD],
      ] as const) {
        for (const dt of [1, 12, 10 * MINUTE, PERIOD_SIZE, HOUR, 3 * HOUR]) {
          for (const observed of [false, true]) {
            const snapshot = await takeSnapshot();
            await time.increase(PERIOD_SIZE - (dt % PERIOD_SIZE));
            await sell(pair, token, extreme);
            const heldFrom = await time.latest();
            if (observed) await oracle.update(pair);
            await time.setNextBlockTimestamp(Math.max(heldFrom + dt, (await time.latest()) + 1));
            await helper.workRate(0);
            const held = BigInt((await time.latest()) - heldFrom);
            const { span } = await oracle.averagePrice(pair, kp3r, 4 * HOUR, ethers.MaxUint256);
            const { kp3rPerEth } = await helper.cachedQuote();
            // quote <= fair * (1 + dt / (span - dt)); the mean is rounded down, so a wei is given
            expect((kp3rPerEth - 1n) * (span - held)).to.be.at.most(POOL_QUOTE * span);
            if (token === weth) expect(kp3rPerEth).to.be.at.most(POOL_QUOTE);
            await snapshot.restore();
          }
        }
      }
    });
  });

  describe("gas", () => {
    itMeasured("is bounded in steady state", async function () {
      const world = await loadFixture(deployFeedWorld);
      const circumstances = { baseFee: 50n * GWEI, gasPrice: 90n * GWEI };
      expect((await ask(world, "workRate", [0], circumstances)).gasUsed).to.be.lessThan(50_000);
      expect((await ask(world, "workRate", [WAD], circumstances)).gasUsed).to.be.lessThan(9_000);
    });
  });
});
