import { HOUR, MINUTE } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import { BUDGET, CheckMode, CONFIG, deployBridgesWorld, workData, workDataWith } from "#support/worlds/bridges";

const NOTHING = [false, "0x"];

/** A counter that is increased once an hour, moved over as it is: its automation is the upkeep's forwarder now. */
async function deployCounterWorld() {
  const world = await deployBridgesWorld();
  const { resolverJob, jobOwner, upkeepOwner } = world;
  const counter = await ethers.deployContract("AutomatedCounter__Mock");
  const resolver = await ethers.deployContract("CounterResolver__Mock", [counter, HOUR]);
  const checker = resolver.interface.encodeFunctionData("checker");
  const args = [upkeepOwner, resolver, checker, counter, CONFIG] as const;
  const [id, forwarder] = await resolverJob.connect(jobOwner).register.staticCall(...args);
  await resolverJob.connect(jobOwner).register(...args);
  await resolverJob.connect(jobOwner).setBudget(id, BUDGET);
  await counter.setAutomation(forwarder);
  return { ...world, counter, resolver, checker, id, forwarder, data: workData(id) };
}

/** A resolver that answers what it is told to, beside it. */
async function deployScriptedWorld() {
  const world = await deployCounterWorld();
  const { resolverJob, jobOwner, upkeepOwner, counter, checker } = world;
  const scripted = await ethers.deployContract("ScriptedResolver__Mock");
  const args = [upkeepOwner, scripted, checker, counter, CONFIG] as const;
  const [scriptedId] = await resolverJob.connect(jobOwner).register.staticCall(...args);
  await resolverJob.connect(jobOwner).register(...args);
  await resolverJob.connect(jobOwner).setBudget(scriptedId, BUDGET);
  return { ...world, scripted, scriptedId };
}

