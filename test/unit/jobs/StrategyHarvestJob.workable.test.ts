import { DAY, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import {
  COOL_DOWN,
  deployHostileStrategiesWorld,
  deployWorkingStrategyWorld,
  encode,
  GAS_PRICE,
  HARVEST,
  Mode,
  REQUIRED_GAS,
  TEND,
} from "#support/worlds/strategies";

/** Modes of a strategy that can never be worked. */
const BROKEN = [
  Mode.TriggerReverts,
  Mode.TriggerBurnsGas,
  Mode.TriggerBombs,
  Mode.TriggerAnswersNothing,
  Mode.HarvestReverts,
  Mode.HarvestBurnsGas,
  Mode.HarvestBombs,
];

describe("StrategyHarvestJob", () => {
  describe("workable", () => {
    it("is discovered through ERC-165", async () => {
      const { job } = await loadFixture(deployWorkingStrategyWorld);
      const { interface: abi } = await ethers.getContractAt("IKeep3rWorkable", ethers.ZeroAddress);
      const id = BigInt(abi.getFunction("workable").selector) ^ BigInt(abi.getFunction("work").selector);
      expect(await job.supportsInterface(ethers.toBeHex(id, 4))).to.equal(true);
      expect(await job.supportsInterface("0xffffffff")).to.equal(false);
    });

    it("finds nothing for a keeper that a mixin keeps out", async () => {
      const { keep3r, jobOwner, keeper, stranger } = await loadFixture(deployWorkingStrategyWorld);
      const job = await ethers.deployContract("SeatedStrategyHarvestJob__Mock", [keep3r, jobOwner, keeper]);
      const strategy = await ethers.deployContract("HostileStrategy__Mock");
      await job.connect(jobOwner).addStrategy(strategy, REQUIRED_GAS, COOL_DOWN);
      expect(await job.connect(stranger).workable.staticCall()).to.deep.equal([false, "0x"]);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([true, await encode(strategy, HARVEST)]);
    });

    it("finds nothing in an empty list", async () => {
      const { job, strategy, keeper } = await loadFixture(deployWorkingStrategyWorld);
      await job.removeStrategy(strategy);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);
    });

    it("finds nothing while no trigger says so", async () => {
      const { job, keeper, pricing } = await loadFixture(deployWorkingStrategyWorld);
      await pricing.setGasPrice(GAS_PRICE * 1000n);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);
    });

    it("finds nothing during a cool-down", async () => {
      const { job, first, second, third, work, keeper } = await loadFixture(deployHostileStrategiesWorld);
      for (const strategy of [first, second, third]) await work(await encode(strategy, HARVEST));
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);
    });

    it("finds nothing while the helper has no answer", async () => {
      const { job, keeper, keep3r } = await loadFixture(deployWorkingStrategyWorld);
      await keep3r.setKeep3rHelper(await ethers.deployContract("Pricing__Mock"));
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);
    });

    it("reckons the cost for the caller", async () => {
      const { job, keeper, stranger, strategy, pricing } = await loadFixture(deployWorkingStrategyWorld);
      // Too dear to harvest at a boost of 1.1, and not at 1.0
      const profit = await strategy.pendingYield();
      await pricing.setGasPrice((profit * 100n) / (10n * REQUIRED_GAS * 105n));
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([true, await encode(strategy, TEND)]);
      expect(await job.connect(stranger).workable.staticCall()).to.deep.equal([true, await encode(strategy, HARVEST)]);
    });

    it("finds a harvest, whose work succeeds", async () => {
      const { job, keeper, strategy, work } = await loadFixture(deployWorkingStrategyWorld);
      const [canWork, data] = await job.connect(keeper).workable.staticCall();
      expect(canWork).to.equal(true);
      expect(data).to.equal(await encode(strategy, HARVEST));
      await expect(work(data)).to.emit(job, "StrategyWork").withArgs(strategy, HARVEST, keeper.address);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);
    });

    it("finds a tend when there is nothing to harvest, and its work succeeds", async () => {
      const { job, keeper, strategy, work } = await loadFixture(deployWorkingStrategyWorld);
      await work(await encode(strategy, HARVEST));
      await job.updateStrategy(strategy, REQUIRED_GAS, 10 * MINUTE);
      await time.increase(5 * HOUR);

      const [canWork, data] = await job.connect(keeper).workable.staticCall();

      expect(canWork).to.equal(true);
      expect(data).to.equal(await encode(strategy, TEND));
      await expect(work(data)).to.emit(job, "StrategyWork").withArgs(strategy, TEND, keeper.address);
    });

    it("prefers a harvest to a tend", async () => {
      const { job, keeper, first } = await loadFixture(deployHostileStrategiesWorld);
      expect(await first.tendTrigger(0)).to.equal(true);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([true, await encode(first, HARVEST)]);
    });

    it("serves strategies that are always ready in turn, the longest waiting first", async () => {
      const { job, keeper, first, second, third, work } = await loadFixture(deployHostileStrategiesWorld);
      const served: string[] = [];
      for (let i = 0; i < 7; i++) {
        const [, data] = await job.connect(keeper).workable.staticCall();
        served.push(data);
        await work(data);
        await time.increase(COOL_DOWN);
      }
      const turns = await Promise.all([first, second, third].map((strategy) => encode(strategy, HARVEST)));
      expect(served).to.deep.equal([...turns, ...turns, turns[0]]);
    });

    it("begins with one that was never worked", async () => {
      const { job, keeper, first, second, third, work } = await loadFixture(deployHostileStrategiesWorld);
      for (const strategy of [first, second]) await work(await encode(strategy, HARVEST));
      await time.increase(COOL_DOWN);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([true, await encode(third, HARVEST)]);
    });

    for (const mode of BROKEN) {
      it(`gets past strategies that are broken: ${Mode[mode]}`, async () => {
        const { job, keeper, first, second, third, work } = await loadFixture(deployHostileStrategiesWorld);
        await first.setMode(mode);
        await second.setMode(mode);

        const [canWork, data] = await job.connect(keeper).workable.staticCall();

        expect(canWork).to.equal(true);
        expect(data).to.equal(await encode(third, HARVEST));
        await work(data);
        expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);
      });
    }

    it("leaves a strategy alone whose harvest fails although it is triggered", async () => {
      const { job, keeper, strategy } = await loadFixture(deployWorkingStrategyWorld);
      // A loss triggers a harvest, and one beyond a hundredth fails the strategy's own check
      await strategy.lose(20n * WAD);
      await time.increase(DAY);
      expect(await strategy.harvestTrigger(0)).to.equal(true);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);

      await strategy.setHealthCheck(false);
      const [canWork, data] = await job.connect(keeper).workable.staticCall();
      expect(canWork).to.equal(true);
      await expect(job.connect(keeper).work(data)).to.emit(job, "StrategyWork");
    });

    it("leaves a strategy alone that has another keeper", async () => {
      const { job, keeper, strategy, stranger } = await loadFixture(deployWorkingStrategyWorld);
      await strategy.setKeeper(stranger);
      expect(await job.connect(keeper).workable.staticCall()).to.deep.equal([false, "0x"]);
    });

    it("changes nothing when it is sent as a transaction", async () => {
      const { job, keep3r, stranger, strategy } = await loadFixture(deployWorkingStrategyWorld);
      const before = await job.strategyOf(strategy);
      await expect(job.connect(stranger).workable()).not.to.emit(keep3r, "KeeperWork");
      expect(await job.strategyOf(strategy)).to.deep.equal(before);
      expect(await strategy.pendingYield()).to.be.greaterThan(0);
    });
  });
});
