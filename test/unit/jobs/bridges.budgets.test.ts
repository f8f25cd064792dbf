import { DAY, HOUR, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import { payFor } from "#support/payments/rate";
import { Random } from "#support/tools/random";
import {
  BUDGET,
  CREDITS,
  deployAutomationWorld,
  deployBridgesWorld,
  type Registered,
  registerUpkeep,
} from "#support/worlds/bridges";
import type { IntervalUpkeep__Mock } from "#typechain";

const OPEN_BUDGET = 2n ** 128n - 1n;
const SEED = 11;

/** The world's upkeep, and another one of another owner that is always due. */
async function deployTwoUpkeepsWorld() {
  const world = await deployAutomationWorld();
  const { automation, jobOwner, stranger } = world;
  const upkeep = await ethers.deployContract("IntervalUpkeep__Mock", [0]);
  const second = { ...(await registerUpkeep(automation, jobOwner, { owner: stranger, target: upkeep })), upkeep };
  return { ...world, second };
}

describe("The budgets of a bridge", () => {
  describe("setBudget", () => {
    it("is the bridge's owner's, not the upkeep's", async () => {
      const { automation, id, upkeepOwner } = await loadFixture(deployAutomationWorld);
      await expect(automation.connect(upkeepOwner).setBudget(id, 1n))
        .to.be.revertedWithCustomError(automation, "OwnableUnauthorizedAccount")
        .withArgs(upkeepOwner.address);
    });

    it("refuses an upkeep that isn't there", async () => {
      const { automation, jobOwner } = await loadFixture(deployAutomationWorld);
      await expect(automation.connect(jobOwner).setBudget(9n, 1n))
        .to.be.revertedWithCustomError(automation, "UpkeepUnknown")
        .withArgs(9);
    });

    it("refuses a raise that the credits don't back, those of all others counted", async () => {
      const { automation, jobOwner, second } = await loadFixture(deployTwoUpkeepsWorld);
      const rest = CREDITS - BUDGET;
      await expect(automation.connect(jobOwner).setBudget(second.id, rest + 1n))
        .to.be.revertedWithCustomError(automation, "BudgetUnbacked")
        .withArgs(CREDITS + 1n, CREDITS);
      await automation.connect(jobOwner).setBudget(second.id, rest);
      expect(await automation.reserved()).to.equal(CREDITS);
    });

    it("sets, lowers and opens it", async () => {
      const { automation, jobOwner, id } = await loadFixture(deployAutomationWorld);
      for (const [budget, reserved] of [
        [WAD, WAD],
        [OPEN_BUDGET, 0n],
        [2n * WAD, 2n * WAD],
        [0n, 0n],
      ] as const) {
        await expect(automation.connect(jobOwner).setBudget(id, budget))
          .to.emit(automation, "UpkeepBudgetChange")
          .withArgs(id, budget);
        expect((await automation.upkeep(id)).budget).to.equal(budget);
        expect(await automation.reserved()).to.equal(reserved);
      }
    });

    it("lowers it though the credits are gone", async () => {
      const { automation, keep3r, jobOwner, liquidity } = await loadFixture(deployBridgesWorld);
      const bridge = await ethers.deployContract("AutomationJob", [keep3r, jobOwner]);
      await keep3r.connect(jobOwner).acceptJobOwnership(bridge);
      await keep3r.connect(jobOwner).addLiquidityToJob(bridge, liquidity, 100n * WAD);
      await time.increase(3 * DAY);
      const upkeep = await ethers.deployContract("IntervalUpkeep__Mock", [0]);
      const { id } = await registerUpkeep(bridge, jobOwner, { owner: jobOwner, target: upkeep });
      await bridge.connect(jobOwner).setBudget(id, 2n * WAD);
      await keep3r.connect(jobOwner).unbondLiquidityFromJob(bridge, liquidity, 100n * WAD);

      expect(await bridge.spendable(id)).to.equal(await keep3r.totalJobCredits(bridge));
      await bridge.connect(jobOwner).setBudget(id, WAD);
      await expect(bridge.connect(jobOwner).setBudget(id, WAD + 1n))
        .to.be.revertedWithCustomError(automation, "BudgetUnbacked")
        .withArgs(WAD + 1n, await keep3r.totalJobCredits(bridge));
    });
  });

  describe("spendable", () => {
    it("refuses an upkeep that isn't there", async () => {
      const { automation } = await loadFixture(deployAutomationWorld);
      await expect(automation.spendable(9n)).to.be.revertedWithCustomError(automation, "UpkeepUnknown").withArgs(9);
    });

    it("is the budget, or the credits that no budget reserves", async () => {
      const { automation, jobOwner, id, second } = await loadFixture(deployTwoUpkeepsWorld);
      await automation.connect(jobOwner).setBudget(second.id, OPEN_BUDGET);
      expect(await automation.spendable(id)).to.equal(BUDGET);
      expect(await automation.spendable(second.id)).to.equal(CREDITS - BUDGET);
    });
  });

  describe("work", () => {
    it("reverts as a whole when the payment is more than the budget", async () => {
      const { automation, keep3r, jobOwner, keeper, id, data, upkeep } = await loadFixture(deployAutomationWorld);
      await automation.connect(jobOwner).setBudget(id, 1_000n);
      await expect(automation.connect(keeper).work(data))
        .to.be.revertedWithCustomError(automation, "BudgetExceeded")
        .withArgs(id, (payment: bigint) => payment > payFor(100_000n), 1_000);
      expect(await upkeep.count()).to.equal(0);
      expect(await keep3r.workCompleted(keeper)).to.equal(0);
      expect((await automation.upkeep(id)).budget).to.equal(1_000);
    });

    it("spends an upkeep's budget to the end, and no further", async () => {
      const { automation, keep3r, jobOwner, keeper, second } = await loadFixture(deployTwoUpkeepsWorld);
      const work = () => automation.connect(keeper).work(second.data);
      await automation.connect(jobOwner).setBudget(second.id, BUDGET);
      await work();
      await work();
      const before = await keep3r.workCompleted(keeper);
      await work();
      const payment = (await keep3r.workCompleted(keeper)) - before;
      await automation.connect(jobOwner).setBudget(second.id, payment);
      await work();
      expect((await automation.upkeep(second.id)).budget).to.equal(0);

      await expect(work())
        .to.be.revertedWithCustomError(automation, "BudgetExceeded")
        .withArgs(second.id, (more: bigint) => more > payment / 2n, 0);
      expect((await automation.upkeep(1n)).budget).to.equal(BUDGET);
    });

    it("lets an open budget spend what nobody has reserved, and not a wei of the rest", async () => {
      const { automation, keep3r, jobOwner, keeper, id, data, second } = await loadFixture(deployTwoUpkeepsWorld);
      const work = () => automation.connect(keeper).work(second.data);
      await automation.connect(jobOwner).setBudget(second.id, OPEN_BUDGET);
      await work();
      const earned = await keep3r.workCompleted(keeper);
      expect((await automation.upkeep(second.id)).budget).to.equal(OPEN_BUDGET);
      expect(await automation.reserved()).to.equal(BUDGET);

      const free = 1_000n;
      await automation.connect(jobOwner).setBudget(id, CREDITS - earned - free);
      expect(await automation.spendable(second.id)).to.equal(free);
      await expect(work())
        .to.be.revertedWithCustomError(automation, "BudgetExceeded")
        .withArgs(second.id, (payment: bigint) => payment > free, free);
      expect(await automation.connect(keeper).workableFor.staticCall(keeper)).to.deep.equal([true, data]);
      await automation.connect(keeper).work(data);
    });

    it("needs no bookkeeping for a team's own upkeep: liquidity mines, the open budget spends", async () => {
      const { keep3r, jobOwner, keeper, liquidity } = await loadFixture(deployBridgesWorld);
      const bridge = await ethers.deployContract("AutomationJob", [keep3r, jobOwner]);
      await keep3r.connect(jobOwner).acceptJobOwnership(bridge);
      await keep3r.connect(jobOwner).addLiquidityToJob(bridge, liquidity, 100n * WAD);
      const upkeep = await ethers.deployContract("IntervalUpkeep__Mock", [HOUR]);
      const { id } = await registerUpkeep(bridge, jobOwner, { owner: jobOwner, target: upkeep });
      await bridge.connect(jobOwner).setBudget(id, OPEN_BUDGET);
      for (let day = 1; day <= 5; day++) {
        await time.increase(DAY);
        const [canWork, data] = await bridge.connect(keeper).workable.staticCall();
        expect(canWork).to.be.true;
        await bridge.connect(keeper).work(data);
        expect(await upkeep.count()).to.equal(day);
      }
    });
  });

  it(`bound the payments for each upkeep, whatever is done in which order (seed ${SEED})`, async () => {
    const { automation, keep3r, jobOwner, upkeepOwner, keeper } = await loadFixture(deployBridgesWorld);
    const random = new Random(SEED);
    const upkeeps: (Registered & { upkeep: IntervalUpkeep__Mock; granted: bigint; paid: bigint; open: boolean })[] = [];
    for (let i = 0; i < 4; i++) {
      const upkeep = await ethers.deployContract("IntervalUpkeep__Mock", [i]);
      const registered = await registerUpkeep(automation, jobOwner, { owner: upkeepOwner, target: upkeep });
      upkeeps.push({ ...registered, upkeep, granted: 0n, paid: 0n, open: false });
    }
    let works = 0;
    for (let step = 0; step < 150; step++) {
      const one = upkeeps[random.between(0, 3)];
      if (one === undefined) continue;
      const action = random.between(0, 9);
      if (action < 2) {
        const open = random.between(0, 5) === 0;
        const budget = open ? OPEN_BUDGET : random.betweenBig(0n, WAD / 20n);
        const before = (await automation.upkeep(one.id)).budget;
        await automation.connect(jobOwner).setBudget(one.id, budget);
        one.open ||= open;
        if (!open && budget > before) one.granted += budget - before;
        if (!open && before === OPEN_BUDGET) one.granted += budget;
      } else {
        const earned = await keep3r.workCompleted(keeper);
        const done = await automation
          .connect(keeper)
          .work(one.data)
          .then(
            () => true,
            () => false,
          );
        const payment = (await keep3r.workCompleted(keeper)) - earned;
        one.paid += payment;
        works += done ? 1 : 0;
        expect(payment > 0n).to.equal(done);
      }

      const budgets = await Promise.all(upkeeps.map(async ({ id }) => (await automation.upkeep(id)).budget));
      const reserved = budgets.reduce((sum, budget) => (budget === OPEN_BUDGET ? sum : sum + budget), 0n);
      expect(await automation.reserved()).to.equal(reserved);
      expect(await keep3r.jobLiquidityCredits(automation)).to.be.at.least(reserved);
    }

    expect(works).to.be.greaterThan(20);
    for (const { open, paid, granted } of upkeeps) if (!open) expect(paid).to.be.at.most(granted);
    const paid = upkeeps.reduce((sum, one) => sum + one.paid, 0n);
    expect(await keep3r.jobLiquidityCredits(automation)).to.equal(CREDITS - paid);
  });
});