describe("ResolverJob", () => {
  describe("register", () => {
    it("is the bridge's owner's", async () => {
      const { resolverJob, resolver, checker, counter, upkeepOwner } = await loadFixture(deployCounterWorld);
      await expect(resolverJob.connect(upkeepOwner).register(upkeepOwner, resolver, checker, counter, CONFIG))
        .to.be.revertedWithCustomError(resolverJob, "OwnableUnauthorizedAccount")
        .withArgs(upkeepOwner.address);
    });

    it("refuses a resolver and a target without code", async () => {
      const { resolverJob, resolver, checker, counter, upkeepOwner, jobOwner, stranger } =
        await loadFixture(deployCounterWorld);
      const register = resolverJob.connect(jobOwner).register;
      for (const call of [
        () => register(upkeepOwner, stranger, checker, counter, CONFIG),
        () => register(upkeepOwner, resolver, checker, stranger, CONFIG),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(resolverJob, "UpkeepWithoutCode").withArgs(stranger.address);
      }
    });

    it("refuses to let keepers bring data: they have no say in the payload", async () => {
      const { resolverJob, resolver, checker, counter, upkeepOwner, jobOwner } = await loadFixture(deployCounterWorld);
      const config = { ...CONFIG, maxPerformData: 1n };
      await expect(resolverJob.connect(jobOwner).register(upkeepOwner, resolver, checker, counter, config))
        .to.be.revertedWithCustomError(resolverJob, "MaxPerformDataOutOfBounds")
        .withArgs(1, 0);
    });

    it("remembers resolver, target and calldata, and always checks by a static call", async () => {
      const { resolverJob, resolver, checker, counter, upkeepOwner, jobOwner } = await loadFixture(deployCounterWorld);
      const args = [upkeepOwner, resolver, checker, counter, CONFIG] as const;
      const [id, forwarder] = await resolverJob.connect(jobOwner).register.staticCall(...args);
      await expect(resolverJob.connect(jobOwner).register(...args))
        .to.emit(resolverJob, "UpkeepRegistration")
        .withArgs(id, upkeepOwner.address, counter, resolver, forwarder, CheckMode.Static);
      const upkeep = await resolverJob.upkeep(id);
      expect([upkeep.checkData, upkeep.checkMode]).to.deep.equal([checker, BigInt(CheckMode.Static)]);
      const contract = await ethers.getContractAt("UpkeepForwarder", forwarder);
      expect(await contract.checker()).to.equal(await resolver.getAddress());
      expect(await contract.performer()).to.equal(await counter.getAddress());
    });
  });

  describe("workable", () => {
    it("answers with data for a work that succeeds, and no until the next is due", async () => {
      const { resolverJob, keeper, counter, data } = await loadFixture(deployCounterWorld);
      const asKeeper = resolverJob.connect(keeper);
      expect(await asKeeper.workable.staticCall()).to.deep.equal([true, data]);
      await asKeeper.work(data);
      expect(await counter.count()).to.equal(1);
      expect(await asKeeper.workable.staticCall()).to.deep.equal(NOTHING);
      await time.increase(HOUR);
      expect(await asKeeper.workable.staticCall()).to.deep.equal([true, data]);
    });

    it("answers no when the resolver's payload would fail on the target", async () => {
      const { resolverJob, keeper, counter, forwarder, data } = await loadFixture(deployCounterWorld);
      await counter.setAutomation(keeper);
      expect(await resolverJob.connect(keeper).workable.staticCall()).to.deep.equal(NOTHING);
      await counter.setAutomation(forwarder);
      expect(await resolverJob.connect(keeper).workable.staticCall()).to.deep.equal([true, data]);
    });
  });

  describe("work", () => {
    it("refuses a payload of the keeper's", async () => {
      const { resolverJob, keeper, counter, id } = await loadFixture(deployCounterWorld);
      const data = workDataWith(id, counter.interface.encodeFunctionData("increase", [1_000]));
      await expect(resolverJob.connect(keeper).work(data))
        .to.be.revertedWithCustomError(resolverJob, "WorkDataMalformed")
        .withArgs(ethers.dataLength(data));
    });

    it("refuses when the resolver says no, whatever reason it gives", async () => {
      const { resolverJob, keeper, id, data } = await loadFixture(deployCounterWorld);
      await resolverJob.connect(keeper).work(data);
      await time.increase(MINUTE);
      await expect(resolverJob.connect(keeper).work(data))
        .to.be.revertedWithCustomError(resolverJob, "UpkeepNotDue")
        .withArgs(id);
    });

    it("reverts when the target does", async () => {
      const { resolverJob, keep3r, keeper, scripted, scriptedId, counter } = await loadFixture(deployScriptedWorld);
      const payload = counter.interface.encodeFunctionData("increase", [1]);
      // Its forwarder isn't the counter's automation
      await scripted.script(true, payload);
      await expect(resolverJob.connect(keeper).work(workData(scriptedId)))
        .to.be.revertedWithCustomError(resolverJob, "PerformFailed")
        .withArgs(scriptedId);
      expect(await keep3r.workCompleted(keeper)).to.equal(0);
    });

    it("executes the resolver's payload from the upkeep's forwarder, and pays", async () => {
      const { resolverJob, keep3r, keeper, scripted, scriptedId, counter } = await loadFixture(deployScriptedWorld);
      await counter.setAutomation((await resolverJob.upkeep(scriptedId)).forwarder);
      await scripted.script(true, counter.interface.encodeFunctionData("increase", [42]));
      const response = resolverJob.connect(keeper).work(workData(scriptedId));
      await expect(response).to.emit(keep3r, "KeeperWork");
      const payment = await keep3r.workCompleted(keeper);
      await expect(response).to.emit(resolverJob, "UpkeepPerform").withArgs(scriptedId, keeper.address, payment);
      expect(await counter.count()).to.equal(42);
      expect((await resolverJob.upkeep(scriptedId)).budget).to.equal(BUDGET - payment);
    });

    it("asks checkers with arguments, and of other names", async () => {
      const { resolverJob, upkeepOwner, keeper, id, data, counter, resolver } = await loadFixture(deployCounterWorld);
      const checker = resolver.interface.encodeFunctionData("checkerFor", [7]);
      await resolverJob.connect(upkeepOwner).setCheckData(id, checker);
      await resolverJob.connect(keeper).work(data);
      expect(await counter.count()).to.equal(7);
    });
  });
});
