import { BPS, WAD } from "@keep3r-network/sdk";
import { anyValue } from "@nomicfoundation/hardhat-chai-matchers/withArgs";
import { expect } from "chai";
import { ethers } from "hardhat";
import { MAX_POOL_SHARE, valueOf, weightOf, yieldOf } from "#model/rebalance";
import { itIsForKeepersOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { paymentsOf } from "#support/payments/payments";
import {
  deployDriftedWorld,
  deployJobFor,
  deployRebalanceWorld,
  deployRebalanceWorldOver,
  fill,
  meanPrice,
  passCooldown,
} from "#support/worlds/rebalance";
import { donate, inOneBlock } from "#support/worlds/uniswap";
import type { FeeToken__Mock, ReentrantToken__Mock } from "#typechain";

/** How a vault treats an order. */
const Mode = { obeys: 0, reverts: 1, sleeps: 2, sellsTwice: 3, keepsHalf: 4, takesDeposit: 5, burnsGas: 6, bombs: 7 };

/** As the drifted world, with a vault that can be told to disobey, and an owner who can deposit. */
async function deployDisobedientWorld() {
  const world = await deployRebalanceWorld();
  const { pair, jobOwner, token1 } = world;
  const vault = await ethers.deployContract("DisobedientVault__Mock", [pair, jobOwner, 5000]);
  const rebalance = await deployJobFor(world, vault);
  await token1.mint(jobOwner, 1_000n * WAD);
  await token1.connect(jobOwner).approve(vault, ethers.MaxUint256);
  await world.token0.mint(vault, 240n * WAD);
  await token1.mint(vault, 20n * WAD);
  return { ...world, vault, rebalance };
}

/** The paired token can be told to make a call in the middle of its transfer; the vault has too much of it. */
async function deployReentrantTokenWorld() {
  let paired!: ReentrantToken__Mock;
  const world = await deployRebalanceWorldOver(
    async () => (paired = await ethers.deployContract("ReentrantToken__Mock")),
  );
  await paired.mint(world.vault, 10n * WAD);
  return { ...world, paired };
}

/** The paired token keeps a tenth of every transfer; the vault has too much of it. */
async function deployFeeTokenWorld() {
  let paired!: FeeToken__Mock;
  const world = await deployRebalanceWorldOver(async () => (paired = await ethers.deployContract("FeeToken__Mock")));
  await paired.mint(world.vault, 10n * WAD);
  return { ...world, paired };
}

describe("RebalanceJob: work", () => {
  describe("simulate", () => {
    it("reverts as the work would", async () => {
      const { rebalance } = await loadFixture(deployRebalanceWorld);
      await expect(rebalance.simulate()).to.be.revertedWithCustomError(rebalance, "VaultEmpty");
    });

    it("reverts also when all went well, so that anyone may call it", async () => {
      const { rebalance, stranger } = await loadFixture(deployDriftedWorld);
      await expect(rebalance.connect(stranger).simulate()).to.be.revertedWithCustomError(
        rebalance,
        "SimulationSucceeded",
      );
    });
  });

  describe("workable", () => {
    it("says no to a keeper that the mixins refuse, and yes to one that they let work", async () => {
      const { keep3r, jobOwner, keeper, vault, pair, oracle } = await loadFixture(deployDriftedWorld);
      const job = await ethers.deployContract("RebalanceJob__Mock", [keep3r, keeper, vault, pair, oracle, 1]);
      await vault.connect(jobOwner).setJob(job);
      expect(await job.connect(jobOwner).workable.staticCall()).to.deep.equal([false, "0x"]);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([true, "0x"]);
    });

    it("says no where there is nothing to plan", async () => {
      const { rebalance } = await loadFixture(deployRebalanceWorld);
      expect(await rebalance.workable.staticCall()).to.deep.equal([false, "0x"]);
    });

    it("says no where the vault refuses its job", async () => {
      const { rebalance, vault, jobOwner } = await loadFixture(deployDriftedWorld);
      await vault.connect(jobOwner).setJob(jobOwner);
      expect(await rebalance.workable.staticCall()).to.deep.equal([false, "0x"]);
    });

    for (const [name, mode] of Object.entries(Mode)) {
      it(`says ${mode === Mode.obeys ? "yes" : "no"} of a vault that ${name}`, async () => {
        const { rebalance, vault, token1, jobOwner } = await loadFixture(deployDisobedientWorld);
        await token1.mint(jobOwner, 1_000n * WAD);
        await token1.connect(jobOwner).approve(vault, ethers.MaxUint256);
        await vault.setMode(mode);
        const answer = await rebalance.workable.staticCall({ gasLimit: 5_000_000 });
        expect(answer).to.deep.equal([mode === Mode.obeys, "0x"]);
      });
    }

    it("changes nothing, though it is called in a transaction", async () => {
      const { rebalance, vault, pair } = await loadFixture(deployDriftedWorld);
      const [held, reserves] = [await vault.holdings(), await pair.getReserves()];
      await rebalance.workable();
      expect(await vault.holdings()).to.deep.equal(held);
      expect(await pair.getReserves()).to.deep.equal(reserves);
      expect(await rebalance.rebalancedAt()).to.equal(0);
    });

    it("can be found through ERC-165", async () => {
      const { rebalance } = await loadFixture(deployRebalanceWorld);
      // workable() xor work(bytes)
      const selector = (name: "workable" | "work") => BigInt(rebalance.interface.getFunction(name).selector);
      const id = ethers.toBeHex(selector("workable") ^ selector("work"), 4);
      expect(await rebalance.supportsInterface(id)).to.be.true;
    });
  });

  describe("work", () => {
    itIsForKeepersOnly(deployDriftedWorld, ({ rebalance, stranger }) => rebalance.connect(stranger).work("0x"));

    it("refuses data", async () => {
      const { rebalance, keeper } = await loadFixture(deployDriftedWorld);
      await expect(rebalance.connect(keeper).work("0x0000"))
        .to.be.revertedWithCustomError(rebalance, "UnexpectedData")
        .withArgs(2);
    });

    it("refuses a keeper that the mixins refuse", async () => {
      const { keep3r, jobOwner, keeper, vault, pair, oracle } = await loadFixture(deployDriftedWorld);
      const job = await ethers.deployContract("RebalanceJob__Mock", [keep3r, jobOwner, vault, pair, oracle, 1]);
      await expect(job.connect(keeper).work("0x"))
        .to.be.revertedWithCustomError(job, "NotForYou")
        .withArgs(keeper.address);
    });

    it("refuses where there is nothing to plan", async () => {
      const { rebalance, keeper } = await loadFixture(deployRebalanceWorld);
      await expect(rebalance.connect(keeper).work("0x")).to.be.revertedWithCustomError(rebalance, "VaultEmpty");
    });

    it("reverts where the vault does", async () => {
      const { rebalance, vault, keeper } = await loadFixture(deployDisobedientWorld);
      await vault.setMode(Mode.reverts);
      await expect(rebalance.connect(keeper).work("0x")).to.be.revertedWith("out of order");
    });

    it("refuses a vault that sells nothing, more than it was told, or keeps the yield", async () => {
      const { rebalance, vault, pair, keeper } = await loadFixture(deployDisobedientWorld);
      const [reserve0, reserve1] = await pair.getReserves();
      const [, amountIn, minAmountOut] = await rebalance.plan();
      const bought = yieldOf(amountIn, reserve0, reserve1);
      for (const [mode, sold, kept] of [
        [Mode.sleeps, 0n, 0n],
        [Mode.sellsTwice, 2n * amountIn, yieldOf(2n * amountIn, reserve0, reserve1)],
        [Mode.keepsHalf, amountIn, bought - bought / 2n],
      ] as const) {
        await vault.setMode(mode);
        await expect(rebalance.connect(keeper).work("0x"))
          .to.be.revertedWithCustomError(rebalance, "TradeOutOfBounds")
          .withArgs(sold, amountIn, kept, minAmountOut);
      }
    });

    it("refuses an end that is farther from the target", async () => {
      const { rebalance, vault, keeper } = await loadFixture(deployDisobedientWorld);
      await vault.setMode(Mode.takesDeposit);
      await expect(rebalance.connect(keeper).work("0x"))
        .to.be.revertedWithCustomError(rebalance, "WeightNotImproved")
        .withArgs((WAD * 6n) / 10n, (weight: bigint) => weight < WAD / 10n);
    });

    it("trades to the target, notes when, and pays the keeper", async () => {
      const world = await loadFixture(deployDriftedWorld);
      const { rebalance, vault, pair, keep3r, kp3r, token0, keeper } = world;
      const [reserve0, reserve1] = await pair.getReserves();
      const sold = 40n * WAD;
      const bought = yieldOf(sold, reserve0, reserve1);
      const after = { amount0: 200n * WAD, amount1: 20n * WAD + bought };
      const price = await meanPrice(world);
      const weight = weightOf(after, price);
      const bonded = await keep3r.bonds(keeper, kp3r);

      const response = await rebalance.connect(keeper).work("0x");

      await expect(response)
        .to.emit(rebalance, "Rebalance")
        .withArgs(await token0.getAddress(), sold, bought, (WAD * 6n) / 10n, weight);
      expect(weight).to.be.within((WAD * 5_000n) / BPS, (WAD * 5_010n) / BPS);
      expect(await vault.holdings()).to.deep.equal([after.amount0, after.amount1]);
      expect(await rebalance.rebalancedAt()).to.equal((await response.getBlock())?.timestamp);
      expect(await keep3r.bonds(keeper, kp3r)).to.be.greaterThan(bonded);
    });

    it("trades the other way round", async () => {
      const world = await loadFixture(deployRebalanceWorld);
      const { rebalance, vault, pair, token1, keeper } = world;
      await fill(world, 80n, 20n);
      const [reserve0, reserve1] = await pair.getReserves();
      const bought = yieldOf(5n * WAD, reserve1, reserve0);

      await expect(rebalance.connect(keeper).work("0x"))
        .to.emit(rebalance, "Rebalance")
        .withArgs(await token1.getAddress(), 5n * WAD, bought, WAD / 3n, anyValue);

      expect(await vault.holdings()).to.deep.equal([80n * WAD + bought, 15n * WAD]);
    });

    it("refuses an immediate repeat, though the vault is far from its target still", async () => {
      const world = await loadFixture(deployRebalanceWorld);
      const { rebalance, vault, pair, keeper } = world;
      await fill(world, 800n, 0n);
      for (let i = 0; i < 2; i++) {
        const [held0] = await vault.holdings();
        const [reserve0] = await pair.getReserves();
        await rebalance.connect(keeper).work("0x");
        expect(held0 - (await vault.holdings())[0]).to.equal((reserve0 * MAX_POOL_SHARE) / BPS);

        await expect(rebalance.connect(keeper).work("0x")).to.be.revertedWithCustomError(rebalance, "CoolingDown");
        await passCooldown();
      }
    });

    it("refuses two keepers in one block", async () => {
      const { rebalance, keep3r, sandwich, keeper } = await loadFixture(deployDriftedWorld);
      const data = rebalance.interface.encodeFunctionData("work", ["0x"]);
      await inOneBlock(async () => {
        await rebalance.connect(keeper).work("0x", { gasLimit: 1_000_000 });
        await sandwich.execute(rebalance, data, { gasLimit: 1_000_000 });
      });
      expect(await keep3r.queryFilter(keep3r.filters.KeeperWork, "latest")).to.have.length(1);
    });

    it("can't be entered again by a keeper that a token calls back", async () => {
      const world = await loadFixture(deployReentrantTokenWorld);
      const { rebalance, keep3r, sandwich, paired, keeper } = world;
      const work = rebalance.interface.encodeFunctionData("work", ["0x"]);
      await paired.arm(
        sandwich,
        sandwich.interface.encodeFunctionData("execute", [await rebalance.getAddress(), work]),
      );

      const payments = await paymentsOf(keep3r, rebalance.connect(keeper).work("0x"));

      expect(await paired.answered()).to.be.false;
      expect(await paired.callee()).to.equal(ethers.ZeroAddress);
      expect(payments).to.have.length(1);
    });

    it("leaves a token that keeps a part of every transfer alone, unless the slippage covers it", async () => {
      const world = await loadFixture(deployFeeTokenWorld);
      const { rebalance, vault, paired, jobOwner, keeper } = world;
      await expect(rebalance.connect(keeper).work("0x")).to.be.revertedWithCustomError(vault, "YieldTooLow");
      expect(await rebalance.workable.staticCall()).to.deep.equal([false, "0x"]);

      await rebalance.connect(jobOwner).setMaxSlippage(1_000);
      await expect(rebalance.connect(keeper).work("0x")).to.be.revertedWithCustomError(vault, "YieldTooLow");
      expect(await paired.balanceOf(vault)).to.equal(10n * WAD);
    });

    it("gives the vault donations to it or to the pair", async () => {
      const world = await loadFixture(deployRebalanceWorld);
      const { rebalance, vault, pair, token0, keeper } = world;
      await fill(world, 80n, 10n);
      await expect(rebalance.plan()).to.be.revertedWithCustomError(rebalance, "WithinBand");
      // A gift of half as much again makes the vault drift, and is the vault's
      await token0.mint(vault, 40n * WAD);
      const price = await meanPrice(world);
      const [reserve0, reserve1] = await pair.getReserves();
      await token0.mint(pair, WAD);

      await rebalance.connect(keeper).work("0x");

      const [amount0, amount1] = await vault.holdings();
      expect(amount1 - 10n * WAD).to.equal(yieldOf(21n * WAD, reserve0, reserve1));
      expect(valueOf({ amount0, amount1 }, price)).to.be.greaterThan(25n * WAD);
    });

    it("doesn't trade with a pair whose price a donation has moved", async () => {
      const { rebalance, pair, token0, keeper } = await loadFixture(deployDriftedWorld);
      await donate(pair, token0, 400n * WAD);
      await expect(rebalance.connect(keeper).work("0x")).to.be.revertedWithCustomError(rebalance, "PoolDeviates");
    });
  });
});
