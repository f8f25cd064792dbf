import { HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { anyValue } from "@nomicfoundation/hardhat-chai-matchers/withArgs";
import { mine, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { takeOver } from "#support/actors/owners";
import { itIsForKeepersOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { payFor } from "#support/payments/rate";
import {
  BUDGET,
  CheckMode,
  CONFIG,
  CREDITS,
  deployAutomationWorld,
  deployBridgesWorld,
  OFFCHAIN_CONFIG,
  registerUpkeep,
  workData,
  workDataWith,
} from "#support/worlds/bridges";

const { ZeroAddress } = ethers;
const NOTHING = [false, "0x"];

/** An upkeep whose check is for simulation only, with an item to do. */
async function deploySimulatedWorld() {
  const world = await deployBridgesWorld();
  const { automation, jobOwner, upkeepOwner } = world;
  const upkeep = await ethers.deployContract("SimulatedUpkeep__Mock");
  await upkeep.add();
  const registered = await registerUpkeep(automation, jobOwner, {
    owner: upkeepOwner,
    target: upkeep,
    checkMode: CheckMode.Offchain,
  });
  await automation.connect(jobOwner).setBudget(registered.id, BUDGET);
  return { ...world, ...registered, upkeep, item: ethers.zeroPadValue("0x01", 32) };
}

/** An upkeep whose check writes, by now with work to do. */
async function deployAccruingWorld() {
  const world = await deployBridgesWorld();
  const { automation, jobOwner, upkeepOwner } = world;
  const upkeep = await ethers.deployContract("AccruingUpkeep__Mock");
  const registered = await registerUpkeep(automation, jobOwner, {
    owner: upkeepOwner,
    target: upkeep,
    checkMode: CheckMode.Undone,
  });
  await automation.connect(jobOwner).setBudget(registered.id, BUDGET);
  await time.increase(HOUR);
  return { ...world, ...registered, upkeep };
}

describe("AutomationJob", () => {
  describe("constructor", () => {
    it("offers the job to its owner and has no upkeeps", async () => {
      const { automation, keep3r, jobOwner } = await loadFixture(deployBridgesWorld);
      expect(await automation.owner()).to.equal(jobOwner.address);
      expect(await keep3r.jobOwner(automation)).to.equal(jobOwner.address);
      expect(await automation.upkeepIds()).to.deep.equal([]);
    });
  });

  describe("supportsInterface", () => {
    it("says that it can be asked for work, and that it is a bridge", async () => {
      const { automation } = await loadFixture(deployBridgesWorld);
      const idOf = (names: ("workable" | "work" | "workableFor" | "simulate")[]) => {
        const selectors = names.map((name) => BigInt(automation.interface.getFunction(name).selector));
        return ethers.toBeHex(
          selectors.reduce((id, selector) => id ^ selector),
          4,
        );
      };
      expect(await automation.supportsInterface(idOf(["workable", "work"]))).to.be.true;
      expect(await automation.supportsInterface(idOf(["workableFor", "simulate"]))).to.be.true;
      expect(await automation.supportsInterface("0xffffffff")).to.be.false;
    });
  });

  describe("workable", () => {
    it("answers no without upkeeps", async () => {
      const { automation, keeper } = await loadFixture(deployBridgesWorld);
      expect(await automation.connect(keeper).workable.staticCall()).to.deep.equal(NOTHING);
    });

    it("answers with data for a work that succeeds, and no until the next is due", async () => {
      const { automation, keeper, data } = await loadFixture(deployAutomationWorld);
      const asKeeper = automation.connect(keeper);
      expect(await asKeeper.workable.staticCall()).to.deep.equal([true, data]);
      await asKeeper.work(data);

      expect(await asKeeper.workable.staticCall()).to.deep.equal(NOTHING);
      await time.increase(HOUR);
      const [canWork, next] = await asKeeper.workable.staticCall();
      expect(canWork).to.be.true;
      await asKeeper.work(next);
    });

    it("leaves nothing behind when it is sent as a transaction", async () => {
      const { automation, keeper, upkeep, id } = await loadFixture(deployAutomationWorld);
      await automation.connect(keeper).workable();
      expect(await upkeep.count()).to.equal(0);
      expect((await automation.upkeep(id)).performedAt).to.equal(0);
      expect(await automation.reserved()).to.equal(BUDGET);
    });

    it("answers no while the upkeep is paused, or has no budget for the work", async () => {
      const { automation, keeper, jobOwner, upkeepOwner, id, data } = await loadFixture(deployAutomationWorld);
      const ask = () => automation.connect(keeper).workable.staticCall();
      await automation.connect(upkeepOwner).setPaused(id, true);
      expect(await ask()).to.deep.equal(NOTHING);
      await automation.connect(upkeepOwner).setPaused(id, false);
      await automation.connect(jobOwner).setBudget(id, WAD / 100n);
      expect(await ask()).to.deep.equal(NOTHING);
      await automation.connect(jobOwner).setBudget(id, WAD);
      expect(await ask()).to.deep.equal([true, data]);
    });

    it("answers no while payments can't be made: the helper doesn't answer", async () => {
      const { automation, keep3r, keeper } = await loadFixture(deployAutomationWorld);
      await keep3r.setKeep3rHelper(await ethers.deployContract("Pricing__Mock"));
      expect(await automation.connect(keeper).workable.staticCall()).to.deep.equal(NOTHING);
    });

    it("finds every one of two upkeeps that are always due within a few blocks", async () => {
      const { automation, keeper, jobOwner, upkeepOwner, id } = await loadFixture(deployAutomationWorld);
      const upkeep = await ethers.deployContract("IntervalUpkeep__Mock", [0]);
      const second = await registerUpkeep(automation, jobOwner, { owner: upkeepOwner, target: upkeep });
      await automation.connect(jobOwner).setBudget(second.id, BUDGET);
      const found = new Set<string>();
      for (let block = 0; block < 12; block++) {
        const [, data] = await automation.connect(keeper).workable.staticCall();
        found.add(data);
        await mine();
      }
      expect([...found].sort()).to.deep.equal([workData(id), second.data]);
    });

    it("finds the one that is due among many", async () => {
      const { automation, keeper, jobOwner, upkeepOwner, upkeep, id, data } = await loadFixture(deployAutomationWorld);
      await automation.connect(keeper).work(data);
      for (let i = 0; i < 10; i++) {
        await registerUpkeep(automation, jobOwner, { owner: upkeepOwner, target: upkeep, checkData: "0xc0de" });
      }
      await time.increase(HOUR);
      expect(await automation.connect(keeper).workable.staticCall()).to.deep.equal([true, workData(id)]);
    });

    it("answers no when it is given too little gas to ask, instead of failing", async () => {
      const { automation, keeper } = await loadFixture(deployAutomationWorld);
      for (const gasLimit of [90_000, 130_000, 160_000, 250_000]) {
        expect(await automation.connect(keeper).workable.staticCall({ gasLimit })).to.deep.equal(NOTHING);
      }
    });

    it("asks its mixins about the caller, or the keeper that is named", async () => {
      const { keep3r, jobOwner, keeper, stranger, kp3r, upkeepOwner } = await loadFixture(deployAutomationWorld);
      const picky = await ethers.deployContract("PickyAutomationJob__Mock", [keep3r, jobOwner, keeper]);
      await takeOver(keep3r, jobOwner, picky, CREDITS);
      const upkeep = await ethers.deployContract("IntervalUpkeep__Mock", [0]);
      const { id, data } = await registerUpkeep(picky, jobOwner, { owner: upkeepOwner, target: upkeep });
      await picky.connect(jobOwner).setBudget(id, BUDGET);
      await activateKeeper(keep3r, stranger, kp3r, 0n);

      expect(await picky.connect(stranger).workable.staticCall()).to.deep.equal(NOTHING);
      expect(await picky.connect(stranger).workableFor.staticCall(keeper)).to.deep.equal([true, data]);
      await expect(picky.connect(stranger).work(data)).to.be.revertedWithCustomError(picky, "NotTheOne");
      expect(await picky.connect(keeper).workable.staticCall()).to.deep.equal([true, data]);
      await picky.connect(keeper).work(data);
      // What a mixin pays on top is the upkeep's expense, too
      const earned = await keep3r.workCompleted(keeper);
      expect((await picky.upkeep(id)).budget).to.equal(BUDGET - earned);
      expect(earned).to.be.greaterThan(WAD / 1000n);
    });
  });

  describe("simulate", () => {
    it("reverts with the work's data when there is work", async () => {
      const { automation, stranger, keeper, id, data } = await loadFixture(deployAutomationWorld);
      await expect(automation.connect(stranger).simulate.staticCall(keeper, id))
        .to.be.revertedWithCustomError(automation, "Simulated")
        .withArgs(data);
    });

    it("reverts with the reason when there is none", async () => {
      const { automation, keeper, jobOwner, id, data } = await loadFixture(deployAutomationWorld);
      const simulate = () => automation.simulate.staticCall(keeper, id);
      await expect(automation.simulate.staticCall(keeper, 7n))
        .to.be.revertedWithCustomError(automation, "UpkeepUnknown")
        .withArgs(7);
      await automation.connect(keeper).work(data);
      await time.increase(2);
      await expect(simulate()).to.be.revertedWithCustomError(automation, "UpkeepNotDue").withArgs(id);
      await time.increase(HOUR);
      await automation.connect(jobOwner).setBudget(id, 1n);
      await expect(simulate())
        .to.be.revertedWithCustomError(automation, "BudgetExceeded")
        .withArgs(id, (payment: bigint) => payment > payFor(200_000n), 1);
    });
  });

  describe("work", () => {
    it("refuses data without an id, and data beyond the id", async () => {
      const { automation, keeper, data } = await loadFixture(deployAutomationWorld);
      const work = (bytes: string) => automation.connect(keeper).work(bytes);
      for (const bytes of ["0x", `0x${"00".repeat(31)}`, `${data}00`, workDataWith(1n, "0x")]) {
        await expect(work(bytes))
          .to.be.revertedWithCustomError(automation, "WorkDataMalformed")
          .withArgs(ethers.dataLength(bytes));
      }
    });

    itIsForKeepersOnly(deployAutomationWorld, ({ automation, stranger, data }) =>
      automation.connect(stranger).work(data),
    );

    it("refuses an upkeep that isn't there", async () => {
      const { automation, keeper } = await loadFixture(deployAutomationWorld);
      await expect(automation.connect(keeper).work(workData(0n)))
        .to.be.revertedWithCustomError(automation, "UpkeepUnknown")
        .withArgs(0);
    });

    it("refuses one that is paused", async () => {
      const { automation, keeper, upkeepOwner, id, data } = await loadFixture(deployAutomationWorld);
      await automation.connect(upkeepOwner).setPaused(id, true);
      await expect(automation.connect(keeper).work(data))
        .to.be.revertedWithCustomError(automation, "UpkeepPaused")
        .withArgs(id);
    });

    it("refuses one before its interval has passed, though its check says yes", async () => {
      const { automation, keeper, jobOwner, upkeepOwner } = await loadFixture(deployAutomationWorld);
      const always = await ethers.deployContract("IntervalUpkeep__Mock", [0]);
      const { id, data } = await registerUpkeep(automation, jobOwner, {
        owner: upkeepOwner,
        target: always,
        config: { ...CONFIG, interval: 60n },
      });
      await automation.connect(jobOwner).setBudget(id, BUDGET);
      await automation.connect(keeper).work(data);
      const until = (await time.latest()) + 60;
      await time.setNextBlockTimestamp(until - 1);
      await expect(automation.connect(keeper).work(data))
        .to.be.revertedWithCustomError(automation, "UpkeepCooling")
        .withArgs(id, until);
      await time.setNextBlockTimestamp(until);
      await automation.connect(keeper).work(data);
    });

    it("refuses one whose check says no", async () => {
      const { automation, keeper, id, data } = await loadFixture(deployAutomationWorld);
      await automation.connect(keeper).work(data);
      await time.increase(MINUTE);
      await expect(automation.connect(keeper).work(data))
        .to.be.revertedWithCustomError(automation, "UpkeepNotDue")
        .withArgs(id);
    });

    it("performs the data that the check answers, from the upkeep's forwarder, with its gas limit", async () => {
      const { automation, keeper, upkeep, data, forwarder } = await loadFixture(deployAutomationWorld);
      await automation.connect(keeper).work(data);
      expect(await upkeep.count()).to.equal(1);
      expect(await upkeep.lastCheckData()).to.equal("0xc0de");
      expect(await upkeep.lastCaller()).to.equal(forwarder);
      expect(await upkeep.gasAtEntry()).to.be.within(CONFIG.gasLimit - 1_000n, CONFIG.gasLimit);
    });

    it("pays the keeper out of the upkeep's budget, to the wei", async () => {
      const { automation, keep3r, kp3r, keeper, id, data } = await loadFixture(deployAutomationWorld);
      const response = automation.connect(keeper).work(data);
      await expect(response).to.emit(keep3r, "KeeperWork").withArgs(kp3r, automation, keeper, anyValue, anyValue);
      const payment = await keep3r.workCompleted(keeper);
      await expect(response).to.emit(automation, "UpkeepPerform").withArgs(id, keeper, payment);
      expect(payment).to.be.greaterThan(0);
      const { budget, performedAt } = await automation.upkeep(id);
      expect(budget).to.equal(BUDGET - payment);
      expect(await automation.reserved()).to.equal(BUDGET - payment);
      expect(await keep3r.jobLiquidityCredits(automation)).to.equal(CREDITS - payment);
      expect(performedAt).to.equal(await time.latest());
    });

    it("doesn't pay for calldata beyond its own", async () => {
      const { automation, keep3r, keeper, data } = await loadFixture(deployAutomationWorld);
      const encoded = automation.interface.encodeFunctionData("work", [data]);
      const pay = async (padding: string) => {
        const before = await keep3r.workCompleted(keeper);
        await keeper.sendTransaction({ to: automation, data: `${encoded}${padding}` });
        await time.increase(HOUR);
        return (await keep3r.workCompleted(keeper)) - before;
      };
      await pay("");
      const [exact, padded] = [await pay(""), await pay("ff".repeat(2_000))];
      expect(padded).to.be.closeTo(exact, exact / 200n);
    });
  });

  describe("an upkeep whose check is for simulation only", () => {
    it("is found from the zero address on behalf of a keeper, and not from the keeper's", async () => {
      const { automation, keeper, upkeep, id, item } = await loadFixture(deploySimulatedWorld);
      expect(await automation.connect(keeper).workable.staticCall()).to.deep.equal(NOTHING);
      const fromZero = automation.connect(ethers.provider).workableFor;
      const [canWork, data] = await fromZero.staticCall(keeper, { from: ZeroAddress });
      expect([canWork, data]).to.deep.equal([true, workDataWith(id, item)]);

      await automation.connect(keeper).work(data);
      expect(await upkeep.done()).to.equal(1);
      expect(await fromZero.staticCall(keeper, { from: ZeroAddress })).to.deep.equal(NOTHING);
    });

    it("performs a keeper's data, as the upkeep validates it", async () => {
      const { automation, keeper, id } = await loadFixture(deploySimulatedWorld);
      const wrong = workDataWith(id, ethers.zeroPadValue("0x02", 32));
      await expect(automation.connect(keeper).work(wrong))
        .to.be.revertedWithCustomError(automation, "PerformFailed")
        .withArgs(id);
    });

    it("can't be performed again at once, whatever the data", async () => {
      const { automation, keeper, upkeep, id, item } = await loadFixture(deploySimulatedWorld);
      await upkeep.add();
      await ethers.provider.send("evm_setAutomine", [false]);
      const send = (data: string) => automation.connect(keeper).work(data, { gasLimit: 1_000_000 });
      const works = [await send(workDataWith(id, item)), await send(workDataWith(id, ethers.zeroPadValue("0x02", 32)))];
      await mine();
      await ethers.provider.send("evm_setAutomine", [true]);
      const statuses = await Promise.all(
        works.map(async ({ hash }) => (await ethers.provider.getTransactionReceipt(hash))?.status),
      );
      expect(statuses).to.deep.equal([1, 0]);
      expect(await upkeep.done()).to.equal(1);
    });

    it("refuses data that is malformed, padded or too long", async () => {
      const { automation, keeper, id, item } = await loadFixture(deploySimulatedWorld);
      const work = (data: string) => automation.connect(keeper).work(data);
      await expect(work(workData(id)))
        .to.be.revertedWithCustomError(automation, "WorkDataMalformed")
        .withArgs(32);
      await expect(work(`${workDataWith(id, "0x").slice(0, -64)}${"ff".repeat(32)}`)).to.be.reverted;
      const padded = ethers.concat([workDataWith(id, item), "0x00"]);
      await expect(work(padded))
        .to.be.revertedWithCustomError(automation, "WorkDataMalformed")
        .withArgs(ethers.dataLength(padded));
      await expect(work(workDataWith(id, ethers.concat([item, "0x00"]))))
        .to.be.revertedWithCustomError(automation, "UpkeepDataTooLong")
        .withArgs(33, 32);
    });

    it("takes as much of a keeper's data as its owner lets keepers bring", async () => {
      const { automation, keeper, upkeep, upkeepOwner, id, item } = await loadFixture(deploySimulatedWorld);
      const max = Number(await automation.MAX_DATA());
      const work = (length: number) =>
        automation.connect(keeper).work(workDataWith(id, ethers.concat([item, `0x${"01".repeat(length - 32)}`])));
      const config = { ...OFFCHAIN_CONFIG, gasLimit: 1_000_000n, maxPerformData: BigInt(max) };
      await automation.connect(upkeepOwner).configureUpkeep(id, config);
      await expect(work(max + 1))
        .to.be.revertedWithCustomError(automation, "UpkeepDataTooLong")
        .withArgs(max + 1, max);
      await work(max);
      expect(await upkeep.done()).to.equal(1);
    });

    it("isn't found while its check answers more than keepers may bring", async () => {
      const { automation, keeper, upkeepOwner, id } = await loadFixture(deploySimulatedWorld);
      await automation.connect(upkeepOwner).configureUpkeep(id, { ...OFFCHAIN_CONFIG, maxPerformData: 31n });
      const fromZero = automation.connect(ethers.provider);
      const overrides = { from: ZeroAddress };
      expect(await fromZero.workableFor.staticCall(keeper, overrides)).to.deep.equal(NOTHING);
      await expect(fromZero.simulate.staticCall(keeper, id, overrides))
        .to.be.revertedWithCustomError(automation, "UpkeepDataTooLong")
        .withArgs(32, 31);
    });
  });

  describe("an upkeep whose check writes", () => {
    it("is checked in the work, and the check's writes are undone", async () => {
      const { automation, keeper, upkeep, data, id } = await loadFixture(deployAccruingWorld);
      expect(await automation.connect(keeper).workable.staticCall()).to.deep.equal([true, data]);
      await automation.connect(keeper).work(data);
      expect(await upkeep.paidOut()).to.be.greaterThan(HOUR);

      await time.increase(10);
      await expect(automation.connect(keeper).work(data))
        .to.be.revertedWithCustomError(automation, "UpkeepNotDue")
        .withArgs(id);
      expect(await upkeep.accrued()).to.equal(await upkeep.paidOut());
    });

    it("fails as one that only reads", async () => {
      const { automation, keeper, jobOwner, upkeepOwner, upkeep } = await loadFixture(deployAccruingWorld);
      const { id, data } = await registerUpkeep(automation, jobOwner, { owner: upkeepOwner, target: upkeep });
      await expect(automation.connect(keeper).work(data))
        .to.be.revertedWithCustomError(automation, "CheckFailed")
        .withArgs(id);
    });
  });
});
