import { BPS, DAY, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { anyValue } from "@nomicfoundation/hardhat-chai-matchers/withArgs";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { MAX_POOL_SHARE } from "#model/rebalance";
import { itIsForTheOwnerOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { Q112 } from "#support/worlds/oracle";
import {
  COOLDOWN,
  deployDriftedWorld,
  deployRebalanceWorld,
  fill,
  MAX_DEVIATION,
  meanPrice,
} from "#support/worlds/rebalance";
import { sell } from "#support/worlds/uniswap";
import type { RebalanceJob } from "#typechain";

/** A weight. */
const percent = (value: number) => (BigInt(value) * WAD) / 100n;

/** The terms by name. */
async function termsOf(job: RebalanceJob) {
  const { band, maxDeviation, maxSlippage, maxPoolShare, cooldown, twapWindow, minTrade } = await job.terms();
  return { band, maxDeviation, maxSlippage, maxPoolShare, cooldown, twapWindow, minTrade };
}

const HOURS = BigInt(HOUR);

describe("RebalanceJob", () => {
  describe("constructor", () => {
    it("refuses a price source without code", async () => {
      const { keep3r, jobOwner, vault, pair, stranger, rebalance } = await loadFixture(deployRebalanceWorld);
      await expect(ethers.deployContract("RebalanceJob", [keep3r, jobOwner, vault, pair, stranger, 1]))
        .to.be.revertedWithCustomError(rebalance, "WithoutCode")
        .withArgs(stranger.address);
    });

    it("refuses a pair of other tokens than the vault's, or in another order", async () => {
      const { keep3r, jobOwner, vault, oracle, token, token0, token1, rebalance } =
        await loadFixture(deployRebalanceWorld);
      const refused = async (
        first: typeof token,
        second: typeof token,
        ofVault: typeof token,
        ofPair: typeof token,
      ) => {
        const pair = await ethers.deployContract("UniswapV2Pair__Mock", [first, second]);
        await expect(ethers.deployContract("RebalanceJob", [keep3r, jobOwner, vault, pair, oracle, 1]))
          .to.be.revertedWithCustomError(rebalance, "AnotherToken")
          .withArgs(await ofVault.getAddress(), await ofPair.getAddress());
      };
      await refused(token1, token0, token0, token1);
      await refused(token0, token, token1, token);
    });

    it("refuses to trade for nothing", async () => {
      const { keep3r, jobOwner, vault, pair, oracle, rebalance } = await loadFixture(deployRebalanceWorld);
      await expect(ethers.deployContract("RebalanceJob", [keep3r, jobOwner, vault, pair, oracle, 0]))
        .to.be.revertedWithCustomError(rebalance, "ParameterOutOfBounds")
        .withArgs(0, 1, 2n ** 128n - 1n);
    });

    it("registers the job, offers it to its owner, and starts from the default terms", async () => {
      const { keep3r, jobOwner, vault, pair, oracle, rebalance, minTrade } = await loadFixture(deployRebalanceWorld);
      expect(await keep3r.jobOwner(rebalance)).to.equal(await rebalance.getAddress());
      expect(await keep3r.jobPendingOwner(rebalance)).to.equal(jobOwner.address);
      expect(await rebalance.owner()).to.equal(jobOwner.address);
      expect(await rebalance.vault()).to.equal(await vault.getAddress());
      expect(await rebalance.pair()).to.equal(await pair.getAddress());
      expect(await rebalance.source()).to.equal(await oracle.getAddress());
      expect(await rebalance.rebalancedAt()).to.equal(0);
      expect(await rebalance.terms()).to.deep.equal([500n, 200n, 200n, 25n, HOURS, 4n * HOURS, minTrade]);
    });
  });

  describe("terms", () => {
    const TERMS = [
      { setter: "setBand", event: "BandChange", term: "band", min: 100n, max: 5_000n },
      { setter: "setMaxDeviation", event: "MaxDeviationChange", term: "maxDeviation", min: 10n, max: 1_000n },
      { setter: "setMaxSlippage", event: "MaxSlippageChange", term: "maxSlippage", min: 10n, max: 1_000n },
      { setter: "setMaxPoolShare", event: "MaxPoolShareChange", term: "maxPoolShare", min: 1n, max: 1_000n },
      {
        setter: "setCooldown",
        event: "CooldownChange",
        term: "cooldown",
        min: BigInt(10 * MINUTE),
        max: BigInt(30 * DAY),
      },
      { setter: "setTwapWindow", event: "TwapWindowChange", term: "twapWindow", min: HOURS, max: BigInt(DAY) },
      { setter: "setMinTrade", event: "MinTradeChange", term: "minTrade", min: 1n, max: 2n ** 128n - 1n },
    ] as const;

    for (const { setter, event, term, min, max } of TERMS) {
      describe(setter, () => {
        itIsForTheOwnerOnly(deployRebalanceWorld, ({ rebalance, stranger }) =>
          rebalance.connect(stranger)[setter](min),
        );

        it(`refuses less than ${min} and more than ${max}`, async () => {
          const { rebalance, jobOwner } = await loadFixture(deployRebalanceWorld);
          for (const value of [min - 1n, max + 1n]) {
            await expect(rebalance.connect(jobOwner)[setter](value))
              .to.be.revertedWithCustomError(rebalance, "ParameterOutOfBounds")
              .withArgs(value, min, max);
          }
        });

        it("changes the one term", async () => {
          const { rebalance, jobOwner } = await loadFixture(deployRebalanceWorld);
          const before = await termsOf(rebalance);
          for (const value of [min, max]) {
            await expect(rebalance.connect(jobOwner)[setter](value)).to.emit(rebalance, event).withArgs(value);
            expect(await termsOf(rebalance)).to.deep.equal({ ...before, [term]: value });
          }
        });
      });
    }
  });

  describe("plan", () => {
    it("refuses until the cool-down is over", async () => {
      const { rebalance, keeper } = await loadFixture(deployDriftedWorld);
      await rebalance.connect(keeper).work("0x");
      const until = (await rebalance.rebalancedAt()) + BigInt(COOLDOWN);

      await time.increaseTo(until - 1n);
      await expect(rebalance.plan()).to.be.revertedWithCustomError(rebalance, "CoolingDown").withArgs(until);
      await time.increaseTo(until);
      await expect(rebalance.plan()).to.be.revertedWithCustomError(rebalance, "WithinBand");
    });

    it("refuses as the price source does: without history, or when it is stale", async () => {
      const { rebalance, oracle, jobOwner, pair } = await loadFixture(deployDriftedWorld);
      await rebalance.connect(jobOwner).setTwapWindow(DAY);
      await expect(rebalance.plan())
        .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
        .withArgs(await pair.getAddress(), DAY, anyValue);

      await rebalance.connect(jobOwner).setTwapWindow(HOUR);
      await time.increase(2 * HOUR + 1);
      await expect(rebalance.plan())
        .to.be.revertedWithCustomError(oracle, "StalePrice")
        .withArgs(await pair.getAddress(), anyValue, 2 * HOUR);
    });

    it("refuses a target weight above 100 %", async () => {
      const { rebalance, vault, jobOwner } = await loadFixture(deployDriftedWorld);
      await vault.connect(jobOwner).setTargetWeight(BPS + 1n);
      await expect(rebalance.plan())
        .to.be.revertedWithCustomError(rebalance, "TargetWeightTooHigh")
        .withArgs(BPS + 1n);
    });

    it("refuses an empty vault, also one whose dust is worth nothing", async () => {
      const { rebalance, vault, token0 } = await loadFixture(deployRebalanceWorld);
      await expect(rebalance.plan()).to.be.revertedWithCustomError(rebalance, "VaultEmpty").withArgs();
      await token0.mint(vault, 7);
      await expect(rebalance.plan()).to.be.revertedWithCustomError(rebalance, "VaultEmpty").withArgs();
    });

    it("refuses while the weight is within the band, whose edges belong to it", async () => {
      const world = await loadFixture(deployRebalanceWorld);
      const { rebalance, token0, token1, vault, jobOwner } = world;
      const withinBand = (weight: bigint, target: bigint) =>
        expect(rebalance.plan()).to.be.revertedWithCustomError(rebalance, "WithinBand").withArgs(weight, target);
      await fill(world, 88n, 9n);
      await withinBand(percent(55), percent(50));
      await token0.mint(vault, 1000);
      expect((await rebalance.plan()).tokenIn).to.equal(await token0.getAddress());

      await vault.connect(jobOwner).setTargetWeight(6_000);
      await withinBand(percent(55) + 2n, percent(60));
      await token1.mint(vault, 1000);
      expect((await rebalance.plan()).tokenIn).to.equal(await token1.getAddress());
    });

    it("refuses a pool that has left the mean price, in either direction", async () => {
      const world = await loadFixture(deployDriftedWorld);
      const { rebalance, pair, token0, token1 } = world;
      const price = await meanPrice(world);
      const refused = async () => {
        const [reserve0, reserve1] = await pair.getReserves();
        const expected = (reserve0 * price) / Q112;
        const distance = reserve1 > expected ? reserve1 - expected : expected - reserve1;
        expect(distance * BPS).to.be.greaterThan(expected * MAX_DEVIATION);
        // The mean moves a little from one block to the next
        const near = (value: bigint) => value > expected - WAD && value < expected + WAD;
        await expect(rebalance.plan())
          .to.be.revertedWithCustomError(rebalance, "PoolDeviates")
          .withArgs(reserve1, near);
      };
      await sell(pair, token0, 170n * WAD);
      await refused();
      await sell(pair, token1, 45n * WAD);
      await refused();
    });

    it("refuses a trade that isn't worth the gas since the vault is small", async () => {
      const world = await loadFixture(deployRebalanceWorld);
      const { rebalance, jobOwner } = world;
      await fill(world, 1n, 0n);
      await rebalance.connect(jobOwner).setMinTrade(WAD / 16n);
      expect((await rebalance.plan()).amountIn).to.equal(WAD / 2n);

      await rebalance.connect(jobOwner).setMinTrade(WAD / 16n + 1n);
      await expect(rebalance.plan())
        .to.be.revertedWithCustomError(rebalance, "TradeTooSmall")
        .withArgs(WAD / 16n, WAD / 16n + 1n);
    });

    it("refuses a trade that isn't worth the gas since the pool is drained", async () => {
      const { rebalance, pair, governance, minTrade } = await loadFixture(deployDriftedWorld);
      await pair.transfer(pair, ((await pair.balanceOf(governance)) * 995n) / 1000n);
      await pair.burn(governance);

      const [reserve0] = await pair.getReserves();
      const most = (reserve0 * MAX_POOL_SHARE) / BPS;
      await expect(rebalance.plan())
        .to.be.revertedWithCustomError(rebalance, "TradeTooSmall")
        .withArgs(most / 8n, minTrade);
    });

    it("sells the excess over the target, for the mean price less the slippage", async () => {
      const world = await loadFixture(deployDriftedWorld);
      const { rebalance, token0, token1, vault } = world;
      expect(await rebalance.plan()).to.deep.equal([await token0.getAddress(), 40n * WAD, (49n * WAD) / 10n]);

      await token1.mint(vault, 20n * WAD);
      expect(await rebalance.plan()).to.deep.equal([await token1.getAddress(), 5n * WAD, (392n * WAD) / 10n]);
    });

    it("sells a share of the pool at the most", async () => {
      const world = await loadFixture(deployRebalanceWorld);
      const { rebalance, token0, token1, vault } = world;
      await fill(world, 8_000n, 0n);
      expect(await rebalance.plan()).to.deep.equal([await token0.getAddress(), 40n * WAD, (49n * WAD) / 10n]);

      await token1.mint(vault, 10_000n * WAD);
      expect(await rebalance.plan()).to.deep.equal([await token1.getAddress(), 5n * WAD, (392n * WAD) / 10n]);
    });

    it("sells all of one token for a vault that wants only the other", async () => {
      const world = await loadFixture(deployRebalanceWorld);
      const { rebalance, token0, token1, vault, jobOwner } = world;
      await fill(world, 40n, 5n);
      await vault.connect(jobOwner).setTargetWeight(0);
      expect(await rebalance.plan()).to.deep.equal([await token0.getAddress(), 40n * WAD, (49n * WAD) / 10n]);
      await vault.connect(jobOwner).setTargetWeight(BPS);
      expect(await rebalance.plan()).to.deep.equal([await token1.getAddress(), 5n * WAD, (392n * WAD) / 10n]);
    });
  });
});
