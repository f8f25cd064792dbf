import { DAY, GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import { setCode, takeSnapshot, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { MIN_BOOST } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import {
  ask,
  askFirst,
  BOOTSTRAP_QUOTE,
  deployBootstrappedWorld,
  deployFeedWorld,
  deployHelperWorld,
  deployMeanPriceWorld,
  FEED_GAS_NEEDED,
  makeDeep,
  makeThin,
  ORACLE_GAS_NEEDED,
  POOL_QUOTE,
} from "#support/worlds/helper";
import { observe, Q112 } from "#support/worlds/oracle";
import type { Keep3rHelper } from "#typechain";

const MANNERS = { reverts: 0, answersTooLittle: 1, returnsMuch: 2, revertsWithMuch: 3, burnsGas: 4 } as const;
const CIRCUMSTANCES = { baseFee: 20n * GWEI, gasPrice: 100n * GWEI };

async function quoteOf(helper: Keep3rHelper): Promise<bigint> {
  await helper.workRate(0);
  return (await helper.cachedQuote()).kp3rPerEth;
}

/** What is paid for a unit of gas without the boost, after a refresh. */
async function gasPriceOf(world: Awaited<ReturnType<typeof deployBootstrappedWorld>>): Promise<bigint> {
  const { answer } = await ask(world, "workRate", [0], CIRCUMSTANCES);
  return (answer[0] ?? 0n) / MIN_BOOST / POOL_QUOTE;
}

describe("Keep3rHelper: what can fail", () => {
  describe("bootstrap", () => {
    it("pays governance's quote until the oracle has a day of history", async () => {
      const { helper, oracle, pair } = await loadFixture(deployHelperWorld);
      await helper.setQuoteLifetime(0);
      const [listedAt] = await oracle.observationAt(pair, 0);
      expect(await quoteOf(helper)).to.equal(BOOTSTRAP_QUOTE);
      await observe(oracle, pair, 47);

      await time.setNextBlockTimestamp(listedAt + BigInt(DAY) - 1n);
      expect(await quoteOf(helper)).to.equal(BOOTSTRAP_QUOTE);
      expect(await helper.bootstrapped()).to.equal(false);

      await time.setNextBlockTimestamp(listedAt + BigInt(DAY));
      await expect(helper.workRate(0)).to.emit(helper, "BootstrapEnd").withArgs(POOL_QUOTE);
      expect(await helper.bootstrapped()).to.equal(true);
      expect((await helper.cachedQuote()).kp3rPerEth).to.equal(POOL_QUOTE);
      await expect(helper.workRate(0)).not.to.emit(helper, "BootstrapEnd");
    });

    it("goes on while the pair isn't listed, however long its history", async () => {
      const { helper, oracle, pair } = await loadFixture(deployHelperWorld);
      await observe(oracle, pair, 48);
      await oracle.removePair(pair);
      expect(await quoteOf(helper)).to.equal(BOOTSTRAP_QUOTE);
      expect(await helper.bootstrapped()).to.equal(false);
    });

    it("goes on while the oracle has the history but no answer: a pair that is thin", async () => {
      const world = await loadFixture(deployHelperWorld);
      const { helper, oracle, pair } = world;
      await helper.setQuoteLifetime(0);
      await observe(oracle, pair, 48);
      await makeThin(world);
      await expect(helper.workRate(0)).not.to.emit(helper, "BootstrapEnd");
      expect((await helper.cachedQuote()).kp3rPerEth).to.equal(BOOTSTRAP_QUOTE);
      expect(await helper.bootstrapped()).to.equal(false);
      await makeDeep(world);
      await expect(helper.workRate(0)).to.emit(helper, "BootstrapEnd").withArgs(POOL_QUOTE);
    });

    it("ends after a day in which nobody observed the pair, too", async () => {
      const { helper, oracle, pair } = await loadFixture(deployHelperWorld);
      const [listedAt] = await oracle.observationAt(pair, 0);
      await time.setNextBlockTimestamp(listedAt + BigInt(DAY));
      await expect(helper.workRate(0)).to.emit(helper, "BootstrapEnd").withArgs(POOL_QUOTE);
    });

    it("follows a change of governance's quote", async () => {
      const { helper } = await loadFixture(deployHelperWorld);
      expect(await quoteOf(helper)).to.equal(BOOTSTRAP_QUOTE);
      await helper.setBootstrapKp3rPerEth(3n * WAD);
      expect(await quoteOf(helper)).to.equal(3n * WAD);
    });

    it("never comes back", async () => {
      const { helper, oracle, pair } = await loadFixture(deployBootstrappedWorld);
      await helper.setQuoteLifetime(0);
      const { quotedAt } = await helper.cachedQuote();
      await oracle.removePair(pair);
      expect(await quoteOf(helper)).to.equal(POOL_QUOTE);
      await time.increase(DAY);
      await expect(helper.workRate(0)).to.be.revertedWithCustomError(helper, "StaleQuote").withArgs(quotedAt, DAY);
      expect(await helper.bootstrapped()).to.equal(true);
      await oracle.addPair(pair);
      await observe(oracle, pair, 9);
      expect(await quoteOf(helper)).to.equal(POOL_QUOTE);
    });
  });

  describe("a mean price that can't be used", () => {
    for (const [title, averageX112] of [
      ["none at all", 0n],
      ["KP3R worth nearly nothing: 2^112 of it, in wei, for an ETH", WAD],
      ["KP3R worth more than 10^18 ETH", WAD * Q112 + 1n],
    ] as const) {
      it(`counts as no answer: ${title}`, async () => {
        const { oracle, helper } = await loadFixture(deployMeanPriceWorld);
        await oracle.setAverage(averageX112);
        expect(await quoteOf(helper)).to.equal(BOOTSTRAP_QUOTE);
        expect(await helper.bootstrapped()).to.equal(false);

        // As any failure, once there was an answer
        await oracle.setAverage(2n * Q112);
        expect(await quoteOf(helper)).to.equal(WAD / 2n);
        await oracle.setAverage(averageX112);
        expect(await quoteOf(helper)).to.equal(WAD / 2n);
      });
    }

    for (const [title, averageX112, quote] of [
      ["just enough", WAD + 1n, (WAD * Q112) / (WAD + 1n)],
      ["just not too much", WAD * Q112, 1n],
    ] as const) {
      it(`can be used where KP3R is worth ${title}`, async () => {
        const { oracle, helper } = await loadFixture(deployMeanPriceWorld);
        await oracle.setAverage(averageX112);
        expect(await quoteOf(helper)).to.equal(quote);
        expect(await helper.bootstrapped()).to.equal(true);
      });
    }
  });

  describe("the fast gas feed", () => {
    it("isn't asked when there is none", async () => {
      const world = await loadFixture(deployBootstrappedWorld);
      expect(await gasPriceOf(world)).to.equal(21n * GWEI);
    });

    it("is Chainlink's: wei per gas", async () => {
      const world = await loadFixture(deployFeedWorld);
      await world.feed.updateAnswer(33n * GWEI);
      expect(await gasPriceOf(world)).to.equal(33n * GWEI);
      expect((await world.helper.cachedQuote()).fastGas).to.equal(33n * GWEI);
    });

    it("is passed over when its answer is too old or of the future", async () => {
      const world = await loadFixture(deployFeedWorld);
      const { helper, feed } = world;
      await helper.setQuoteLifetime(0);
      for (const [age, paid] of [
        [3 * HOUR, 33n],
        [3 * HOUR + 1, 21n],
        [0, 33n],
        [-1, 21n],
        [-HOUR, 21n],
      ] as const) {
        const timestamp = (await time.latest()) + 10;
        await feed.updateRoundData(7, 33n * GWEI, timestamp - age, timestamp - age);
        const { answer } = await ask(world, "workRate", [0], { ...CIRCUMSTANCES, timestamp });
        expect(answer[0], `age ${age}`).to.equal(paid * GWEI * MIN_BOOST * POOL_QUOTE);
      }
    });

    it("is passed over when its answer isn't positive, and saturates when it is huge", async () => {
      const world = await loadFixture(deployFeedWorld);
      const { helper, feed } = world;
      await helper.setQuoteLifetime(0);
      for (const [answer, cached] of [
        [0n, 0n],
        [-1n, 0n],
        [-(2n ** 255n), 0n],
        [1n, 1n],
        [2n ** 64n - 1n, 2n ** 64n - 1n],
        [2n ** 64n, 2n ** 64n - 1n],
        [2n ** 255n - 1n, 2n ** 64n - 1n],
      ] as const) {
        await feed.updateAnswer(answer);
        expect(await gasPriceOf(world)).to.equal(cached < 21n * GWEI ? 21n * GWEI : 41n * GWEI);
        expect((await helper.cachedQuote()).fastGas).to.equal(cached);
      }
    });

    it("is passed over when its code is gone", async () => {
      const world = await loadFixture(deployFeedWorld);
      await setCode(await world.feed.getAddress(), "0x");
      expect(await gasPriceOf(world)).to.equal(21n * GWEI);
    });

    for (const [manner, paid] of [
      ["reverts", 21n],
      ["answersTooLittle", 21n],
      ["returnsMuch", 30n],
      ["revertsWithMuch", 21n],
      ["burnsGas", 21n],
    ] as const) {
      it(`can't stop a payment, nor make it cost without bounds: ${manner}`, async () => {
        const world = await loadFixture(deployBootstrappedWorld);
        const feed = await ethers.deployContract("FastGasFeed__Mock", [MANNERS[manner]]);
        await world.helper.setFastGasFeed(feed, HOUR);
        const { answer, gasUsed } = await ask(world, "workRate", [0], CIRCUMSTANCES);
        expect(answer[0]).to.equal(paid * GWEI * MIN_BOOST * POOL_QUOTE);
        expect(gasUsed).to.be.lessThan(100_000 + 60_000);
      });
    }
  });

  describe("too little gas", () => {
    it("makes neither the oracle nor the feed fail: a payment is the same or none", async () => {
      const world = await loadFixture(deployFeedWorld);
      const { helper, feed } = world;
      await feed.updateAnswer(33n * GWEI);
      await time.increase(HOUR);
      const { cachedQuote } = helper;
      const [before, outcomes] = [await cachedQuote(), new Set<string>()];
      for (let gasLimit = 40_000; gasLimit <= 400_000; gasLimit += gasLimit < 160_000 ? 1_000 : 20_000) {
        const snapshot = await takeSnapshot();
        const payment = await askFirst(world, "workRate", [0], { ...CIRCUMSTANCES, gasLimit }).catch(() => "none");
        outcomes.add(payment.toString());
        if (payment === "none") expect(await cachedQuote()).to.deep.equal(before);
        await snapshot.restore();
      }
      expect([...outcomes]).to.have.members(["none", (33n * GWEI * MIN_BOOST * POOL_QUOTE).toString()]);
    });

    it("doesn't put off the end of the bootstrap", async () => {
      const world = await loadFixture(deployHelperWorld);
      await observe(world.oracle, world.pair, 48);
      const outcomes = new Set<string>();
      for (let gasLimit = 40_000; gasLimit <= 400_000; gasLimit += gasLimit < 160_000 ? 1_000 : 20_000) {
        const snapshot = await takeSnapshot();
        const payment = await askFirst(world, "workRate", [0], { ...CIRCUMSTANCES, gasLimit }).catch(() => "none");
        outcomes.add(payment.toString());
        await snapshot.restore();
      }
      expect([...outcomes]).to.have.members(["none", (21n * GWEI * MIN_BOOST * POOL_QUOTE).toString()]);
    });

    it("reverts when the oracle fails, for it might be for want of gas", async () => {
      const world = await loadFixture(deployBootstrappedWorld);
      const { helper, oracle, pair } = world;
      await oracle.removePair(pair);
      await time.increase(HOUR);
      await expect(ask(world, "workRate", [0], { gasLimit: 150_000 }))
        .to.be.revertedWithCustomError(helper, "QuoteOutOfGas")
        .withArgs((given: bigint) => given < ORACLE_GAS_NEEDED, ORACLE_GAS_NEEDED);
      await ask(world, "workRate", [0], { gasLimit: 250_000 });
    });

    it("reverts when the feed fails, for it might be for want of gas", async () => {
      const world = await loadFixture(deployBootstrappedWorld);
      const { helper } = world;
      const feed = await ethers.deployContract("FastGasFeed__Mock", [MANNERS.reverts]);
      await helper.setFastGasFeed(feed, HOUR);
      await expect(ask(world, "workRate", [0], { gasLimit: 100_000 }))
        .to.be.revertedWithCustomError(helper, "QuoteOutOfGas")
        .withArgs((given: bigint) => given < FEED_GAS_NEEDED, FEED_GAS_NEEDED);
      await ask(world, "workRate", [0], { gasLimit: 250_000 });
    });

    it("needs no gas for a feed that there isn't", async () => {
      const world = await loadFixture(deployHelperWorld);
      await ask(world, "workRate", [0], { gasLimit: 110_000 });
      expect((await world.helper.cachedQuote()).quotedAt).to.equal(await time.latest());
    });
  });
});
