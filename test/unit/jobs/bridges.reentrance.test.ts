import { MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import {
  Behaviour,
  BUDGET,
  CheckMode,
  CONFIG,
  CREDITS,
  deployBridgesWorld,
  deployHostileUpkeepWorld,
  registerUpkeep,
  workData,
} from "#support/worlds/bridges";

const { Honest, Call, TryCall } = Behaviour;

describe("What bridges call", () => {
  describe("a re-entrant target", () => {
    /** A bridge that belongs to the hostile contract, which also owns an upkeep of its own there. */
    async function deployHostileOwnerWorld() {
      const world = await deployHostileUpkeepWorld();
      const { keep3r, hostile, jobOwner, upkeep } = world;
      const bridge = await ethers.deployContract("AutomationJob", [keep3r, hostile]);
      await keep3r.forceLiquidityCreditsToJob(bridge, CREDITS);
      const asHostile = (data: string) => hostile.execute(bridge, data);
      for (const target of [await hostile.getAddress(), await upkeep.getAddress()]) {
        await asHostile(
          bridge.interface.encodeFunctionData("register", [
            await hostile.getAddress(),
            target,
            "0x",
            CheckMode.Static,
            CONFIG,
          ]),
        );
      }
      for (const id of [1n, 2n]) await asHostile(bridge.interface.encodeFunctionData("setBudget", [id, BUDGET]));
      await asHostile(bridge.interface.encodeFunctionData("offerUpkeep", [2n, await hostile.getAddress()]));
      return { ...world, bridge, jobOwner, asHostile };
    }

    const calls = {
      "work of itself": ["work", [workData(1n)]],
      "work of another": ["work", [workData(2n)]],
      setBudget: ["setBudget", [1n, CREDITS - BUDGET]],
      configureUpkeep: ["configureUpkeep", [1n, { ...CONFIG, gasLimit: 5_000_000n }]],
      setCheckData: ["setCheckData", [1n, "0x01"]],
      setPaused: ["setPaused", [1n, true]],
      offerUpkeep: ["offerUpkeep", [1n, ethers.ZeroAddress]],
      acceptUpkeep: ["acceptUpkeep", [2n]],
      removeUpkeep: ["removeUpkeep", [1n]],
      simulate: ["simulate", [ethers.ZeroAddress, 2n]],
    } as const;
    for (const [name, [method, args]] of Object.entries(calls)) {
      it(`is refused ${name}`, async () => {
        const { bridge, keeper, hostile } = await loadFixture(deployHostileOwnerWorld);
        const data = bridge.interface.encodeFunctionData(method as "work", args as unknown as [string]);
        await hostile.willCall(bridge, data);
        await hostile.behave(Honest, TryCall);
        const before = await bridge.upkeep(1n);
        await bridge.connect(keeper).work(workData(1n));
        expect(await hostile.lastCallSucceeded()).to.be.false;
        const after = await bridge.upkeep(1n);
        expect(after.budget).to.be.lessThan(before.budget);
        expect(await bridge.reserved()).to.equal(after.budget + BUDGET);

        await hostile.behave(Honest, Call);
        await time.increase(MINUTE);
        await expect(bridge.connect(keeper).work(workData(1n)))
          .to.be.revertedWithCustomError(bridge, "PerformFailed")
          .withArgs(1);
      });
    }

    it("is refused register", async () => {
      const { bridge, keeper, hostile } = await loadFixture(deployHostileOwnerWorld);
      const target = await hostile.getAddress();
      const register = [target, target, "0x", CheckMode.Static, CONFIG] as const;
      await hostile.willCall(bridge, bridge.interface.encodeFunctionData("register", [...register]));
      await hostile.behave(Honest, TryCall);
      await bridge.connect(keeper).work(workData(1n));
      expect(await hostile.lastCallSucceeded()).to.be.false;
      expect(await bridge.upkeepIds()).to.deep.equal([1n, 2n]);
    });

    it("finds nothing by workable", async () => {
      const { bridge, keeper, hostile } = await loadFixture(deployHostileOwnerWorld);
      await hostile.willCall(bridge, bridge.interface.encodeFunctionData("workable"));
      await hostile.behave(Honest, Call);
      await bridge.connect(keeper).work(workData(1n));
      expect(await bridge.reserved()).to.equal((await bridge.upkeep(1n)).budget + BUDGET);
    });
  });

  describe("a payload of a resolver's own choosing", () => {
    it("can't reach the job's credits, its bridge, or another upkeep's forwarder", async () => {
      const { resolverJob, automation, keep3r, token, jobOwner, keeper, stranger } =
        await loadFixture(deployBridgesWorld);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(resolverJob, token, WAD);
      const resolver = await ethers.deployContract("ScriptedResolver__Mock");
      const upkeep = await ethers.deployContract("IntervalUpkeep__Mock", [0]);
      const { forwarder } = await registerUpkeep(automation, jobOwner, { owner: stranger, target: upkeep });
      const otherForwarder = await ethers.getContractAt("UpkeepForwarder", forwarder);
      const [keep3rCall, bridgeCall] = [keep3r.interface, resolverJob.interface];
      const [thief, job] = [stranger.address, await resolverJob.getAddress()];
      const attempts: [{ getAddress(): Promise<string> }, string][] = [
        [keep3r, keep3rCall.encodeFunctionData("bondedPayment", [thief, CREDITS])],
        [keep3r, keep3rCall.encodeFunctionData("directTokenPayment", [await token.getAddress(), thief, WAD])],
        [keep3r, keep3rCall.encodeFunctionData("changeJobOwnership", [job, thief])],
        [keep3r, keep3rCall.encodeFunctionData("workedFor", [keeper.address, 10_000_000])],
        [resolverJob, bridgeCall.encodeFunctionData("setBudget", [1, CREDITS])],
        [resolverJob, bridgeCall.encodeFunctionData("transferOwnership", [thief])],
        [otherForwarder, otherForwarder.interface.encodeFunctionData("perform", [10_000, "0x"])],
      ];
      for (const [index, [target, payload]] of attempts.entries()) {
        await resolver.script(true, payload);
        const checker = resolver.interface.encodeFunctionData("checker");
        await resolverJob.connect(jobOwner).register(stranger, resolver, checker, target, CONFIG);
        const id = BigInt(index + 1);
        await resolverJob.connect(jobOwner).setBudget(id, WAD);
        await expect(resolverJob.connect(keeper).work(workData(id)))
          .to.be.revertedWithCustomError(resolverJob, "PerformFailed")
          .withArgs(id);
      }
      expect(await keep3r.jobLiquidityCredits(resolverJob)).to.equal(CREDITS);
    });
  });
});
