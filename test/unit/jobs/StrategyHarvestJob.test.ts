import { DAY, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateContract } from "#support/actors/keepers";
import { itIsForKeepersOnly, itIsForTheOwnerOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { paymentsOf } from "#support/payments/payments";
import {
  CALL_COST,
  COOL_DOWN,
  deployHarvestWorld,
  deployHostileStrategiesWorld,
  deployWorkingStrategyWorld,
  encode,
  GAS_PRICE,
  HARVEST,
  Mode,
  REQUIRED_GAS,
  TEND,
} from "#support/worlds/strategies";
import type { StrategyHarvestJob } from "#typechain";

describe("StrategyHarvestJob", () => {
  describe("constructor", () => {
    it("registers the job, offers it to its owner, and lists nothing", async () => {
      const { keep3r, jobOwner } = await loadFixture(deployHarvestWorld);
      const job = await ethers.deployContract("StrategyHarvestJob", [keep3r, jobOwner]);
      expect(await keep3r.jobPendingOwner(job)).to.equal(jobOwner.address);
      expect(await job.owner()).to.equal(jobOwner.address);
      expect(await job.strategies()).to.deep.equal([]);
    });
  });

  describe("addStrategy", () => {
    itIsForTheOwnerOnly(deployHarvestWorld, ({ job, strategy, stranger }) =>
      job.connect(stranger).addStrategy(strategy, REQUIRED_GAS, COOL_DOWN),
    );

    it("refuses a listed strategy", async () => {
      const { job, strategy } = await loadFixture(deployWorkingStrategyWorld);
      await expect(job.addStrategy(strategy, REQUIRED_GAS, COOL_DOWN))
        .to.be.revertedWithCustomError(job, "StrategyAlreadyListed")
        .withArgs(strategy);
    });

    it("lists 20 and no more", async () => {
      const { job, strategy } = await loadFixture(deployHarvestWorld);
      for (let i = 0; i < 20; i++) {
        const each = await ethers.deployContract("HostileStrategy__Mock");
        await job.addStrategy(each, REQUIRED_GAS, COOL_DOWN);
      }
      expect(await job.MAX_STRATEGIES()).to.equal(20);
      await expect(job.addStrategy(strategy, REQUIRED_GAS, COOL_DOWN))
        .to.be.revertedWithCustomError(job, "TooManyStrategies")
        .withArgs(20);
    });

    it("refuses an address without code", async () => {
      const { job, stranger } = await loadFixture(deployHarvestWorld);
      await expect(job.addStrategy(stranger, REQUIRED_GAS, COOL_DOWN))
        .to.be.revertedWithCustomError(job, "StrategyWithoutCode")
        .withArgs(stranger.address);
    });

    boundedTerms(async () => {
      const { job, strategy } = await loadFixture(deployHarvestWorld);
      return { job, set: (gas, coolDown) => job.addStrategy(strategy, gas, coolDown) };
    });

    it("lists a strategy that was never worked", async () => {
      const { job, strategy } = await loadFixture(deployHarvestWorld);
      await expect(job.addStrategy(strategy, REQUIRED_GAS, COOL_DOWN))
        .to.emit(job, "StrategyAddition")
        .withArgs(strategy, REQUIRED_GAS, COOL_DOWN);
      expect(await job.strategies()).to.deep.equal([await strategy.getAddress()]);
      expect(await job.strategyOf(strategy)).to.deep.equal([REQUIRED_GAS, COOL_DOWN, 0n]);
    });
  });

  describe("updateStrategy", () => {
    itIsForTheOwnerOnly(deployWorkingStrategyWorld, ({ job, strategy, stranger }) =>
      job.connect(stranger).updateStrategy(strategy, REQUIRED_GAS, COOL_DOWN),
    );

    it("refuses a strategy that isn't listed", async () => {
      const { job, strategy } = await loadFixture(deployHarvestWorld);
      await expect(job.updateStrategy(strategy, REQUIRED_GAS, COOL_DOWN))
        .to.be.revertedWithCustomError(job, "StrategyNotListed")
        .withArgs(strategy);
    });

    boundedTerms(async () => {
      const { job, strategy } = await loadFixture(deployWorkingStrategyWorld);
      return { job, set: (gas, coolDown) => job.updateStrategy(strategy, gas, coolDown) };
    });

    it("changes the terms, and not when it was worked", async () => {
      const { job, strategy } = await loadFixture(deployWorkingStrategyWorld);
      const [, , workedAt] = await job.strategyOf(strategy);
      await expect(job.updateStrategy(strategy, REQUIRED_GAS + 1n, DAY))
        .to.emit(job, "StrategyChange")
        .withArgs(strategy, REQUIRED_GAS + 1n, DAY);
      expect(await job.strategyOf(strategy)).to.deep.equal([REQUIRED_GAS + 1n, BigInt(DAY), workedAt]);
    });
  });

  describe("removeStrategy", () => {
    itIsForTheOwnerOnly(deployWorkingStrategyWorld, ({ job, strategy, stranger }) =>
      job.connect(stranger).removeStrategy(strategy),
    );

    it("refuses a strategy that isn't listed", async () => {
      const { job, strategy } = await loadFixture(deployHarvestWorld);
      await expect(job.removeStrategy(strategy))
        .to.be.revertedWithCustomError(job, "StrategyNotListed")
        .withArgs(strategy);
    });

    it("forgets the strategy, which can't be worked any more", async () => {
      const { job, strategy, work } = await loadFixture(deployWorkingStrategyWorld);
      await expect(job.removeStrategy(strategy)).to.emit(job, "StrategyRemoval").withArgs(strategy);
      expect(await job.strategies()).to.deep.equal([]);
      expect(await job.strategyOf(strategy)).to.deep.equal([0n, 0n, 0n]);
      await expect(work(await encode(strategy, HARVEST)))
        .to.be.revertedWithCustomError(job, "StrategyNotListed")
        .withArgs(strategy);
    });

    it("works for a strategy that answers nothing", async () => {
      const { job, first } = await loadFixture(deployHostileStrategiesWorld);
      await first.setMode(Mode.TriggerBurnsGas);
      await expect(job.removeStrategy(first)).to.emit(job, "StrategyRemoval").withArgs(first);
    });
  });

  describe("work", () => {
    itIsForKeepersOnly(deployWorkingStrategyWorld, async ({ job, strategy, stranger }) =>
      job.connect(stranger).work(await encode(strategy, HARVEST)),
    );

    it("refuses data that isn't two words", async () => {
      const { job, strategy, work } = await loadFixture(deployWorkingStrategyWorld);
      const data = await encode(strategy, HARVEST);
      for (const malformed of ["0x", ethers.dataSlice(data, 0, 63), `${data}00`]) {
        await expect(work(malformed))
          .to.be.revertedWithCustomError(job, "WorkDataLength")
          .withArgs(ethers.dataLength(malformed), 64);
      }
    });

    it("refuses an action that there isn't, and an address that is none", async () => {
      const { strategy, work } = await loadFixture(deployWorkingStrategyWorld);
      await expect(work(await encode(strategy, 2n))).to.be.revertedWithoutReason();
      const dirty = `0x01${(await encode(strategy, HARVEST)).slice(4)}`;
      await expect(work(dirty)).to.be.revertedWithoutReason();
    });

    it("refuses a strategy that isn't listed", async () => {
      const { job, work } = await loadFixture(deployWorkingStrategyWorld);
      const unlisted = await ethers.deployContract("HostileStrategy__Mock");
      await expect(work(await encode(unlisted, HARVEST)))
        .to.be.revertedWithCustomError(job, "StrategyNotListed")
        .withArgs(unlisted);
    });

    it("refuses a strategy until its cool-down is over, to the second", async () => {
      const { job, first, work } = await loadFixture(deployHostileStrategiesWorld);
      await work(await encode(first, HARVEST));
      const readyAt = BigInt(await time.latest()) + COOL_DOWN;
      for (const action of [HARVEST, TEND]) {
        await expect(work(await encode(first, action)))
          .to.be.revertedWithCustomError(job, "CoolingDown")
          .withArgs(first, readyAt);
      }

      await time.setNextBlockTimestamp(readyAt - 1n);
      await expect(work(await encode(first, HARVEST))).to.be.revertedWithCustomError(job, "CoolingDown");
      await time.setNextBlockTimestamp(readyAt);
      await work(await encode(first, HARVEST));
    });

    it("starts the cool-down with a tend as well", async () => {
      const { job, first, work } = await loadFixture(deployHostileStrategiesWorld);
      await work(await encode(first, TEND));
      await expect(work(await encode(first, HARVEST))).to.be.revertedWithCustomError(job, "CoolingDown");
    });

    it("lets a cool-down that runs take its new length", async () => {
      const { job, first, work } = await loadFixture(deployHostileStrategiesWorld);
      await work(await encode(first, HARVEST));
      await job.updateStrategy(first, REQUIRED_GAS, 10 * MINUTE);
      await time.increase(10 * MINUTE);
      await expect(work(await encode(first, HARVEST))).to.emit(job, "StrategyWork");
    });

    it("refuses a work that the trigger finds too dear, with the cost that it was told", async () => {
      const { job, strategy, keeper, pricing, work } = await loadFixture(deployWorkingStrategyWorld);
      await pricing.setGasPrice(GAS_PRICE * 1000n);
      for (const action of [HARVEST, TEND]) {
        await expect(work(await encode(strategy, action)))
          .to.be.revertedWithCustomError(job, "NotTriggered")
          .withArgs(strategy, action, CALL_COST * 1000n);
      }
      await expect(job.dryRun(strategy, HARVEST, ethers.ZeroAddress))
        .to.be.revertedWithCustomError(job, "NotTriggered")
        .withArgs(strategy, HARVEST, (CALL_COST * 10_000n) / 11n);
      await pricing.setGasPrice(GAS_PRICE);
      await expect(job.dryRun(strategy, HARVEST, keeper)).to.be.revertedWithCustomError(job, "DryRunSucceeded");
    });

    it("weighs the profit against ten times the cost, as the strategy does", async () => {
      const { job, strategy, keeper, pricing } = await loadFixture(deployWorkingStrategyWorld);
      // The position yields far less than a hundredth between these calls
      const price = ((await strategy.pendingYield()) * 10n) / (10n * REQUIRED_GAS * 11n);
      await pricing.setGasPrice((price * 101n) / 100n);
      await expect(job.dryRun.staticCall(strategy, HARVEST, keeper)).to.be.revertedWithCustomError(job, "NotTriggered");
      await pricing.setGasPrice((price * 99n) / 100n);
      await expect(job.dryRun.staticCall(strategy, HARVEST, keeper)).to.be.revertedWithCustomError(
        job,
        "DryRunSucceeded",
      );
    });

    it("refuses when the trigger fails", async () => {
      const { first, work } = await loadFixture(deployHostileStrategiesWorld);
      await first.setMode(Mode.TriggerReverts);
      await expect(work(await encode(first, HARVEST))).to.be.revertedWith("refused");
    });

    it("refuses to call the strategy with less gas than it requires", async () => {
      const { job, first, work } = await loadFixture(deployHostileStrategiesWorld);
      const data = await encode(first, HARVEST);
      await expect(work(data, { gasLimit: REQUIRED_GAS })).to.be.revertedWithCustomError(job, "StrategyOutOfGas");

      const lowest = await lowestGas((gasLimit) => work.staticCall(data, { gasLimit }));
      await work(data, { gasLimit: lowest });
      expect(await first.gasGiven()).to.be.within(REQUIRED_GAS - 1_000n, REQUIRED_GAS);
    });

    it("gives the strategy no more gas than it requires", async () => {
      const { first, work } = await loadFixture(deployHostileStrategiesWorld);
      await work(await encode(first, HARVEST), { gasLimit: 10_000_000 });
      expect(await first.gasGiven()).to.be.within(REQUIRED_GAS - 1_000n, REQUIRED_GAS);

      await time.increase(COOL_DOWN);
      await first.setMode(Mode.HarvestBurnsGas);
      await expect(work(await encode(first, HARVEST), { gasLimit: 10_000_000 })).to.be.revertedWithoutReason();
    });

    it("reverts as the harvest does", async () => {
      const { first, work } = await loadFixture(deployHostileStrategiesWorld);
      await first.setMode(Mode.HarvestReverts);
      await expect(work(await encode(first, HARVEST))).to.be.revertedWith("refused");
    });

    it("harvests: the profit is the vault's, the keeper is paid", async () => {
      const { job, keep3r, strategy, vault, want, keeper, work } = await loadFixture(deployWorkingStrategyWorld);
      const before = await want.balanceOf(vault);

      const receipt = await work(await encode(strategy, HARVEST));

      await expect(receipt).to.emit(job, "StrategyWork").withArgs(strategy, HARVEST, keeper.address);
      await expect(receipt).to.emit(keep3r, "KeeperWork");
      const { totalGain } = await vault.strategies(strategy);
      expect(totalGain).to.be.greaterThan(4n * WAD);
      expect(await want.balanceOf(vault)).to.equal(before + totalGain);
      const [, , workedAt] = await job.strategyOf(strategy);
      expect(workedAt).to.equal(await time.latest());
      expect(await strategy.pendingYield()).to.equal(0);
    });

    it("tends: the yield is reinvested, the keeper is paid", async () => {
      const { job, keep3r, strategy, keeper, work } = await loadFixture(deployWorkingStrategyWorld);
      // Too soon after the last report for another one
      await work(await encode(strategy, HARVEST));
      await job.updateStrategy(strategy, REQUIRED_GAS, 10 * MINUTE);
      await time.increase(5 * HOUR);
      expect(await strategy.harvestTrigger(CALL_COST)).to.equal(false);

      const receipt = await work(await encode(strategy, TEND));

      await expect(receipt).to.emit(job, "StrategyWork").withArgs(strategy, TEND, keeper.address);
      await expect(receipt).to.emit(keep3r, "KeeperWork");
      expect(await strategy.invested()).to.be.greaterThan(101n * WAD);
    });

    it("harvests when a strategy has debt to pay back, and when a report is overdue, whatever it costs", async () => {
      const { strategy, vault, pricing, work } = await loadFixture(deployWorkingStrategyWorld);
      await pricing.setGasPrice(WAD);
      await vault.setDebtLimit(strategy, 40n * WAD);
      await work(await encode(strategy, HARVEST));
      expect((await vault.strategies(strategy)).totalDebt).to.equal(40n * WAD);

      await time.increase(7 * DAY);
      await work(await encode(strategy, HARVEST));
    });

    it("can't be re-entered for another payment", async () => {
      const { job, keep3r, kp3r, first, second, work } = await loadFixture(deployHostileStrategiesWorld);
      await activateContract(keep3r, first, kp3r);
      await first.reenter(job, await encode(first, HARVEST));
      await expect(work(await encode(first, HARVEST))).to.be.revertedWithCustomError(job, "CoolingDown");

      // Another strategy's work is another work: each is paid once, by its own gas
      await job.updateStrategy(second, 100_000, COOL_DOWN);
      await first.reenter(job, await encode(second, HARVEST));
      expect(await paymentsOf(keep3r, work(await encode(first, HARVEST)))).to.have.length(2);
      await expect(work(await encode(second, HARVEST))).to.be.revertedWithCustomError(job, "CoolingDown");
    });
  });

  describe("dryRun", () => {
    it("always reverts, and is for anyone", async () => {
      const { job, first, stranger, keeper } = await loadFixture(deployHostileStrategiesWorld);
      await expect(job.connect(stranger).dryRun(first, HARVEST, keeper)).to.be.revertedWithCustomError(
        job,
        "DryRunSucceeded",
      );
      expect(await job.strategyOf(first)).to.deep.equal([REQUIRED_GAS, COOL_DOWN, 0n]);
    });
  });
});

/** The bounds of the terms, which all functions that set them share. */
function boundedTerms(
  prepare: () => Promise<{ job: StrategyHarvestJob; set: (gas: bigint, coolDown: bigint) => Promise<unknown> }>,
): void {
  it("bounds the required gas", async () => {
    const { job, set } = await prepare();
    for (const gas of [0n, 49_999n, 10_000_001n, 2n ** 32n + REQUIRED_GAS]) {
      await expect(set(gas, COOL_DOWN))
        .to.be.revertedWithCustomError(job, "RequiredGasOutOfBounds")
        .withArgs(gas, 50_000, 10_000_000);
    }
    await set(50_000n, COOL_DOWN);
  });

  it("bounds the cool-down", async () => {
    const { job, set } = await prepare();
    for (const coolDown of [0n, 599n, BigInt(30 * DAY) + 1n, 2n ** 32n + COOL_DOWN]) {
      await expect(set(REQUIRED_GAS, coolDown))
        .to.be.revertedWithCustomError(job, "CoolDownOutOfBounds")
        .withArgs(coolDown, 10 * MINUTE, 30 * DAY);
    }
    await set(10_000_000n, BigInt(30 * DAY));
  });
}

/** The least gas limit with which a call succeeds, in steps of a thousand. */
async function lowestGas(call: (gasLimit: bigint) => Promise<unknown>): Promise<bigint> {
  let [low, high] = [100_000n, 2_000_000n];
  while (high - low > 1_000n) {
    const middle = (low + high) / 2n;
    const succeeds = await call(middle).then(
      () => true,
      () => false,
    );
    if (succeeds) high = middle;
    else low = middle;
  }
  return high;
}
