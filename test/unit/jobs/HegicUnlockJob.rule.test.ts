import { DAY, MINUTE, WAD } from "@keep3r-network/sdk";
import { setBalance, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import {
  BITCOIN_IN_WEI,
  buy,
  buyAndWait,
  COST,
  deployHegicWbtcWorld,
  deployHegicWorld,
  HEGIC_VECTORS,
  type HegicWorld,
  IN_ETHER,
  MAX_OPTIONS,
  parse,
  PROVIDED,
  SATOSHIS,
  UNLOCK_GAS,
  valueOf,
} from "#support/worlds/hegic";

/** A period whose square root is 500: the premium's rate equals the implied volatility. */
const PERIOD = 250_000;

describe("HegicUnlockJob: the rule", () => {
  describe("constructor", () => {
    it("takes the pool from the options, and starts from the defaults", async () => {
      const { unlockJob, options, pool } = await loadFixture(deployHegicWorld);
      expect(await unlockJob.options()).to.equal(await options.getAddress());
      expect(await unlockJob.pool()).to.equal(await pool.getAddress());
      expect(await unlockJob.feed()).to.equal(ethers.ZeroAddress);
      expect(await unlockJob.feedMaxAge()).to.equal(0);
      expect(await unlockJob.tokenUnit()).to.equal(WAD);
      expect(await unlockJob.unlockGasCost()).to.equal(UNLOCK_GAS);
      expect(await unlockJob.unlockValueMultiplier()).to.equal(10);
      expect(await unlockJob.tokenReward()).to.deep.equal([ethers.ZeroAddress, 0n]);
      expect(await unlockJob.MAX_OPTIONS()).to.equal(MAX_OPTIONS);
    });

    it("refuses options without code", async () => {
      const { keep3r, jobOwner, stranger, unlockJob } = await loadFixture(deployHegicWorld);
      await expect(ethers.deployContract("HegicUnlockJob", [keep3r, jobOwner, stranger, ...IN_ETHER]))
        .to.be.revertedWithCustomError(unlockJob, "WithoutCode")
        .withArgs(stranger.address);
    });

    it("refuses a feed that doesn't answer in wei", async () => {
      const { keep3r, jobOwner, options, etherPrice, unlockJob } = await loadFixture(deployHegicWorld);
      await expect(ethers.deployContract("HegicUnlockJob", [keep3r, jobOwner, options, etherPrice, 8, DAY]))
        .to.be.revertedWithCustomError(unlockJob, "FeedNotInEther")
        .withArgs(8);
    });

    for (const { what, inEther, decimals, maxAge, args } of [
      { what: "decimals other than ether's", inEther: true, decimals: 8, maxAge: 0, args: [8, 18, 18] },
      { what: "an age without a feed", inEther: true, decimals: 18, maxAge: 1, args: [1, 0, 0] },
      { what: "more decimals than ether's", inEther: false, decimals: 19, maxAge: DAY, args: [19, 0, 18] },
      {
        what: "less than 10 minutes of age",
        inEther: false,
        decimals: 8,
        maxAge: 10 * MINUTE - 1,
        args: [10 * MINUTE - 1, 10 * MINUTE, 7 * DAY],
      },
      {
        what: "more than 7 days of age",
        inEther: false,
        decimals: 8,
        maxAge: 7 * DAY + 1,
        args: [7 * DAY + 1, 10 * MINUTE, 7 * DAY],
      },
    ]) {
      it(`refuses ${what}`, async () => {
        const { keep3r, jobOwner, options, feed, unlockJob } = await loadFixture(deployHegicWbtcWorld);
        const from = inEther ? ethers.ZeroAddress : feed;
        await expect(ethers.deployContract("HegicUnlockJob", [keep3r, jobOwner, options, from, decimals, maxAge]))
          .to.be.revertedWithCustomError(unlockJob, "ParameterOutOfBounds")
          .withArgs(...args);
      });
    }
  });

  describe("callCost", () => {
    for (const { n, cost } of HEGIC_VECTORS[
      "cost at 18 gwei, boost 1.1, KP3R:ETH 1:1, 175000 gas an option, no extra gas"
    ]) {
      it(`is ${cost} wei for ${n} at 18 gwei and a boost of 1.1`, async () => {
        const { unlockJob, keeper } = await loadFixture(deployHegicWorld);
        expect(await unlockJob.callCost(keeper, n)).to.equal(parse(cost));
      });
    }

    it("grows with the keeper's boost", async () => {
      const { keep3r, kp3r, unlockJob, other, stranger } = await loadFixture(deployHegicWorld);
      await activateKeeper(keep3r, other, kp3r, 200n * WAD);
      expect(await unlockJob.callCost(other, 1)).to.equal((COST * 12n) / 11n);
      expect(await unlockJob.callCost(stranger, 1)).to.equal(COST);
    });

    it("is rounded up for each option", async () => {
      const { unlockJob, helper, keeper, jobOwner } = await loadFixture(deployHegicWorld);
      await unlockJob.connect(jobOwner).setUnlockGasCost(20_001);
      await helper.setGasPrice(1);
      expect(await unlockJob.callCost(keeper, 1)).to.equal(22_002);
      expect(await unlockJob.callCost(keeper, 3)).to.equal(3 * 22_002);
    });

    it("is converted to the pool's token, and rounded up", async () => {
      const { wbtcJob, feed, keeper } = await loadFixture(deployHegicWbtcWorld);
      const exact = (COST * SATOSHIS) / BITCOIN_IN_WEI;
      expect(await wbtcJob.callCost(keeper, 1)).to.equal(exact);
      expect(await wbtcJob.callCost(keeper, 7)).to.equal(7n * exact);

      await feed.updateAnswer(BITCOIN_IN_WEI - 1n);
      expect(await wbtcJob.callCost(keeper, 1)).to.equal(exact + 1n);
      await feed.updateAnswer(ethers.MaxInt256);
      expect(await wbtcJob.callCost(keeper, 1)).to.equal(1);
    });

    it("refuses an answer that isn't positive", async () => {
      const { wbtcJob, feed, keeper } = await loadFixture(deployHegicWbtcWorld);
      for (const answer of [0n, -1n]) {
        await feed.updateAnswer(answer);
        await expect(wbtcJob.callCost(keeper, 1))
          .to.be.revertedWithCustomError(wbtcJob, "FeedUnusable")
          .withArgs(answer, await time.latest());
      }
    });

    it("refuses an answer from the future", async () => {
      const { wbtcJob, feed, keeper } = await loadFixture(deployHegicWbtcWorld);
      const later = (await time.latest()) + 1000;
      await feed.updateRoundData(2, BITCOIN_IN_WEI, later, later);
      await expect(wbtcJob.callCost(keeper, 1))
        .to.be.revertedWithCustomError(wbtcJob, "FeedUnusable")
        .withArgs(BITCOIN_IN_WEI, later);
    });

    it("refuses an answer that is a second too old", async () => {
      const { wbtcJob, feed, keeper } = await loadFixture(deployHegicWbtcWorld);
      const updatedAt = await feed.latestTimestamp();
      await time.increaseTo(updatedAt + BigInt(DAY));
      expect(await wbtcJob.callCost(keeper, 1)).to.be.greaterThan(0);
      await time.increaseTo(updatedAt + BigInt(DAY) + 1n);
      await expect(wbtcJob.callCost(keeper, 1))
        .to.be.revertedWithCustomError(wbtcJob, "FeedUnusable")
        .withArgs(BITCOIN_IN_WEI, updatedAt);
    });
  });

  describe("poolUsage", () => {
    for (const { available, total, usage } of HEGIC_VECTORS["usage = 100 - available * 100 / total"]) {
      it(`is ${usage} with ${available} of ${total} available`, async () => {
        const world = await loadFixture(deployHegicWorld);
        const { unlockJob, pool } = await poolWith(world, BigInt(available), BigInt(total));
        expect(await pool.availableBalance()).to.equal(available);
        expect(await pool.totalBalance()).to.equal(total);
        expect(await unlockJob.poolUsage()).to.equal(usage);
      });
    }
  });

  describe("weigh", () => {
    for (const { usage, value, weighted } of HEGIC_VECTORS.rows) {
      it(`makes ${weighted} of a value of ${value} at a usage of ${usage}`, async () => {
        const { unlockJob } = await loadFixture(deployHegicWorld);
        expect(await unlockJob.weigh(10n * parse(value), usage)).to.equal(parse(weighted));
      });
    }

    for (const { total, value, weightedAtUsage34 } of HEGIC_VECTORS["value = total * 10 / 100"]) {
      it(`makes ${value} of ${total} at full usage, and ${weightedAtUsage34} at 34`, async () => {
        const { unlockJob } = await loadFixture(deployHegicWorld);
        expect(await unlockJob.weigh(parse(total), 80)).to.equal(parse(value));
        expect(await unlockJob.weigh(parse(total), 34)).to.equal(parse(weightedAtUsage34));
      });
    }

    it("takes a usage above 80 for 80", async () => {
      const { unlockJob } = await loadFixture(deployHegicWorld);
      for (const usage of [81n, 100n, ethers.MaxUint256]) {
        expect(await unlockJob.weigh(100n * WAD, usage)).to.equal(10n * WAD);
      }
    });

    it("rounds down at each step, as the original did", async () => {
      const { unlockJob } = await loadFixture(deployHegicWorld);
      expect(await unlockJob.weigh(19, 80)).to.equal(1);
      expect(await unlockJob.weigh(19, 79)).to.equal(0);
      expect(await unlockJob.weigh(ethers.MaxUint256, 80)).to.equal(ethers.MaxUint256 / 10n);
    });
  });

  describe("weightedUnlockValue", () => {
    it("is that of locked amounts and premiums: 122.1 ether at a usage of 34", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, pool, provider } = world;
      await pool.connect(provider).provide(263n * WAD, { value: 263n * WAD });
      // 120 ether with a premium of 1.75 %
      await options.setImpliedVolRate(3500);
      const ids = [await buy(world, options, 70n * WAD, { period: PERIOD })];
      ids.push(await buy(world, options, 50n * WAD, { period: PERIOD }));
      await time.increase(PERIOD + 1);

      const [{ total, weightedAtUsage34 } = { total: "", weightedAtUsage34: "" }] =
        HEGIC_VECTORS["value = total * 10 / 100"];
      expect(await valueOf(options, ids)).to.equal(parse(total));
      expect(await unlockJob.poolUsage()).to.equal(34);
      expect(await unlockJob.weightedUnlockValue(ids)).to.equal(parse(weightedAtUsage34));
    });

    it("counts a pool beyond 80 % as one at 80 %", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, pool, provider } = world;
      const ids = [await buy(world, options, 80n * WAD, { period: 20 * DAY })];
      const value = (await valueOf(options, ids)) / 10n;
      await time.increase(20 * DAY + 1);
      expect(await unlockJob.poolUsage()).to.equal(80);
      expect(await unlockJob.weightedUnlockValue(ids)).to.equal(value);

      await pool.connect(provider).withdraw(20n * WAD);

      expect(await unlockJob.poolUsage()).to.equal(100);
      expect(await unlockJob.weightedUnlockValue(ids)).to.equal(value);
    });

    it("refuses a list that is empty or too long", async () => {
      const { unlockJob } = await loadFixture(deployHegicWorld);
      for (const count of [0, 51]) {
        const ids = Array.from({ length: count }, (_, id) => id);
        await expect(unlockJob.weightedUnlockValue(ids))
          .to.be.revertedWithCustomError(unlockJob, "ListOutOfBounds")
          .withArgs(count, MAX_OPTIONS);
      }
    });
  });

  describe("checkUnlock and unlockable", () => {
    it("hold to the wei of the list's cost", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper, helper, jobOwner } = world;
      const ids = await buyAndWait(world, options, [WAD]);
      const value = await unlockJob.weightedUnlockValue(ids);
      // A unit of boost and gas costs a wei
      await unlockJob.connect(jobOwner).setUnlockGasCost(100_000);
      const gasPrice = value / 110_000n;
      await helper.setGasPrice(gasPrice);
      const ask = unlockJob.connect(keeper);
      expect(await ask.unlockable(ids)).to.be.true;
      expect(await ask.checkUnlock(keeper, ids)).to.equal(await valueOf(options, ids));

      await helper.setGasPrice(gasPrice + 1n);
      expect(await ask.unlockable(ids)).to.be.false;
      await expect(ask.checkUnlock(keeper, ids))
        .to.be.revertedWithCustomError(unlockJob, "CostAboveValue")
        .withArgs(110_000n * (gasPrice + 1n), value);
    });

    it("say no to a list with an option that is twice there, not Active, not over or not there", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper } = world;
      const [first = 0n, second = 0n, third = 0n] = await buyAndWait(world, options, [WAD, WAD, WAD]);
      const fresh = await buy(world, options, WAD);
      await options.unlock(third);
      const { expiration } = await options.options(fresh);
      const refusals: [bigint[], string, unknown[]][] = [
        [[first, first], "IdsNotAscending", [first, first]],
        [[second, first], "IdsNotAscending", [second, first]],
        [[first, third], "OptionNotActive", [third]],
        [[first, fresh], "OptionNotExpired", [fresh, expiration]],
        [[first, fresh + 1n], "OptionUnknown", [fresh + 1n]],
      ];

      for (const [ids, error, args] of refusals) {
        await expect(unlockJob.checkUnlock(keeper, ids))
          .to.be.revertedWithCustomError(unlockJob, error)
          .withArgs(...args);
        expect(await unlockJob.connect(keeper).unlockable(ids)).to.be.false;
      }
      expect(await unlockJob.connect(keeper).unlockable([first, second])).to.be.true;
    });

    it("say no while the feed has no usable answer", async () => {
      const world = await loadFixture(deployHegicWbtcWorld);
      const { wbtcJob, wbtcOptions, keeper } = world;
      const ids = await buyAndWait(world, wbtcOptions, [SATOSHIS]);
      expect(await wbtcJob.connect(keeper).unlockable(ids)).to.be.false;
      await world.feed.updateAnswer(BITCOIN_IN_WEI);
      expect(await wbtcJob.connect(keeper).unlockable(ids)).to.be.true;
    });
  });

  describe("terms", () => {
    it("are the figures that the rule goes by", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper } = world;
      await buy(world, options, 25n * WAD);
      expect(await unlockJob.terms(keeper)).to.deep.equal([25n, 10n, COST, MAX_OPTIONS]);
    });

    it("allow a list as long as the job can pay tokens for", async () => {
      const { unlockJob, keep3r, keeper, jobOwner, token } = await loadFixture(deployHegicWorld);
      await unlockJob.connect(jobOwner).setTokenReward(token, WAD);
      const longest = async () => (await unlockJob.terms(keeper)).maxOptions;
      expect(await longest()).to.equal(0);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(unlockJob, token, 3n * WAD);
      expect(await longest()).to.equal(2);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(unlockJob, token, 100n * WAD);
      expect(await longest()).to.equal(MAX_OPTIONS);
    });
  });

  describe("parameters", () => {
    it("are the owner's", async () => {
      const { unlockJob, stranger, token } = await loadFixture(deployHegicWorld);
      const asStranger = unlockJob.connect(stranger);
      for (const call of [
        () => asStranger.setUnlockGasCost(100_000),
        () => asStranger.setUnlockValueMultiplier(20),
        () => asStranger.setTokenReward(token, 1),
      ]) {
        await expect(call())
          .to.be.revertedWithCustomError(unlockJob, "OwnableUnauthorizedAccount")
          .withArgs(stranger.address);
      }
    });

    for (const { setter, name, lowest, highest } of [
      { setter: "setUnlockGasCost", name: "unlockGasCost", lowest: 20_000, highest: 1_000_000 },
      { setter: "setUnlockValueMultiplier", name: "unlockValueMultiplier", lowest: 1, highest: 99 },
    ] as const) {
      it(`${setter}: from ${lowest} to ${highest}`, async () => {
        const { unlockJob, jobOwner } = await loadFixture(deployHegicWorld);
        const asOwner = unlockJob.connect(jobOwner);
        for (const value of [lowest - 1, highest + 1]) {
          await expect(asOwner[setter](value))
            .to.be.revertedWithCustomError(unlockJob, "ParameterOutOfBounds")
            .withArgs(value, lowest, highest);
        }
        const event = setter === "setUnlockGasCost" ? "UnlockGasCostChange" : "UnlockValueMultiplierChange";
        for (const value of [lowest, highest]) {
          await expect(asOwner[setter](value)).to.emit(unlockJob, event).withArgs(value);
          expect(await unlockJob[name]()).to.equal(value);
        }
      });
    }

    it("setTokenReward: a token and an amount, or neither", async () => {
      const { unlockJob, jobOwner, token } = await loadFixture(deployHegicWorld);
      const asOwner = unlockJob.connect(jobOwner);
      for (const [reward, amount] of [
        [await token.getAddress(), 0n],
        [ethers.ZeroAddress, 1n],
      ] as const) {
        await expect(asOwner.setTokenReward(reward, amount))
          .to.be.revertedWithCustomError(unlockJob, "RewardIncomplete")
          .withArgs(reward, amount);
      }
      for (const [reward, amount] of [
        [await token.getAddress(), WAD],
        [ethers.ZeroAddress, 0n],
      ] as const) {
        await expect(asOwner.setTokenReward(reward, amount))
          .to.emit(unlockJob, "TokenRewardChange")
          .withArgs(reward, amount);
        expect(await unlockJob.tokenReward()).to.deep.equal([reward, amount]);
      }
    });

    it("decide what a list may cost", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper, jobOwner } = world;
      const ids = await buyAndWait(world, options, [WAD]);
      await unlockJob.connect(jobOwner).setUnlockValueMultiplier(20);
      await unlockJob.connect(jobOwner).setUnlockGasCost(2n * UNLOCK_GAS);
      expect(await unlockJob.callCost(keeper, 1)).to.equal(2n * COST);
      const total = await valueOf(options, ids);
      expect(await unlockJob.weightedUnlockValue(ids)).to.equal(((total / 5n) * 1n) / 80n);
    });
  });
});

/** A job for another pool, with an option over all that isn't available. */
async function poolWith(world: HegicWorld, available: bigint, total: bigint) {
  const { keep3r, jobOwner, etherPrice, staker, provider, buyer } = world;
  const options = await ethers.deployContract("HegicOptions__Mock", [ethers.ZeroAddress, etherPrice, staker]);
  const pool = await ethers.getContractAt("HegicPool__Mock", await options.pool());
  const unlockJob = await ethers.deployContract("HegicUnlockJob", [keep3r, jobOwner, options, ...IN_ETHER]);
  const locked = total - available;
  if (total === 0n) return { unlockJob, pool };

  // The pool writes options up to a usage of 80 %; for a higher one, capital is withdrawn after the lock-up
  const provided = locked * 10n > total * 8n ? (locked * 10n + 7n) / 8n : total;
  for (const account of [provider, buyer]) await setBalance(account.address, provided + PROVIDED);
  await pool.connect(provider).provide(provided, { value: provided });
  await buy({ buyer }, options, locked, { period: 28 * DAY });
  await time.increase(14 * DAY);
  if (provided > total) await pool.connect(provider).withdraw(provided - total);
  return { unlockJob, pool };
}
